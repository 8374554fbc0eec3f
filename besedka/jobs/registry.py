"""Which jobs there are: every `@job` function by its name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

JobFunction: TypeAlias = Callable[..., Awaitable[None]]
# Runs in the transaction that declares a job dead, with the job's own arguments.
OnDead: TypeAlias = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class JobDefinition:
    name: str
    function: JobFunction
    queue: str = "default"
    max_attempts: int = 5
    retry_on: tuple[type[Exception], ...] = ()
    retry_base_s: float = 1.0
    on_dead: OnDead | None = None


@dataclass(frozen=True, slots=True)
class PeriodicJob:
    definition: JobDefinition
    every_s: Callable[[], float]


_definitions: dict[str, JobDefinition] = {}
_periodic: dict[str, PeriodicJob] = {}


def job(
    name: str,
    *,
    queue: str = "default",
    max_attempts: int = 5,
    retry_on: tuple[type[Exception], ...] = (),
    retry_base_s: float = 1.0,
    on_dead: OnDead | None = None,
) -> Callable[[JobFunction], JobDefinition]:
    """Declare a job.

    Tried again are errors of `retry_on`, trouble of the database and broken constraints, which may
    be a race; any other error kills the job at once.
    """

    def declare(function: JobFunction) -> JobDefinition:
        if name in _definitions:
            raise ValueError(f"two jobs are called {name}")
        definition = JobDefinition(
            name, function, queue, max_attempts, retry_on, retry_base_s, on_dead
        )
        _definitions[name] = definition
        return definition

    return declare


def periodic(every_s: Callable[[], float]) -> Callable[[JobDefinition], JobDefinition]:
    """Run a job without arguments at every multiple of `every_s()` seconds."""

    def declare(definition: JobDefinition) -> JobDefinition:
        _periodic[definition.name] = PeriodicJob(definition, every_s)
        return definition

    return declare


def definition_of(name: str) -> JobDefinition | None:
    return _definitions.get(name)


def periodic_jobs() -> list[PeriodicJob]:
    return list(_periodic.values())


async def call_on_dead(
    definition: JobDefinition, session: AsyncSession, args: dict[str, Any]
) -> None:
    if definition.on_dead is not None:
        await definition.on_dead(session, **args)
