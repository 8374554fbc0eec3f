"""Reading the agent's settings and its turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.assistant.gateway import ModelChoice
from besedka.assistant.hours import Hours, OutsideHours
from besedka.assistant.models import DEFAULT_REPLY_CAP, AgentSettings, Turn
from besedka.assistant.schemas import WorkingHours
from besedka.core import crypto
from besedka.core.settings import ModelProvider, get_settings
from besedka.identity import Workspace
from besedka.inbox.models import Listing

_MOST_LISTINGS = 500
# Built once, since building them costs several times what running them does.
_DEBOUNCE = select(AgentSettings.debounce_s).where(
    AgentSettings.workspace_id == bindparam("workspace_id")
)
_TIME_ZONE = select(Workspace.time_zone).where(Workspace.id == bindparam("workspace_id"))
_OTHER_TITLES = (
    select(Listing.title)
    .where(
        Listing.workspace_id == bindparam("workspace_id"),
        Listing.id != bindparam("listing_id"),
        Listing.is_ours,
    )
    .order_by(Listing.updated_at.desc())
    .limit(_MOST_LISTINGS)
)


@dataclass(frozen=True, slots=True)
class Agent:
    """The settings that hold for a workspace, whatever they come from."""

    enabled: bool
    instructions: str
    debounce_s: float
    reply_cap: int
    provider: ModelProvider
    model_name: str
    base_url: str
    has_key: bool
    sealed_key: str | None
    is_model_from_environment: bool
    working_hours: WorkingHours | None
    time_zone: str

    def rests_at(self, moment: datetime) -> bool:
        """Whether a person is to answer now, and not the agent."""
        hours = self._hours()
        return (
            hours is not None
            and hours.outside is OutsideHours.HAND_OVER
            and not hours.is_open(moment)
        )

    def opening_words(self, moment: datetime) -> str | None:
        """When a person answers next, if the company rests now."""
        hours = self._hours()
        return None if hours is None or hours.is_open(moment) else hours.opening_words(moment)

    def _hours(self) -> Hours | None:
        return self.working_hours.in_zone(self.time_zone) if self.working_hours else None

    def model(self) -> ModelChoice:
        """What to call. Raises SecretUnreadable when the stored key can't be read any more."""
        settings = get_settings()
        key = crypto.unseal(self.sealed_key) if self.sealed_key else ""
        if self.is_model_from_environment and settings.model_key is not None:
            key = settings.model_key.get_secret_value()
        return ModelChoice(
            provider=self.provider,
            name=self.model_name,
            key=key,
            base_url=self.base_url,
            timeout_s=settings.model_timeout_s,
            usd_rub=settings.usd_rub,
        )


async def agent_of(session: AsyncSession, workspace_id: UUID) -> Agent:
    settings = get_settings()
    row = await session.get(AgentSettings, workspace_id)
    own = row if row is not None and row.provider is not None else None
    return Agent(
        enabled=row.enabled if row else True,
        instructions=row.instructions if row else "",
        debounce_s=_debounce_s(row.debounce_s if row else None),
        reply_cap=row.reply_cap if row else DEFAULT_REPLY_CAP,
        provider=(own and own.provider) or settings.model_provider,
        model_name=own.model_name if own else settings.model_name,
        base_url=own.base_url if own else settings.model_base_url,
        has_key=own.sealed_key is not None if own else settings.model_key is not None,
        sealed_key=own.sealed_key if own else None,
        is_model_from_environment=own is None,
        working_hours=(
            WorkingHours.model_validate(row.working_hours) if row and row.working_hours else None
        ),
        time_zone=await session.scalar(_TIME_ZONE, {"workspace_id": workspace_id}) or "UTC",
    )


async def debounce_of(session: AsyncSession, workspace_id: UUID) -> float:
    """Seconds of silence after which a customer's burst counts as complete."""
    # Webhooks are taken in by the batch: one transaction asks once.
    known: dict[UUID, float] = session.info.setdefault("assistant.debounce_s", {})
    if workspace_id not in known:
        own = await session.scalar(_DEBOUNCE, {"workspace_id": workspace_id})
        known[workspace_id] = _debounce_s(own)
    return known[workspace_id]


def _debounce_s(own: float | None) -> float:
    return get_settings().debounce_s if own is None else own


async def list_turns(session: AsyncSession, conversation_id: UUID, *, limit: int) -> Sequence[Turn]:
    """The latest turns of a conversation, newest first."""
    statement = (
        select(Turn)
        .where(Turn.conversation_id == conversation_id)
        .order_by(Turn.id.desc())
        .limit(limit)
    )
    return (await session.scalars(statement)).all()


async def count_turns(
    session: AsyncSession, workspace_id: UUID, *, reason: str, since: datetime
) -> int:
    statement = (
        select(func.count())
        .select_from(Turn)
        .where(Turn.workspace_id == workspace_id, Turn.started_at >= since, Turn.reason == reason)
    )
    return await session.scalar(statement) or 0


async def titles_of_other_listings(
    session: AsyncSession, workspace_id: UUID, listing_id: UUID
) -> list[str]:
    """What else the workspace sells or sold, the latest first."""
    wanted = {"workspace_id": workspace_id, "listing_id": listing_id}
    return list((await session.scalars(_OTHER_TITLES, wanted)).all())
