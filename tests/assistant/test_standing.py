"""Whether the agent would answer now, and what it knows, as the talk's details tell it."""

import pytest

from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.talks import buyer_asks, only_conversation
from tests.conftest import Client, Clock, Exchange, JsonObject

QUESTION = "Здравствуйте! Сколько стоит и сколько хозяев по ПТС?"


async def standing(client: Client) -> JsonObject:
    conversation = await only_conversation(client)
    answer = await client.get(f"/api/v1/conversations/{conversation['id']}/agent")
    assert answer.status_code == 200, answer.text
    found: JsonObject = answer.json()
    return found


@pytest.fixture
async def talk(
    admin: Client, account: JsonObject, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> JsonObject:
    """A buyer asked, and the agent answered from a document."""
    await admin.post(
        "/api/v1/documents",
        json={"title": "Mazda 3, 2008", "text": "По ПТС два хозяина, второй с 2014 года."},
    )
    await buyer_asks(avito, exchange, clock, QUESTION)
    return await only_conversation(admin)


async def test_an_open_talk_of_the_bot_would_be_answered_from_these_sources(
    talk: JsonObject, viewer: Client
) -> None:
    found = await standing(viewer)

    assert (found["would_answer"], found["reasons"]) == (True, [])
    assert found["listing"]["title"] == "Mazda 3, 2008"
    assert found["listing"]["price_text"] == "520\u00a0000\u00a0₽"
    assert found["enabled_documents"] == 1
    (document,) = found["documents"]
    assert (document["title"], document["exists"], document["enabled"]) == (
        "Mazda 3, 2008",
        True,
        True,
    )
    assert "два хозяина" in document["quote"]


async def test_a_document_that_was_renamed_or_deleted_is_told_as_it_is_now(
    talk: JsonObject, admin: Client
) -> None:
    (document,) = (await standing(admin))["documents"]
    url = f"/api/v1/documents/{document['id']}"
    await admin.put(url, json={"title": "Мазда", "text": "Два хозяина", "enabled": False})

    (renamed,) = (await standing(admin))["documents"]
    assert (renamed["title"], renamed["enabled"]) == ("Мазда", False)

    await admin.delete(url)
    (deleted,) = (await standing(admin))["documents"]
    assert (deleted["title"], deleted["exists"]) == ("Mazda 3, 2008", False)


async def test_all_that_keeps_the_agent_silent_is_named(
    talk: JsonObject, admin: Client, account: JsonObject
) -> None:
    agent = (await admin.get("/api/v1/agent")).json()
    await admin.put("/api/v1/agent", json={**agent, "enabled": False, "model": None})
    await admin.patch(f"/api/v1/channel-accounts/{account['id']}", json={"agent_enabled": False})
    await admin.post(f"/api/v1/conversations/{talk['id']}/take-over")

    found = await standing(admin)

    assert found["would_answer"] is False
    assert found["reasons"] == ["with_person", "agent_off", "account_agent_off"]


async def test_a_closed_talk_is_answered_again_but_not_a_blocked_contact(
    talk: JsonObject, admin: Client
) -> None:
    url = f"/api/v1/conversations/{talk['id']}"
    await admin.post(f"{url}/close")
    assert (await admin.get(f"{url}/agent")).json()["would_answer"] is True

    await admin.post(f"{url}/block", json={"reason": "spam"})
    assert (await admin.get(f"{url}/agent")).json()["reasons"] == ["contact_blocked"]


async def test_the_cap_of_answers_in_a_row_is_a_reason(talk: JsonObject, admin: Client) -> None:
    agent = (await admin.get("/api/v1/agent")).json()
    await admin.put("/api/v1/agent", json={**agent, "reply_cap": 1, "model": None})

    found = await standing(admin)

    assert (found["replies_in_a_row"], found["reply_cap"]) == (1, 1)
    assert found["reasons"] == ["reply_cap"]


async def test_outside_working_hours_a_person_would_be_called(
    talk: JsonObject, admin: Client
) -> None:
    agent = (await admin.get("/api/v1/agent")).json()
    never = {"days": [[]] * 7, "outside": "hand_over"}
    await admin.put("/api/v1/agent", json={**agent, "working_hours": never, "model": None})

    found = await standing(admin)

    assert (found["would_answer"], found["reasons"]) == (False, ["outside_hours"])
