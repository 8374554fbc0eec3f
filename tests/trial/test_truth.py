"""Reading the simulator's truth, taken from the simulator itself."""

from typing import Any

import httpx

from besedka.simulators.avito.simulator import AvitoSimulator
from besedka.trial import channel as channels
from besedka.trial.evidence import Via


async def truth_of(simulator: AvitoSimulator) -> dict[str, Any]:
    transport = httpx.ASGITransport(app=simulator.app)
    async with httpx.AsyncClient(transport=transport, base_url=simulator.world.public_url) as http:
        return await channels.Channel(http, simulator.world.public_url).truth()


async def read_history(simulator: AvitoSimulator, chat_id: str, **query: int) -> None:
    transport = httpx.ASGITransport(app=simulator.app)
    async with httpx.AsyncClient(transport=transport, base_url=simulator.world.public_url) as http:
        keys = {"client_id": channels.CLIENT_ID, "client_secret": channels.CLIENT_SECRET}
        token = await http.post("/token", data={"grant_type": "client_credentials", **keys})
        http.headers["authorization"] = f"Bearer {token.json()['access_token']}"
        path = f"/messenger/v3/accounts/{channels.USER_ID}/chats/{chat_id}/messages/"
        (await http.get(path, params=query)).raise_for_status()


async def test_messages_keep_who_wrote_them_and_how() -> None:
    simulator = AvitoSimulator()
    chat = await simulator.open_chat()
    thanks = await simulator.buyer_writes(chat, "Спасибо")
    await simulator.seller_writes(chat, "Пожалуйста")

    messages = channels.messages_of(await truth_of(simulator), needless=frozenset({thanks.id}))

    assert [(each.via, each.text, each.needs_answer) for each in messages] == [
        (Via.BUYER, "Спасибо", False),
        (Via.APP, "Пожалуйста", True),
    ]
    await simulator.aclose()


async def test_a_history_read_tells_the_messages_of_its_page_and_none_that_came_later() -> None:
    simulator = AvitoSimulator()
    chat = await simulator.open_chat()
    first, second, third = [await simulator.buyer_writes(chat, str(each)) for each in range(3)]
    await read_history(simulator, chat.id)
    await read_history(simulator, chat.id, limit=1, offset=1)
    fourth = await simulator.buyer_writes(chat, "3")

    whole, page = channels.history_reads_of(await truth_of(simulator))

    assert whole.message_ids == {first.id, second.id, third.id}
    assert page.message_ids == {second.id}
    assert fourth.id not in whole.message_ids
    await simulator.aclose()


async def test_deliveries_tell_an_acknowledged_webhook_from_one_that_nobody_answered() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/gone":
            raise httpx.ConnectError("nobody there", request=request)
        if request.url.path == "/slow":
            raise httpx.ReadTimeout("too slow", request=request)
        return httpx.Response(200)

    simulator = AvitoSimulator(webhook_transport=httpx.MockTransport(answer))
    for path in ("ok", "gone", "slow"):
        simulator.account().subscriptions[f"http://127.0.0.1/{path}"] = "3"
    await simulator.buyer_writes(await simulator.open_chat(), "Актуально?")
    await simulator.settle()

    deliveries = channels.deliveries_of(await truth_of(simulator))

    assert sorted((each.is_acknowledged, each.has_timed_out) for each in deliveries) == [
        (False, False),
        (False, True),
        (True, False),
    ]
    await simulator.aclose()


async def test_a_dropped_webhook_is_no_delivery() -> None:
    simulator = AvitoSimulator(webhook_transport=httpx.MockTransport(lambda _: httpx.Response(200)))
    simulator.account().subscriptions["http://127.0.0.1/ok"] = "3"
    simulator.faults(drop=1.0)
    await simulator.buyer_writes(await simulator.open_chat(), "Актуально?")
    await simulator.settle()

    assert channels.deliveries_of(await truth_of(simulator)) == []
    await simulator.aclose()
