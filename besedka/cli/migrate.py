"""besedka migrate"""

import typer

from besedka.cli.console import load_settings, telling_failures


def migrate() -> None:
    """Обновить базу данных до этой версии."""
    settings = load_settings()

    from besedka.app.first_start import migrate_database
    from besedka.app.server import run_in_loop
    from besedka.core.db import schema

    with telling_failures():
        run_in_loop(migrate_database(settings))
    typer.echo(f"База данных обновлена до {schema.head()}.")
