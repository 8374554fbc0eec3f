"""A turn from beginning to end: load, gates, thinking outside any transaction, one write."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.assistant import gates, handing_over, queries
from besedka.assistant.decisions import REASON_TITLES, Action, HandoverReason
from besedka.assistant.errors import ModelUnavailable
from besedka.assistant.models import Outcome
from besedka.assistant.preparing import (
    brief,
    earlier_lines,
    has_greeted,
    line_of,
    listing_id_of,
    model_of,
)
from besedka.assistant.queries import Agent
from besedka.assistant.talk import Briefing
from besedka.assistant.thinking import Conclusion, Handover, NoReply, Reply, conclude
from besedka.assistant.tracing import Trace
from besedka.core import db, time
from besedka.core.logging import get_logger
from besedka.inbox import service as inbox
from besedka.inbox.errors import TurnSuperseded
from besedka.inbox.models import ConversationStatus, Mode
from besedka.inbox.service import TurnInput

log = get_logger(__name__)

_LISTING_PATIENCE = timedelta(seconds=60)
_LISTING_RETRY_S = 3
_ACCOUNT_PATIENCE = timedelta(hours=1)
_ACCOUNT_RETRY_S = 30


async def take_turn(conversation_id: UUID, *, is_last_attempt: bool) -> None:
    """Answer, hand over or leave the customer's burst, and say why in the trace.

    Raises ModelUnavailable while another attempt may help, and jobs.Retry to be called again
    when the listing is known or the channel takes messages.
    """
    loaded = await _load(conversation_id)
    if loaded is None:
        return
    seen, agent = loaded
    stop = gates.stop_reason(circumstances_of(seen, agent))
    if stop is None and not seen.is_enriched:
        seen, agent = await _with_listing(seen, agent)
        stop = gates.stop_reason(circumstances_of(seen, agent))
    if stop == gates.Leave(gates.GateReason.ACCOUNT_PROBLEM):
        _wait_for_account(seen)
    trace = Trace(seen, agent.opening_words(time.now()))
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
    trace = Trace(seen)
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


async def _think(trace: Trace, agent: Agent) -> Conclusion:
    choice = model_of(agent)
    briefing = await brief(trace.seen, agent)
    return await conclude(choice, briefing, trace.usage, listing_id=listing_id_of(trace.seen))


async def _stop(trace: Trace, stop: gates.Leave | gates.NoAnswer | gates.ToPerson) -> None:
    match stop:
        case gates.ToPerson(reason):
            await _conclude(trace, _plain_handover(trace, reason))
        case gates.NoAnswer(reason):
            await _conclude(trace, NoReply(), reason=reason.value)
        case gates.Leave(reason):
            async with db.transaction() as session:
                session.add(trace.row(Outcome.SKIPPED, reason.value))
                await jobs.finish(session)


async def _conclude(trace: Trace, conclusion: Conclusion, *, reason: str = "") -> None:
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
    session: AsyncSession, trace: Trace, handover: Handover, outcome: Outcome
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
    trace: Trace, reason: HandoverReason, *, error_code: str | None = None
) -> Handover:
    seen = trace.seen
    briefing = Briefing(
        listing=None,
        sources=[],
        earlier=earlier_lines(seen),
        burst=[line_of(message) for message in seen.unanswered],
    )
    notice = handing_over.notice_for(
        reason, "", has_greeted=has_greeted(seen), opening=trace.opening
    )
    return Handover(
        reason=reason,
        notice=notice,
        brief=handing_over.brief_for(reason, briefing, notice=notice),
        error_code=error_code,
    )


def _without_model(trace: Trace, error: ModelUnavailable) -> Handover:
    return _plain_handover(trace, HandoverReason.MODEL_UNAVAILABLE, error_code=error.cause)


def circumstances_of(seen: TurnInput, agent: Agent) -> gates.Circumstances:
    return gates.Circumstances(
        is_agent_on=agent.enabled,
        is_account_agent_on=seen.agent_enabled,
        has_account_problem=not seen.account_is_live or seen.account_problem is not None,
        is_bot_mode=seen.mode is Mode.BOT,
        is_open=seen.status is not ConversationStatus.CLOSED,
        chat_type=seen.chat_type,
        is_our_listing=seen.listing is None or seen.listing.is_ours,
        is_contact_blocked=seen.is_contact_blocked,
        burst=[line_of(message) for message in seen.unanswered],
        earlier=earlier_lines(seen),
        bot_replies=seen.bot_replies_in_a_row,
        reply_cap=agent.reply_cap,
        is_resting=agent.rests_at(time.now()),
    )
