"""From a briefing to what is to be said: model, guards, one retry. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from besedka.assistant import gateway, handing_over, prompts
from besedka.assistant.decisions import Action, Decision, HandoverReason
from besedka.assistant.gateway import ModelChoice, ModelReply
from besedka.assistant.guards import Evidence, GuardFailure, check_answer
from besedka.assistant.talk import LISTING_SOURCE, Briefing
from besedka.inbox.snapshots import HandoverBrief

_QUOTE = 300


@dataclass(slots=True)
class Usage:
    """What the model's answers of one turn cost together."""

    provider: str = ""
    model: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_minor: Decimal | None = Decimal(0)
    seconds: float = 0
    attempts: int = 0

    def add(self, reply: ModelReply) -> None:
        self.provider, self.model = reply.provider, reply.model
        self.input_tokens += reply.input_tokens
        self.output_tokens += reply.output_tokens
        self.seconds += reply.seconds
        self.attempts += 1
        if self.cost_minor is None or reply.cost_minor is None:
            self.cost_minor = None
        else:
            self.cost_minor += reply.cost_minor


@dataclass(frozen=True, slots=True)
class Reply:
    """Text for the customer; the talk stays with the agent."""

    text: str
    sources: list[dict[str, Any]]
    action: Action


@dataclass(frozen=True, slots=True)
class Handover:
    reason: HandoverReason
    notice: str
    brief: HandoverBrief
    sources: list[dict[str, Any]] = field(default_factory=list)
    detail: str | None = None
    error_code: str | None = None


@dataclass(frozen=True, slots=True)
class NoReply:
    """The model found nothing to answer."""


Conclusion = Reply | Handover | NoReply


async def conclude(
    choice: ModelChoice, briefing: Briefing, usage: Usage, *, listing_id: str | None
) -> Conclusion:
    """Raises ModelUnavailable. `usage` is filled on the way, so that it is known even then."""
    evidence = _evidence(briefing)
    refused: str | None = None
    failure: GuardFailure | None = None
    for _ in range(2):
        reply = await gateway.ask(
            choice, briefing, refused=refused, objection=failure.reason if failure else None
        )
        usage.add(reply)
        decision = reply.decision
        if decision.action is Action.NO_ANSWER:
            return NoReply()
        if decision.action is Action.HAND_OVER:
            if failure is not None:
                break  # it found no way to say it that the guard lets through
            return _handover(decision, briefing, evidence, listing_id)
        text = decision.text.strip()
        failure = check_answer(text, evidence)
        if failure is None:
            sources = quoted(decision.source_ids, briefing, listing_id)
            return Reply(text, sources, decision.action)
        refused = text
    reason = HandoverReason.GUARD
    notice = handing_over.notice_for(
        reason, "", has_greeted=briefing.has_greeted, opening=briefing.opening
    )
    return Handover(
        reason=reason,
        notice=notice,
        brief=handing_over.brief_for(reason, briefing, notice=notice),
        detail=failure.reason if failure else None,
        error_code=failure.code.value if failure else None,
    )


def _handover(
    decision: Decision, briefing: Briefing, evidence: Evidence, listing_id: str | None
) -> Handover:
    reason = decision.reason or HandoverReason.UNKNOWN_FACT
    partial = decision.text.strip()
    failure = check_answer(partial, evidence) if partial else None
    if failure is not None:
        partial = ""
    sources = quoted(decision.source_ids, briefing, listing_id) if partial else []
    notice = handing_over.notice_for(
        reason, partial, has_greeted=briefing.has_greeted, opening=briefing.opening
    )
    return Handover(
        reason=reason,
        notice=notice,
        brief=handing_over.brief_for(
            reason,
            briefing,
            notice=notice,
            wants=decision.wants,
            next_step=decision.next,
        ),
        sources=sources,
        detail=failure.reason if failure else None,
    )


def _evidence(briefing: Briefing) -> Evidence:
    sources = [source.as_text() for source in briefing.sources]
    if briefing.listing is not None:
        sources.append(briefing.listing.as_text())
    return Evidence(
        sources=[*sources, briefing.instructions],
        own_words=briefing.own_words(),
        customer_words=briefing.customer_words(),
        last_answer=briefing.last_answer(),
        system_prompt=prompts.INSTRUCTIONS,
    )


def quoted(
    source_ids: Sequence[str], briefing: Briefing, listing_id: str | None
) -> list[dict[str, Any]]:
    """The sources of a receipt. Names that a model made up are left out."""
    known = {source.id: source for source in briefing.sources}
    found: list[dict[str, Any]] = []
    for source_id in dict.fromkeys(source_ids):
        if source_id == LISTING_SOURCE and briefing.listing is not None:
            listing = briefing.listing
            facts = (listing.price_text, listing.location)
            found.append(
                {
                    "kind": "listing",
                    "id": listing_id or "",
                    "title": listing.title,
                    "quote": ", ".join(fact for fact in facts if fact),
                }
            )
        elif source_id in known:
            source = known[source_id]
            found.append(
                {
                    "kind": "document",
                    "id": source.document_id,
                    "title": source.title,
                    "quote": source.text[:_QUOTE],
                }
            )
    return found
