"""What a trial is asked to do."""

from dataclasses import dataclass
from typing import Self

from besedka.core.errors import Unprocessable


class BadOptions(Unprocessable):
    code = "bad_trial_options"
    title = "Так испытание не провести"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialOptions:
    """`rate` is messages a second; `database` a PostgreSQL URL, or empty for SQLite."""

    messages: int = 200
    conversations: int = 20
    rate: float = 10
    drop: float = 0
    duplicate: int = 1
    reorder: bool = False
    kill: int = 0
    takeover: int = 0
    database: str = ""
    seed: int = 1
    # Leave the data folder or database and the server's log behind, to look into them.
    keep: bool = False

    def checked(self) -> Self:
        """Raises BadOptions."""
        if self.messages < 1 or self.conversations < 1 or self.rate <= 0:
            raise BadOptions("Нужны хотя бы одно сообщение, один диалог и скорость больше нуля")
        if self.conversations > self.messages:
            raise BadOptions("Диалогов больше, чем сообщений")
        if not 0 <= self.drop < 1:
            raise BadOptions("--drop: доля от 0 до 1")
        if self.duplicate < 1 or self.kill < 0 or self.takeover < 0:
            raise BadOptions("--duplicate не меньше 1, --kill и --takeover не меньше 0")
        if self.database and not self.database.startswith(
            ("postgresql://", "postgresql+asyncpg://")
        ):
            raise BadOptions("--database: адрес PostgreSQL, postgresql://…")
        return self

    @property
    def duration_s(self) -> float:
        return self.messages / self.rate
