"""The state of an installation as the API tells it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from besedka.channels.models import AccountState
from besedka.core.recent import Trouble
from besedka.diagnostics.finding import Place, State
from besedka.jobs.models import Job


class FindingRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    state: State
    what: str
    mend: str
    place: Place | None


class AccountPulse(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    state: AccountState
    webhook_subscribed_at: datetime | None
    last_webhook_at: datetime | None
    last_sweep_at: datetime | None
    recovered_count: int


class JobsPulse(BaseModel):
    waiting: int
    running: int
    dead: int
    oldest_due_at: datetime | None


class TroubleRead(BaseModel):
    at: datetime
    level: str
    event: str
    ids: dict[str, str]

    @classmethod
    def of(cls, trouble: Trouble) -> "TroubleRead":
        return cls(at=trouble.at, level=trouble.level, event=trouble.event, ids=trouble.ids)


class DiagnosticsRead(BaseModel):
    checked_at: datetime
    version: str
    problems: int
    """Findings that are not fine."""
    findings: list[FindingRead]
    accounts: list[AccountPulse]
    jobs: JobsPulse
    troubles: list[TroubleRead]
    """The last warnings and errors of the server's process, newest first."""


class DeadJobRead(BaseModel):
    id: int
    name: str
    attempts: int
    cause: str
    """A code: what the error said may hold customers' words."""
    created_at: datetime
    died_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> "DeadJobRead":
        return cls(
            id=job.id,
            name=job.name,
            attempts=job.attempts,
            cause=(job.error or "").split(":", 1)[0],
            created_at=job.created_at,
            died_at=job.died_at,
        )


class Retried(BaseModel):
    count: int
