"""Who is in a conversation, as the others of the company hear of it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from besedka.core import crypto
from besedka.identity import Role, Workspace
from besedka.live.presence import EXPIRES_AFTER
from besedka.live.stream import Live
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Clock, Exchange, JsonObject, LogIn
from tests.events.happenings import publish_all
from tests.factories import Make
from tests.live.test_streams import Browser, Frame, watch


@pytest.fixture
def live(app: FastAPI) -> Live:
    found: Live = app.state.live
    return found


@pytest.fixture
async def talk(
    account: JsonObject, avito: AvitoSimulator, exchange: Exchange, operator: Client
) -> str:
    await avito.buyer_writes(await avito.open_chat(), "Здравствуйте, ещё продаёте?")
    await exchange()
    found: str = (await operator.get("/api/v1/conversations")).json()["items"][0]["id"]
    return found


@pytest.fixture
async def screen(live: Live, workspace: Workspace, make: Make) -> AsyncIterator[Browser]:
    """A colleague's screen that is open all the time."""
    colleague = await make.user(workspace, name="Павел")
    login = crypto.fingerprint(await make.login(colleague, workspace))
    async with watch(live, workspace.id, fingerprint=login) as frames:
        browser = Browser(frames)
        await browser.start()
        yield browser


def people(frame: Frame) -> list[tuple[str, str, str]]:
    assert frame.event == "presence.changed"
    return sorted(
        (each["name"], each["conversation_id"], each["state"]) for each in frame.data["people"]
    )


async def tell(client: Client, talk: str | None, state: str = "viewing", tab: str = "") -> None:
    body: dict[str, Any] = {"conversation_id": talk, "state": state, "tab": tab}
    answer = await client.post("/api/v1/presence", json=body)
    assert answer.status_code == 204, answer.text


async def test_colleagues_hear_who_comes_types_and_leaves(
    operator: Client, talk: str, screen: Browser
) -> None:
    await tell(operator, talk)
    assert people(await screen.next()) == [("Ирина", talk, "viewing")]

    await tell(operator, talk, "typing")
    typing = await screen.next()
    assert people(typing) == [("Ирина", talk, "typing")]
    assert typing.data["people"][0]["since"].endswith("+00:00")

    await tell(operator, None)
    assert people(await screen.next()) == []


async def test_it_has_no_number_so_that_a_stream_resumes_where_its_events_ended(
    operator: Client, talk: str, screen: Browser, workspace: Workspace
) -> None:
    await tell(operator, talk)
    await publish_all(workspace.id, 1)

    presence, event = await screen.next(), await screen.next()

    assert presence.id is None
    assert event.id is not None


async def test_who_opens_the_app_sees_who_is_there_already(
    operator: Client, talk: str, live: Live, workspace: Workspace
) -> None:
    await tell(operator, talk, "typing")

    async with watch(live, workspace.id) as frames:
        browser = Browser(frames)
        await browser.start()
        assert people(await browser.next()) == [("Ирина", talk, "typing")]


async def test_saying_the_same_again_tells_nobody_and_keeps_when_it_began(
    operator: Client, talk: str, live: Live, screen: Browser, workspace: Workspace, clock: Clock
) -> None:
    await tell(operator, talk, "typing")
    began = (await screen.next()).data["people"][0]["since"]
    clock.advance(10)
    await tell(operator, talk, "typing")
    clock.advance(10)
    live.presence.forget_absent()

    await publish_all(workspace.id, 1)

    assert (await screen.next()).event == "test.happened"
    (still_there,) = live.presence.people(workspace.id)
    assert still_there.since.isoformat() == began


async def test_a_tab_that_says_nothing_for_long_is_gone(
    operator: Client, talk: str, live: Live, screen: Browser, clock: Clock
) -> None:
    await tell(operator, talk)
    await screen.next()

    clock.advance(EXPIRES_AFTER.total_seconds() + 1)
    live.presence.forget_absent()

    assert people(await screen.next()) == []
    assert EXPIRES_AFTER.total_seconds() <= 20


async def test_who_logs_out_is_gone(
    operator: Client, talk: str, live: Live, screen: Browser
) -> None:
    await tell(operator, talk)
    await screen.next()
    await live.readers.check_logins()
    assert len(live.presence.fingerprints()) == 1

    await operator.post("/api/v1/auth/logout")
    await live.readers.check_logins()

    assert people(await screen.next()) == []


async def test_two_tabs_are_one_person_who_types_if_one_of_them_does(
    operator: Client, talk: str, screen: Browser
) -> None:
    await tell(operator, talk, tab="one")
    await tell(operator, talk, "typing", tab="two")
    heard = [people(await screen.next()) for _ in range(2)]
    assert heard[1] == [("Ирина", talk, "typing")]

    await tell(operator, None, tab="two")
    assert people(await screen.next()) == [("Ирина", talk, "viewing")]


async def test_another_company_never_hears_of_it(
    operator: Client, talk: str, live: Live, make: Make
) -> None:
    neighbours = await make.workspace()
    async with watch(live, neighbours.id) as frames:
        neighbour = Browser(frames)
        await neighbour.start()
        await tell(operator, talk)
        await publish_all(neighbours.id, 1)

        assert (await neighbour.next()).event == "test.happened"

    async with watch(live, neighbours.id) as frames:
        late = Browser(frames)
        await late.start()
        await publish_all(neighbours.id, 2)
        assert (await late.next()).event == "test.happened"


async def test_nobody_can_be_in_a_talk_of_another_company_or_in_none_at_all(
    talk: str, make: Make, log_in: LogIn, live: Live
) -> None:
    neighbours = await make.workspace()
    neighbour = await log_in(await make.user(neighbours, role=Role.OWNER), neighbours)

    for missing in (talk, str(uuid4())):
        answer = await neighbour.post("/api/v1/presence", json={"conversation_id": missing})
        assert answer.status_code == 404

    assert live.presence.people(neighbours.id) == []


async def test_who_only_looks_on_is_not_told_of(viewer: Client, talk: str) -> None:
    answer = await viewer.post("/api/v1/presence", json={"conversation_id": talk})

    assert answer.status_code == 403


async def test_the_absent_are_forgotten_without_anybody_asking(
    operator: Client, talk: str, live: Live, workspace: Workspace, clock: Clock
) -> None:
    await tell(operator, talk)
    clock.advance(60)

    async with asyncio.timeout(10):
        while live.presence.people(workspace.id):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.05)
