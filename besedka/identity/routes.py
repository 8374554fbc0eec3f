"""Login, logout, who I am, and what I chose."""

from fastapi import APIRouter, Request, Response

from besedka.core.http import ReadSession, Session
from besedka.core.settings import get_settings
from besedka.identity import login, profile, queries, service
from besedka.identity.access import (
    SESSION_COOKIE,
    AdminActor,
    CurrentActor,
    session_fingerprint,
)
from besedka.identity.schemas import (
    ColleagueRead,
    LoginCreate,
    MeRead,
    MeUpdate,
    PasswordChange,
    SessionRead,
    WorkspaceRead,
    WorkspaceUpdate,
)
from besedka.identity.throttle import LoginThrottle

router = APIRouter(tags=["identity"])


@router.post("/auth/login")
async def log_in(data: LoginCreate, request: Request, response: Response) -> MeRead:
    logged_in = await login.log_in(
        throttle_of(request),
        email=data.email,
        password=data.password,
        address=address_of(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    return welcome(response, logged_in)


@router.post("/auth/logout", status_code=204)
async def log_out(request: Request, response: Response, session: Session) -> None:
    await service.close_login(session, session_fingerprint(request))
    response.delete_cookie(
        SESSION_COOKIE, httponly=True, samesite="lax", secure=get_settings().is_cookie_secure
    )


@router.get("/me")
async def read_me(session: ReadSession, actor: CurrentActor) -> MeRead:
    user, workspace = await queries.me(session, actor)
    return MeRead.of(user, workspace, actor.role)


@router.get("/colleagues")
async def list_colleagues(session: ReadSession, actor: CurrentActor) -> list[ColleagueRead]:
    """Everybody who belongs to the company, by name: a talk can be given to who answers."""
    return [
        ColleagueRead.model_validate(colleague)
        for colleague in await queries.list_colleagues(session, actor)
    ]


@router.patch("/me")
async def update_me(data: MeUpdate, session: Session, actor: CurrentActor) -> MeRead:
    """Change the name or what was chosen; what is left out stays."""
    user, workspace = await profile.update_me(
        session, actor, name=data.name, preferences=data.preferences
    )
    return MeRead.of(user, workspace, actor.role)


@router.post("/me/password", status_code=204)
async def change_password(data: PasswordChange, request: Request, actor: CurrentActor) -> None:
    """Ends the user's other sessions."""
    await profile.change_password(
        throttle_of(request),
        actor,
        old=data.old,
        new=data.new,
        address=address_of(request),
        fingerprint=session_fingerprint(request),
    )


@router.get("/me/sessions")
async def list_sessions(
    request: Request, session: ReadSession, actor: CurrentActor
) -> list[SessionRead]:
    current = session_fingerprint(request)
    return [
        SessionRead(
            user_agent=each.user_agent,
            created_at=each.created_at,
            last_seen_at=each.last_seen_at,
            is_current=each.token_fingerprint == current,
        )
        for each in await profile.list_sessions(session, actor)
    ]


@router.delete("/me/sessions", status_code=204)
async def end_other_sessions(request: Request, session: Session, actor: CurrentActor) -> None:
    """Log out everywhere but here."""
    await profile.end_other_sessions(
        session, actor.user_id, fingerprint=session_fingerprint(request)
    )


@router.patch("/workspace")
async def update_workspace(
    data: WorkspaceUpdate, session: Session, actor: AdminActor
) -> WorkspaceRead:
    workspace = await service.update_workspace(
        session, actor, name=data.name, time_zone=data.time_zone
    )
    return WorkspaceRead.model_validate(workspace)


def throttle_of(request: Request) -> LoginThrottle:
    throttle: LoginThrottle = request.app.state.login_throttle
    return throttle


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def welcome(response: Response, logged_in: login.LoggedIn) -> MeRead:
    """Give the browser its session."""
    settings = get_settings()
    response.set_cookie(
        SESSION_COOKIE,
        logged_in.token,
        max_age=settings.session_days * 24 * 3600,
        httponly=True,
        samesite="lax",
        secure=settings.is_cookie_secure,
    )
    return MeRead.of(logged_in.user, logged_in.workspace, logged_in.role)
