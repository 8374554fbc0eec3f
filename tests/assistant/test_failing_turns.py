"""Models that fail or make things up, a killed process: the buyer still gets one decent answer."""

from typing import Any

import pytest
from pydantic_ai.messages import ModelMessage, UserPromptPart

from besedka.assistant import gateway, preparing
from besedka.assistant.errors import ModelUnavailable
from besedka.core import db
from besedka.jobs import claiming
from besedka.jobs.models import JobState
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.conftest import decision, scripted
from tests.assistant.talks import DEBOUNCE_S, buyer_asks, only_conversation, sent, turns_of
from tests.conftest import Client, Clock, Exchange

# Every test here has a connected account.
pytestmark = pytest.mark.usefixtures("account")


@pytest.mark.parametrize("failures", [1, 2])
async def test_a_model_that_fails_at_first_is_asked_again(
    failures: int,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask = gateway.ask
    calls = 0

    async def fail_at_first(*args: Any, **more: Any) -> gateway.ModelReply:
        nonlocal calls
        calls += 1
        if calls <= failures:
            raise ModelUnavailable("http_500")
        return await ask(*args, **more)

    monkeypatch.setattr(gateway, "ask", fail_at_first)  # the provider, not our code, is broken
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    for _ in range(failures + 1):
        clock.advance(DEBOUNCE_S)
        await exchange()

    (answer,) = sent(avito)
    assert "Цена по объявлению" in answer


async def test_a_model_that_stays_down_ends_in_a_hand_over_never_in_an_error_text(
    operator: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
) -> None:
    def fail(_: list[ModelMessage]) -> dict[str, Any]:
        return {"nonsense": "SECRET STACK TRACE"}

    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    with scripted(fail):
        for _ in range(4):
            clock.advance(DEBOUNCE_S)
            await exchange()

    assert sent(avito) == ["Здравствуйте. Уточню у менеджера и вернусь с ответом."]
    conversation = await only_conversation(operator)
    assert conversation["handover"]["reason"] == "Модель недоступна"
    (trace,) = await turns_of(operator, conversation)
    assert (trace["outcome"], trace["error_code"]) == ("handed_over", "unusable_answer")


async def test_a_number_that_stands_nowhere_is_refused_once_and_may_be_mended(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    prompts: list[str] = []

    def answer(messages: list[ModelMessage]) -> dict[str, Any]:
        prompts.append(last_prompt(messages))
        if len(prompts) == 1:
            return decision("answer", "Отдадим за 99 000 ₽.")
        return decision("answer", "Цена указана в объявлении.", source_ids=["listing", "d77"])

    with scripted(answer):
        await buyer_asks(avito, exchange, clock, "Сколько стоит?")

    assert sent(avito) == ["Цена указана в объявлении."]
    assert "Числа «99 000 ₽» нет ни в объявлении, ни в документах." in prompts[1]
    (trace,) = await turns_of(operator, await only_conversation(operator))
    assert (trace["outcome"], trace["attempts"]) == ("answered", 2)
    assert [source["kind"] for source in trace["sources"]] == ["listing"]


async def test_a_number_that_stands_nowhere_twice_hands_over(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    with scripted(lambda _: decision("answer", "Отдадим за 99 000 ₽.")):
        await buyer_asks(avito, exchange, clock, "Сколько стоит?")

    assert sent(avito) == ["Здравствуйте. Уточню у менеджера и вернусь с ответом."]
    conversation = await only_conversation(operator)
    assert conversation["mode"] == "manager"
    (trace,) = await turns_of(operator, conversation)
    assert (trace["reason"], trace["error_code"]) == ("guard", "number_not_in_sources")


async def test_a_process_killed_between_model_and_write_leaves_exactly_one_answer(
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    async with db.transaction() as session:
        due = await claiming.list_claimable(session, limit=1)
        (job,) = await claiming.claim(session, [job_id for job_id, _ in due], lease_s=15)
    assert (job.name, job.state) == ("assistant.take_turn", JobState.RUNNING)
    await exchange()
    assert sent(avito) == []  # the dead process still holds the lease

    clock.advance(16)
    await exchange()
    clock.advance(60)
    await exchange()

    assert len(sent(avito)) == 1


async def test_a_fault_of_our_own_ends_in_a_hand_over_too(
    operator: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise KeyError("a defect")

    monkeypatch.setattr(preparing, "queries_for", break_down)  # what on_dead is there for
    await buyer_asks(avito, exchange, clock, "Сколько стоит?")

    assert sent(avito) == ["Здравствуйте. Уточню у менеджера и вернусь с ответом."]
    (trace,) = await turns_of(operator, await only_conversation(operator))
    assert (trace["outcome"], trace["reason"]) == ("failed", "failure")


def last_prompt(messages: list[ModelMessage]) -> str:
    parts = [
        part.content
        for message in messages
        for part in message.parts
        if isinstance(part, UserPromptPart) and isinstance(part.content, str)
    ]
    return parts[-1]
