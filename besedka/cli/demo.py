"""besedka demo"""

from typing import Annotated

import typer

from besedka.cli.console import load_settings_to_serve, telling_failures


def demo(
    port: Annotated[int | None, typer.Option(help="Порт Беседки; иначе BESEDKA_PORT.")] = None,
    avito_port: Annotated[int, typer.Option(help="Порт имитации Авито.")] = 8010,
) -> None:
    """Запустить Беседку вместе с имитацией Авито. Всё хранится в папке данных, в demo/."""
    from besedka.core.logging import configure_logging

    settings = load_settings_to_serve()
    if "log_level" not in settings.model_fields_set:
        configure_logging(settings.model_copy(update={"log_level": "WARNING"}))

    from besedka.app.demo import run_demo
    from besedka.app.server import listen, run_in_loop

    with (
        telling_failures(),
        # Whatever BESEDKA_HOST says: everybody knows the demo's password.
        listen("127.0.0.1", settings.port if port is None else port) as product,
        listen("127.0.0.1", avito_port, option="--avito-port") as avito,
    ):
        run_in_loop(run_demo(settings, product=product, avito=avito, tell=typer.echo))
