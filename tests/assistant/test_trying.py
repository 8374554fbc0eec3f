"""A test chat with the agent: it answers from what is set up, and nothing is kept."""

from uuid import uuid4

import pytest
from pydantic_ai.messages import ModelMessage
from sqlalchemy import func, select

from besedka.assistant.models import Turn
from besedka.core import db
from besedka.events.models import EventRow
from besedka.identity import Role
from besedka.inbox.models import Conversation, Message
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.conftest import decision, scripted
from tests.conftest import Client, Exchange, JsonObject, LogIn
from tests.factories import Make


async def ask(
    admin: Client, *words: str, listing_id: str | None = None, instructions: str | None = None
) -> JsonObject:
    messages = [{"author": "customer", "text": text} for text in words]
    body = {"messages": messages, "listing_id": listing_id, "instructions": instructions}
    answer = await admin.post("/api/v1/agent/try", json=body)
    assert answer.status_code == 200, answer.text
    thought: JsonObject = answer.json()
    return thought


async def rows() -> list[int]:
    async with db.reading() as session:
        return [
            (await session.scalar(select(func.count()).select_from(table))) or 0
            for table in (Conversation, Message, Turn, EventRow)
        ]


async def test_the_agent_answers_from_the_documents_as_they_are_now_and_keeps_nothing(
    admin: Client,
) -> None:
    document = {"title": "Доставка", "text": "Доставка по Казани стоит 500 рублей."}
    saved = (await admin.post("/api/v1/documents", json=document)).json()
    before = await rows()

    thought = await ask(admin, "Сколько стоит доставка по Казани?")

    assert "500" in thought["text"]
    assert [each["title"] for each in thought["receipt"]["sources"]] == ["Доставка"]
    assert await rows() == before
    await admin.delete(f"/api/v1/documents/{saved['id']}")
    gone = await ask(admin, "Сколько стоит доставка по Казани?")
    assert (gone["text"], gone["reason"]["code"]) == (None, "unknown_fact")
    assert gone["notice"] == "Здравствуйте. Уточню у менеджера и вернусь с ответом."


async def test_a_listing_of_theirs_is_known_and_a_strangers_is_not(
    admin: Client,
    avito: AvitoSimulator,
    exchange: Exchange,
    account: JsonObject,
    make: Make,
    log_in: LogIn,
) -> None:
    await avito.buyer_writes(await avito.open_chat(), "Здравствуйте")
    await exchange()
    [listing] = (await admin.get("/api/v1/listings")).json()

    thought = await ask(admin, "Сколько стоит?", listing_id=listing["id"])

    assert listing["price_text"] in thought["text"]
    others = await make.workspace()
    stranger = await log_in(await make.user(others, role=Role.OWNER), others)
    body = {"messages": [{"author": "customer", "text": "?"}], "listing_id": listing["id"]}
    answer = await stranger.post("/api/v1/agent/try", json=body)
    assert (answer.status_code, answer.json()["code"]) == (404, "listing_not_found")
    assert (await stranger.get("/api/v1/listings")).json() == []


async def test_unsaved_instructions_hold_for_this_talk_alone(admin: Client) -> None:
    told: list[str] = []

    def answer(messages: list[ModelMessage]) -> JsonObject:
        told.append(messages[-1].instructions or "")  # type: ignore[union-attr] # a request
        return decision("answer", "Здравствуйте.")

    with scripted(answer):
        await ask(admin, "Вы работаете?", instructions="Отвечайте стихами")
        await ask(admin, "Вы работаете?")

    assert ["стихами" in each for each in told] == [True, False]
    assert (await admin.get("/api/v1/agent")).json()["instructions"] == ""


async def test_the_talk_so_far_is_part_of_the_question(admin: Client) -> None:
    prompts: list[str] = []

    def answer(messages: list[ModelMessage]) -> JsonObject:
        prompts.append(str(messages[-1].parts[-1].content))  # type: ignore[union-attr] # a prompt
        return decision("answer", "Да.")

    messages = [
        {"author": "customer", "text": "Есть самовывоз?"},
        {"author": "agent", "text": "Да, есть."},
        {"author": "customer", "text": "А по выходным?"},
    ]
    with scripted(answer):
        await admin.post("/api/v1/agent/try", json={"messages": messages})

    assert '"has_greeted": true' in prompts[0]
    assert prompts[0].index("Есть самовывоз?") < prompts[0].index("new_messages")
    assert prompts[0].index("А по выходным?") > prompts[0].index("new_messages")


@pytest.mark.parametrize(
    ("text", "code"),
    [("Позовите человека", "asked_for_person"), ("Спасибо", "needs_no_answer")],
)
async def test_when_it_would_not_answer_it_says_why(admin: Client, text: str, code: str) -> None:
    thought = await ask(admin, text)

    assert (thought["text"], thought["reason"]["code"]) == (None, code)


async def test_only_who_sets_the_agent_up_tries_it(operator: Client) -> None:
    body = {"messages": [{"author": "customer", "text": "?"}], "listing_id": str(uuid4())}

    answer = await operator.post("/api/v1/agent/try", json=body)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
