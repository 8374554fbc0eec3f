"""What is known of a turn while it runs, and what is kept of it."""

from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from besedka.assistant.models import MICROS_PER_KOPECK, Outcome, Turn
from besedka.assistant.thinking import Usage
from besedka.core import metrics, time
from besedka.core.ids import new_id
from besedka.core.logging import get_logger
from besedka.inbox.service import TurnInput

log = get_logger(__name__)


def receipt_of(
    usage: Usage, sources: list[dict[str, Any]], rule: str | None = None
) -> dict[str, Any]:
    cost = usage.cost_minor
    return {
        "sources": sources,
        "model": usage.model,
        "provider": usage.provider,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost_minor": None if cost is None else f"{cost.normalize():f}",
        "seconds": round(usage.seconds, 3),
        "rule": rule,
    }


@dataclass(slots=True)
class Trace:
    seen: TurnInput
    opening: str | None = None
    """From when people answer, if the company rests now."""
    id: UUID = field(default_factory=new_id)
    started_at: datetime = field(default_factory=time.now)
    started: float = field(default_factory=perf_counter)
    usage: Usage = field(default_factory=Usage)

    def row(
        self,
        outcome: Outcome,
        reason: str,
        *,
        detail: str | None = None,
        sources: list[dict[str, Any]] | None = None,
        error_code: str | None = None,
    ) -> Turn:
        usage, cost = self.usage, self.usage.cost_minor
        metrics.TURNS.labels(outcome.value).inc()
        metrics.TURN_SECONDS.observe(perf_counter() - self.started)
        log.info("turn.ended", turn_id=self.id, outcome=outcome.value, reason=reason)
        return Turn(
            id=self.id,
            workspace_id=self.seen.workspace_id,
            conversation_id=self.seen.conversation_id,
            started_at=self.started_at,
            finished_at=time.now(),
            seen_inbound_seq=self.seen.inbound_seq,
            message_ids=[str(message.id) for message in self.seen.unanswered],
            outcome=outcome,
            reason=reason,
            detail=detail,
            sources=sources or [],
            provider=usage.provider,
            model=usage.model,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_micros=None if cost is None else round(cost * MICROS_PER_KOPECK),
            seconds=usage.seconds,
            attempts=usage.attempts,
            error_code=error_code,
        )

    def receipt(self, sources: list[dict[str, Any]], rule: str | None = None) -> dict[str, Any]:
        return receipt_of(self.usage, sources, rule)
