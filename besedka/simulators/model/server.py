"""`POST /v1/chat/completions`, `GET /v1/models`, and `/_sim/` to make the model slow or broken."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import orjson
import uvicorn
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from besedka.simulators.model.answers import answer_to, text_of
from besedka.simulators.model.filling import JsonObject, fill

MODEL = "besedka-echo"
LOG_LENGTH = 10_000


class ModelFaults(BaseModel):
    model_config = ConfigDict(extra="forbid")

    delay_s: float = Field(0.0, ge=0, le=600)
    fail_with: Literal["429", "500", "timeout", "garbage", "empty"] | None = None
    times: int | None = Field(None, ge=0, description="how many calls fail; None is all of them")
    hang_s: float = Field(120.0, ge=0, le=600, description="how long a time-out keeps silent")


@dataclass(frozen=True, slots=True)
class ModelRequest:
    at: float
    model: str
    messages: list[JsonObject]
    answer: str
    status: int
    seconds: float


class ModelSimulator:
    def __init__(self, *, delay_s: float = 0.0, api_key: str | None = None) -> None:
        self.settings = ModelFaults(delay_s=delay_s)
        self.api_key = api_key
        self.requests: deque[ModelRequest] = deque(maxlen=LOG_LENGTH)
        self._count = 0
        self.app = create_app(self)

    def faults(self, **changes: object) -> ModelFaults:
        self.settings = ModelFaults.model_validate({**self.settings.model_dump(), **changes})
        return self.settings

    def next_id(self) -> str:
        self._count += 1
        return f"chatcmpl-{self._count:08d}"

    def takes_fault(self) -> str | None:
        """The fault for this call, counted."""
        kind, times = self.settings.fail_with, self.settings.times
        if kind is None or times == 0:
            return None
        if times is not None:
            self.settings = self.settings.model_copy(update={"times": times - 1})
        return kind


def _reply(content: object, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")


def _error(status: int, message: str, kind: str) -> Response:
    return _reply(
        {"error": {"message": message, "type": kind, "param": None, "code": kind}}, status
    )


def demanded_tool(body: Mapping[str, object]) -> Mapping[str, object] | None:
    """The tool that must be called: a named one, or under `required` the one that ends the run."""
    tools = body.get("tools")
    choice = body.get("tool_choice", "auto")
    functions: list[Mapping[str, object]] = [
        each["function"]
        for each in (tools if isinstance(tools, Sequence) else [])
        if isinstance(each, Mapping) and isinstance(each.get("function"), Mapping)
    ]
    if isinstance(choice, Mapping):
        wanted = choice.get("function")
        name = wanted.get("name") if isinstance(wanted, Mapping) else None
        return next((each for each in functions if each.get("name") == name), None)
    if choice != "required" or not functions:
        return None
    final = (each for each in functions if str(each.get("name")).startswith("final"))
    return next(final, functions[-1])


def message_for(body: Mapping[str, object], messages: Sequence[JsonObject]) -> JsonObject:
    answer = answer_to(messages)
    tool = demanded_tool(body)
    if tool is not None:
        parameters = tool.get("parameters")
        arguments = fill(parameters if isinstance(parameters, Mapping) else {}, answer)
        call = {
            "id": "call_1",
            "type": "function",
            "function": {"name": tool.get("name"), "arguments": orjson.dumps(arguments).decode()},
        }
        return {"role": "assistant", "content": None, "tool_calls": [call]}
    wanted = body.get("response_format")
    if isinstance(wanted, Mapping) and wanted.get("type") == "json_schema":
        form = wanted.get("json_schema")
        schema = form.get("schema") if isinstance(form, Mapping) else None
        answer = orjson.dumps(fill(schema if isinstance(schema, Mapping) else {}, answer)).decode()
    elif isinstance(wanted, Mapping) and wanted.get("type") == "json_object":
        answer = orjson.dumps({"answer": answer}).decode()
    return {"role": "assistant", "content": answer}


def completion(
    simulator: ModelSimulator, model: str, message: JsonObject, spent: int
) -> JsonObject:
    is_call = "tool_calls" in message
    said = len(orjson.dumps(message)) // 4
    return {
        "id": simulator.next_id(),
        "object": "chat.completion",
        "created": int(time.time()),
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": message,
                "finish_reason": "tool_calls" if is_call else "stop",
                "logprobs": None,
            }
        ],
        "usage": {"prompt_tokens": spent, "completion_tokens": said, "total_tokens": spent + said},
    }


async def chunks(whole: JsonObject, message: JsonObject) -> AsyncIterator[bytes]:
    head = {name: whole[name] for name in ("id", "created", "model")}
    head["object"] = "chat.completion.chunk"
    calls = message.get("tool_calls")
    delta = dict(message)
    if isinstance(calls, list):
        delta["tool_calls"] = [{"index": i, **call} for i, call in enumerate(calls)]
    reason = "tool_calls" if calls else "stop"
    for part, end in ((delta, None), ({}, reason)):
        choice = {"index": 0, "delta": part, "finish_reason": end}
        yield b"data: " + orjson.dumps({**head, "choices": [choice]}) + b"\n\n"
    yield b"data: " + orjson.dumps({**head, "choices": [], "usage": whole["usage"]}) + b"\n\n"
    yield b"data: [DONE]\n\n"


async def _broken(simulator: ModelSimulator, fault: str) -> Response:
    if fault == "429":
        return _error(429, "Rate limit reached", "rate_limit_exceeded")
    if fault == "500":
        return _error(500, "The server had an error", "server_error")
    if fault == "timeout":
        await asyncio.sleep(simulator.settings.hang_s)
        return _error(504, "Time-out", "timeout")
    if fault == "empty":
        return _reply(completion(simulator, MODEL, {"role": "assistant", "content": ""}, 0))
    return Response(b"<html>502 Bad Gateway</html>", 200, media_type="text/html")


async def _complete(simulator: ModelSimulator, request: Request) -> Response:
    at, started = time.time(), time.perf_counter()
    sent_key = request.headers.get("authorization", "").removeprefix("Bearer ")
    if simulator.api_key is not None and sent_key != simulator.api_key:
        return _error(401, "Incorrect API key provided", "invalid_api_key")
    try:
        body = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        body = None
    messages = body.get("messages") if isinstance(body, dict) else None
    if not isinstance(messages, list) or not all(isinstance(each, dict) for each in messages):
        return _error(400, "messages: an array of objects is expected", "invalid_request_error")
    model = str(body.get("model") or MODEL)
    if simulator.settings.delay_s:
        await asyncio.sleep(simulator.settings.delay_s)
    fault = simulator.takes_fault()
    message: JsonObject = {}
    if fault is not None:
        response = await _broken(simulator, fault)
    else:
        message = message_for(body, messages)
        spent = sum(len(text_of(each.get("content"))) for each in messages) // 4
        whole = completion(simulator, model, message, spent)
        if body.get("stream"):
            response = StreamingResponse(chunks(whole, message), media_type="text/event-stream")
        else:
            response = _reply(whole)
    simulator.requests.append(
        ModelRequest(
            at=at,
            model=model,
            messages=messages,
            answer=str(message.get("content") or message.get("tool_calls") or ""),
            status=response.status_code,
            seconds=time.perf_counter() - started,
        )
    )
    return response


def create_app(simulator: ModelSimulator) -> Starlette:
    async def complete(request: Request) -> Response:
        return await _complete(simulator, request)

    async def list_models(_request: Request) -> Response:
        row = {"id": MODEL, "object": "model", "created": 0, "owned_by": "besedka"}
        return _reply({"object": "list", "data": [row]})

    async def set_faults(request: Request) -> Response:
        try:
            return _reply(simulator.faults(**orjson.loads(await request.body())).model_dump())
        except (ValidationError, orjson.JSONDecodeError, TypeError) as error:
            return _reply({"detail": str(error)}, 422)

    async def clear_faults(_request: Request) -> Response:
        simulator.settings = ModelFaults()
        return Response(status_code=204)

    async def list_requests(_request: Request) -> Response:
        return _reply({"items": [asdict(each) for each in simulator.requests]})

    return Starlette(
        routes=[
            Route("/v1/chat/completions", complete, methods=["POST"]),
            Route("/v1/models", list_models),
            Route("/_sim/faults", set_faults, methods=["POST"]),
            Route("/_sim/faults", clear_faults, methods=["DELETE"]),
            Route("/_sim/requests", list_requests),
        ]
    )


def run(host: str, port: int, delay_s: float = 0) -> None:
    """Serve until interrupted."""
    uvicorn.run(
        ModelSimulator(delay_s=delay_s).app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
