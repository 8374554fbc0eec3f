"""Reading reply templates."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox.templates.errors import TemplateNotFound
from besedka.inbox.templates.models import ReplyTemplate


async def list_templates(session: AsyncSession, actor: Actor) -> Sequence[ReplyTemplate]:
    statement = (
        select(ReplyTemplate)
        .where(ReplyTemplate.workspace_id == actor.workspace_id)
        .order_by(ReplyTemplate.title, ReplyTemplate.id)
    )
    return (await session.scalars(statement)).all()


async def template_for(session: AsyncSession, actor: Actor, template_id: UUID) -> ReplyTemplate:
    """For writing: it stays as it is meanwhile. Raises TemplateNotFound."""
    template = await session.scalar(
        select(ReplyTemplate)
        .where(ReplyTemplate.id == template_id, ReplyTemplate.workspace_id == actor.workspace_id)
        .with_for_update()
    )
    if template is None:
        raise TemplateNotFound(template_id=template_id)
    return template
