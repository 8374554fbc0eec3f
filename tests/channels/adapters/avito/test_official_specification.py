"""Every request that the adapter makes, held against Avito's own OpenAPI files."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

from besedka.channels.adapters.avito import AvitoAdapter, paths
from besedka.channels.adapters.avito.paths import Operation
from besedka.channels.adapters.base import BlockReason, Outbound
from tests.channels.adapters.avito.scripted import CHAT_ID, Reply, ScriptedAvito

SPECS = Path(__file__).parents[4].parent / "shared" / "specs" / "avito"
WEBHOOK_URL = "https://crm.test/hooks/avito/s3cret"


def specification(name: str) -> dict[str, Any]:
    path = SPECS / f"{name}.json"
    if not path.exists():
        pytest.skip(f"Avito's OpenAPI files are not there: {path.name}")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def mended(document: dict[str, Any]) -> dict[str, Any]:
    """The specification without the slips that contradict its own words and examples."""
    document = copy.deepcopy(document)
    document["servers"] = [{"url": "https://avito.test"}]
    components = document["components"]
    components.pop("securitySchemes", None)
    for name in ("chatTypes", "itemIds"):
        if name in components["parameters"]:
            # The examples are "u2i,u2u" and "12345,6789": commas, not one parameter each.
            components["parameters"][name]["explode"] = False
            components["parameters"][name]["schema"].pop("default", None)
    send = components["schemas"].get("sendMessageRequestBody")
    if send is not None:
        send["required"] = ["type", "message"]  # it says ["url"], which the body has not
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict):
                operation.pop("security", None)
        for parameter in path.get("parameters", []):
            if parameter.get("name") == "status":
                # "several values, separated by commas", its example being "active,old"
                parameter["schema"] = {
                    "type": "array",
                    "items": parameter["schema"] | {"default": "active", "example": "active"},
                }
                parameter["explode"] = False
    return document


def official(name: str) -> OpenAPI:
    # The files are not quite valid themselves (defaults of another type), so that is not asked.
    unchecked = Config(spec_validator_cls=None)  # type: ignore[arg-type]  # None is "no check"
    return OpenAPI.from_dict(mended(specification(name)), config=unchecked)


class SentRequest:
    """A recorded request in the words of openapi-core."""

    def __init__(self, operation: Operation, request: Any) -> None:
        self.host_url = "https://avito.test"
        self.path = request.url.raw_path.partition(b"?")[0].decode()
        self.method = operation.method.lower()
        self.content_type = request.headers.get("Content-Type", "").partition(";")[0]
        if self.content_type == "multipart/form-data":
            self.content_type = request.headers["Content-Type"]
        self.body = request.content or None
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.url.params.multi_items()),
            header=Headers(list(request.headers.items())),
            cookie=ImmutableMultiDict(),
        )


async def call_everything(adapter: AvitoAdapter, scripted: ScriptedAvito) -> None:
    scripted.on(paths.SEND_TEXT, Reply(body={"id": "m1"}))
    scripted.on(paths.SEND_IMAGE, Reply(body={"id": "m2"}))
    scripted.on(paths.UPLOAD_IMAGE, Reply(body={"12345.abc": {}}))
    scripted.on(paths.CHAT, Reply(body={"id": CHAT_ID}))
    scripted.on(paths.ITEM, Reply(body={"status": "active"}))
    scripted.on(paths.SUBSCRIPTIONS, Reply(body={"subscriptions": [{"url": WEBHOOK_URL}]}))
    await adapter.check()
    await adapter.connect(WEBHOOK_URL)
    await adapter.disconnect(WEBHOOK_URL)
    await adapter.send(Outbound(CHAT_ID, "Да, в наличии"))
    await adapter.find_sent(Outbound(CHAT_ID, "Да, в наличии"))
    image = await adapter.upload_image(b"x", "я.png", "image/png")
    await adapter.send(Outbound(CHAT_ID, image=image))
    await adapter.recall(CHAT_ID, "72ab5028eb846209e22f1c132e44a29e")
    await adapter.mark_read(CHAT_ID)
    _ = [each async for each in adapter.chats(updated_since=None)]
    await adapter.chat(CHAT_ID)
    await adapter.history(CHAT_ID, limit=30)
    await adapter.voice_urls(["v1", "v2"])
    await adapter.block("222", listing_external_id="9876543210", reason=BlockReason.FRAUD)
    await adapter.block("222", listing_external_id=None, reason=BlockReason.OTHER)
    _ = [each async for each in adapter.listings(include_closed=True)]
    await adapter.listing("9876543210")


FILES = {"/token": "auth", "/messenger": "messenger", "/core/v1/accounts/self": "user"}


def file_of(operation: Operation) -> str:
    return next(
        (name for start, name in FILES.items() if operation.path.startswith(start)), "items"
    )


async def test_every_request_is_as_the_specification_says(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    openapi = {name: official(name) for name in ("auth", "messenger", "user", "items")}
    await call_everything(adapter, scripted)

    for operation, request in scripted.requests:
        openapi[file_of(operation)].validate_request(SentRequest(operation, request))
        known = parameters_of(specification(file_of(operation)), operation)
        assert set(request.url.params) <= known, operation.name
    assert {operation.name for operation, _ in scripted.requests} == {
        operation.name for operation in vars(paths).values() if isinstance(operation, Operation)
    }


def parameters_of(document: dict[str, Any], operation: Operation) -> set[str]:
    path = document["paths"][operation.path]
    found = path.get("parameters", []) + path[operation.method.lower()].get("parameters", [])
    shared = document["components"].get("parameters", {})
    named = [shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in found]
    return {each["name"] for each in named if each["in"] == "query"}


def test_all_thirteen_messenger_methods_are_spoken() -> None:
    official = {
        (method.upper(), path)
        for path, item in specification("messenger")["paths"].items()
        for method in item
        if method in ("get", "post", "put", "delete", "patch")
    }
    ours = {
        (operation.method, operation.path)
        for operation in vars(paths).values()
        if isinstance(operation, Operation) and operation.path.startswith("/messenger")
    }

    assert len(official) == 13
    assert ours == official


def test_a_slip_in_a_request_would_be_seen() -> None:
    openapi = official("messenger")

    class Wrong:
        host_url = "https://avito.test"
        path = f"/messenger/v1/accounts/1/chats/{CHAT_ID}/messages"
        method = "post"
        content_type = "application/json"
        body = b'{"type": "text"}'
        parameters = RequestParameters(header=Headers({"Authorization": "Bearer x"}))

    with pytest.raises(Exception, match="body"):
        openapi.validate_request(Wrong())
