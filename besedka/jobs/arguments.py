"""Job arguments on their way through JSON: ids, numbers, texts and flags, nothing else."""

import inspect
import typing
from typing import Any, TypeAlias
from uuid import UUID

from besedka.jobs.registry import JobFunction

Argument: TypeAlias = UUID | int | float | str | bool | None


def pack(args: dict[str, Argument]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in args.items()}


def unpack(
    function: JobFunction, packed: dict[str, Any], workspace_id: UUID | None
) -> dict[str, Any]:
    """The arguments with the types that the function declares; if it asks for the job's workspace,
    that too."""
    hints = typing.get_type_hints(function)
    parameters = inspect.signature(function).parameters
    return {
        name: UUID(value) if _takes_uuid(hints.get(name)) and isinstance(value, str) else value
        for name, value in (packed | {"workspace_id": workspace_id}).items()
        if name in parameters
    }


def _takes_uuid(hint: Any) -> bool:
    return hint is UUID or UUID in typing.get_args(hint)
