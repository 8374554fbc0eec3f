"""Who belongs to the company, and the links that let others join."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from besedka.core.http import ReadSession, Session
from besedka.core.settings import get_settings
from besedka.identity import invites, members, queries
from besedka.identity.access import AdminActor, CurrentActor
from besedka.identity.routes import address_of, throttle_of, welcome
from besedka.identity.schemas import (
    InviteAccept,
    InviteCreate,
    InviteCreated,
    InviteOpen,
    InviteRead,
    InviteToken,
    MemberRead,
    MemberUpdate,
    MeRead,
)

router = APIRouter(tags=["identity"])


@router.get("/users")
async def list_users(session: ReadSession, actor: CurrentActor) -> list[MemberRead]:
    return [
        MemberRead.model_validate(member)
        for member in await queries.list_colleagues(session, actor)
    ]


@router.patch("/users/{user_id}")
async def change_role(
    user_id: UUID, data: MemberUpdate, session: Session, actor: AdminActor
) -> MemberRead:
    member = await members.change_role(session, actor, user_id, role=data.role)
    return MemberRead.model_validate(member)


@router.delete("/users/{user_id}", status_code=204)
async def remove_user(user_id: UUID, session: Session, actor: AdminActor) -> None:
    """The person is out at once; their open chats become nobody's."""
    await members.remove_member(session, actor, user_id)


@router.get("/invites")
async def list_invites(session: ReadSession, actor: AdminActor) -> list[InviteRead]:
    return [
        InviteRead.of(invite, invited_by=name)
        for invite, name in await invites.list_invites(session, actor)
    ]


@router.post("/invites", status_code=201)
async def create_invite(data: InviteCreate, session: Session, actor: AdminActor) -> InviteCreated:
    """A link for one person; it is in this answer and nowhere else."""
    invite, token = await invites.create_invite(
        session, actor, role=data.role, name=data.name, email=data.email or ""
    )
    known = InviteRead.of(invite, invited_by=actor.name)
    return InviteCreated(**known.model_dump(), url=f"{get_settings().public_url}/invite#{token}")


@router.delete("/invites/{invite_id}", status_code=204)
async def revoke_invite(invite_id: UUID, session: Session, actor: AdminActor) -> None:
    await invites.revoke_invite(session, actor, invite_id)


# The token comes in the body: paths are written to logs, ours and those of proxies.
@router.post("/auth/invites/read")
async def read_invite(data: InviteToken, session: ReadSession) -> InviteOpen:
    """For whoever holds the link."""
    opened = await invites.read_invite(session, data.token)
    return InviteOpen(
        workspace=opened.workspace.name,
        role=opened.invite.role,
        name=opened.invite.name,
        email=opened.invite.email,
        expires_at=opened.invite.expires_at,
    )


@router.post("/auth/invites/accept")
async def accept_invite(data: InviteAccept, request: Request, response: Response) -> MeRead:
    """Join and be logged in."""
    logged_in = await invites.accept_invite(
        throttle_of(request),
        data.token,
        name=data.name,
        email=data.email,
        password=data.password,
        address=address_of(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    return welcome(response, logged_in)
