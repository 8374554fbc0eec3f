"""What a person has begun to write is on all their devices, and nobody else's."""

import asyncio

import pytest

from besedka.identity import Role, Workspace
from tests.conftest import Client, Clock, JsonObject, LogIn
from tests.factories import Make
from tests.inbox.desk import Desk, Talk, event_types


async def save(client: Client, talk: Talk, text: str, based_on: str | None = None) -> JsonObject:
    answer = await client.put(f"{talk.url}/draft", json={"text": text, "based_on": based_on})
    assert answer.status_code == 200, answer.text
    found: JsonObject = answer.json()
    return found


async def read(client: Client, talk: Talk) -> JsonObject:
    found: JsonObject = (await client.get(f"{talk.url}/draft")).json()
    return found


async def listed(client: Client) -> list[str]:
    return [each["text"] for each in (await client.get("/api/v1/drafts")).json()["items"]]


async def test_a_draft_is_found_again_as_it_was_typed(desk: Desk) -> None:
    talk = await desk.talk()
    assert await read(desk.client, talk) == {
        "conversation_id": talk.id,
        "text": "",
        "saved_at": None,
    }

    saved = await save(desk.client, talk, " Да, \nждём ")

    assert saved["replaced"] is None
    found = await read(desk.client, talk)
    assert (found["text"], found["saved_at"]) == (" Да, \nждём ", saved["saved_at"])
    assert (await talk.read())["last_message"]["text"] == "Здравствуйте"
    assert "draft" not in " ".join(await event_types()), "nobody else hears of it"


async def test_a_draft_is_its_authors_alone(
    desk: Desk, make: Make, workspace: Workspace, log_in: LogIn
) -> None:
    talk = await desk.talk()
    await save(desk.client, talk, "Секрет")
    colleague = await log_in(await make.user(workspace, role=Role.OWNER), workspace)

    assert (await read(colleague, talk))["text"] == ""
    assert await listed(colleague) == []
    await save(colleague, talk, "Своё")
    assert (await read(desk.client, talk))["text"] == "Секрет"


async def test_of_two_devices_the_newer_text_wins_and_the_other_is_told(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    known = (await save(desk.client, talk, "Да"))["saved_at"]
    clock.advance(1)
    on_phone = await save(desk.client, talk, "Да, с телефона", known)
    assert on_phone["replaced"] is None
    clock.advance(1)

    on_desktop = await save(desk.client, talk, "Да, с компьютера", known)

    assert on_desktop["replaced"] == "Да, с телефона"
    assert (await read(desk.client, talk))["text"] == "Да, с компьютера"
    clock.advance(1)
    further = await save(desk.client, talk, "Да, с компьютера и дальше", on_desktop["saved_at"])
    assert further["replaced"] is None


async def test_the_same_text_from_two_devices_is_no_conflict(desk: Desk) -> None:
    talk = await desk.talk()
    await save(desk.client, talk, "Да")

    assert (await save(desk.client, talk, "Да"))["replaced"] is None


async def test_two_saves_at_once_leave_one_whole_text(desk: Desk) -> None:
    talk = await desk.talk()

    await asyncio.gather(*(save(desk.client, talk, text) for text in ("Раз", "Два", "Три")))

    assert (await read(desk.client, talk))["text"] in ("Раз", "Два", "Три")


async def test_sending_takes_the_draft_away_but_not_what_was_begun_after_it(desk: Desk) -> None:
    talk = await desk.talk()
    await save(desk.client, talk, "Да, ждём \n")
    await talk.reply("Да, ждём")
    assert (await read(desk.client, talk))["text"] == ""

    await save(desk.client, talk, "И ещё")
    await talk.reply("Адрес пришлю")

    assert (await read(desk.client, talk))["text"] == "И ещё"


@pytest.mark.parametrize("empty", ["", " \n"])
async def test_an_emptied_field_leaves_no_draft(empty: str, desk: Desk) -> None:
    talk = await desk.talk()
    known = (await save(desk.client, talk, "Да"))["saved_at"]

    cleared = await save(desk.client, talk, empty, known)

    assert (cleared["text"], cleared["saved_at"], cleared["replaced"]) == ("", None, None)
    assert await listed(desk.client) == []


async def test_a_draft_can_be_deleted_twice(desk: Desk) -> None:
    talk = await desk.talk()
    await save(desk.client, talk, "Да")

    answers = [(await desk.client.delete(f"{talk.url}/draft")).status_code for _ in range(2)]

    assert answers == [204, 204]
    assert (await read(desk.client, talk))["text"] == ""


async def test_the_list_tells_the_newest_first_and_shortens_texts(desk: Desk, clock: Clock) -> None:
    first, second = await desk.talk(), await desk.talk(buyer_name="Екатерина")
    await save(desk.client, first, "я" * 5000)
    clock.advance(1)
    await save(desk.client, second, "Второй")

    assert await listed(desk.client) == ["Второй", "я" * 200]


async def test_who_only_views_keeps_no_drafts(desk: Desk, viewer: Client) -> None:
    talk = await desk.talk()

    answer = await viewer.put(f"{talk.url}/draft", json={"text": "Да", "based_on": None})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
