"""Tags: making them, putting them on talks, and what becomes of a deleted one."""

import pytest
from sqlalchemy import func, select, update

from besedka.core import db
from besedka.core.db import Database
from besedka.identity import Role
from besedka.inbox.models import Conversation
from besedka.inbox.tags.models import ConversationTag, Tag
from tests.conftest import Client, JsonObject, LogIn
from tests.factories import Make
from tests.inbox.desk import Desk, event_rows
from tests.inbox.test_lists import counting_queries

URL = "/api/v1/tags"


async def tag(client: Client, name: str = "торг", color: str = "sky") -> JsonObject:
    answer = await client.post(URL, json={"name": name, "color": color})
    assert answer.status_code == 201, answer.text
    made: JsonObject = answer.json()
    return made


async def names(client: Client) -> list[str]:
    return [each["name"] for each in (await client.get(URL)).json()]


async def test_tags_are_listed_by_name_and_a_name_is_taken_whatever_its_case(
    operator: Client,
) -> None:
    await tag(operator, "Ждёт  деталь ")
    await tag(operator, "Авторазбор")

    twin = await operator.post(URL, json={"name": "ждёт ДЕТАЛЬ"})

    assert await names(operator) == ["Авторазбор", "Ждёт деталь"]
    assert (twin.status_code, twin.json()["code"]) == (409, "tag_name_taken")


async def test_a_tag_is_renamed_and_recoloured_but_not_to_anothers_name(admin: Client) -> None:
    one = await tag(admin, "торг")
    await tag(admin, "осмотр")

    taken = await admin.patch(f"{URL}/{one['id']}", json={"name": "Осмотр"})
    renamed = await admin.patch(f"{URL}/{one['id']}", json={"name": "Торг", "color": "plum"})

    assert (taken.status_code, taken.json()["code"]) == (409, "tag_name_taken")
    assert renamed.json() == {"id": one["id"], "name": "Торг", "color": "plum"}
    assert [row.type for row in await event_rows()] == ["tag.saved"] * 3


@pytest.mark.parametrize("body", [{"name": " "}, {"name": "x" * 41}, {"name": "x", "color": "red"}])
async def test_what_is_no_tag_is_refused(operator: Client, body: JsonObject) -> None:
    assert (await operator.post(URL, json=body)).status_code == 422


async def test_a_talk_carries_its_tags_in_every_snapshot(desk: Desk, database: Database) -> None:
    talk, other = await desk.talk(), await desk.talk()
    first, second = await tag(desk.client, "торг"), await tag(desk.client, "осмотр")

    answers = [
        await desk.client.put(f"{talk.url}/tags/{each['id']}") for each in (first, second, second)
    ]
    assert answers[-1].json()["tag_ids"] == [first["id"], second["id"]]
    assert (await talk.read())["tag_ids"] == [first["id"], second["id"]]
    await desk.client.delete(f"{talk.url}/tags/{first['id']}")

    told = [row.payload["conversation"]["tag_ids"] for row in (await event_rows())[-3:]]
    assert told == [[first["id"]], [first["id"], second["id"]], [second["id"]]]
    with counting_queries(database) as queries:
        listed = await desk.client.get(
            "/api/v1/conversations", params={"tag_id": second["id"], "mode": "bot"}
        )
    assert [row["id"] for row in listed.json()["items"]] == [talk.id]
    assert len(queries) == 2  # the login, the list
    assert (await other.read())["tag_ids"] == []
    uses = (await desk.client.get(f"{URL}/uses")).json()
    assert {each["tag_id"]: each["conversations"] for each in uses} == {
        first["id"]: 0,
        second["id"]: 1,
    }


async def test_a_deleted_tag_leaves_every_talk_and_frees_its_name(
    desk: Desk, admin: Client
) -> None:
    talks = [await desk.talk() for _ in range(3)]
    gone, kept = await tag(desk.client, "торг"), await tag(desk.client, "осмотр")
    for talk in talks:
        await desk.client.put(f"{talk.url}/tags/{gone['id']}")
        await desk.client.put(f"{talk.url}/tags/{kept['id']}")

    answer = await admin.delete(f"{URL}/{gone['id']}")
    assert answer.status_code == 204
    assert await names(desk.client) == ["осмотр"]
    await tag(desk.client, "торг")
    await desk.exchange()

    for talk in talks:
        assert (await talk.read())["tag_ids"] == [kept["id"]]
    again = await admin.delete(f"{URL}/{gone['id']}")
    assert (again.status_code, again.json()["code"]) == (404, "tag_not_found")


async def test_a_neighbours_tag_is_none_of_ours(desk: Desk, make: Make, log_in: LogIn) -> None:
    talk = await desk.talk()
    neighbours = await make.workspace()
    neighbour = await log_in(await make.user(neighbours, role=Role.OWNER), neighbours)
    theirs = await tag(neighbour, "торг")

    answer = await desk.client.put(f"{talk.url}/tags/{theirs['id']}")

    assert (answer.status_code, answer.json()["code"]) == (404, "tag_not_found")
    assert await names(desk.client) == []
    await tag(desk.client, "торг")


async def test_a_talk_takes_twenty_tags_and_no_more(desk: Desk) -> None:
    talk = await desk.talk()
    tags = [await tag(desk.client, f"метка {number}") for number in range(21)]

    for each in tags[:20]:
        await desk.client.put(f"{talk.url}/tags/{each['id']}")
    answer = await desk.client.put(f"{talk.url}/tags/{tags[20]['id']}")

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_tags")
    assert len((await talk.read())["tag_ids"]) == 20


async def test_a_deleted_tag_goes_also_where_the_talks_copy_has_lost_it(
    desk: Desk, admin: Client
) -> None:
    talk = await desk.talk()
    made = await tag(admin)
    await desk.client.put(f"{talk.url}/tags/{made['id']}")
    async with db.transaction() as session:
        await session.execute(update(Conversation).values(tag_ids=[]))

    await admin.delete(f"{URL}/{made['id']}")
    await desk.exchange()

    async with db.reading() as session:
        assert await session.scalar(select(func.count()).select_from(ConversationTag)) == 0
        assert await session.scalar(select(func.count()).select_from(Tag)) == 0
