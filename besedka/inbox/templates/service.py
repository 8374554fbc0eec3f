"""Keeping reply templates."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import time
from besedka.core.db import dialect
from besedka.core.ids import new_id
from besedka.identity.actor import Actor
from besedka.inbox.templates import queries
from besedka.inbox.templates.errors import ShortcutTaken, TooManyTemplates
from besedka.inbox.templates.models import ReplyTemplate
from besedka.inbox.templates.schemas import TemplateWrite

_MOST = 500


async def add_template(session: AsyncSession, actor: Actor, data: TemplateWrite) -> ReplyTemplate:
    """Raises ShortcutTaken, TooManyTemplates."""
    count = select(func.count()).where(ReplyTemplate.workspace_id == actor.workspace_id)
    if (await session.scalar(count) or 0) >= _MOST:
        raise TooManyTemplates
    now = time.now()
    template_id = new_id()
    is_new = await dialect.insert_missing(
        session,
        ReplyTemplate,
        {
            "id": template_id,
            "workspace_id": actor.workspace_id,
            "created_at": now,
            "updated_at": now,
            **data.model_dump(),
        },
        unique=("workspace_id", "shortcut"),
    )
    if not is_new:
        raise ShortcutTaken(shortcut=data.shortcut)
    return await session.get_one(ReplyTemplate, template_id)


async def replace_template(
    session: AsyncSession, actor: Actor, template_id: UUID, data: TemplateWrite
) -> ReplyTemplate:
    """Raises TemplateNotFound, ShortcutTaken."""
    template = await queries.template_for(session, actor, template_id)
    try:
        async with session.begin_nested():
            template.shortcut, template.title, template.text = data.shortcut, data.title, data.text
            template.updated_at = time.now()
    except IntegrityError as error:
        raise ShortcutTaken(shortcut=data.shortcut) from error
    return template


async def delete_template(session: AsyncSession, actor: Actor, template_id: UUID) -> None:
    """Raises TemplateNotFound."""
    await session.delete(await queries.template_for(session, actor, template_id))
