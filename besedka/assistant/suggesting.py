"""Thinking for a person: what the agent would say, with nothing written to any talk."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from besedka.assistant import gates, queries
from besedka.assistant.decisions import REASON_TITLES, Action, HandoverReason
from besedka.assistant.errors import ModelUnavailable, NoAnswerInTime
from besedka.assistant.gates import GateReason
from besedka.assistant.models import Outcome, Turn
from besedka.assistant.preparing import (
    brief,
    brief_on,
    earlier_lines,
    line_of,
    listing_id_of,
    model_of,
)
from besedka.assistant.queries import Agent
from besedka.assistant.schemas import ReasonRead, ThoughtRead, TryCreate
from besedka.assistant.talk import Line, Speaker
from besedka.assistant.thinking import Conclusion, Handover, NoReply, Reply, Usage, conclude
from besedka.assistant.tracing import Trace, receipt_of
from besedka.core import db
from besedka.identity.actor import Actor
from besedka.inbox import service as inbox
from besedka.inbox.models import AuthorKind
from besedka.inbox.own_listings.queries import listing_for
from besedka.inbox.service import TurnInput, TurnMessage
from besedka.inbox.snapshots import ReceiptRead

TIME_LIMIT_S = 45
LISTING_LIMIT_S = 5
_SPEAKERS = {
    "customer": Speaker.CUSTOMER,
    "agent": Speaker.BOT,
    "person": Speaker.PERSON,
}
_REFUSALS = {
    GateReason.NOTHING_TO_ANSWER: "Последнее слово в чате ваше: отвечать пока не на что",
    GateReason.NEEDS_NO_ANSWER: "Последние слова клиента не требуют ответа",
    GateReason.WE_ARE_THE_BUYER: "В этом чате покупатель вы, а ассистент отвечает за продавца",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """The model need not be asked."""

    code: str
    title: str


async def suggest_reply(actor: Actor, conversation_id: UUID) -> ThoughtRead:
    """What the agent would answer to the talk as it stands, whoever answers it now.

    Leaves a trace, and in the talk what the channel tells of its contact and listing.
    Raises ConversationNotFound, ModelUnavailable, NoAnswerInTime.
    """
    seen, agent = await _load(actor, conversation_id)
    trace = Trace(seen)
    try:
        async with _in_time():
            if not seen.is_enriched and await _learns_listing(conversation_id):
                trace.seen, agent = await _load(actor, conversation_id)
            conclusion = await _think(trace, agent)
    except (ModelUnavailable, NoAnswerInTime, asyncio.CancelledError) as error:
        async with db.transaction() as session:
            session.add(_failed(trace, error))
        raise
    return await _kept(trace, conclusion)


async def try_agent(actor: Actor, data: TryCreate) -> ThoughtRead:
    """What the agent would answer in a talk that exists nowhere. Keeps nothing.

    Raises ListingNotFound, ModelUnavailable, NoAnswerInTime.
    """
    async with db.reading() as session:
        agent = await queries.agent_of(session, actor.workspace_id)
        listing = await listing_for(session, actor, data.listing_id) if data.listing_id else None
    if data.instructions is not None:
        agent = replace(agent, instructions=data.instructions)
    lines = [Line(_SPEAKERS[each.author], each.text) for each in data.messages]
    earlier, burst = _at_the_last_words(lines)
    usage = Usage()
    refusal = _refusal(burst, earlier, is_ours=True)
    if refusal is not None:
        return _thought(refusal, usage)
    is_greeted = any(line.speaker is not Speaker.CUSTOMER for line in lines)
    async with _in_time():
        choice = model_of(agent)
        briefing = await brief_on(
            agent,
            actor.workspace_id,
            listing=listing,
            burst=burst,
            earlier=earlier,
            is_greeted=is_greeted,
        )
        listing_id = str(listing.id) if listing else None
        conclusion = await conclude(choice, briefing, usage, listing_id=listing_id)
    return _thought(conclusion, usage)


async def _load(actor: Actor, conversation_id: UUID) -> tuple[TurnInput, Agent]:
    async with db.reading() as session:
        seen = await inbox.turn_for(session, actor, conversation_id)
        agent = await queries.agent_of(session, actor.workspace_id)
    return _with_last_words(seen), agent


async def _learns_listing(conversation_id: UUID) -> bool:
    """Whether the channel tells it soon: a poorer answer is better than a late one."""
    try:
        async with asyncio.timeout(LISTING_LIMIT_S):
            return await inbox.ensure_enriched(conversation_id)
    except TimeoutError:
        return False


async def _think(trace: Trace, agent: Agent) -> Conclusion | Refusal:
    seen = trace.seen
    burst = [line_of(message) for message in seen.unanswered]
    refusal = _refusal(burst, earlier_lines(seen), is_ours=not seen.listing or seen.listing.is_ours)
    if refusal is not None:
        return refusal
    choice = model_of(agent)
    briefing = await brief(seen, agent)
    return await conclude(choice, briefing, trace.usage, listing_id=listing_id_of(seen))


def _with_last_words(seen: TurnInput) -> TurnInput:
    """What no answer has covered; and if a person has answered all, nothing."""
    if seen.unanswered:
        return seen
    last: list[TurnMessage] = []
    for message in reversed(seen.messages):
        if message.author is AuthorKind.SYSTEM:
            continue
        if message.author is not AuthorKind.CUSTOMER:
            break
        last.append(message)
    return replace(seen, unanswered=tuple(reversed(last)))


def _at_the_last_words(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """What was said before the customer's last words, and those."""
    cut = len(lines)
    while cut and lines[cut - 1].speaker is Speaker.CUSTOMER:
        cut -= 1
    return list(lines[:cut]), list(lines[cut:])


