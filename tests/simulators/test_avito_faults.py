"""API calls that go wrong on request, tokens, and the record of what happened."""

import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from besedka.simulators.avito import AvitoSimulator
from besedka.simulators.avito.state import Chat
from tests.simulators.conftest import CAR, USER_ID, Moment, Seller

CHATS = f"/messenger/v2/accounts/{USER_ID}/chats"


async def test_wrong_keys_give_no_token(window: httpx.AsyncClient) -> None:
    form = {"grant_type": "client_credentials", "client_id": "demo-client", "client_secret": "x"}

    assert (await window.post("/token", data=form)).status_code == 401
    assert (await window.post("/token", json=form)).status_code == 400


async def test_call_without_a_token_is_unauthorized(window: httpx.AsyncClient) -> None:
    response = await window.get(CHATS)

    assert response.status_code == 401
    assert response.json() == {"error": {"code": 401, "message": "Unauthorized"}}


async def test_token_expires_in_its_time(
    seller: Seller, avito: AvitoSimulator, moment: Moment
) -> None:
    moment.advance(86_399)
    assert (await seller.get(CHATS)).status_code == 200
    moment.advance(1)
    response = await seller.get(CHATS)

    assert response.status_code == 403
    assert response.json() == {"result": {"status": False, "message": "access token expired"}}


@pytest.mark.parametrize("status", [401, 403])
async def test_expired_token_is_refused_until_a_new_one_is_taken(
    seller: Seller, avito: AvitoSimulator, status: int
) -> None:
    avito.faults(expire_token=True, expired_status=status)
    assert (await seller.get(CHATS)).status_code == status

    await seller.take_token()

    assert (await seller.get(CHATS)).status_code == 200


async def test_code_and_refresh_token_work_once(
    avito: AvitoSimulator, window: httpx.AsyncClient
) -> None:
    code = (await window.post(f"/_sim/accounts/{USER_ID}/codes")).json()["code"]
    form = {"client_id": "demo-client", "client_secret": "demo-secret", "code": code}
    first = await window.post("/token", data={"grant_type": "authorization_code", **form})
    again = await window.post("/token", data={"grant_type": "authorization_code", **form})

    assert (first.status_code, again.status_code) == (200, 400)
    assert again.json()["error"] == "invalid_grant"


async def test_too_many_requests_come_with_headers_and_an_empty_body(
    seller: Seller, avito: AvitoSimulator
) -> None:
    avito.faults(status_429=1, retry_after_s=7)
    spoken = await seller.get(CHATS)
    avito.faults(rate_headers=False, retry_after_s=None)
    silent = await seller.get(CHATS)

    assert (spoken.status_code, spoken.content) == (429, b"")
    assert spoken.headers["X-RateLimit-Remaining"] == "0"
    assert spoken.headers["Retry-After"] == "7"
    assert (silent.status_code, "X-RateLimit-Limit" in silent.headers) == (429, False)


