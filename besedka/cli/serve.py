"""besedka serve"""

from typing import Annotated

import typer

from besedka.cli.console import fail, load_settings_to_serve, telling_failures


def serve(
    host: Annotated[str | None, typer.Option(help="Адрес; иначе BESEDKA_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Порт; иначе BESEDKA_PORT.")] = None,
    worker: Annotated[bool, typer.Option(help="Выполнять ли фоновые задания здесь же.")] = True,
    migrate: Annotated[bool, typer.Option(help="Обновить ли базу перед запуском.")] = True,
) -> None:
    """Запустить Беседку: приложение, API и фоновые задания."""
    settings = load_settings_to_serve()
    host = settings.host if host is None else host

    from besedka.app.first_start import prepare
    from besedka.app.main import create_app
    from besedka.app.server import Server, listen, run_in_loop, url_of
    from besedka.core.addresses import is_loopback, is_of_this_machine
    from besedka.core.errors import AppError
    from besedka.identity.setup import setup_link

    if settings.dev_mode and not is_loopback(host):
        fail(
            f"С BESEDKA_DEV_MODE нельзя слушать {host}: оттуда удалили бы всю переписку. "
            "Уберите BESEDKA_DEV_MODE или --host."
        )
    with telling_failures():
        listener = listen(host, settings.port if port is None else port)
        try:
            first = run_in_loop(prepare(settings, migrate=migrate))
        except AppError:
            listener.close()
            raise
    if first.owner is not None:
        typer.echo(f"Создан владелец: {first.owner.email}")
        if first.owner.is_password_made_up:
            typer.echo(f"Пароль, показывается один раз: {first.owner.password}")
    typer.echo(f"Беседка работает: {url_of(listener)}")
    if first.setup_code is not None:
        is_public = not is_of_this_machine(settings.public_url)
        base_url = settings.public_url if is_public else url_of(listener)
        typer.echo("Владельца ещё нет. Откройте эту ссылку в браузере и создайте его:")
        typer.echo(setup_link(base_url, first.setup_code))
    server = Server(create_app(settings, with_worker=worker))
    run_in_loop(server.serve(sockets=[listener]))
    if not server.started:
        fail("Беседка не запустилась, причина в журнале выше.")
