"""A buyer's burst from the webhook to the answer, through the product's own doors."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from uuid import UUID

import pytest
from pydantic_ai.messages import ModelMessage, UserPromptPart

from besedka.assistant import gateway, turns
from besedka.assistant.errors import ModelUnavailable
from besedka.channels import service as channels
from besedka.channels.adapters.base import PaymentRequired
from besedka.core import db
from besedka.jobs import claiming
from besedka.jobs.models import JobState
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.conftest import decision, scripted
from tests.conftest import Client, Clock, Exchange, JsonObject

DEBOUNCE_S = 5

Talk: TypeAlias = Callable[[], Awaitable[JsonObject]]


@pytest.fixture(autouse=True)
async def connected(account: JsonObject) -> None:
    """Every test here has a connected account."""


async def only_conversation(client: Client) -> JsonObject:
    found: list[JsonObject] = []
    for mode in ("bot", "manager"):
        found += (await client.get(f"/api/v1/conversations?mode={mode}")).json()["items"]
    (conversation,) = found
    return conversation


async def turns_of(client: Client, conversation: JsonObject) -> list[JsonObject]:
    response = await client.get(f"/api/v1/conversations/{conversation['id']}/turns")
    traces: list[JsonObject] = response.json()
    return traces


def sent(avito: AvitoSimulator) -> list[str]:
    return [message.text for message in avito.sent]


async def test_a_burst_gets_one_answer_to_all_its_questions(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Здравствуйте")
    await exchange()
    clock.advance(3)
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(3)
    await avito.buyer_writes(chat, "И ещё актуально?")
    await exchange()
    assert sent(avito) == []  # six seconds passed, but never five of silence

    clock.advance(DEBOUNCE_S)
    await exchange()

    listing = avito.account().listings[0]
    (answer,) = sent(avito)
    assert answer.startswith("Здравствуйте.")
    assert listing.price_string in answer
    assert f"«{listing.title}» актуально" in answer
    conversation = await only_conversation(operator)
    assert (conversation["mode"], conversation["waiting_since"]) == ("bot", None)


async def test_the_answer_carries_a_receipt_and_the_turn_its_trace(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()

    conversation = await only_conversation(operator)
    page = await operator.get(f"/api/v1/conversations/{conversation['id']}/messages")
    answer, question = page.json()["items"]
    listing = conversation["listing"]
    assert answer["receipt"] == {
        "sources": [
            {
                "kind": "listing",
                "id": listing["id"],
                "title": listing["title"],
                "quote": f"{listing['price_text']}, {listing['location']}",
            }
        ],
        "model": "builtin",
        "provider": "builtin",
        "input_tokens": 0,
        "output_tokens": 0,
        "cost_minor": "0",
        "seconds": answer["receipt"]["seconds"],
        "rule": None,
    }
    (trace,) = await turns_of(operator, conversation)
    assert (trace["outcome"], trace["reason"]) == ("answered", "answer")
    assert trace["message_ids"] == [question["id"]]
    assert trace["sources"] == answer["receipt"]["sources"]
    assert trace["attempts"] == 1


async def test_a_document_answers_what_the_listing_does_not(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    document = {"title": "Доставка", "text": "По России отправляем СДЭК за 3 дня."}
    await admin.post("/api/v1/documents", json=document)
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Отправляете СДЭКом?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()

    assert sent(avito) == ["Здравствуйте. По России отправляем СДЭК за 3 дня."]
    (trace,) = await turns_of(admin, await only_conversation(admin))
    assert trace["sources"][0]["kind"] == "document"
    assert trace["sources"][0]["quote"] == "По России отправляем СДЭК за 3 дня."


async def test_a_message_that_comes_while_the_model_thinks_discards_the_draft(
    operator: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await interrupt_thinking(
        monkeypatch, lambda: write_and_deliver(avito, chat, "И где посмотреть?")
    )
    await exchange()
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
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)

    async def answer_elsewhere() -> None:
        await avito.seller_writes(chat, "Добрый день, сейчас расскажу.")
        await avito.deliver_pending()
        await run_intake()

    await interrupt_thinking(monkeypatch, answer_elsewhere)
    await exchange()

    assert sent(avito) == []
    assert (await only_conversation(operator))["mode"] == "manager"


async def test_thanks_get_no_answer_and_nobody_waits(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Спасибо 👍")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()

    assert sent(avito) == []
    conversation = await only_conversation(operator)
    assert (conversation["mode"], conversation["waiting_since"]) == ("bot", None)
    (trace,) = await turns_of(operator, conversation)
    assert (trace["outcome"], trace["reason"]) == ("skipped", "needs_no_answer")


async def test_asking_for_a_person_hands_over_with_a_word_and_a_brief(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Позовите менеджера, пожалуйста")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()

    assert sent(avito) == ["Здравствуйте. Передаю разговор менеджеру, он ответит вам здесь."]
    conversation = await only_conversation(operator)
    assert conversation["mode"] == "manager"
    assert conversation["handover"]["reason"] == "Клиент просит человека"
    assert conversation["handover"]["brief"] == {
        "wants": "Позовите менеджера, пожалуйста",
        "promised": "ничего",
        "next": "ответить лично",
    }


async def test_after_a_hand_over_the_bot_is_silent_until_the_talk_comes_back(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Позовите менеджера")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()
    assert len(sent(avito)) == 1

    conversation = await only_conversation(operator)
    await operator.post(f"/api/v1/conversations/{conversation['id']}/return-to-bot")
    await exchange()

    assert sent(avito)[1:] == [f"Цена по объявлению: {avito.account().listings[0].price_string}."]


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

    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    with scripted(answer):
        await exchange()

    assert sent(avito) == ["Цена указана в объявлении."]
    assert "Числа «99 000 ₽» нет ни в объявлении, ни в документах." in prompts[1]
    (trace,) = await turns_of(operator, await only_conversation(operator))
    assert (trace["outcome"], trace["attempts"]) == ("answered", 2)
    assert [source["kind"] for source in trace["sources"]] == ["listing"]


async def test_a_number_that_stands_nowhere_twice_hands_over(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    with scripted(lambda _: decision("answer", "Отдадим за 99 000 ₽.")):
        await exchange()

    assert sent(avito) == ["Здравствуйте. Уточню у менеджера и вернусь с ответом."]
    conversation = await only_conversation(operator)
    assert conversation["mode"] == "manager"
    (trace,) = await turns_of(operator, conversation)
    assert (trace["reason"], trace["error_code"]) == ("guard", "number_not_in_sources")


async def test_a_process_killed_between_model_and_write_leaves_exactly_one_answer(
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
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

    monkeypatch.setattr(turns, "queries_for", break_down)  # what on_dead is there for
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()

    assert sent(avito) == ["Здравствуйте. Уточню у менеджера и вернусь с ответом."]
    (trace,) = await turns_of(operator, await only_conversation(operator))
    assert (trace["outcome"], trace["reason"]) == ("failed", "failure")


async def test_a_voice_message_goes_to_a_person(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, type="voice")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()

    (notice,) = sent(avito)
    assert notice.endswith("Передаю ваше сообщение менеджеру, он посмотрит и ответит здесь.")
    assert (await only_conversation(operator))["mode"] == "manager"


async def test_a_talk_between_two_people_is_left_alone(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat(chat_type="u2u")
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()

    assert sent(avito) == []
    conversation = await only_conversation(operator)
    assert conversation["waiting_since"] is not None
    (trace,) = await turns_of(operator, conversation)
    assert (trace["outcome"], trace["reason"]) == ("skipped", "chat_type")


async def test_a_talk_is_answered_once_the_channel_takes_messages_again(
    account: JsonObject, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    async with db.transaction() as session:
        await channels.note_problem(session, UUID(account["id"]), PaymentRequired())
    clock.advance(DEBOUNCE_S)
    await exchange()
    assert sent(avito) == []

    async with db.transaction() as session:
        await channels.clear_problem(session, UUID(account["id"]))
    clock.advance(30)
    await exchange()

    assert len(sent(avito)) == 1


async def test_an_agent_that_is_off_leaves_the_talk_waiting(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await admin.put("/api/v1/agent", json={"enabled": False, "debounce_s": 1})
    chat = await avito.open_chat()
    await avito.buyer_writes(chat, "Сколько стоит?")
    await exchange()
    clock.advance(1)
    await exchange()

    assert sent(avito) == []
    conversation = await only_conversation(admin)
    assert conversation["waiting_since"] is not None
    (trace,) = await turns_of(admin, conversation)
    assert trace["reason"] == "agent_off"


async def test_the_cap_on_answers_without_a_person_hands_over(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await admin.put("/api/v1/agent", json={"enabled": True, "debounce_s": 0, "reply_cap": 2})
    chat = await avito.open_chat()
    for question in ("Сколько стоит?", "Ещё актуально?", "Где посмотреть?"):
        await avito.buyer_writes(chat, question)
        clock.advance(1)
        await exchange()

    assert sent(avito)[-1] == "Передаю разговор менеджеру, он ответит вам здесь."
    conversation = await only_conversation(admin)
    assert conversation["handover"]["reason"] == "Слишком много ответов подряд без человека"


def last_prompt(messages: list[ModelMessage]) -> str:
    parts = [
        part.content
        for message in messages
        for part in message.parts
        if isinstance(part, UserPromptPart) and isinstance(part.content, str)
    ]
    return parts[-1]


async def run_intake() -> None:
    """Take in what webhooks brought, from inside a job: only one job is due besides ours."""
    async with db.transaction() as session:
        due = await claiming.list_claimable(session)
        claimed = await claiming.claim(session, [job_id for job_id, _ in due], lease_s=15)
    from besedka.jobs.registry import definition_of
    from besedka.jobs.runner import run_job

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
