"""The simulator held against Avito's official OpenAPI files."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from openapi_schema_validator import OAS30Validator

from besedka.simulators.avito import AvitoSimulator
from besedka.simulators.avito.drawing import Canvas
from besedka.simulators.avito.state import Chat
from tests.simulators.conftest import CAR, HOOK_URL, USER_ID, Receiver, Seller

SPECS = Path(__file__).parents[2].parent / "shared" / "specs" / "avito"

needs_specs = pytest.mark.skipif(
    not SPECS.is_dir(), reason="the official files (../shared/specs/avito) are not there"
)
pytestmark = needs_specs

SERVED_BESIDE_MESSENGER = {
    "user": ["getUserInfoSelf"],
    "items": ["getItemsInfo", "getItemInfo"],
}


def spec(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((SPECS / f"{name}.json").read_text("utf-8"))
    return document


def resolved(node: Any, document: Mapping[str, Any]) -> Any:
    """The node with every reference replaced by what it names; the files have no cycles."""
    if isinstance(node, list):
        return [resolved(each, document) for each in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if reference is None:
        return {name: resolved(value, document) for name, value in node.items()}
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return resolved(found, document)


def operations() -> Iterator[tuple[str, str, str, dict[str, Any], list[dict[str, Any]]]]:
    """Operation id, method, path, the operation, its parameters."""
    for name in ("messenger", "user", "items"):
        document = spec(name)
        wanted = SERVED_BESIDE_MESSENGER.get(name)
        for path, methods in document["paths"].items():
            shared = methods.get("parameters", [])
            for method, operation in methods.items():
                if method not in {"get", "post", "put", "delete"}:
                    continue
                if wanted is None or operation["operationId"] in wanted:
                    parameters = resolved(shared + operation.get("parameters", []), document)
                    yield (
                        operation["operationId"],
                        method.upper(),
                        path,
                        resolved(operation, document),
                        parameters,
                    )


def operation(wanted: str) -> dict[str, Any]:
    return next(found for name, _, _, found, _ in operations() if name == wanted)


def answer_schema(wanted: str, status: str = "200") -> dict[str, Any]:
    content = operation(wanted)["responses"][status].get("content", {})
    schema: dict[str, Any] = content.get("application/json", {}).get("schema", {})
    return schema


def departures(answer: object, schema: Mapping[str, Any]) -> list[str]:
    errors = OAS30Validator(schema).iter_errors(answer)
    return [f"{error.json_path}: {error.message}" for error in errors]


def undelivered_fields(answer: Any, schema: Mapping[str, Any], path: str = "$") -> list[str]:
    """Documented fields that the answer does not have."""
    if isinstance(answer, list):
        inner = schema.get("items", {})
        return [
            missing
            for index, each in enumerate(answer)
            for missing in undelivered_fields(each, inner, f"{path}[{index}]")
        ]
    if not isinstance(answer, dict):
        return []
    missing: list[str] = []
    for name, inner in schema.get("properties", {}).items():
        if name in answer:
            missing += undelivered_fields(answer[name], inner, f"{path}.{name}")
        elif name != "quote" and not path.endswith("content"):
            # Only replies have a quote; content has the one field of the message's type.
            missing.append(f"{path}.{name}")
    return missing


def fill_path(path: str, **ids: object) -> str:
    # auth.json marks its repeated paths with invisible characters.
    return path.format(**ids).rstrip("\u200e")


@pytest.fixture
def strict_avito(avito: AvitoSimulator) -> AvitoSimulator:
    """With the spec's habits instead of the live ones."""
    avito.habits(shape="array", read_key="is_read", items_per_minute=0)
    return avito


async def call(
    seller: Seller, avito: AvitoSimulator, chat: Chat, name: str, method: str, path: str
) -> httpx.Response:
    """A valid request for each operation."""
    own = await avito.seller_writes(chat, "Продаётся")
    voice = await avito.buyer_writes(chat, type="voice")
    content = voice.content["voice"]
    assert isinstance(content, dict)
    url = fill_path(path, user_id=USER_ID, chat_id=chat.id, message_id=own.id, item_id=CAR)
    if name == "uploadImages":
        return await upload(seller)
    if method == "GET":
        params = {"voice_ids": str(content["voice_id"])} if name == "getVoiceFiles" else {}
        return await seller.get(url, **params)
    image_id = next(iter((await upload(seller)).json()))
    bodies: dict[str, object] = {
        "postSendMessage": {"type": "text", "message": {"text": "Здравствуйте"}},
        "postSendImageMessage": {"image_id": image_id},
        "postBlacklistV2": {
            "users": [{"user_id": chat.buyer.id, "context": {"item_id": CAR, "reason_id": 1}}]
        },
        "postWebhookV3": {"url": HOOK_URL},
        "postWebhookUnsubscribe": {"url": HOOK_URL},
    }
    return await seller.post(url, bodies.get(name))


async def upload(seller: Seller) -> httpx.Response:
    files = {"uploadfile[]": ("a.png", Canvas(4, 4).png(), "image/png")}
    return await seller.http.post(
        f"/messenger/v1/accounts/{USER_ID}/uploadImages", files=files, headers=seller.headers
    )


async def test_every_documented_method_is_served_and_answers_as_documented(
    seller: Seller, strict_avito: AvitoSimulator
) -> None:
    served = []
    for name, method, path, _, _ in operations():
        chat = await strict_avito.open_chat(CAR)
        response = await call(seller, strict_avito, chat, name, method, path)
        assert response.status_code == 200, (name, response.text)
        if name == "postBlacklistV2":
            assert response.content == b""
        else:
            schema = answer_schema(name)
            assert departures(response.json(), schema) == [], name
            assert undelivered_fields(response.json(), schema) == [], name
        served.append(name)
    assert len(served) == 13 + 3


