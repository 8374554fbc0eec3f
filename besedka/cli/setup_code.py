"""besedka setup-code"""

import typer

from besedka.cli.console import load_settings, telling_failures


def setup_code() -> None:
    """Показать ссылку и код, с которыми в браузере создают первого владельца."""
    settings = load_settings()

    from besedka.app.first_start import find_setup_code
    from besedka.app.server import run_in_loop
    from besedka.identity.setup import setup_link

    with telling_failures():
        code = run_in_loop(find_setup_code(settings))
    if code is None:
        typer.echo("Код не нужен: владелец уже есть. Забыли пароль: besedka user password ПОЧТА.")
    else:
        typer.echo(f"Создайте владельца по ссылке: {setup_link(settings.public_url, code)}")
        typer.echo(f"Код установки, если мастер его спросит: {code}")
