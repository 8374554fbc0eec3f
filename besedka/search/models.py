"""What the search looks things up in: a document for each conversation, and the words met."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from besedka.core.db import Base, BigId, fulltext


class SearchDocument(Base):
    """The tokens of one conversation. They are indexed by the database: see `core.db.fulltext`."""

    __tablename__ = fulltext.DOCUMENTS

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    """Grows with the conversation's last activity, so that the newest are found first."""
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"))
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), unique=True
    )
    head: Mapped[str] = mapped_column(Text)
    """Of the contact's name and the listing's title; never empty."""
    body: Mapped[str] = mapped_column(Text)
    """Of all messages and notes, each token once; never empty."""


class SearchWord(Base):
    """A stem that somebody used, under itself and under all that is left without one letter.

    Two words that differ by one typo share a key.
    """

    __tablename__ = "search_words"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)


class SearchProgress(Base):
    """How far the index has come; one row. Whoever holds its lock is the one who indexes."""

    __tablename__ = "search_progress"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    events_through: Mapped[int] = mapped_column(BigInteger)
    filled_through: Mapped[UUID | None]
    """Of the conversations that were there before the index: the last that is in it."""
    is_filled: Mapped[bool]
    done: Mapped[int]
    total: Mapped[int]
