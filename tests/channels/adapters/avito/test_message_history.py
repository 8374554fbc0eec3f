"""The history of a chat tells the same messages as the webhooks, in every tolerated shape."""

import pytest

from besedka.channels.adapters.avito.parsing import read_history
from besedka.channels.adapters.base import InboundAuthor, InboundMessage
from tests.channels.adapters.avito.webhooks import BUYER, CHAT, OWN, SENT_AT, read


def test_webhook_and_history_tell_the_same_message() -> None:
    row = {
        "id": "c0ffee00c0ffee00c0ffee00c0ffee00",
        "author_id": BUYER,
        "created": int(SENT_AT.timestamp()),
        "direction": "in",
        "type": "text",
        "content": {"text": "А диски в комплекте?"},
        "isRead": False,
        "read": None,
    }
    [from_history] = read_history([row], own_id=str(OWN), chat_id=CHAT)
    from_webhook = read()

    for name in InboundMessage.__dataclass_fields__:
        if name not in ("raw", "listing_external_id"):  # history does not name the listing
            assert getattr(from_history, name) == getattr(from_webhook, name), name


@pytest.mark.parametrize("shape", ["array", "object"])
@pytest.mark.parametrize("read_key", ["is_read", "isRead"])
def test_history_is_an_array_or_an_object(shape: str, read_key: str) -> None:
    rows = [
        {"id": "m2", "direction": "out", "type": "text", "content": {"text": "Да"}},
        {"id": "m1", "direction": "in", "type": "text", "content": {"text": "?"}, read_key: True},
        {"type": "text", "content": {"text": "без id"}},
        "не сообщение",
    ]
    answer = rows if shape == "array" else {"messages": rows}

    own, customers = read_history(answer, own_id=str(OWN), chat_id=CHAT)

    assert (own.author, customers.author) == (InboundAuthor.OWN, InboundAuthor.CUSTOMER)
    assert customers.is_read


@pytest.mark.parametrize("answer", [None, {}, [], "текст", {"messages": None}, 5])
def test_an_answer_without_messages_is_empty(answer: object) -> None:
    assert read_history(answer, own_id=str(OWN), chat_id=CHAT) == []
