"""Acts of development: these routes exist only with BESEDKA_DEV_MODE."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

import besedka
from besedka.core import db
from besedka.core.http import ReadSession
from besedka.core.settings import get_settings
from besedka.core.text import StorableText
from besedka.developer import resetting, seeding
from besedka.identity import AdminActor, Role
from besedka.identity import queries as identity

router = APIRouter(prefix="/dev", tags=["developer"])


class WhoAmI(BaseModel):
    user_id: UUID
    email: str
    role: Role
    workspace_id: UUID
    workspace: str
    version: str
    database: str
    channel: str


class SeedCreate(BaseModel):
    talks: int = Field(default=12, ge=1, le=200)


class EmulatedMessage(BaseModel):
    text: StorableText = Field(min_length=1, max_length=1000)
    buyer_name: StorableText = Field(default="Пётр Сергеев", min_length=1, max_length=60)


class ResetCreate(BaseModel):
    confirmation: str
    """The company's name, as it is written."""


class Talks(BaseModel):
    talks: int


@router.get("/me")
async def who_am_i(session: ReadSession, actor: AdminActor) -> WhoAmI:
    user, workspace = await identity.me(session, actor)
    return WhoAmI(
        user_id=user.id,
        email=user.email,
        role=actor.role,
        workspace_id=workspace.id,
        workspace=workspace.name,
        version=besedka.__version__,
        database="SQLite" if db.database().is_sqlite else "PostgreSQL",
        channel=get_settings().avito_base_url,
    )


@router.post("/seed", status_code=201)
async def seed(data: SeedCreate, actor: AdminActor) -> Talks:
    """Buyers of the simulated Avito begin talks; they come in by webhooks."""
    return Talks(talks=await seeding.seed(actor, talks=data.talks))


@router.post("/messages", status_code=204)
async def emulate_message(data: EmulatedMessage, actor: AdminActor) -> None:
    """A buyer of the simulated Avito writes; the message comes in by a webhook."""
    await seeding.emulate(actor, text=data.text, buyer_name=data.buyer_name)


@router.post("/reset")
async def reset(data: ResetCreate, actor: AdminActor) -> Talks:
    """Delete the company's talks, contacts and listings."""
    return Talks(talks=await resetting.reset(actor, confirmation=data.confirmation))
