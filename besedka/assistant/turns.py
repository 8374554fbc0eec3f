"""A turn from beginning to end: load, gates, thinking outside any transaction, one write."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.assistant import gates, handing_over, queries
from besedka.assistant.decisions import REASON_TITLES, Action, HandoverReason
from besedka.assistant.errors import ModelUnavailable
from besedka.assistant.models import MICROS_PER_KOPECK, Outcome, Turn
from besedka.assistant.queries import Agent
from besedka.assistant.searching import HITS_PER_QUERY, queries_for, sources_from
from besedka.assistant.talk import Briefing, Line, ListingFacts, Speaker
from besedka.assistant.thinking import Conclusion, Handover, NoReply, Reply, Usage, conclude
from besedka.core import db, metrics, time
from besedka.core.crypto import SecretUnreadable
from besedka.core.ids import new_id
from besedka.core.logging import get_logger
from besedka.inbox import service as inbox
from besedka.inbox.errors import TurnSuperseded
from besedka.inbox.models import AuthorKind, ConversationStatus, Mode
from besedka.inbox.service import TurnInput, TurnMessage
from besedka.knowledge import indexes

log = get_logger(__name__)

_LISTING_PATIENCE = timedelta(seconds=60)
_LISTING_RETRY_S = 3
_ACCOUNT_PATIENCE = timedelta(hours=1)
_ACCOUNT_RETRY_S = 30
_EARLIER_LINES = 40


@dataclass(slots=True)
class _Trace:
    """What is known of a turn so far."""

    seen: TurnInput
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
        usage, cost = self.usage, self.usage.cost_minor
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


async def take_turn(conversation_id: UUID, *, is_last_attempt: bool) -> None:
    """Answer, hand over or leave the customer's burst, and say why in the trace.

    Raises ModelUnavailable while another attempt may help, and jobs.Retry to be called again
    when the listing is known or the channel takes messages.
    """
    loaded = await _load(conversation_id)
    if loaded is None:
        return
    seen, agent = loaded
    stop = gates.stop_reason(_circumstances(seen, agent))
    if stop is None and not seen.is_enriched:
        seen, agent = await _with_listing(seen, agent)
        stop = gates.stop_reason(_circumstances(seen, agent))
    if stop == gates.Leave(gates.GateReason.ACCOUNT_PROBLEM):
        _wait_for_account(seen)
    trace = _Trace(seen)
    if stop is not None:
        await _stop(trace, stop)
        return
    try:
        conclusion = await _think(trace, agent)
    except ModelUnavailable as error:
        if error.is_retryable and not is_last_attempt:
            raise
        log.warning("turn.model_unavailable", conversation_id=conversation_id, cause=error.cause)
        conclusion = _without_model(trace, error)
    await _conclude(trace, conclusion)


async def give_up(session: AsyncSession, conversation_id: UUID) -> None:
    """The job is dead: something broke that nobody foresaw. A person takes over at once."""
    seen = await inbox.load_turn(session, conversation_id)
    if seen is None or not seen.unanswered or seen.mode is not Mode.BOT:
        return
    trace = _Trace(seen)
    reason = HandoverReason.FAILURE
    try:
        async with session.begin_nested():
            await _write_handover(session, trace, _plain_handover(trace, reason), Outcome.FAILED)
    except TurnSuperseded:
        log.info("turn.superseded", turn_id=trace.id)


async def _load(conversation_id: UUID) -> tuple[TurnInput, Agent] | None:
    async with db.reading() as session:
        seen = await inbox.load_turn(session, conversation_id)
        if seen is None:
            return None
        return seen, await queries.agent_of(session, seen.workspace_id)


async def _with_listing(seen: TurnInput, agent: Agent) -> tuple[TurnInput, Agent]:
    """Ask the channel which listing this is about; wait for it a little, not forever."""
    if await inbox.ensure_enriched(seen.conversation_id):
        return await _load(seen.conversation_id) or (seen, agent)
    oldest = min(message.sent_at for message in seen.unanswered)
    if time.now() - oldest < _LISTING_PATIENCE:
        raise jobs.Retry(after_s=_LISTING_RETRY_S, reason="listing not known yet")
    return seen, agent


def _wait_for_account(seen: TurnInput) -> None:
    """The channel refuses us now: answer when it takes messages again, unless that takes long."""
    oldest = min((message.sent_at for message in seen.unanswered), default=None)
    if seen.account_is_live and oldest and time.now() - oldest < _ACCOUNT_PATIENCE:
        raise jobs.Retry(after_s=_ACCOUNT_RETRY_S, reason="the channel refuses us now")


async def _think(trace: _Trace, agent: Agent) -> Conclusion:
    seen = trace.seen
    try:
        choice = agent.model()
    except SecretUnreadable as error:
        raise ModelUnavailable("key_unreadable", retryable=False) from error
    listing = _listing(seen)
    burst = [_line(message) for message in seen.unanswered]
    index = await indexes.index_of(seen.workspace_id)
    hits = index.search_all(queries_for(burst, listing), limit=HITS_PER_QUERY)
    other_listings = await _other_listings(seen) if index.titles else []
    briefing = Briefing(
        listing=listing,
        sources=sources_from(hits, listing, index.titles, other_listings),
        earlier=_earlier(seen)[-_EARLIER_LINES:],
        burst=burst,
        instructions=agent.instructions,
        has_greeted=_has_greeted(seen),
    )
    listing_id = str(seen.listing.id) if seen.listing else None
    return await conclude(choice, briefing, trace.usage, listing_id=listing_id)


async def _other_listings(seen: TurnInput) -> list[str]:
    if seen.listing is None:
        return []
    async with db.reading() as session:
        return await queries.titles_of_other_listings(session, seen.workspace_id, seen.listing.id)


async def _stop(trace: _Trace, stop: gates.Leave | gates.NoAnswer | gates.ToPerson) -> None:
    match stop:
        case gates.ToPerson(reason):
            await _conclude(trace, _plain_handover(trace, reason))
        case gates.NoAnswer(reason):
            await _conclude(trace, NoReply(), reason=reason.value)
        case gates.Leave(reason):
            async with db.transaction() as session:
                session.add(trace.row(Outcome.SKIPPED, reason.value))
                await jobs.finish(session)


async def _conclude(trace: _Trace, conclusion: Conclusion, *, reason: str = "") -> None:
    """Write what was decided, unless a person or a new message came first."""
    seen = trace.seen
    try:
        async with db.transaction() as session:
            match conclusion:
                case Reply(text, sources, action):
                    await inbox.queue_bot_reply(
                        session,
                        seen.conversation_id,
                        seen_inbound_seq=seen.inbound_seq,
                        text=text,
                        receipt=trace.receipt(sources),
                        turn_id=trace.id,
                    )
                    session.add(trace.row(Outcome.ANSWERED, action.value, sources=sources))
                case Handover():
                    await _write_handover(session, trace, conclusion, Outcome.HANDED_OVER)
                case NoReply():
                    await inbox.skip_answer(
                        session, seen.conversation_id, seen_inbound_seq=seen.inbound_seq
                    )
                    session.add(trace.row(Outcome.SKIPPED, reason or Action.NO_ANSWER.value))
            await jobs.finish(session)
    except TurnSuperseded:
        # Whoever overtook us is answered by the job that their own message enqueued.
        async with db.transaction() as session:
            session.add(trace.row(Outcome.SUPERSEDED, "overtaken"))
            await jobs.finish(session)


async def _write_handover(
    session: AsyncSession, trace: _Trace, handover: Handover, outcome: Outcome
) -> None:
    await inbox.hand_over(
        session,
        trace.seen.conversation_id,
        seen_inbound_seq=trace.seen.inbound_seq,
        reason=REASON_TITLES[handover.reason],
        brief=handover.brief,
        notice=handover.notice,
        receipt=trace.receipt(handover.sources, rule=handover.reason.value),
        turn_id=trace.id,
    )
    session.add(
        trace.row(
            outcome,
            handover.reason.value,
            detail=handover.detail,
            sources=handover.sources,
            error_code=handover.error_code,
        )
    )


def _plain_handover(
    trace: _Trace, reason: HandoverReason, *, error_code: str | None = None
) -> Handover:
    seen = trace.seen
    briefing = Briefing(
        listing=None,
        sources=[],
        earlier=_earlier(seen),
        burst=[_line(message) for message in seen.unanswered],
    )
    notice = handing_over.notice_for(reason, "", has_greeted=_has_greeted(seen))
    return Handover(
        reason=reason,
        notice=notice,
        brief=handing_over.brief_for(reason, briefing, notice=notice),
        error_code=error_code,
    )


def _without_model(trace: _Trace, error: ModelUnavailable) -> Handover:
    return _plain_handover(trace, HandoverReason.MODEL_UNAVAILABLE, error_code=error.cause)


def _circumstances(seen: TurnInput, agent: Agent) -> gates.Circumstances:
    return gates.Circumstances(
        is_agent_on=agent.enabled,
        is_account_agent_on=seen.agent_enabled,
        has_account_problem=not seen.account_is_live or seen.account_problem is not None,
        is_bot_mode=seen.mode is Mode.BOT,
        is_open=seen.status is ConversationStatus.OPEN,
        chat_type=seen.chat_type,
        is_our_listing=seen.listing is None or seen.listing.is_ours,
        is_contact_blocked=seen.is_contact_blocked,
        burst=[_line(message) for message in seen.unanswered],
        earlier=_earlier(seen),
        bot_replies=seen.bot_replies_in_a_row,
        reply_cap=agent.reply_cap,
    )


def _earlier(seen: TurnInput) -> list[Line]:
    burst = {message.id for message in seen.unanswered}
    return [_line(message) for message in seen.messages if message.id not in burst]


def _line(message: TurnMessage) -> Line:
    speaker = {
        AuthorKind.CUSTOMER: Speaker.CUSTOMER,
        AuthorKind.BOT: Speaker.BOT,
    }.get(message.author, Speaker.PERSON)
    return Line(speaker, message.text, message.type)


def _has_greeted(seen: TurnInput) -> bool:
    ours = (AuthorKind.BOT, AuthorKind.USER, AuthorKind.ELSEWHERE)
    return any(message.author in ours for message in seen.messages)


def _listing(seen: TurnInput) -> ListingFacts | None:
    if seen.listing is None:
        return None
    return ListingFacts(
        title=seen.listing.title,
        price_text=seen.listing.price_text,
        price_minor=seen.listing.price_minor,
        url=seen.listing.url,
        status=seen.listing.status,
        location=seen.listing.location,
    )