def _refusal(burst: Sequence[Line], earlier: Sequence[Line], *, is_ours: bool) -> Refusal | None:
    if not is_ours:
        reason: GateReason | None = GateReason.WE_ARE_THE_BUYER
    elif not burst:
        reason = GateReason.NOTHING_TO_ANSWER
    elif gates.needs_no_answer(burst, earlier):
        reason = GateReason.NEEDS_NO_ANSWER
    else:
        reason = None
    if reason is not None:
        return Refusal(reason.value, _REFUSALS[reason])
    unreadable = gates.unreadable(burst)
    return Refusal(unreadable.value, REASON_TITLES[unreadable]) if unreadable else None


def _failed(trace: Trace, error: BaseException) -> Turn:
    match error:
        case ModelUnavailable():
            reason, cause = HandoverReason.MODEL_UNAVAILABLE.value, error.cause
        case NoAnswerInTime():
            reason, cause = HandoverReason.MODEL_UNAVAILABLE.value, "timeout"
        case _:
            reason = cause = "cancelled"
    return trace.row(Outcome.SUGGESTED, reason, error_code=cause)


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    """A person waits for this, so it is given less time than a turn."""
    try:
        async with asyncio.timeout(TIME_LIMIT_S):
            yield
    except TimeoutError as error:
        raise NoAnswerInTime from error


async def _kept(trace: Trace, conclusion: Conclusion | Refusal) -> ThoughtRead:
    thought = _thought(conclusion, trace.usage)
    action = conclusion.action.value if isinstance(conclusion, Reply) else Action.NO_ANSWER.value
    row = trace.row(
        Outcome.SUGGESTED,
        thought.reason.code if thought.reason else action,
        detail=conclusion.detail if isinstance(conclusion, Handover) else None,
        sources=[source.model_dump() for source in thought.receipt.sources],
    )
    async with db.transaction() as session:
        session.add(row)
    return thought


def _thought(conclusion: Conclusion | Refusal, usage: Usage) -> ThoughtRead:
    match conclusion:
        case Reply(text, sources):
            return ThoughtRead(text=text, receipt=_receipt(usage, sources))
        case Handover(reason, notice, brief, sources):
            return ThoughtRead(
                notice=notice,
                reason=ReasonRead(code=reason.value, title=REASON_TITLES[reason]),
                brief=brief,
                receipt=_receipt(usage, sources, rule=reason.value),
            )
        case Refusal(code, title):
            return ThoughtRead(
                reason=ReasonRead(code=code, title=title), receipt=_receipt(usage, [])
            )
        case NoReply():
            code = GateReason.NEEDS_NO_ANSWER
            return ThoughtRead(
                reason=ReasonRead(code=code.value, title=_REFUSALS[code]),
                receipt=_receipt(usage, []),
            )


def _receipt(
    usage: Usage, sources: list[dict[str, Any]], *, rule: str | None = None
) -> ReceiptRead:
    return ReceiptRead.model_validate(receipt_of(usage, sources, rule))
