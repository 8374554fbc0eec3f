"""besedka openapi"""

import json

import typer

from besedka.cli.console import load_settings


def openapi() -> None:
    """Напечатать описание HTTP API (OpenAPI, JSON)."""
    from besedka.app.main import create_app

    description = create_app(load_settings(), with_worker=False).openapi()
    typer.echo(json.dumps(description, ensure_ascii=False, indent=2, sort_keys=True))
