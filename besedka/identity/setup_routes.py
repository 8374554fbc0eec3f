"""Setting up an empty installation."""

from fastapi import APIRouter, Request, Response

from besedka.core.http import ReadSession
from besedka.identity import queries, setup
from besedka.identity.routes import address_of, throttle_of, welcome
from besedka.identity.schemas import MeRead, SetupCreate, SetupRead

router = APIRouter(tags=["identity"])


@router.get("/setup")
async def read_setup(session: ReadSession) -> SetupRead:
    return SetupRead(is_needed=not await queries.has_owner(session))


@router.post("/setup")
async def set_up(data: SetupCreate, request: Request, response: Response) -> MeRead:
    """Make the owner and the company, once, and log the owner in."""
    logged_in = await setup.set_up(
        throttle_of(request),
        code=data.code,
        address=address_of(request),
        name=data.name,
        email=data.email,
        password=data.password,
        workspace_name=data.workspace,
        time_zone=data.time_zone,
        user_agent=request.headers.get("user-agent", ""),
    )
    return welcome(response, logged_in)
