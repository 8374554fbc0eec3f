"""What becomes of the talks of somebody who is removed, or may only read from now on."""

import pytest
from sqlalchemy import delete

from besedka.core import db
from besedka.inbox.releasing import release_talks
from besedka.jobs import JobDefinition
from besedka.jobs.models import Job
from tests.conftest import Client, Clock
from tests.inbox.desk import Desk
from tests.inbox.test_scheduled import later, let_pass, waiting


async def test_talks_of_the_removed_become_nobodys_and_say_so_to_every_screen(
    desk: Desk, owner: Client, admin: Client
) -> None:
    talk, closed, other = [await desk.talk(f"Здравствуйте, {number}") for number in range(3)]
    await talk.act("take-over")
    await closed.act("take-over")
    await closed.act("close")
    await admin.post(f"{other.url}/take-over")
    before = await talk.read()
    irina = before["assignee"]["id"]

    await owner.delete(f"/api/v1/users/{irina}")
    await desk.exchange()

    async def assignee(url: str) -> str | None:
        found = (await owner.get(url)).json()["assignee"]
        return found and str(found["name"])

    assert [await assignee(each.url) for each in (talk, closed, other)] == [None, None, "Анна"]
    now = (await owner.get(talk.url)).json()
    assert (now["mode"], now["version"] > before["version"]) == ("manager", True)


async def leave(owner: Client, user_id: str, how: str) -> None:
    url = f"/api/v1/users/{user_id}"
    if how == "removed":
        answer = await owner.delete(url)
    else:
        answer = await owner.patch(url, json={"role": "viewer"})
    assert answer.is_success, answer.text


@pytest.mark.parametrize("how", ["removed", "made a viewer"])
async def test_who_answers_no_more_has_no_talks_and_nothing_of_theirs_leaves_later(
    how: str, desk: Desk, owner: Client, admin: Client, clock: Clock
) -> None:
    talk, others = await desk.talk(), await desk.talk()
    await talk.act("take-over")
    irina = (await talk.read())["assignee"]["id"]
    await admin.post(f"{others.url}/take-over")
    await later(talk)
    await later(others)

    await leave(owner, irina, how)
    await desk.exchange()
    desk.client = owner

    assert (await talk.read())["assignee"] is None
    assert (await others.read())["assignee"]["name"] == "Анна"
    for each in (talk, others):
        assert [reply["stop_reason"] for reply in await waiting(each)] == ["author_left"]
    await let_pass(desk, clock)
    assert (talk.sent, others.sent) == ([], [])


async def test_what_a_colleague_wrote_for_later_in_a_talk_of_the_removed_still_leaves(
    desk: Desk, owner: Client, admin: Client, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.act("take-over")
    irina = (await talk.read())["assignee"]["id"]
    desk.client = admin
    await later(talk, "От Анны")

    await leave(owner, irina, "removed")
    await let_pass(desk, clock)

    assert talk.sent == ["От Анны"]


async def test_a_reply_whose_time_comes_before_the_talks_are_released_stops_too(
    desk: Desk, owner: Client, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.act("take-over")
    irina = (await talk.read())["assignee"]["id"]
    await later(talk)
    await leave(owner, irina, "removed")
    await forget_jobs(release_talks)
    desk.client = owner

    await let_pass(desk, clock)

    assert talk.sent == []
    assert [reply["stop_reason"] for reply in await waiting(talk)] == ["author_left"]
    assert (await talk.read())["assignee"]["id"] == irina


async def forget_jobs(definition: JobDefinition) -> None:
    async with db.transaction() as session:
        await session.execute(delete(Job).where(Job.name == definition.name))


async def test_who_may_answer_again_before_the_talks_are_released_keeps_them(
    desk: Desk, owner: Client
) -> None:
    talk = await desk.talk()
    await talk.act("take-over")
    irina = (await talk.read())["assignee"]["id"]

    await leave(owner, irina, "made a viewer")
    await owner.patch(f"/api/v1/users/{irina}", json={"role": "manager"})
    await desk.exchange()

    assert (await talk.read())["assignee"]["id"] == irina
