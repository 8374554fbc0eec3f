"""A made-up webhook of a buyer's text, to be changed by each test, and the message read from it."""

import json
from datetime import UTC, datetime
from typing import Any

from besedka.channels.adapters.avito.parsing import read_webhook
from besedka.channels.adapters.base import InboundMessage

OWN = 404_040_404
BUYER = 5_050_505_050
CHAT = "u2i-Qw~er_Ty1-Ui2Op3As4Df5"
SENT_AT = datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)


def webhook(**changes: Any) -> bytes:
    value: dict[str, Any] = {
        "id": "c0ffee00c0ffee00c0ffee00c0ffee00",
        "chat_id": CHAT,
        "user_id": OWN,
        "author_id": BUYER,
        "created": int(SENT_AT.timestamp()),
        "type": "text",
        "chat_type": "u2i",
        "content": {"text": "А диски в комплекте?"},
        "item_id": 3_300_330_033,
        "read": None,
    }
    value = {name: item for name, item in (value | changes).items() if item is not ...}
    return json.dumps(
        {
            "id": "0e0e0e0e-1111-4222-8333-444444444444",
            "version": "v3.0.0",
            "timestamp": int(SENT_AT.timestamp()) + 2,
            "payload": {"type": "message", "value": value},
        }
    ).encode()


def read(**changes: Any) -> InboundMessage:
    [message] = read_webhook(webhook(**changes), own_id=str(OWN))
    return message
