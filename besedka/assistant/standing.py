"""How the agent stands to a talk: whether it would answer the next word, and from what."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.assistant import gates, queries
from besedka.assistant.decisions import HandoverReason
from besedka.assistant.schemas import AgentStanding, KnownDocument, KnownListing
from besedka.assistant.turns import circumstances_of
from besedka.identity.actor import Actor
from besedka.inbox import queries as inbox_queries
from besedka.inbox import service as inbox
from besedka.inbox.models import AuthorKind, Message
from besedka.inbox.snapshots import ReceiptRead
from besedka.knowledge.models import Document

_MOST_ANSWERS = 100


async def standing_in(session: AsyncSession, actor: Actor, conversation_id: UUID) -> AgentStanding:
    """Raises ConversationNotFound."""
    conversation = await inbox_queries.conversation_for(session, actor, conversation_id)
    agent = await queries.agent_of(session, actor.workspace_id)
    seen = await inbox.load_turn(session, conversation.id)
    if seen is None:
        raise RuntimeError("a conversation that was just read must be readable")
    # The next word opens a closed talk again.
    circumstances = replace(circumstances_of(seen, agent), is_open=True)
    reasons = [reason.value for reason in gates.silences(circumstances)]
    if not reasons and seen.bot_replies_in_a_row >= agent.reply_cap:
        reasons = [HandoverReason.REPLY_CAP.value]
    if not reasons and circumstances.is_resting:
        reasons = [HandoverReason.OUTSIDE_HOURS.value]
    listing = seen.listing
    return AgentStanding(
        would_answer=not reasons,
        reasons=reasons,
        replies_in_a_row=seen.bot_replies_in_a_row,
        reply_cap=agent.reply_cap,
        listing=(
            KnownListing(
                title=listing.title,
                price_text=listing.price_text,
                price_minor=listing.price_minor,
                status=listing.status,
                location=listing.location,
                url=listing.url,
            )
            if listing
            else None
        ),
        documents=await _documents_used(session, actor, conversation.id),
        enabled_documents=await session.scalar(
            select(func.count()).where(
                Document.workspace_id == actor.workspace_id, Document.enabled
            )
        )
        or 0,
    )


async def _documents_used(
    session: AsyncSession, actor: Actor, conversation_id: UUID
) -> list[KnownDocument]:
    """What the receipts of the talk name, the latest used first, as it is called now."""
    answers = await session.scalars(
        select(Message)
        .where(
            Message.conversation_id == conversation_id,
            Message.author == AuthorKind.BOT,
            Message.receipt.is_not(None),
        )
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(_MOST_ANSWERS)
    )
    used: dict[UUID, KnownDocument] = {}
    for answer in answers:
        for document_id, title, quote in _named_in(answer):
            used.setdefault(
                document_id,
                KnownDocument(
                    id=document_id,
                    title=title,
                    quote=quote,
                    used_at=answer.sent_at,
                    exists=False,
                    enabled=False,
                ),
            )
    now = await session.execute(
        select(Document.id, Document.title, Document.enabled).where(
            Document.id.in_(used), Document.workspace_id == actor.workspace_id
        )
    )
    for document_id, title, enabled in now:
        known = used[document_id]
        known.title, known.enabled, known.exists = title, enabled, True
    return list(used.values())


def _named_in(answer: Message) -> Iterator[tuple[UUID, str, str]]:
    for source in ReceiptRead.model_validate(answer.receipt).sources if answer.receipt else ():
        if source.kind == "document":
            yield UUID(source.id), source.title, source.quote
