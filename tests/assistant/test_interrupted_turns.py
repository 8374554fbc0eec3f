"""What happens while the model thinks decides whether its answer still leaves."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from besedka.assistant import gateway
from besedka.core import db
from besedka.jobs import claiming
from besedka.jobs.registry import definition_of
from besedka.jobs.runner import run_job
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.talks import DEBOUNCE_S, buyer_asks, only_conversation, sent, turns_of
from tests.conftest import Client, Clock, Exchange

# Every test here has a connected account.
pytestmark = pytest.mark.usefixtures("account")


async def test_a_message_that_comes_while_the_model_thinks_discards_the_draft(
    operator: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chat = await avito.open_chat()
    await interrupt_thinking(
        monkeypatch, lambda: write_and_deliver(avito, chat, "И где посмотреть?")
    )
    await buyer_asks(avito, exchange, clock, "Сколько стоит?", chat=chat)
    assert sent(avito) == []

    clock.advance(DEBOUNCE_S)
    await exchange()

    (answer,) = sent(avito)
    listing = avito.account().listings[0]
    assert listing.price_string in answer
    assert "Место в объявлении: Москва." in answer
    latest, first = await turns_of(operator, await only_conversation(operator))
    assert (first["outcome"], latest["outcome"]) == ("superseded", "answered")
    assert len(latest["message_ids"]) == 2


async def test_a_person_who_takes_over_while_the_model_thinks_silences_the_bot(
    operator: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    conversation = await only_conversation(operator)
    clock.advance(DEBOUNCE_S)

    async def take_over() -> None:
        await operator.post(f"/api/v1/conversations/{conversation['id']}/take-over")

    await interrupt_thinking(monkeypatch, take_over)
    await exchange()
    clock.advance(60)
    await exchange()

    assert sent(avito) == []
    (trace,) = await turns_of(operator, conversation)
    assert trace["outcome"] == "superseded"


async def test_a_person_who_answers_in_avitos_own_app_silences_the_bot(
    operator: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chat = await avito.open_chat()

    async def answer_elsewhere() -> None:
        await avito.seller_writes(chat, "Добрый день, сейчас расскажу.")
        await avito.deliver_pending()
        await run_intake()

    await interrupt_thinking(monkeypatch, answer_elsewhere)
    await buyer_asks(avito, exchange, clock, "Сколько стоит?", chat=chat)

    assert sent(avito) == []
    assert (await only_conversation(operator))["mode"] == "manager"


async def run_intake() -> None:
    """Take in what webhooks brought, from inside a job: only one job is due besides ours."""
    async with db.transaction() as session:
        due = await claiming.list_claimable(session)
        claimed = await claiming.claim(session, [job_id for job_id, _ in due], lease_s=15)
    for job in claimed:
        definition = definition_of(job.name)
        assert definition is not None
        await run_job(job, definition)


async def write_and_deliver(avito: AvitoSimulator, chat: Any, text: str) -> None:
    await avito.buyer_writes(chat, text)
    await avito.deliver_pending()
    await run_intake()


async def interrupt_thinking(
    monkeypatch: pytest.MonkeyPatch, happen: Callable[[], Awaitable[None]]
) -> None:
    """Once, while the model thinks, let something happen."""
    ask = gateway.ask
    happened = False

    async def ask_slowly(*args: Any, **more: Any) -> gateway.ModelReply:
        nonlocal happened
        reply = await ask(*args, **more)
        if not happened:
            happened = True
            await happen()
        return reply

    monkeypatch.setattr(gateway, "ask", ask_slowly)  # a slow model, seen from outside