async def test_every_message_type_in_history_is_as_documented(
    seller: Seller, strict_avito: AvitoSimulator, chat: Chat
) -> None:
    first = await strict_avito.buyer_writes(chat, "Продаёте?")
    await strict_avito.buyer_writes(chat, "Ау", quote_id=first.id)
    for kind in ("image", "voice", "location", "call"):
        await strict_avito.buyer_writes(chat, type=kind)
    await strict_avito.buyer_writes(chat, type="item", item_id=CAR)
    await strict_avito.buyer_writes(chat, "https://example.com/x")
    await strict_avito.buyer_writes(chat, type="link", url="https://e.com", title="Заголовок")
    await strict_avito.system_writes(chat, "[Системное сообщение] Осторожно")

    path = f"/messenger/v3/accounts/{USER_ID}/chats/{chat.id}/messages/"
    messages = (await seller.get(path)).json()

    types = {message["type"] for message in messages}
    assert types == {
        "text", "image", "voice", "location", "call", "item", "link", "system",
    }  # fmt: skip
    assert departures(messages, answer_schema("getMessagesV3")) == []
    assert [each["quote"]["id"] for each in messages if "quote" in each] == [first.id]


async def test_webhook_body_is_as_documented(
    seller: Seller, avito: AvitoSimulator, chat: Chat, receiver: Receiver
) -> None:
    await avito.buyer_writes(chat, "Продаёте?")
    await avito.deliver_pending()

    schema = answer_schema("postWebhookV3", "201")
    assert departures(receiver.bodies[0], schema) == []
    assert undelivered_fields(receiver.bodies[0], schema) == []


async def test_tokens_are_given_as_documented(
    avito: AvitoSimulator, window: httpx.AsyncClient
) -> None:
    code = (await window.post(f"/_sim/accounts/{USER_ID}/codes")).json()["code"]
    keys = {"client_id": "demo-client", "client_secret": "demo-secret"}
    refresh = ""
    for path, methods in spec("auth")["paths"].items():
        schema = methods["post"]["responses"]["200"]["content"]["application/json"]["schema"]
        grant = ("client_credentials", "authorization_code", "refresh_token")[path.count("\u200e")]
        proof = {"code": code, "refresh_token": refresh}
        response = await window.post(fill_path(path), data={"grant_type": grant, **keys, **proof})
        assert response.status_code == 200, response.text
        assert departures(response.json(), schema) == []
        assert undelivered_fields(response.json(), schema) == []
        refresh = response.json().get("refresh_token", "")


def invalid_values(parameter: Mapping[str, Any]) -> list[str]:
    schema = parameter["schema"]
    if schema["type"] == "array":
        return (
            [] if schema["items"]["type"] == "string" and "enum" not in schema["items"] else ["x"]
        )
    if schema["type"] == "boolean":
        return ["1", "True", "yes"]
    values = ["many"] if schema["type"] == "integer" else []
    if "maximum" in schema:
        values.append(str(schema["maximum"] + 1))
    if "minimum" in schema:
        values.append(str(schema["minimum"] - 1))
    return values + (["all"] if "enum" in schema else [])


async def test_documented_bounds_of_queries_are_kept(
    seller: Seller, strict_avito: AvitoSimulator, chat: Chat
) -> None:
    refused = 0
    for name, method, path, _, parameters in operations():
        url = fill_path(path, user_id=USER_ID, chat_id=chat.id, message_id="x", item_id=CAR)
        for parameter in parameters:
            if method != "GET" or parameter["in"] != "query" or parameter["name"] == "category":
                continue
            for value in invalid_values(parameter):
                response = await seller.get(url, **{parameter["name"]: value})
                assert response.status_code == 400, (name, parameter["name"], value)
                refused += 1
    assert refused >= 15


async def test_bodies_against_the_documented_schema_are_refused(
    seller: Seller, avito: AvitoSimulator, chat: Chat
) -> None:
    limit = operation("postSendMessage")["requestBody"]["content"]["application/json"]["schema"][
        "properties"
    ]["message"]["properties"]["text"]["maxLength"]
    invalid: dict[str, list[object]] = {
        "postSendMessage": [
            {},
            [],
            {"type": "image", "message": {"text": "x"}},
            {"type": "text", "message": {}},
            {"type": "text", "message": {"text": ""}},
            {"type": "text", "message": {"text": "я" * (limit + 1)}},
        ],
        "postSendImageMessage": [{}, {"image_id": "unknown"}, {"image_id": 5}],
        "postBlacklistV2": [
            {},
            {"users": []},
            {"users": [{"user_id": "x"}]},
            {"users": [{"user_id": 5, "context": {"reason_id": 9}}]},
        ],
        "postWebhookV3": [{}, {"url": 5}, {"url": "ftp://x"}],
        "postWebhookUnsubscribe": [{}],
    }
    error_schema = resolved(
        spec("messenger")["components"]["schemas"]["validatingError"], spec("messenger")
    )
    for name, _, path, _, _ in operations():
        url = fill_path(path, user_id=USER_ID, chat_id=chat.id, message_id="x", item_id=CAR)
        for body in invalid.get(name, []):
            response = await seller.post(url, body)
            assert response.status_code == 400, (name, body)
            assert departures(response.json(), error_schema) == []
            assert response.json()["error"]["code"] == 400
    assert avito.sent == []


async def test_a_path_called_with_an_undocumented_method_is_no_route(seller: Seller) -> None:
    response = await seller.get("/messenger/v1/subscriptions")

    assert response.status_code == 404
    assert response.json() == {
        "message": "route /messenger/v1/subscriptions not found",
        "code": 400,
    }
