"""Whether the process lives, and whether it can do its work."""

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, Response

from besedka.core import db
from besedka.core.db import schema
from besedka.live.stream import Live

router = APIRouter(include_in_schema=False)


class Readiness(BaseModel):
    status: str
    broken: list[str]


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """503 with the names of the parts that don't work: database, migrations, events."""
    broken = await _broken_database()
    live: Live = request.app.state.live
    if not live.feed.is_running:
        broken.append("events")
    readiness = Readiness(status="not_ready" if broken else "ready", broken=broken)
    return JSONResponse(readiness.model_dump(), status_code=503 if broken else 200)


async def _broken_database() -> list[str]:
    try:
        async with db.database().read_engine.connect() as connection:
            current = await connection.run_sync(schema.current)
    except (SQLAlchemyError, OSError):
        return ["database"]
    return [] if current == schema.head() else ["migrations"]


@router.get("/metrics")
async def read_metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