async def test_faults_can_be_limited_to_operations_and_to_a_number_of_calls(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    avito.faults(status_500=1, operations=["postSendMessage"], max_hits=2)

    assert (await seller.get(CHATS)).status_code == 200
    statuses = [(await seller.sends(chat, "Да")).status_code for _ in range(3)]
    assert statuses == [500, 500, 200]
    assert len(avito.sent) == 1


async def test_missing_tariff_shows_itself_in_both_shapes(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    avito.faults(payment_required=True)
    documented = await seller.get(CHATS)
    avito.faults(payment_shape="plain")
    plain = await seller.sends(chat, "Да")

    assert documented.status_code == plain.status_code == 402
    assert documented.json() == {"error": {"code": 402, "message": "Payment required"}}
    assert plain.json() == {"code": 402, "message": "Payment required"}
    assert (await seller.get("/core/v1/accounts/self")).status_code == 200
    assert avito.sent == []


async def test_partial_tariff_shows_the_list_but_not_the_talk(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    await avito.buyer_writes(chat, "Ау")
    avito.faults(payment_required="partial")
    path = f"/messenger/v3/accounts/{USER_ID}/chats/{chat.id}/messages/"

    chats = await seller.get(CHATS)

    assert chats.json()["chats"][0]["last_message"]["content"] == {"text": "Ау"}
    assert (await seller.get(path)).status_code == 402


async def test_accepted_then_timeout_stores_the_message(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    avito.faults(accept_then_timeout=1)
    with pytest.raises(httpx.ReadTimeout):
        await seller.sends(chat, "Дошло ли?")
    avito.clear_faults()

    assert [message.text for message in avito.sent] == ["Дошло ли?"]
    assert (await seller.history(chat))[0]["content"] == {"text": "Дошло ли?"}
    lost = [row for row in avito.world.truth.requests if row.operation == "postSendMessage"]
    assert [(row.status, row.fault) for row in lost] == [(0, "accept_then_timeout")]


async def test_unknown_fault_is_refused(window: httpx.AsyncClient) -> None:
    path = f"/_sim/accounts/{USER_ID}/faults"

    assert (await window.post(path, json={"dorp": 1})).status_code == 422
    assert (await window.post(path, json={"drop": 0.5})).json()["drop"] == 0.5
    assert (await window.delete(path)).status_code == 204


async def test_truth_tells_when_and_how_each_message_came(
    seller: Seller, avito: AvitoSimulator, chat: Chat, moment: Moment
) -> None:
    await avito.buyer_writes(chat, "Продаёте?")
    moment.advance(1.5)
    await seller.sends(chat, "Да")
    moment.advance(1)
    await avito.seller_writes(chat, "Это человек")
    await avito.deliver_pending()
    await seller.history(chat)

    truth = (await seller.http.get("/_sim/truth")).json()

    assert [(m["author"], m["via"], m["text"]) for m in truth["messages"]] == [
        ("buyer", "buyer", "Продаёте?"),
        ("bot_or_api", "api", "Да"),
        ("seller_app", "app", "Это человек"),
    ]
    times = [message["at"] for message in truth["messages"]]
    assert times == [1_790_000_000.0, 1_790_000_001.5, 1_790_000_002.5]
    assert [row["status"] for row in truth["deliveries"]] == [200, 200, 200]
    (read,) = truth["history_reads"]
    assert read["newest_message_id"] == truth["messages"][-1]["id"]
    operations = [row["operation"] for row in truth["requests"]]
    assert operations == ["getAccessToken", "postWebhookV3", "postSendMessage", "getMessagesV3"]


class Served:
    """The simulator on a real port, in a thread."""

    def __init__(self, simulator: AvitoSimulator) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(simulator.app, log_level="error", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )

    def start(self) -> None:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(5)
        self.socket.close()


@pytest.fixture
def served() -> Iterator[tuple[AvitoSimulator, str]]:
    simulator = AvitoSimulator(seed=1)
    server = Served(simulator)
    server.start()
    yield simulator, server.url
    server.stop()


@pytest.mark.parametrize("hang_s", [0.05, 30])
async def test_over_the_network_the_connection_is_held_and_then_cut(
    served: tuple[AvitoSimulator, str], hang_s: float
) -> None:
    simulator, url = served
    simulator.faults(accept_then_timeout=1, hang_s=hang_s)
    async with httpx.AsyncClient(base_url=url, timeout=0.5, trust_env=False) as http:
        seller = Seller(http)
        await seller.take_token()
        created = await http.post("/_sim/chats", json={"item_id": CAR, "buyer_name": "Сергей"})
        chat = simulator.chat(created.json()["id"])

        expected = httpx.ReadTimeout if hang_s > 0.5 else httpx.RemoteProtocolError
        with pytest.raises(expected):
            await seller.sends(chat, "Дошло ли?")

    assert [message.text for message in simulator.sent] == ["Дошло ли?"]
