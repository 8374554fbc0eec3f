"""What the agent would answer, told to a person and to nobody else."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models.function import AgentInfo, FunctionModel

from besedka.assistant import gateway, suggesting
from besedka.assistant.errors import ModelUnavailable
from besedka.core.http import ClientGone, unless_gone
from besedka.identity import Actor, Workspace
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.conftest import decision, scripted
from tests.assistant.talks import DEBOUNCE_S, only_conversation, sent, turns_of
from tests.conftest import Client, Clock, Exchange, JsonObject

pytestmark = pytest.mark.usefixtures("account")


async def suggest(client: Client, conversation: JsonObject) -> JsonObject:
    answer = await client.post(f"/api/v1/conversations/{conversation['id']}/suggestion")
    assert answer.status_code == 200, answer.text
    thought: JsonObject = answer.json()
    return thought


async def taken_talk(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, *words: str, **message: Any
) -> JsonObject:
    """A talk that a person has, with these last words of the customer."""
    chat = await avito.open_chat()
    for text in words or ("",):
        await avito.buyer_writes(chat, text, **message)
    await exchange()
    conversation = await only_conversation(operator)
    await operator.post(f"/api/v1/conversations/{conversation['id']}/take-over")
    return conversation


async def snapshot(client: Client, conversation: JsonObject) -> list[JsonObject]:
    url = f"/api/v1/conversations/{conversation['id']}"
    return [(await client.get(url)).json(), (await client.get(f"{url}/messages")).json()["items"]]


async def test_a_person_gets_an_answer_with_its_receipt_and_the_talk_stays_as_it_is(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")
    before = await snapshot(operator, conversation)

    thought = await suggest(operator, conversation)
    clock.advance(60)
    await exchange()

    assert "Цена по объявлению" in thought["text"]
    assert thought["reason"] is None
    assert [each["kind"] for each in thought["receipt"]["sources"]] == ["listing"]
    assert (thought["receipt"]["model"], thought["receipt"]["cost_minor"]) == ("builtin", "0")
    assert await snapshot(operator, conversation) == before
    assert sent(avito) == []
    [turn] = [t for t in await turns_of(operator, conversation) if t["outcome"] == "suggested"]
    assert (turn["reason"], turn["attempts"]) == ("answer", 1)
    assert turn["sources"] == thought["receipt"]["sources"]


async def test_it_does_not_matter_whether_the_agent_is_on(
    operator: Client, admin: Client, avito: AvitoSimulator, exchange: Exchange, account: JsonObject
) -> None:
    await admin.patch(f"/api/v1/channel-accounts/{account['id']}", json={"agent_enabled": False})
    await admin.put("/api/v1/agent", json={"enabled": False, "debounce_s": DEBOUNCE_S})
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")

    assert "Цена по объявлению" in (await suggest(operator, conversation))["text"]


async def test_what_the_agent_would_leave_to_a_person_is_said_with_the_reason(
    operator: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Скинете тысяч двадцать?")

    thought = await suggest(operator, conversation)

    assert (thought["text"], thought["reason"]["code"]) == (None, "bargaining")
    assert thought["reason"]["title"] == "Просит скидку или другую цену"
    assert thought["brief"]["next"]
    [turn, *_] = await turns_of(operator, conversation)
    assert (turn["outcome"], turn["reason"]) == ("suggested", "bargaining")
    assert (await only_conversation(operator))["handover"] is None


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "image"}, "unreadable"),
        ({"type": "call"}, "missed_call"),
        ({"text": "Спасибо"}, "needs_no_answer"),
    ],
)
async def test_what_the_agent_cannot_answer_costs_no_model(
    message: dict[str, str],
    code: str,
    operator: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
) -> None:
    more = {name: value for name, value in message.items() if name != "text"}
    conversation = await taken_talk(operator, avito, exchange, message.get("text", ""), **more)

    thought = await suggest(operator, conversation)

    assert (thought["text"], thought["reason"]["code"]) == (None, code)
    assert (await turns_of(operator, conversation))[0]["attempts"] == 0


async def test_after_our_own_word_there_is_nothing_to_suggest(
    operator: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")
    await operator.post(
        f"/api/v1/conversations/{conversation['id']}/messages", json={"text": "Сейчас скажу"}
    )
    await exchange()

    assert (await suggest(operator, conversation))["reason"]["code"] == "nothing_to_answer"


async def test_an_answer_that_no_source_holds_is_not_suggested(
    operator: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")

    with scripted(lambda _: decision("answer", "Отдадим за 99 000 ₽.")):
        thought = await suggest(operator, conversation)

    assert (thought["text"], thought["reason"]["code"]) == (None, "guard")
    assert (await turns_of(operator, conversation))[0]["attempts"] == 2


async def test_a_viewer_is_suggested_nothing(
    operator: Client, viewer: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")

    answer = await viewer.post(f"/api/v1/conversations/{conversation['id']}/suggestion")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_two_who_ask_at_once_both_get_an_answer(
    operator: Client, admin: Client, avito: AvitoSimulator, exchange: Exchange
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")

    one, other = await asyncio.gather(suggest(operator, conversation), suggest(admin, conversation))

    assert one["text"] == other["text"]
    suggested = [t for t in await turns_of(operator, conversation) if t["outcome"] == "suggested"]
    assert len(suggested) == 2


# A model that fails or is slow


async def test_a_model_that_is_down_is_said_so_and_traced(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")

    async def fail(*_: Any, **__: Any) -> gateway.ModelReply:
        raise ModelUnavailable("http_500")

    monkeypatch.setattr(gateway, "ask", fail)  # the provider, not our code, is broken
    answer = await operator.post(f"/api/v1/conversations/{conversation['id']}/suggestion")

    assert (answer.status_code, answer.json()["code"]) == (503, "model_unavailable")
    [turn, *_] = await turns_of(operator, conversation)
    assert (turn["outcome"], turn["error_code"]) == ("suggested", "http_500")
    assert turn["reason"] == "model_unavailable", "not that no answer was needed"


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("key_rejected", "Ключ модели не подошёл. Замените его на странице «Ассистент»"),
        ("quota_exceeded", "Пополните счёт"),
        ("http_500", "Попробуйте ещё раз. Если не помогает, проверьте модель"),
    ],
)
async def test_why_the_model_failed_is_told_in_words_and_the_code_beside_them(
    cause: str, words: str, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any, **__: Any) -> gateway.ModelReply:
        raise ModelUnavailable(cause)

    monkeypatch.setattr(gateway, "ask", fail)  # the provider, not our code, is broken
    talk = {"messages": [{"author": "customer", "text": "Сколько стоит?"}]}
    problem = (await admin.post("/api/v1/agent/try", json=talk)).json()

    assert words in problem["detail"]
    assert (problem["code"], problem["cause"]) == ("model_unavailable", cause)


async def test_a_channel_that_keeps_its_listing_to_itself_costs_some_seconds_and_no_suggestion(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    avito.faults(status_500=1.0, operations=["getChatByIdV2"])
    conversation = await taken_talk(operator, avito, exchange, "Здравствуйте, доставка есть?")
    avito.faults(status_500=0.0, slow_s=60, operations=["getChatByIdV2"])
    monkeypatch.setattr(suggesting, "LISTING_LIMIT_S", 0.1)  # no test waits for real seconds

    async with asyncio.timeout(30):
        thought = await suggest(operator, conversation)

    assert thought["receipt"] is not None
    assert (await turns_of(operator, conversation))[0]["outcome"] == "suggested"


async def test_the_whole_suggestion_with_what_the_channel_is_asked_has_one_limit(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    avito.faults(status_500=1.0, operations=["getChatByIdV2"])
    conversation = await taken_talk(operator, avito, exchange, "Здравствуйте, доставка есть?")
    avito.faults(status_500=0.0, slow_s=60, operations=["getChatByIdV2"])
    monkeypatch.setattr(suggesting, "TIME_LIMIT_S", 0.1)  # no test waits for real seconds

    async with asyncio.timeout(30):
        answer = await operator.post(f"/api/v1/conversations/{conversation['id']}/suggestion")

    assert (answer.status_code, answer.json()["code"]) == (504, "no_answer_in_time")


class SlowModel:
    """Thinks until it is stopped."""

    def __init__(self) -> None:
        self.has_begun = asyncio.Event()
        self.was_stopped = False

    async def answer(self, _: list[ModelMessage], __: AgentInfo) -> ModelResponse:
        self.has_begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.was_stopped = True
            raise
        raise AssertionError


async def test_a_slow_model_is_given_up_in_time(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")
    monkeypatch.setattr(suggesting, "TIME_LIMIT_S", 1)  # no test waits for a real minute
    slow = SlowModel()

    with gateway.agent().override(model=FunctionModel(slow.answer)):
        answer = await operator.post(f"/api/v1/conversations/{conversation['id']}/suggestion")

    assert (answer.status_code, answer.json()["code"]) == (504, "no_answer_in_time")
    # On a machine that is busy enough, the time is over before the model is asked.
    assert slow.was_stopped == slow.has_begun.is_set()
    assert (await turns_of(operator, conversation))[0]["error_code"] == "timeout"


class GoneRequest:
    """A request whose asker goes away when told to."""

    def __init__(self) -> None:
        self.is_gone = asyncio.Event()

    async def receive(self) -> JsonObject:
        await self.is_gone.wait()
        return {"type": "http.disconnect"}


async def test_a_suggestion_that_nobody_waits_for_is_stopped_and_traced(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, workspace: Workspace
) -> None:
    conversation = await taken_talk(operator, avito, exchange, "Сколько стоит?")
    request, slow = GoneRequest(), SlowModel()
    actor = Actor.system(workspace.id)

    with gateway.agent().override(model=FunctionModel(slow.answer)):
        asking = asyncio.create_task(
            unless_gone(
                request,  # type: ignore[arg-type] # all that is asked of a request
                suggesting.suggest_reply(actor, UUID(conversation["id"])),
            )
        )
        await asyncio.wait_for(slow.has_begun.wait(), 60)
        request.is_gone.set()
        with pytest.raises(ClientGone):
            await asking

    assert slow.was_stopped
    assert (await turns_of(operator, conversation))[0]["error_code"] == "cancelled"
