"""How the agent stands to a talk: whether it would answer the next word, and from what."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.assistant import gates, queries
from besedka.assistant.schemas import AgentStanding, KnownDocument, KnownListing
from besedka.assistant.turns import circumstances_of
from besedka.identity.actor import Actor
from besedka.inbox import service as inbox
from besedka.knowledge import queries as knowledge

_MOST_ANSWERS = 100


async def standing_in(session: AsyncSession, actor: Actor, conversation_id: UUID) -> AgentStanding:
    """Raises ConversationNotFound."""
    seen = await inbox.turn_for(session, actor, conversation_id)
    agent = await queries.agent_of(session, actor.workspace_id)
    # The next word opens a closed talk again.
    reasons = gates.lasting_reasons(replace(circumstances_of(seen, agent), is_open=True))
    return AgentStanding(
        would_answer=not reasons,
        reasons=[reason.value for reason in reasons],
        replies_in_a_row=seen.bot_replies_in_a_row,
        reply_cap=agent.reply_cap,
        listing=KnownListing.model_validate(seen.listing) if seen.listing else None,
        documents=await _documents_used(session, actor, conversation_id),
        enabled_documents=await knowledge.count_enabled(session, actor),
    )


async def _documents_used(
    session: AsyncSession, actor: Actor, conversation_id: UUID
) -> list[KnownDocument]:
    """What the receipts of the talk name, the latest used first, as it is called now."""
    used: dict[UUID, KnownDocument] = {}
    for receipt, used_at in await inbox.list_receipts(
        session, conversation_id, limit=_MOST_ANSWERS
    ):
        for source in receipt.sources:
            if source.kind == "document":
                document = KnownDocument(
                    id=UUID(source.id),
                    title=source.title,
                    quote=source.quote,
                    used_at=used_at,
                    exists=False,
                    enabled=False,
                )
                used.setdefault(document.id, document)
    for document_id, (title, enabled) in (
        await knowledge.documents_by_id(session, actor, used.keys())
    ).items():
        known = used[document_id]
        known.title, known.enabled, known.exists = title, enabled, True
    return list(used.values())
