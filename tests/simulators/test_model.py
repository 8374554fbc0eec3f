"""The OpenAI-compatible model server."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from besedka.simulators.model import ModelSimulator

SOURCES = (
    "Mazda 3. Пробег 168 000 км, по ПТС два хозяина. Осмотр ежедневно с 10:00 до 19:00.\n"
    "Доставка по Москве 700 ₽."
)
SCHEMA = {
    "type": "object",
    "properties": {
        "kind": {"enum": ["reply", "hand_over"]},
        "text": {"type": "string"},
        "sources": {"type": "array", "items": {"$ref": "#/$defs/Source"}, "minItems": 1},
        "price": {"anyOf": [{"type": "null"}, {"type": "integer", "minimum": 5}]},
        "is_sure": {"type": "boolean"},
    },
    "required": ["kind", "text", "sources", "price", "is_sure"],
    "$defs": {"Source": {"type": "object", "properties": {"quote": {"type": "string"}}}},
}
FILLED = {
    "kind": "reply",
    "text": "Доставка по Москве 700 ₽.",
    "sources": [{"quote": "Доставка по Москве 700 ₽."}],
    "price": 5,
    "is_sure": False,
}


@pytest.fixture
def model() -> ModelSimulator:
    return ModelSimulator()


@pytest.fixture
async def http(model: ModelSimulator) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(model.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://model.test") as client:
        yield client


async def ask(http: httpx.AsyncClient, question: str, **more: object) -> httpx.Response:
    messages = [{"role": "system", "content": SOURCES}, {"role": "user", "content": question}]
    body: dict[str, object] = {"model": "besedka-echo", "messages": messages, **more}
    return await http.post("/v1/chat/completions", json=body)


async def said(http: httpx.AsyncClient, question: str, **more: object) -> dict[str, Any]:
    message: dict[str, Any] = (await ask(http, question, **more)).json()["choices"][0]["message"]
    return message


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Сколько хозяев?", "Пробег 168 000 км, по ПТС два хозяина."),
        ("а когда осмотр", "Осмотр ежедневно с 10:00 до 19:00."),
        ("почём доставка по москве", "Доставка по Москве 700 ₽."),
        ("👍", "Уточните, пожалуйста, что именно вас интересует?"),
    ],
)
async def test_answer_is_the_sentence_nearest_to_the_question(
    http: httpx.AsyncClient, question: str, answer: str
) -> None:
    assert (await said(http, question))["content"] == answer
    assert (await said(http, question))["content"] == answer


async def test_demanded_schema_is_filled(http: httpx.AsyncClient) -> None:
    wanted = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA}}
    message = await said(http, "почём доставка", response_format=wanted)

    assert httpx.Response(200, content=message["content"]).json() == FILLED


async def test_demanded_tool_is_called_and_an_offered_one_is_not(http: httpx.AsyncClient) -> None:
    tools = [
        {"type": "function", "function": {"name": "final_result", "parameters": SCHEMA}},
        {"type": "function", "function": {"name": "search", "parameters": {}}},
    ]
    offered = await said(http, "почём доставка", tools=tools)
    demanded = await said(http, "почём доставка", tools=tools, tool_choice="required")

    assert offered["content"] == "Доставка по Москве 700 ₽."
    (tool_call,) = demanded["tool_calls"]
    assert tool_call["function"]["name"] == "final_result"
    arguments = httpx.Response(200, content=tool_call["function"]["arguments"]).json()
    assert arguments == FILLED


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500)])
async def test_failures_come_as_often_as_asked(
    model: ModelSimulator, http: httpx.AsyncClient, kind: str, status: int
) -> None:
    model.faults(fail_with=kind, times=2)

    statuses = [(await ask(http, "почём доставка")).status_code for _ in range(3)]

    assert statuses == [status, status, 200]


async def test_garbage_and_silence(model: ModelSimulator, http: httpx.AsyncClient) -> None:
    model.faults(fail_with="garbage")
    assert (await ask(http, "почём")).text.startswith("<html>")
    model.faults(fail_with="empty")
    assert (await said(http, "почём"))["content"] == ""
    model.faults(fail_with="timeout", hang_s=0)
    assert (await ask(http, "почём")).status_code == 504


async def test_requests_are_recorded(model: ModelSimulator, http: httpx.AsyncClient) -> None:
    await ask(http, "почём доставка")

    (row,) = (await http.get("/_sim/requests")).json()["items"]
    assert row["messages"][1] == {"role": "user", "content": "почём доставка"}
    assert (row["answer"], row["status"]) == ("Доставка по Москве 700 ₽.", 200)


async def test_stream_says_the_same_in_pieces(http: httpx.AsyncClient) -> None:
    response = await ask(http, "почём доставка", stream=True)

    lines = [line for line in response.text.split("\n\n") if line]
    assert "Доставка по Москве 700 ₽." in lines[0]
    assert lines[-1] == "data: [DONE]"


async def test_models_are_listed_and_bad_requests_refused(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/v1/models")).json()
    refused = await http.post("/v1/chat/completions", json={"messages": "x"})

    assert [row["id"] for row in listed["data"]] == ["besedka-echo"]
    assert refused.status_code == 400
    assert refused.json()["error"]["type"] == "invalid_request_error"


async def test_key_is_checked_when_there_is_one() -> None:
    model = ModelSimulator(api_key="key")
    transport = httpx.ASGITransport(model.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://model.test") as http:
        assert (await ask(http, "почём")).status_code == 401
