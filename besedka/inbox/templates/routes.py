"""Reply templates over HTTP: whoever answers uses them, administrators write them."""

from uuid import UUID

from fastapi import APIRouter

from besedka.core.http import ReadSession, Session
from besedka.identity.access import AdminActor, CurrentActor
from besedka.inbox.templates import queries, service
from besedka.inbox.templates.schemas import TemplateList, TemplateRead, TemplateWrite

router = APIRouter(prefix="/reply-templates", tags=["inbox"])


@router.get("")
async def list_templates(session: ReadSession, actor: CurrentActor) -> TemplateList:
    templates = await queries.list_templates(session, actor)
    return TemplateList(items=[TemplateRead.model_validate(template) for template in templates])


@router.post("", status_code=201)
async def add_template(data: TemplateWrite, session: Session, actor: AdminActor) -> TemplateRead:
    return TemplateRead.model_validate(await service.add_template(session, actor, data))


@router.put("/{template_id}")
async def replace_template(
    template_id: UUID, data: TemplateWrite, session: Session, actor: AdminActor
) -> TemplateRead:
    template = await service.replace_template(session, actor, template_id, data)
    return TemplateRead.model_validate(template)


@router.delete("/{template_id}", status_code=204)
async def delete_template(template_id: UUID, session: Session, actor: AdminActor) -> None:
    await service.delete_template(session, actor, template_id)
