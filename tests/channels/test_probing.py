"""Keys are tried out step by step; each trouble has its own words and way out."""

from typing import Any

import pytest
from httpx import Response

from besedka.channels import connections
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, JsonObject

KEYS = {"client_id": "demo-client", "client_secret": "demo-secret"}


async def probe(client: Client, **over: Any) -> JsonObject:
    answer: Response = await client.post("/api/v1/channel-accounts/probe", json=KEYS | over)
    assert answer.status_code == 200, answer.text
    found: JsonObject = answer.json()
    return found


def walked(found: JsonObject) -> list[tuple[str, bool]]:
    return [(step["step"], step["is_passed"]) for step in found["steps"]]


async def test_good_keys_pass_all_steps_and_nothing_is_kept(
    admin: Client, avito: AvitoSimulator
) -> None:
    found = await probe(admin)

    assert walked(found) == [("keys", True), ("account", True), ("tariff", True)]
    assert found["account_name"]
    assert found["account_id"]
    assert (await admin.get("/api/v1/channel-accounts")).json() == []


@pytest.mark.parametrize("wrong", [{"client_id": "nobody"}, {"client_secret": "guess"}])
async def test_wrong_keys_stop_at_the_keys_and_say_where_to_find_them(
    wrong: dict[str, str], admin: Client, avito: AvitoSimulator
) -> None:
    found = await probe(admin, **wrong)

    assert walked(found) == [("keys", False)]
    assert found["steps"][0]["title"] == "Авито не принял ключи"
    assert "avito.ru/professionals/api" in found["steps"][0]["way_out"]
    assert "верхней строке" not in found["steps"][0]["way_out"], "the wizard has none"


@pytest.mark.parametrize("shape", ["error", "plain"])
async def test_a_missing_tariff_stops_at_the_tariff_and_still_tells_whose_account(
    shape: str, admin: Client, avito: AvitoSimulator
) -> None:
    avito.faults(payment_required=True, payment_shape=shape)

    found = await probe(admin)

    assert walked(found) == [("keys", True), ("account", True), ("tariff", False)]
    assert "Максимальный" in found["steps"][2]["title"]
    assert "верхней строке" not in found["steps"][2]["way_out"], "the wizard has none"
    assert found["steps"][2]["way_out"].endswith("нажмите «Проверить снова».")
    assert found["account_name"]


async def test_an_avito_that_is_away_blames_no_keys(admin: Client, no_waiting: None) -> None:
    connections.use_transport(None)  # nobody answers at the address of the tests

    found = await probe(admin)

    assert walked(found) == [("keys", False)]
    assert found["steps"][0]["code"] == "channel_unavailable"
    assert "дело не в ключах" in found["steps"][0]["way_out"]


@pytest.mark.parametrize(
    ("operation", "passed", "step"),
    [
        ("getUserInfoSelf", ["keys"], "account"),
        ("getChatsV2", ["keys", "account"], "tariff"),
    ],
)
async def test_a_channel_that_fails_is_told_at_the_step_it_fails_and_to_be_asked_again(
    operation: str,
    passed: list[str],
    step: str,
    admin: Client,
    avito: AvitoSimulator,
    no_waiting: None,
) -> None:
    avito.faults(status_500=1.0, operations=[operation])

    found = await probe(admin)

    assert walked(found) == [*((each, True) for each in passed), (step, False)]
    assert found["steps"][-1]["code"] == "channel_unavailable"
    assert "Они не сохранены: нажмите «Проверить снова»" in found["steps"][-1]["way_out"]


async def test_the_wizard_learns_of_the_simulator_and_the_public_address(admin: Client) -> None:
    known = (await admin.get("/api/v1/onboarding")).json()

    assert known["simulator"]["client_id"] == "demo-client"
    assert known["gets_webhooks"] is True
    assert known["public_url"] == "http://testserver"
