"""Chats and messages through the API, with the habits of live Avito."""

import re

import httpx
import pytest

from besedka.channels.adapters.avito.snapshots import read_chat
from besedka.simulators.avito import AvitoSimulator
from besedka.simulators.avito.drawing import Canvas
from besedka.simulators.avito.state import Chat
from tests.simulators.conftest import CAR, USER_ID, Moment, Seller, v1


async def test_history_is_newest_first_and_paged(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    for number in range(5):
        await avito.buyer_writes(chat, f"Сообщение {number}")

    first = await seller.history(chat, limit=2)
    second = await seller.history(chat, limit=2, offset=2)

    assert [each["content"]["text"][-1] for each in first + second] == ["4", "3", "2", "1"]


async def test_ids_have_the_captured_forms(avito: AvitoSimulator, chat: Chat) -> None:
    message = await avito.buyer_writes(chat, "Добрый день")

    assert re.fullmatch(r"u2i-[A-Za-z0-9_~-]{22}", chat.id)
    assert re.fullmatch(r"[0-9a-f]{32}", message.id)


async def test_a_message_that_is_only_an_address_becomes_a_link(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    await avito.buyer_writes(chat, "https://example.com/car")
    await avito.buyer_writes(chat, "вот https://example.com/car")

    text, link = await seller.history(chat)

    assert link["type"] == "link"
    assert link["content"]["link"] == {
        "text": "https://example.com/car",
        "url": "https://example.com/car",
        "preview": None,
    }
    assert text["type"] == "text"


async def test_context_has_a_price_with_no_break_spaces_and_the_undocumented_location(
    seller: Seller, chat: Chat
) -> None:
    response = await seller.get(f"/messenger/v2/accounts/{USER_ID}/chats/{chat.id}")

    value = response.json()["context"]["value"]
    assert value["price_string"] == "520\u00a0000\u00a0₽"
    assert value["location"]["title"] == "Москва"
    assert value["id"] > 2**31


@pytest.mark.parametrize("status", ["active", "old", "removed", "blocked", "rejected"])
async def test_a_listing_that_left_the_site_is_read_as_closed(
    seller: Seller, avito: AvitoSimulator, chat: Chat, status: str
) -> None:
    avito.world.listings[CAR].status = status

    response = await seller.get(f"/messenger/v2/accounts/{USER_ID}/chats/{chat.id}")

    found = read_chat(response.json(), own_id=str(USER_ID))
    assert found is not None
    assert found.listing is not None
    assert found.listing.status == ("active" if status == "active" else "closed")


async def test_shape_and_read_key_can_be_switched(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    await avito.buyer_writes(chat, "Ау")
    path = f"/messenger/v3/accounts/{USER_ID}/chats/{chat.id}/messages"

    live = (await seller.get(path)).json()
    avito.habits(shape="array", read_key="is_read")
    documented = (await seller.get(path)).json()

    assert live["messages"][0]["isRead"] is False
    assert documented[0]["is_read"] is False


async def test_system_messages_are_written_by_author_zero(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    await avito.system_writes(chat, "[Системное сообщение] Осторожно", flow_id="two_way_chats")

    (message,) = await seller.history(chat)

    assert (message["author_id"], message["type"], message["direction"]) == (0, "system", "in")
    assert message["content"]["flow_id"] == "two_way_chats"


async def test_thousand_characters_are_taken_and_one_more_is_refused(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    taken = await seller.sends(chat, "я" * 1000)
    refused = await seller.sends(chat, "я" * 1001)

    assert (taken.status_code, refused.status_code) == (200, 400)
    assert [len(each.text) for each in avito.sent] == [1000]


async def test_reading_history_marks_nothing_read_but_read_does(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    await avito.buyer_writes(chat, "Ау")
    await seller.history(chat)
    assert await seller.chats(unread_only="true") == [chat.id]

    response = await seller.post(f"{v1(chat)}/read")

    assert response.json() == {"ok": True}
    assert await seller.chats(unread_only="true") == []
    assert (await seller.history(chat))[0]["isRead"] is True


async def test_answer_shows_when_the_buyer_read_it(
    seller: Seller, avito: AvitoSimulator, chat: Chat, moment: Moment
) -> None:
    await seller.sends(chat, "Продаётся")
    assert (await seller.history(chat))[0]["read"] is None

    moment.advance(5)
    await avito.buyer_reads(chat)

    assert (await seller.history(chat))[0]["read"] == int(moment.now)


async def test_list_has_only_chats_about_listings_unless_asked(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    profile = await avito.open_chat(chat_type="u2u")

    assert await seller.chats() == [chat.id]
    assert set(await seller.chats(chat_types="u2i,u2u")) == {chat.id, profile.id}


async def test_list_is_ordered_by_the_last_change(
    seller: Seller, avito: AvitoSimulator, chat: Chat, moment: Moment
) -> None:
    other = await avito.open_chat(CAR + 1)
    moment.advance(10)
    await avito.buyer_writes(chat, "Ау")
    moment.advance(10)
    await avito.buyer_writes(other, "Давно", sent_at=moment.now - 3600)

    assert await seller.chats() == [chat.id, other.id]
    assert await seller.chats(item_ids=str(CAR + 1)) == [other.id]
    assert await seller.chats(limit=1, offset=1) == [other.id]


async def test_own_message_can_be_recalled_within_the_hour(
    seller: Seller, chat: Chat, moment: Moment
) -> None:
    sent = (await seller.sends(chat, "Опечатка")).json()
    moment.advance(3599)

    response = await seller.post(f"{v1(chat)}/messages/{sent['id']}")

    assert response.json() == {}
    (message,) = await seller.history(chat)
    assert (message["id"], message["type"], message["content"]) == (sent["id"], "deleted", {})


async def test_recall_after_an_hour_is_refused(seller: Seller, chat: Chat, moment: Moment) -> None:
    sent = (await seller.sends(chat, "Опечатка")).json()
    moment.advance(3601)

    response = await seller.post(f"{v1(chat)}/messages/{sent['id']}")

    assert response.status_code == 400
    assert (await seller.history(chat))[0]["type"] == "text"


async def test_buyers_message_cannot_be_recalled(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    message = await avito.buyer_writes(chat, "Ау")

    assert (await seller.post(f"{v1(chat)}/messages/{message.id}")).status_code == 403


async def test_blocked_buyer_can_no_longer_write(
    seller: Seller, avito: AvitoSimulator, chat: Chat, window: httpx.AsyncClient
) -> None:
    body = {"users": [{"user_id": chat.buyer.id, "context": {"reason_id": 3}}]}
    await seller.post(f"/messenger/v2/accounts/{USER_ID}/blacklist", body)

    response = await window.post(f"/_sim/chats/{chat.id}/messages", json={"text": "Ау"})

    assert response.status_code == 422
    assert chat.messages == []


async def test_voice_address_serves_real_sound_for_one_hour(
    seller: Seller, avito: AvitoSimulator, chat: Chat, moment: Moment
) -> None:
    message = await avito.buyer_writes(chat, type="voice")
    voice = message.content["voice"]
    assert isinstance(voice, dict)
    path = f"/messenger/v1/accounts/{USER_ID}/getVoiceFiles"
    urls = (await seller.get(path, voice_ids=[voice["voice_id"], "unknown"])).json()["voices_urls"]

    played = await seller.http.get(urls[voice["voice_id"]])
    moment.advance(3601)
    late = await seller.http.get(urls[voice["voice_id"]])

    assert list(urls) == [voice["voice_id"]]
    assert played.headers["content-type"] == "audio/mp4"
    assert played.content[4:8] == b"ftyp"
    assert b"Opus" in played.content
    assert late.status_code == 403


async def test_uploaded_picture_can_be_sent_and_looked_at(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    picture = Canvas(8, 6).png()
    path = f"/messenger/v1/accounts/{USER_ID}/uploadImages"
    files = {"uploadfile[]": ("car.png", picture, "image/png")}
    uploaded = (await seller.http.post(path, files=files, headers=seller.headers)).json()
    image_id = next(iter(uploaded))

    sent = (await seller.post(f"{v1(chat)}/messages/image", {"image_id": image_id})).json()

    assert sent["type"] == "image"
    url = sent["content"]["image"]["sizes"]["1280x960"]
    assert url == uploaded[image_id]["1280x960"]
    assert (await seller.http.get(url)).content == picture
    assert [message.type for message in avito.sent] == ["image"]


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("uploadfile[]", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("uploadfile[]", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00\x00\x01\x00\x00"),
        ("file", b"\xff\xd8\xff\xe0"),
    ],
    ids=["webp", "too many pixels", "wrong field"],
)
async def test_pictures_that_avito_does_not_take_are_refused(
    seller: Seller, field: str, data: bytes
) -> None:
    response = await seller.http.post(
        f"/messenger/v1/accounts/{USER_ID}/uploadImages",
        files={field: ("a", data, "application/octet-stream")},
        headers=seller.headers,
    )

    assert response.status_code == 400


async def test_listing_picture_is_a_png_of_the_asked_size(window: httpx.AsyncClient) -> None:
    response = await window.get(f"/img/140x105/item-{CAR}.png")

    assert response.content.startswith(b"\x89PNG")
    assert response.content[16:24] == (140).to_bytes(4) + (105).to_bytes(4)


async def test_items_are_paged_and_counted_by_the_minute(seller: Seller, moment: Moment) -> None:
    first = await seller.get("/core/v1/items", per_page=3, page=1)
    third = await seller.get("/core/v1/items", per_page=3, page=3)
    old = await seller.get("/core/v1/items", status="old")
    unknown = await seller.get("/core/v1/items", status="all")

    assert [len(each.json()["resources"]) for each in (first, third, old)] == [3, 2, 1]
    assert first.headers["X-RateLimit-Remaining"] == "24"
    assert unknown.json() == {"code": "400", "message": "unknown status"}
    for _ in range(21):
        await seller.get("/core/v1/items")
    limited = await seller.get("/core/v1/items")
    assert (limited.status_code, limited.content) == (429, b"")
    moment.advance(60)
    assert (await seller.get("/core/v1/items")).status_code == 200


async def test_item_status_tells_own_strange_and_unknown_listings_apart(
    seller: Seller, avito: AvitoSimulator
) -> None:
    other = avito.add_account(name="Сосед", client_id="b", client_secret="b")
    strange = avito.add_listing("Гараж", price=100, user_id=other.user_id)

    statuses = [
        (await seller.get(f"/core/v1/accounts/{USER_ID}/items/{item_id}/")).json()["status"]
        for item_id in (CAR, strange.id, 5)
    ]

    assert statuses == ["active", "another_user", "not_found"]


async def test_another_accounts_chats_are_out_of_reach(
    seller: Seller, avito: AvitoSimulator
) -> None:
    other = avito.add_account(name="Сосед", client_id="b", client_secret="b")
    chat = await avito.open_chat(chat_type="u2u", user_id=other.user_id)

    foreign = await seller.get(f"/messenger/v2/accounts/{other.user_id}/chats")
    missing = await seller.get(f"/messenger/v2/accounts/{USER_ID}/chats/{chat.id}")

    assert foreign.json() == {"error": {"code": 403, "message": "Forbidden"}}
    assert missing.status_code == 404
