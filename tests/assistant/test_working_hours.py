"""The agent outside the company's working hours."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from besedka.core import time
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.talks import DEBOUNCE_S, buyer_asks, only_conversation, sent, turns_of
from tests.conftest import Client, Clock, Exchange, JsonObject

pytestmark = pytest.mark.usefixtures("account")

MOSCOW = ZoneInfo("Europe/Moscow")
NINE_TO_SIX = [[{"start": "09:00", "end": "18:00"}]] * 7


async def set_hours(admin: Client, outside: str, days: object = NINE_TO_SIX) -> JsonObject:
    hours = {"days": days, "outside": outside}
    body = {"enabled": True, "debounce_s": DEBOUNCE_S, "working_hours": hours}
    answer = await admin.put("/api/v1/agent", json=body)
    assert answer.status_code == 200, answer.text
    agent: JsonObject = answer.json()
    return agent


def go_to(clock: Clock, hour: int) -> None:
    """The next time that the company's clock shows this hour."""
    now = time.now().astimezone(MOSCOW)
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    clock.advance((then - now + timedelta(days=0 if then > now else 1)).total_seconds())


async def test_at_night_a_person_is_called_and_the_customer_told_when_he_answers(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await set_hours(admin, "hand_over")
    go_to(clock, 23)

    await buyer_asks(avito, exchange, clock, "Сколько стоит?")

    [notice] = sent(avito)
    assert notice.startswith("Здравствуйте. Сейчас нерабочее время")
    assert notice.endswith("Менеджер на связи завтра с 9:00.")
    conversation = await only_conversation(admin)
    assert (conversation["mode"], conversation["waiting_since"] is not None) == ("manager", True)
    assert conversation["handover"]["reason"] == "Нерабочее время"
    [turn] = await turns_of(admin, conversation)
    assert (turn["outcome"], turn["reason"]) == ("handed_over", "outside_hours")
    assert turn["attempts"] == 0, "no model is paid for this"


async def test_thanks_at_night_call_nobody(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await set_hours(admin, "hand_over")
    go_to(clock, 23)

    await buyer_asks(avito, exchange, clock, "Спасибо")

    assert sent(avito) == []
    assert (await only_conversation(admin))["mode"] == "bot"


async def test_by_day_the_agent_answers(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await set_hours(admin, "hand_over")
    go_to(clock, 12)

    await buyer_asks(avito, exchange, clock, "Сколько стоит?")

    assert "Цена по объявлению" in sent(avito)[0]
    assert "на связи" not in sent(avito)[0]


async def test_an_agent_that_answers_at_night_says_when_the_person_it_calls_is_there(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await set_hours(admin, "answer")
    go_to(clock, 23)

    await buyer_asks(avito, exchange, clock, "Сколько стоит?")
    await buyer_asks(avito, exchange, clock, "Позовите менеджера")

    price, notice = sent(avito)
    assert "Цена по объявлению" in price
    assert notice.endswith("Менеджер на связи завтра с 9:00.")


async def test_hours_stay_when_they_are_left_out_and_go_when_they_are_null(admin: Client) -> None:
    saved = await set_hours(admin, "hand_over")
    body = {"enabled": True, "debounce_s": 5}

    kept = (await admin.put("/api/v1/agent", json=body)).json()
    dropped = (await admin.put("/api/v1/agent", json=body | {"working_hours": None})).json()

    assert saved["working_hours"]["outside"] == "hand_over"
    assert kept["working_hours"] == saved["working_hours"]
    assert (dropped["working_hours"], dropped["time_zone"]) == (None, "Europe/Moscow")


@pytest.mark.parametrize(
    "day",
    [
        [{"start": "18:00", "end": "09:00"}],
        [{"start": "09:00", "end": "09:00"}],
        [{"start": "09:00", "end": "13:00"}, {"start": "12:00", "end": "18:00"}],
        [{"start": "9", "end": "18:00"}],
        [{"start": "09:00", "end": "25:00"}],
    ],
)
async def test_hours_that_cannot_be_are_refused(admin: Client, day: list[JsonObject]) -> None:
    hours = {"days": [day] + [[]] * 6, "outside": "answer"}

    answer = await admin.put(
        "/api/v1/agent", json={"enabled": True, "debounce_s": 5, "working_hours": hours}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "unprocessable")
    (error,) = answer.json()["errors"]
    assert re.match("[А-Я]", error["message"])
    assert (await admin.get("/api/v1/agent")).json()["working_hours"] is None
