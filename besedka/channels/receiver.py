"""Who takes what the channels bring: the inbox registers itself here at start.

Channels lie below the inbox and must not know it, yet a webhook and the message made of it
belong in one transaction.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.adapters.base import ChatSnapshot, InboundMessage
from besedka.channels.models import ChannelAccount


class Source(StrEnum):
    """How a message came to us."""

    WEBHOOK = "webhook"
    SWEEP = "sweep"
    """Found by the regular comparison with the channel's own history."""
    PREFLIGHT = "preflight"
    """Found by the look at the chat before the agent's answer leaves."""
    HISTORY = "history"
    """Loaded when the account was connected."""


class Receiver(Protocol):
    async def receive(
        self,
        session: AsyncSession,
        account: ChannelAccount,
        messages: Sequence[InboundMessage],
        *,
        source: Source,
    ) -> int:
        """Write what is new, in the caller's transaction; how many messages were new."""
        ...

    async def is_news(
        self,
        session: AsyncSession,
        account: ChannelAccount,
        chat: ChatSnapshot,
        messages: Sequence[InboundMessage],
    ) -> bool:
        """Whether this tells anything that we do not have. Writes nothing."""
        ...

    async def refresh_chat(
        self, session: AsyncSession, account: ChannelAccount, chat: ChatSnapshot
    ) -> None:
        """Bring the conversation's contact and listing up to date, making it if need be."""
        ...


_receiver: Receiver | None = None


def register_receiver(receiver: Receiver) -> None:
    global _receiver  # noqa: PLW0603 - one inbox
    _receiver = receiver


def receiver() -> Receiver:
    if _receiver is None:
        raise RuntimeError("no receiver is registered: import besedka.inbox.receiving")
    return _receiver
