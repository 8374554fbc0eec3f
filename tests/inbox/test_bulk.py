"""One act on many talks: each by itself, and told one by one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from besedka.core import time
from besedka.identity import Role
from tests.conftest import Client, JsonObject, LogIn
from tests.factories import Make
from tests.inbox.desk import Desk, Talk
from tests.inbox.test_counters import replayed

URL = "/api/v1/conversations/bulk"


async def bulk(client: Client, talks: list[Talk], act: str, **arguments: Any) -> list[JsonObject]:
    body = {"ids": [talk.id for talk in talks], "act": act, **arguments}
    answer = await client.post(URL, json=body)
    assert answer.status_code == 200, answer.text
    found: list[JsonObject] = answer.json()["results"]
    return found


async def test_what_one_talk_refuses_is_done_with_the_others(desk: Desk) -> None:
    talks = [await desk.talk() for _ in range(3)]
    await talks[1].act("close")

    results = await bulk(desk.client, talks, "unread")
    results = await bulk(desk.client, talks, "assign", assignee_id=None)

    assert [each["id"] for each in results] == [talk.id for talk in talks]
    assert [each["refusal"] and each["refusal"]["code"] for each in results] == [
        None,
        "conversation_put_away",
        None,
    ]
    assert results[1]["conversation"] is None
    assert results[0]["conversation"] == await talks[0].read()
    counts, _ = await replayed()
    assert counts == await desk.counts()
    assert counts["manager"]["open"] == 2


async def test_every_act_is_done_in_bulk_and_taken_back(desk: Desk) -> None:
    talks = [await desk.talk() for _ in range(2)]
    tag = (await desk.client.post("/api/v1/tags", json={"name": "торг"})).json()["id"]
    until = (time.now() + timedelta(hours=1)).isoformat()
    before = [await talk.read() for talk in talks]

    async def shown(key: str, act: str, **arguments: Any) -> list[Any]:
        results = await bulk(desk.client, talks, act, **arguments)
        assert all(each["refusal"] is None for each in results)
        return [each["conversation"][key] for each in results]

    assert await shown("tag_ids", "tag", tag_id=tag) == [[tag]] * 2
    assert await shown("tag_ids", "untag", tag_id=tag) == [[]] * 2
    assert await shown("is_pinned", "pin") == [True] * 2
    assert await shown("is_pinned", "unpin") == [False] * 2
    assert await shown("status", "snooze", until=until) == ["snoozed"] * 2
    assert await shown("status", "unsnooze") == ["open"] * 2
    assert await shown("mode", "take-over") == ["manager"] * 2
    assert await shown("mode", "return-to-bot") == ["bot"] * 2
    assert await shown("status", "close") == ["closed"] * 2
    assert await shown("status", "undo-close") == ["open"] * 2
    assert await shown("unread_count", "read") == [0] * 2
    assert await shown("unread_count", "unread") == [1] * 2
    after = [await talk.read() for talk in talks]
    same = ("mode", "status", "waiting_since", "unread_count", "is_pinned", "tag_ids")
    assert [{key: each[key] for key in same} for each in after] == [
        {key: each[key] for key in same} for each in before
    ]
    assert await shown("status", "close") == ["closed"] * 2
    assert await shown("waiting_since", "reopen") == [None] * 2


async def test_another_companys_talk_is_refused_as_if_it_were_not_there(
    desk: Desk, make: Make, log_in: LogIn
) -> None:
    talk = await desk.talk()
    neighbours = await make.workspace()
    neighbour = await log_in(await make.user(neighbours, role=Role.OWNER), neighbours)

    [result] = await bulk(neighbour, [talk], "close")

    assert result["refusal"] == {"code": "conversation_not_found", "title": "Такого чата нет"}
    assert (await talk.read())["status"] == "open"


@pytest.mark.parametrize(
    "body",
    [
        {"ids": [], "act": "close"},
        {"ids": [str(uuid4()) for _ in range(201)], "act": "close"},
        {"ids": [str(uuid4())], "act": "dance"},
        {"ids": [str(uuid4())], "act": "snooze"},
        {"ids": [str(uuid4())], "act": "tag"},
    ],
)
async def test_what_cannot_be_done_in_bulk_is_refused_whole(
    operator: Client, body: JsonObject
) -> None:
    assert (await operator.post(URL, json=body)).status_code == 422


@pytest.mark.parametrize(("act", "words"), [("snooze", "до какого времени"), ("tag", "метку")])
async def test_what_an_act_lacks_is_said(operator: Client, act: str, words: str) -> None:
    answer = await operator.post(URL, json={"ids": [str(uuid4())], "act": act})

    assert words in answer.json()["errors"][0]["message"]


async def test_an_assignment_that_does_not_say_to_whom_changes_nothing(desk: Desk) -> None:
    talk = await desk.talk()

    answer = await desk.client.post(URL, json={"ids": [talk.id], "act": "assign"})

    assert (answer.status_code, answer.json()["code"]) == (422, "unprocessable")
    assert "кому назначить" in answer.json()["errors"][0]["message"]
    assert (await talk.read())["mode"] == "bot"
