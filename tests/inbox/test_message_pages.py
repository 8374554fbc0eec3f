"""A conversation is opened at any message, and read on from there both ways."""

from typing import Any

import pytest

from besedka.core.ids import new_id
from tests.conftest import JsonObject
from tests.inbox.desk import Desk, Talk

WORDS = [f"Сообщение {number}" for number in range(12)]


async def page(talk: Talk, **wanted: Any) -> JsonObject:
    response = await talk.desk.client.get(f"{talk.url}/messages", params=wanted)
    assert response.status_code == 200, response.text
    found: JsonObject = response.json()
    return found


def texts(page: JsonObject) -> list[str]:
    return [row["text"] for row in page["items"]]


async def id_of(talk: Talk, text: str) -> str:
    found: str = next(each["id"] for each in await talk.messages() if each["text"] == text)
    return found


async def test_a_message_stands_in_the_middle_and_both_ways_lead_on(desk: Desk) -> None:
    talk = await desk.talk(*WORDS)
    middle = await page(talk, around=await id_of(talk, WORDS[6]), limit=4)
    assert texts(middle) == [WORDS[8], WORDS[7], WORDS[6], WORDS[5]]

    seen = middle["items"]
    newer = middle
    while newer["previous_cursor"] is not None:
        newer = await page(talk, cursor=newer["previous_cursor"], limit=2)
        seen = newer["items"] + seen
    older = middle
    while older["next_cursor"] is not None:
        older = await page(talk, cursor=older["next_cursor"], limit=2)
        seen = seen + older["items"]

    assert [row["text"] for row in seen] == WORDS[::-1]


@pytest.mark.parametrize(("number", "expected"), [(0, WORDS[2::-1]), (11, WORDS[:8:-1])])
async def test_at_either_end_a_page_ends_there(
    desk: Desk, number: int, expected: list[str]
) -> None:
    talk = await desk.talk(*WORDS)

    end = await page(talk, around=await id_of(talk, WORDS[number]), limit=3)

    assert [text for text in texts(end) if text in expected] == texts(end)
    assert WORDS[number] in texts(end)
    assert (end["next_cursor"] is None) == (number == 0)
    assert (end["previous_cursor"] is None) == (number == 11)


async def test_the_newest_page_has_nothing_newer_and_the_next_one_has(desk: Desk) -> None:
    talk = await desk.talk(*WORDS)

    newest = await page(talk, limit=4)
    second = await page(talk, limit=4, cursor=newest["next_cursor"])

    assert newest["previous_cursor"] is None
    back = await page(talk, limit=4, cursor=second["previous_cursor"])
    assert texts(back) == texts(newest)


async def test_a_message_of_another_talk_is_not_there(desk: Desk) -> None:
    talk, other = await desk.talk(), await desk.talk("Другое")

    for message_id in (await id_of(other, "Другое"), str(new_id())):
        response = await desk.client.get(f"{talk.url}/messages", params={"around": message_id})
        assert (response.status_code, response.json()["code"]) == (404, "message_not_found")
