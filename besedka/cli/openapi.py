"""besedka openapi"""

import json

import typer

from besedka.cli.console import load_settings


def openapi() -> None:
    """Напечатать описание HTTP API (OpenAPI, JSON)."""
    from besedka.app.main import create_app

    # The routes of BESEDKA_DEV_MODE are described too: the web app calls them.
    settings = load_settings().model_copy(update={"dev_mode": True, "log_level": "ERROR"})
    description = create_app(settings, with_worker=False).openapi()
    typer.echo(json.dumps(description, ensure_ascii=False, indent=2, sort_keys=True))
