"""Setting the agent up."""

from typing import Any

import pytest
from sqlalchemy import select

from besedka.assistant.models import AgentSettings
from besedka.core import db
from besedka.events.models import EventRow
from besedka.identity import Workspace
from tests.conftest import Client


async def test_the_agent_starts_on_with_the_built_in_model(operator: Client) -> None:
    assert (await operator.get("/api/v1/agent")).json() == {
        "enabled": True,
        "model": {
            "provider": "builtin",
            "name": "",
            "base_url": "",
            "has_key": False,
            "is_from_environment": True,
        },
        "instructions": "",
        "debounce_s": 5.0,
        "reply_cap": 15,
        "working_hours": None,
        "time_zone": "Europe/Moscow",
    }


async def test_an_admin_sets_the_agent_up_and_the_key_is_kept_sealed(
    admin: Client, workspace: Workspace
) -> None:
    model = {"provider": "openai", "name": "gpt-4o-mini", "key": "sk-very-secret"}
    response = await admin.put(
        "/api/v1/agent",
        json={"enabled": True, "model": model, "instructions": "Кратко.", "debounce_s": 8},
    )

    assert response.status_code == 200
    assert "sk-very-secret" not in response.text
    shown = (await admin.get("/api/v1/agent")).json()
    assert shown["model"]["has_key"] is True
    assert (shown["instructions"], shown["debounce_s"]) == ("Кратко.", 8.0)
    async with db.reading() as session:
        row = await session.get_one(AgentSettings, workspace.id)
    assert row.sealed_key is not None
    assert "sk-very-secret" not in row.sealed_key


async def test_a_stored_key_stays_with_its_provider_and_address_only(admin: Client) -> None:
    first = {"provider": "openai_compatible", "name": "m", "base_url": "https://a.example/v1"}
    settings: dict[str, Any] = {"enabled": True, "debounce_s": 5}
    await admin.put("/api/v1/agent", json={**settings, "model": {**first, "key": "k"}})

    same = await admin.put("/api/v1/agent", json={**settings, "model": {**first, "name": "n"}})
    moved = await admin.put(
        "/api/v1/agent", json={**settings, "model": {**first, "base_url": "https://b.example/v1"}}
    )

    assert same.json()["model"]["has_key"] is True
    assert moved.json()["model"]["has_key"] is False


async def test_a_company_returns_to_the_model_of_the_environment_and_its_key_is_forgotten(
    admin: Client, workspace: Workspace
) -> None:
    shown = (await admin.get("/api/v1/agent")).json()
    own = {"provider": "openai", "name": "gpt-4o-mini", "key": "sk-very-secret"}
    await admin.put("/api/v1/agent", json={**shown, "model": own})

    returned = await admin.put("/api/v1/agent", json={**shown, "model": {"provider": None}})

    assert returned.json() == shown
    async with db.reading() as session:
        row = await session.get_one(AgentSettings, workspace.id)
    assert row.sealed_key is None


async def test_a_form_sent_back_unchanged_leaves_the_model_to_the_environment(
    admin: Client,
) -> None:
    shown = (await admin.get("/api/v1/agent")).json()

    saved = await admin.put("/api/v1/agent", json=shown)

    assert saved.json() == shown


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ({"provider": "openai", "key": "k"}, "name"),
        ({"provider": "anthropic", "name": "claude"}, "key"),
        ({"provider": "openai_compatible", "name": "m"}, "base_url"),
        ({"provider": "openai_compatible", "name": "m", "base_url": "ftp://x"}, "base_url"),
    ],
)
async def test_a_model_that_could_not_be_called_is_refused(
    admin: Client, model: dict[str, str], field: str
) -> None:
    response = await admin.put(
        "/api/v1/agent", json={"enabled": True, "debounce_s": 5, "model": model}
    )

    assert response.status_code == 422
    assert (response.json()["code"], response.json()["field"]) == ("model_misconfigured", field)


async def test_a_manager_may_look_but_not_set_up(operator: Client) -> None:
    response = await operator.put("/api/v1/agent", json={"enabled": False, "debounce_s": 5})

    assert response.status_code == 403


async def test_screens_that_show_the_settings_or_the_documents_hear_of_a_change(
    admin: Client,
) -> None:
    document = (await admin.post("/api/v1/documents", json={"title": "Цены", "text": "1"})).json()
    await admin.delete(f"/api/v1/documents/{document['id']}")
    await admin.put("/api/v1/agent", json={"enabled": False, "debounce_s": 5})

    async with db.reading() as session:
        rows = (await session.scalars(select(EventRow).order_by(EventRow.sequence))).all()
    told = [row for row in rows if row.topic == "inbox"]
    assert [(row.type, row.payload.get("change")) for row in told] == [
        ("knowledge.changed", "added"),
        ("knowledge.changed", "deleted"),
        ("agent.changed", None),
    ]
    assert told[-1].payload == {}, "the model's key and the instructions stay where they are"
