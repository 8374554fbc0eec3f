"""besedka doctor"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import typer

from besedka.cli.console import load_settings, telling_failures

if TYPE_CHECKING:
    from besedka.core.settings import Settings
    from besedka.diagnostics import Finding

_MARKS = {
    "fine": ("✓", typer.colors.GREEN),
    "warning": ("!", typer.colors.YELLOW),
    "broken": ("✗", typer.colors.RED),
}


def doctor() -> None:
    """Проверить установку и сказать, что исправить."""
    settings = load_settings()

    from besedka.app.server import run_in_loop

    # What goes wrong is told below, in plain words.
    logging.getLogger().setLevel(logging.CRITICAL)
    with telling_failures():
        broken = run_in_loop(_tell_all(settings))
    if broken:
        typer.echo(f"Нужно исправить: {broken}.")
        raise typer.Exit(1)
    typer.echo("Всё в порядке.")


async def _tell_all(settings: Settings) -> int:
    """Print findings as they come; how many things are broken."""
    from besedka.diagnostics import State, examine

    broken = 0
    async for finding in examine(settings):
        _tell(finding)
        broken += finding.state is State.BROKEN
    return broken


def _tell(finding: Finding) -> None:
    mark, colour = _MARKS[finding.state]
    typer.echo(f"{typer.style(mark, fg=colour)} {finding.what}")
    if finding.mend:
        typer.echo(f"    {finding.mend}")
