"""The way into the simulated API: token, faults, errors in Avito's shapes, the record of calls."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import httpx
import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from besedka.simulators.avito.oauth import account_of_token
from besedka.simulators.avito.replies import ApiError, json_reply, messenger_error
from besedka.simulators.avito.state import Account, Chat, JsonObject, World

Handler = Callable[["Call"], Awaitable[Response]]


@dataclass(slots=True)
class Call:
    world: World
    request: Request
    account: Account
    at: float
    fault: str | None = None

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    def chat(self) -> Chat:
        chat = self.account.chats.get(self.request.path_params["chat_id"])
        if chat is None:
            raise messenger_error(404, "Chat not found")
        return chat

    async def body(self) -> JsonObject:
        try:
            data = orjson.loads(await self.request.body())
        except orjson.JSONDecodeError:
            raise messenger_error(400, "Bad Request") from None
        if not isinstance(data, dict):
            raise messenger_error(400, "Bad Request")
        return data


@dataclass(frozen=True, slots=True)
class Operation:
    """One documented method. `paid` says whether it needs the messenger tariff, and when."""

    id: str
    method: str
    path: str
    handler: Handler
    # "": never; "full": fails without any tariff; "partial": fails on the free plan too.
    paid: str = ""
    may_hang: bool = False


class ConnectionLost(Exception):
    """The connection was closed without an answer."""


def route(world: World, operation: Operation) -> Route:
    async def endpoint(request: Request) -> Response:
        at = world.clock()
        call: Call | None = None
        fault: str | None = None
        try:
            account = _authorize(world, request)
            call = Call(world, request, account, at)
            await _spoil(call, operation)
            response = await operation.handler(call)
            if operation.may_hang and _strikes(call, account.faults.accept_then_timeout):
                call.fault = "accept_then_timeout"
                response = await _hang(request, account.faults.hang_s)
        except ApiError as error:
            response = error.as_response()
        except httpx.ReadTimeout:
            _record(world, request, operation, 0, at, "accept_then_timeout")
            raise
        if call is not None:
            fault = call.fault
        _record(world, request, operation, response.status_code, at, fault)
        return response

    return Route(operation.path, endpoint, methods=[operation.method], name=operation.id)


def _authorize(world: World, request: Request) -> Account:
    account = account_of_token(world, request.headers.get("authorization", ""))
    user_id = request.path_params.get("user_id")
    if user_id is not None:
        if not user_id.isdecimal():
            raise messenger_error(400, "Validation error", fields={"user_id": "must be an integer"})
        if int(user_id) != account.user_id:
            raise messenger_error(403, "Forbidden")
    return account


async def _spoil(call: Call, operation: Operation) -> None:
    faults = call.account.faults
    if faults.slow_s and faults.touches(operation.id):
        call.fault = "slow"
        await asyncio.sleep(faults.slow_s)
    gate = faults.payment_gate
    if operation.paid and (gate == "full" or gate == operation.paid == "partial"):
        call.fault = "payment_required"
        if faults.payment_shape == "plain":
            raise ApiError(402, {"code": 402, "message": "Payment required"})
        raise messenger_error(402, "Payment required")
    if not faults.touches(operation.id):
        return
    if _strikes(call, faults.status_429):
        call.fault = "status_429"
        headers: dict[str, str] = {}
        if faults.rate_headers:
            headers = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0"}
        if faults.retry_after_s is not None:
            headers["Retry-After"] = str(faults.retry_after_s)
        raise ApiError(429, None, headers)
    if _strikes(call, faults.status_500):
        call.fault = "status_500"
        raise messenger_error(500, "Error while processing request. Please, contact support")


def _strikes(call: Call, probability: float) -> bool:
    account = call.account
    if not probability:
        return False
    limit = account.faults.max_hits
    if limit is not None and account.fault_hits >= limit:
        return False
    if probability < 1 and call.world.rng.random() >= probability:
        return False
    account.fault_hits += 1
    return True


async def _hang(request: Request, hang_s: float) -> Response:
    """Keep the connection open without a word, then cut it."""
    # Only uvicorn's own receive knows its transport; ASGI has no word for cutting a connection.
    cycle = getattr(request.receive, "__self__", None)
    abort = getattr(getattr(cycle, "transport", None), "abort", None)
    if not callable(abort):
        # Called in process: no connection to hold, so the caller's client gives up at once.
        raise httpx.ReadTimeout("the simulator kept silent")
    try:
        async with asyncio.timeout(hang_s):
            while (await request.receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        abort()
        await asyncio.sleep(0.01)
    return Response(status_code=0)


def _record(
    world: World, request: Request, operation: Operation, status: int, at: float, fault: str | None
) -> None:
    world.truth.request(
        request.method,
        request.url.path,
        operation.id,
        status=status,
        at=at,
        finished=world.clock(),
        fault=fault,
    )


async def unknown_route(request: Request, _error: Exception) -> Response:
    """Avito's two gateways say "no such route" each in its own words."""
    path = request.url.path
    if path.startswith("/core/"):
        return json_reply({"message": "no Route matched with those values"}, 404)
    return json_reply({"message": f"route {path} not found", "code": 400}, 404)
