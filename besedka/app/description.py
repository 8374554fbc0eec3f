"""What the OpenAPI description says beyond what FastAPI finds out by itself."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field

from besedka.core.errors import PROBLEM_JSON


class Problem(BaseModel):
    """A failure (RFC 9457). Some carry more members: facts about the case."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str = Field(description="For the user, in Russian.")
    status: int
    code: str = Field(description="Stable: programs decide by it.")
    detail: str | None = Field(default=None, description="For the user: what to do about it.")


PROBLEM_RESPONSE: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem",
        "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


def describe_problems(app: FastAPI) -> None:
    """Add the schema that PROBLEM_RESPONSE refers to."""
    described_by_fastapi = app.openapi

    def describe() -> dict[str, Any]:
        description = described_by_fastapi()
        description["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return description

    app.openapi = describe  # type: ignore[method-assign] # FastAPI's documented way to extend it
