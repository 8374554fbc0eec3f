"""Channel accounts and the raw webhooks that arrived for them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from besedka.channels.problems import way_out_of
from besedka.core.db import Base, BigId, enum_type
from besedka.core.ids import new_id


class AccountState(StrEnum):
    CONNECTING = "connecting"
    CONNECTED = "connected"
    ATTENTION = "attention"
    """Connected once, but the channel refuses us now: see `problem_code`."""
    DISCONNECTED = "disconnected"


class WebhookState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    UNREADABLE = "unreadable"
    FAILED = "failed"


class ChannelAccount(Base):
    __tablename__ = "channel_accounts"
    __table_args__ = (
        Index(
            "uq_channel_accounts_kind_external_id",
            "workspace_id",
            "kind",
            "external_id",
            unique=True,
            sqlite_where=text("state <> 'disconnected'"),
            postgresql_where=text("state <> 'disconnected'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    external_id: Mapped[str | None] = mapped_column(String(100))
    sealed_credentials: Mapped[str] = mapped_column(Text)
    state: Mapped[AccountState] = mapped_column(enum_type(AccountState))
    agent_enabled: Mapped[bool] = mapped_column(default=True)

    hook_fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_hook_secret: Mapped[str] = mapped_column(Text)
    webhook_subscribed_at: Mapped[datetime | None]
    last_webhook_at: Mapped[datetime | None]

    problem_code: Mapped[str | None] = mapped_column(String(64))
    problem_text: Mapped[str | None] = mapped_column(Text)
    problem_at: Mapped[datetime | None]

    live_since: Mapped[datetime]
    """Messages before this moment are history: the agent never answers them."""
    swept_through: Mapped[datetime | None]
    """The next sweep looks at chats updated since this moment of the channel's clock."""
    last_sweep_at: Mapped[datetime | None]
    recovered_count: Mapped[int] = mapped_column(default=0)
    sync_total: Mapped[int | None]
    sync_done: Mapped[int] = mapped_column(default=0)
    synced_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def problem_way_out(self) -> str | None:
        return way_out_of(self.problem_code)

    @property
    def is_live(self) -> bool:
        return self.state in (AccountState.CONNECTED, AccountState.ATTENTION)


class RawWebhook(Base):
    """A webhook exactly as it came, on disk before it was answered."""

    __tablename__ = "raw_webhooks"
    __table_args__ = (
        Index("ix_raw_webhooks_account_id_state_id", "account_id", "state", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("channel_accounts.id"))
    received_at: Mapped[datetime] = mapped_column(index=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[str | None] = mapped_column(String(128))
    state: Mapped[WebhookState] = mapped_column(enum_type(WebhookState))
    reason: Mapped[str | None] = mapped_column(Text)
