"""The acts of the inbox, as other rooms and routes call them."""

from besedka.inbox.comparing import is_news
from besedka.inbox.enriching import ensure_enriched
from besedka.inbox.handling import (
    add_note,
    block_contact,
    close,
    mark_read,
    pin,
    reopen,
    return_to_bot,
    take_over,
)
from besedka.inbox.recalling import recall_message, retry_message, voice_url
from besedka.inbox.receiving import receive, refresh_chat
from besedka.inbox.replying import hand_over, queue_bot_reply, queue_reply, skip_answer
from besedka.inbox.turns import TurnInput, TurnListing, TurnMessage, load_turn

__all__ = [
    "TurnInput",
    "TurnListing",
    "TurnMessage",
    "add_note",
    "block_contact",
    "close",
    "ensure_enriched",
    "hand_over",
    "is_news",
    "load_turn",
    "mark_read",
    "pin",
    "queue_bot_reply",
    "queue_reply",
    "recall_message",
    "receive",
    "refresh_chat",
    "reopen",
    "retry_message",
    "return_to_bot",
    "skip_answer",
    "take_over",
    "voice_url",
]
