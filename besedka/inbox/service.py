"""The acts of the inbox, as other rooms and routes call them."""

from besedka.inbox.assigning import assign
from besedka.inbox.attachments.service import attach_picture, read_picture
from besedka.inbox.cancelling import cancel_message
from besedka.inbox.comparing import is_news
from besedka.inbox.enriching import ensure_enriched
from besedka.inbox.handling import (
    add_note,
    block_contact,
    close,
    mark_read,
    mark_unread,
    pin,
    reopen,
    return_to_bot,
    take_over,
)
from besedka.inbox.opening import refresh_chat
from besedka.inbox.recalling import recall_message, retry_message, voice_url
from besedka.inbox.receiving import receive
from besedka.inbox.replying import hand_over, queue_bot_reply, queue_reply, skip_answer
from besedka.inbox.snoozing import snooze, unsnooze
from besedka.inbox.turns import (
    TurnInput,
    TurnListing,
    TurnMessage,
    list_receipts,
    load_turn,
    turn_for,
)

__all__ = [
    "TurnInput",
    "TurnListing",
    "TurnMessage",
    "add_note",
    "assign",
    "attach_picture",
    "block_contact",
    "cancel_message",
    "close",
    "ensure_enriched",
    "hand_over",
    "is_news",
    "list_receipts",
    "load_turn",
    "mark_read",
    "mark_unread",
    "pin",
    "queue_bot_reply",
    "queue_reply",
    "read_picture",
    "recall_message",
    "receive",
    "refresh_chat",
    "reopen",
    "retry_message",
    "return_to_bot",
    "skip_answer",
    "snooze",
    "take_over",
    "turn_for",
    "unsnooze",
    "voice_url",
]
