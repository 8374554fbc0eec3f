"""Paging through chats, history and items, and looking for what was sent."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from besedka.channels.adapters.avito import AvitoAdapter, paths
from besedka.channels.adapters.base import Outbound
from besedka.core.time import now
from tests.channels.adapters.avito.scripted import BUYER_ID, CHAT_ID, OWN_ID, Reply, ScriptedAvito

NOW = datetime(2026, 5, 5, 12, 0, 0, tzinfo=UTC)


def chat(number: int, updated: datetime) -> dict[str, Any]:
    return {"id": f"u2i-{number}", "updated": int(updated.timestamp()), "users": []}


def chats(numbers: range) -> Reply:
    return Reply(
        body={"chats": [chat(each, NOW - timedelta(minutes=each)) for each in numbers], "meta": {}}
    )


def message(
    number: int, text: str, *, at: datetime, own: bool = True, **more: Any
) -> dict[str, Any]:
    return {
        "id": f"m{number}",
        "author_id": int(OWN_ID if own else BUYER_ID),
        "created": int(at.timestamp()),
        "type": "text",
        "content": {"text": text},
    } | more


async def ids(adapter: AvitoAdapter, since: datetime | None) -> list[str]:
    return [chat.external_id async for chat in adapter.chats(updated_since=since)]


def offsets(requests: list[httpx.Request]) -> list[str]:
    return [request.url.params["offset"] for request in requests]


async def test_chats_are_paged_until_the_last_short_page(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, chats(range(100)), chats(range(100, 130)))

    assert await ids(adapter, None) == [f"u2i-{number}" for number in range(130)]
    assert offsets(scripted.asked(paths.CHATS)) == ["0", "100"]
    assert {each.url.params["chat_types"] for each in scripted.asked(paths.CHATS)} == {"u2i,u2u"}


async def test_chats_stop_at_the_first_older_page(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, chats(range(100)), chats(range(100, 200)), chats(range(200, 300)))

    found = await ids(adapter, NOW - timedelta(minutes=120))

    assert found == [f"u2i-{number}" for number in range(121)]
    assert offsets(scripted.asked(paths.CHATS)) == ["0", "100"]


async def test_chats_of_the_same_second_are_not_older(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, Reply(body={"chats": [chat(1, NOW)]}))

    assert await ids(adapter, NOW + timedelta(milliseconds=900)) == ["u2i-1"]
    assert await ids(adapter, NOW + timedelta(seconds=1)) == []


async def test_chats_stop_at_avitos_own_limit(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, *(chats(range(n, n + 100)) for n in range(0, 2000, 100)))

    assert len(await ids(adapter, None)) == 1100
    assert offsets(scripted.asked(paths.CHATS))[-1] == "1000"


async def test_a_chat_pushed_to_the_next_page_comes_once(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, chats(range(100)), chats(range(99, 110)))

    assert await ids(adapter, None) == [f"u2i-{number}" for number in range(110)]


async def test_a_chat_without_an_id_is_passed_over(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, Reply(body={"chats": [{"updated": 1}, "x", chat(5, NOW)]}))

    assert await ids(adapter, None) == ["u2i-5"]


@pytest.mark.parametrize("shape", ["array", "object"])
async def test_history_is_turned_to_oldest_first(
    adapter: AvitoAdapter, scripted: ScriptedAvito, shape: str
) -> None:
    rows = [
        message(4, "четыре", at=NOW),
        message(3, "три", at=NOW),
        message(2, "два", at=NOW, own=False),
        message(1, "раз", at=NOW - timedelta(hours=1)),
    ]
    scripted.on(paths.MESSAGES, Reply(body=rows if shape == "array" else {"messages": rows}))

    found = await adapter.history(CHAT_ID)

    assert [each.text for each in found] == ["раз", "два", "три", "четыре"]


async def test_history_pages_up_to_the_limit_and_never_past_avitos(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    def page(start: int) -> Reply:
        rows = [message(n, "", at=NOW - timedelta(minutes=n)) for n in range(start, start + 100)]
        return Reply(body={"messages": rows})

    scripted.on(paths.MESSAGES, page(0), Reply(body=[]))
    assert len(await adapter.history(CHAT_ID, limit=150)) == 100
    sizes = [each.url.params["limit"] for each in scripted.asked(paths.MESSAGES)]
    assert sizes == ["100", "50"]

    scripted.requests.clear()
    scripted.on(paths.MESSAGES, *(page(start) for start in range(0, 2000, 100)))
    found = await adapter.history(CHAT_ID, limit=5000)
    assert (found[0].external_id, len(found)) == ("m1099", 1100)
    assert offsets(scripted.asked(paths.MESSAGES))[-1] == "1000"

    scripted.requests.clear()
    scripted.on(paths.MESSAGES, *(page(start) for start in range(0, 2000, 100)))
    found = await adapter.history(CHAT_ID, since=NOW - timedelta(minutes=130), limit=1100)
    assert (found[0].external_id, len(found)) == ("m130", 131)
    assert offsets(scripted.asked(paths.MESSAGES)) == ["0", "100"]


async def find(
    adapter: AvitoAdapter, scripted: ScriptedAvito, rows: list[dict[str, Any]], known: set[str]
) -> str | None:
    scripted.on(paths.MESSAGES, Reply(body={"messages": rows}))
    outbound = Outbound(CHAT_ID, "Да,  есть\nв наличии", NOW, frozenset(known))
    return await adapter.find_sent(outbound)


async def test_what_was_sent_is_found_by_text_and_time(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    text = "Да, есть\u00a0в наличии "
    rows = [
        message(6, text, at=NOW + timedelta(seconds=9)),
        message(5, text, at=NOW - timedelta(seconds=4)),
        message(4, text, at=NOW, own=False),
        message(3, "Другое", at=NOW),
        message(2, "", at=NOW, type="deleted", content={}),
        message(1, text, at=NOW - timedelta(seconds=6)),
    ]

    assert await find(adapter, scripted, rows, set()) == "m5"
    assert await find(adapter, scripted, rows, {"m5"}) == "m6"
    assert await find(adapter, scripted, rows, {"m5", "m6"}) is None


async def test_a_bare_address_that_came_back_as_a_link_is_found(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    link = {"link": {"text": "https://shop.test/1", "url": "https://shop.test/1", "preview": None}}
    scripted.on(paths.MESSAGES, Reply(body=[message(1, "", at=NOW, type="link", content=link)]))

    assert await adapter.find_sent(Outbound(CHAT_ID, "https://shop.test/1", NOW)) == "m1"


async def test_without_a_first_attempt_the_newest_hundred_are_searched(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.MESSAGES, Reply(body=[message(1, "Да", at=NOW - timedelta(days=3))]))

    assert await adapter.find_sent(Outbound(CHAT_ID, "Да")) == "m1"


async def test_a_slow_clock_at_avito_does_not_hide_what_was_sent(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    attempted_at = now()
    theirs = attempted_at - timedelta(minutes=3)
    headers = {"Date": format_datetime(theirs, usegmt=True)}
    scripted.on(paths.SELF, Reply(body={"id": int(OWN_ID)}, headers=headers))
    scripted.on(paths.MESSAGES, Reply(body=[message(1, "Да", at=theirs)]))
    await adapter.check()

    assert await adapter.find_sent(Outbound(CHAT_ID, "Да", attempted_at)) == "m1"


async def test_items_are_paged(adapter: AvitoAdapter, scripted: ScriptedAvito) -> None:
    def page(numbers: range) -> Reply:
        rows = [{"id": n, "title": f"Вещь {n}", "price": n, "status": "active"} for n in numbers]
        return Reply(body={"meta": {"page": 1}, "resources": rows})

    scripted.on(paths.ITEMS, page(range(1, 100)), page(range(100, 120)))

    found = [each async for each in adapter.listings()]

    assert [each.external_id for each in found] == [str(n) for n in range(1, 120)]
    assert [each.url.params["status"] for each in scripted.asked(paths.ITEMS)] == ["active"] * 2


async def test_one_item_tells_its_status_and_what_the_list_knows(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.ITEM, Reply(body={"status": "old", "url": "https://avito.test/7"}))
    scripted.on(
        paths.ITEMS,
        Reply(body={"resources": [{"id": 7, "title": "Диван", "price": 5, "status": "old"}]}),
    )

    found = await adapter.listing("7")
    assert found is not None
    assert (found.title, found.price_minor, found.status) == ("Диван", 500, "closed")

    unlisted = await adapter.listing("8")
    assert unlisted is not None
    assert (unlisted.title, unlisted.url, unlisted.status) == ("", "https://avito.test/7", "closed")

    scripted.on(paths.ITEM, Reply(body={"status": "another_user"}))
    assert await adapter.listing("9") is None


async def test_voices_are_asked_for_in_portions(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(
        paths.VOICE_FILES,
        Reply(body={"voices_urls": {"v0": "https://voice.test/0", "v1": None}}),
        Reply(body={"voices_urls": {"v20": "https://voice.test/20"}}),
    )

    found = await adapter.voice_urls([f"v{number}" for number in range(21)])

    assert found == {"v0": "https://voice.test/0", "v20": "https://voice.test/20"}
    portions = [each.url.params.get_list("voice_ids") for each in scripted.asked(paths.VOICE_FILES)]
    assert [len(portion) for portion in portions] == [20, 1]
