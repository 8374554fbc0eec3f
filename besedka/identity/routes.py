"""Login, logout, and who I am."""

from fastapi import APIRouter, Request, Response

from besedka.core.http import ReadSession, Session
from besedka.core.settings import get_settings
from besedka.identity import login, queries, service
from besedka.identity.access import SESSION_COOKIE, CurrentActor, session_fingerprint
from besedka.identity.schemas import LoginCreate, MeRead
from besedka.identity.throttle import LoginThrottle

router = APIRouter(tags=["identity"])


@router.post("/auth/login")
async def log_in(data: LoginCreate, request: Request, response: Response) -> MeRead:
    throttle: LoginThrottle = request.app.state.login_throttle
    address = request.client.host if request.client else ""
    logged_in = await login.log_in(
        throttle, email=data.email, password=data.password, address=address
    )
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
