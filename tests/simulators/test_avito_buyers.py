"""Autopilot buyers, the buyer's window and what is kept over a restart."""

import asyncio
from itertools import islice
from pathlib import Path

import httpx

from besedka.simulators.avito import AvitoSimulator
from besedka.simulators.avito.buyers import FORMS, plans
from besedka.simulators.avito.dialogues import ANY_TRADE, BY_TRADE
from besedka.simulators.avito.state import Chat
from tests.simulators.conftest import CAR, HOOK_URL, USER_ID, Seller


def test_the_same_seed_gives_the_same_talks(avito: AvitoSimulator) -> None:
    listings = avito.account().listings

    first = list(islice(plans(7, 0, listings), 20))

    assert first == list(islice(plans(7, 0, listings), 20))
    assert first != list(islice(plans(8, 0, listings), 20))
    assert first != list(islice(plans(7, 1, listings), 20))


def test_talks_are_varied_and_their_forms_are_known(avito: AvitoSimulator) -> None:
    talks = [*ANY_TRADE, *(talk for some in BY_TRADE.values() for talk in some)]
    moods = {talk.mood for talk in talks}
    lines = [line for talk in talks for burst in talk.bursts for line in burst]

    assert moods >= {
        "burst", "typos", "voice", "picture", "link", "thanks", "rude", "discount", "person",
    }  # fmt: skip
    assert {line for line in lines if line.startswith("[")} == set(FORMS)
    trades = {each.trade for each in avito.account().listings if each.status == "active"}
    assert trades == set(BY_TRADE)
    assert len(talks) > 60
    assert all(line.strip() for line in lines)


async def test_autopilot_writes_and_keeps_to_the_rate() -> None:
    avito = AvitoSimulator(seed=1)
    await avito.autopilot.start(avito.account(), buyers=20, messages_per_minute=600, seed=1)
    await asyncio.sleep(1)
    status = avito.autopilot.status()
    await avito.autopilot.stop()
    sent = len(avito.world.messages)
    await asyncio.sleep(0.3)

    assert status["is_running"] is True
    assert 2 <= sent <= 12
    assert len(avito.world.messages) == sent
    await avito.aclose()


async def test_window_page_and_its_parts_are_served(window: httpx.AsyncClient) -> None:
    page = await window.get("/")

    assert "окно покупателя" in page.text
    for part in ("window.css", "main.js", "talk.js", "panel.js", "chats.js", "icon.svg"):
        assert (await window.get(f"/window/{part}")).status_code == 200
    listing = await window.get(f"/item/{CAR}")
    assert listing.headers["location"] == f"/#/item/{CAR}"


async def test_buyer_opens_a_chat_and_sees_the_answer(
    seller: Seller, window: httpx.AsyncClient
) -> None:
    body = {"item_id": CAR, "buyer_name": "Тимур"}
    chat_id = (await window.post("/_sim/chats", json=body)).json()["id"]
    path = f"/_sim/chats/{chat_id}"
    await window.post(f"{path}/messages", json={"author": "buyer", "text": "Продаёте?"})
    await seller.post(
        f"/messenger/v1/accounts/{USER_ID}/chats/{chat_id}/messages",
        {"type": "text", "message": {"text": "Да"}},
    )
    await window.post(f"{path}/messages", json={"author": "seller", "text": "Звоните"})

    seen = (await window.get(path)).json()

    assert [(each["author"], each["via"]) for each in seen["messages"]] == [
        ("buyer", "buyer"),
        ("seller", "api"),
        ("seller", "app"),
    ]
    assert seen["unread"] == 2
    assert (await window.post(f"{path}/read")).json()["unread"] == 0


async def test_window_hears_of_new_messages_at_once(avito: AvitoSimulator, chat: Chat) -> None:
    packets = avito.stream.packets()
    assert b"event: ready" in await anext(packets)

    await avito.seller_writes(chat, "Ответ")

    heard = [await anext(packets), await anext(packets)]
    assert b"event: message" in heard[1]
    assert "Ответ".encode() in heard[1]
    await packets.aclose()


async def test_buyers_picture_is_kept_and_shown(window: httpx.AsyncClient, chat: Chat) -> None:
    data = b"\xff\xd8\xff\xe0 a photograph"
    image_id = (await window.post("/_sim/images", content=data)).json()["image_id"]
    path = f"/_sim/chats/{chat.id}/messages"
    message = (await window.post(path, json={"type": "image", "image_id": image_id})).json()

    shown = await window.get(message["content"]["image"]["sizes"]["640x480"])

    assert (shown.content, shown.headers["content-type"]) == (data, "image/jpeg")
    assert (await window.post("/_sim/images", content=b"text")).status_code == 422


async def test_talks_outlive_a_restart(tmp_path: Path) -> None:
    kept = tmp_path / "avito.json"
    before = AvitoSimulator(seed=1, data_path=kept)
    before.account().subscriptions[HOOK_URL] = "3"
    chat = await before.open_chat(CAR, "Сергей")
    await before.buyer_writes(chat, "Продаёте?")
    await before.buyer_writes(chat, type="image")
    await before.webhooks.aclose()
    before.save()

    after = AvitoSimulator(seed=1, data_path=kept, public_url="http://127.0.0.1:9999")
    same = after.chat(chat.id)
    await after.aclose()

    assert [each.text for each in same.messages] == ["Продаёте?", ""]
    assert "127.0.0.1:9999" in str(same.messages[1].content)
    assert list(after.account().unread) == [chat.id]
    assert after.account().subscriptions == {HOOK_URL: "3"}
    assert len(after.account().listings) == 9
