"""Nothing that can be posted to the webhook may break the reader."""

import json
from typing import Any

import httpx
from hypothesis import example, given
from hypothesis import strategies as st

from besedka.channels.adapters.avito.errors import answer_of, failed_status, reason_of
from besedka.channels.adapters.avito.parsing import read_history, read_webhook
from besedka.channels.adapters.avito.snapshots import (
    price_in_kopecks,
    read_chat,
    read_listing,
    read_profile,
)
from besedka.channels.adapters.base import UnreadableWebhook
from tests.channels.adapters.avito.scripted import Reply

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**25), max_value=10**25)
    | st.floats()
    | st.text(max_size=30)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
TYPES = st.sampled_from(
    [
        "text",
        "image",
        "link",
        "item",
        "location",
        "call",
        "voice",
        "system",
        "deleted",
        "file",
        "video",
        "appCall",
        "новый",
    ]
)
CONTENT = st.dictionaries(
    st.sampled_from(
        [
            "text",
            "image",
            "link",
            "item",
            "location",
            "call",
            "voice",
            "flow_id",
        ]
    ),
    JSON
    | st.dictionaries(
        st.sampled_from(
            [
                "sizes",
                "url",
                "text",
                "preview",
                "title",
                "lat",
                "lon",
                "status",
                "voice_id",
                "images",
            ]
        ),
        JSON,
    ),
)
NAMES = st.sampled_from(
    [
        "id",
        "chat_id",
        "author_id",
        "user_id",
        "created",
        "published_at",
        "item_id",
        "read",
        "chat_type",
        "quote",
        "type",
    ]
)
MESSAGES = st.builds(
    lambda well, broken, kind, content: (
        {"id": "m", "chat_id": "u2i-x", "author_id": 2000, "user_id": 1000}
        | well
        | broken
        | {"content": content}
        | ({"type": kind} if kind else {})
    ),
    st.dictionaries(NAMES, st.integers(min_value=0, max_value=2**40) | st.text(max_size=5)),
    st.dictionaries(NAMES, JSON, max_size=2),
    st.none() | TYPES,
    CONTENT | JSON,
)


def read_any(body: bytes) -> None:
    try:
        messages = read_webhook(body, own_id="1000")
    except UnreadableWebhook:
        return
    for message in messages:
        assert message.external_id
        assert message.chat_external_id
        assert message.sent_at.utcoffset() is not None
        # It goes to the database as it is.
        json.dumps([message.content, message.raw, message.text], allow_nan=False).encode()
        message.text.encode()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    read_any(body)


@given(JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    read_any(json.dumps(value).encode())


@given(MESSAGES, JSON)
@example({"id": "m", "chat_id": "c", "author_id": 5, "user_id": 5, "created": 1e999}, None)
def test_any_message_is_read_or_refused(value: dict[str, Any], timestamp: Any) -> None:
    envelope = {"timestamp": timestamp, "payload": {"type": "message", "value": value}}
    read_any(json.dumps(envelope).encode())


@given(JSON | st.fixed_dictionaries({"messages": st.lists(MESSAGES)}) | st.lists(MESSAGES))
def test_any_history_is_read(answer: Any) -> None:
    read_history(answer, own_id="1000", chat_id="u2i-x")


@given(
    st.fixed_dictionaries(
        {"id": JSON},
        optional={
            "users": JSON | st.lists(st.fixed_dictionaries({"id": JSON, "name": JSON})),
            "context": JSON | st.fixed_dictionaries({"value": st.dictionaries(NAMES, JSON)}),
            "last_message": JSON | MESSAGES,
            "updated": JSON,
        },
    )
)
def test_any_chat_is_read(chat: dict[str, Any]) -> None:
    read_chat(chat, own_id="1000")


@given(JSON)
def test_any_listing_and_profile_are_read(value: Any) -> None:
    read_profile(value)
    if isinstance(value, dict):
        read_listing(value | {"id": 5})


@given(st.text())
def test_any_price_is_read(text: str) -> None:
    price_in_kopecks(text)


@given(st.integers(min_value=200, max_value=599), JSON | st.binary(max_size=50))
def test_any_answer_has_a_status_and_a_reason(status: int, body: Any) -> None:
    request = httpx.Request("GET", "https://avito.test/")
    response = Reply(status, body).as_response(request)
    answer = answer_of(response)
    reason_of(answer)
    if status >= 300:
        assert failed_status(response, answer) == status
