"""Setting up an empty installation."""

import ipaddress

from fastapi import APIRouter, Request, Response

from besedka.core.http import ReadSession
from besedka.identity import queries, setup
from besedka.identity.routes import address_of, throttle_of, welcome
from besedka.identity.schemas import MeRead, SetupCreate, SetupRead

router = APIRouter(tags=["identity"])

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


@router.get("/setup")
async def read_setup(request: Request, session: ReadSession) -> SetupRead:
    is_needed = not await queries.has_users(session)
    return SetupRead(is_needed=is_needed, needs_code=is_needed and not is_from_here(request))


@router.post("/setup")
async def set_up(data: SetupCreate, request: Request, response: Response) -> MeRead:
    """Make the owner and the company, once, and log the owner in."""
    logged_in = await setup.set_up(
        throttle_of(request),
        code=None if is_from_here(request) else data.code,
        address=address_of(request),
        name=data.name,
        email=data.email,
        password=data.password,
        workspace_name=data.workspace,
        time_zone=data.time_zone,
        user_agent=request.headers.get("user-agent", ""),
    )
    return welcome(response, logged_in)


def is_from_here(request: Request) -> bool:
    """Whether a person at this very machine asks, and not a stranger by way of a proxy on it.

    The address alone does not tell: a proxy beside us connects from here too. It passes the
    public name on or adds a header of its own.
    """
    if any(name in request.headers for name in _FORWARDED):
        return False
    return _is_loopback(address_of(request)) and _is_loopback(request.url.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
