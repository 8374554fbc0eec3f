"""besedka user"""

import sys
from typing import Annotated

import typer

from besedka.cli.console import fail, load_settings, telling_failures

app = typer.Typer(help="Пользователи.", no_args_is_help=True)


@app.callback()
def users() -> None:
    pass


@app.command("add")
def add(
    email: Annotated[str, typer.Argument(help="Почта, по ней пользователь входит.")],
    role: Annotated[str, typer.Option(help="owner, admin, manager или viewer.")] = "manager",
    name: Annotated[str, typer.Option(help="Имя; иначе начало почты.")] = "",
    password: Annotated[
        str,
        typer.Option(
            prompt="Пароль",
            hide_input=True,
            confirmation_prompt="Пароль ещё раз",
            envvar="BESEDKA_USER_PASSWORD",
            help="Лучше не здесь: программа спросит сама.",
        ),
    ] = "",
) -> None:
    """Добавить пользователя в компанию."""
    settings = load_settings()

    from besedka.app.server import run_in_loop
    from besedka.cli.people import add_user
    from besedka.identity.models import Role

    if role not in list(Role):
        fail(f"Роли «{role}» нет. Есть: {', '.join(reversed(Role))}.")
    with telling_failures():
        has_owner = run_in_loop(
            add_user(
                settings,
                email=email,
                name=name or email.split("@", maxsplit=1)[0],
                password=password,
                role=Role(role),
            )
        )
    typer.echo(f"Пользователь добавлен: {email}, роль {role}.")
    if not has_owner:
        typer.echo("Владельца ещё нет. Как его создать, скажет besedka setup-code.")


@app.command("password")
def password(
    email: Annotated[str, typer.Argument(help="Почта, по ней пользователь входит.")],
) -> None:
    """Задать новый пароль тому, кто забыл свой. Пользователь выйдет на всех устройствах."""
    settings = load_settings()

    from besedka.app.server import run_in_loop
    from besedka.cli.people import set_password

    with telling_failures():
        run_in_loop(set_password(settings, email=email, password=_new_password()))
    typer.echo(f"Пароль изменён: {email}. Прежние входы закрыты.")


def _new_password() -> str:
    """Typed twice, or the first line of what another program hands in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed: str = typer.prompt(
        "Новый пароль", hide_input=True, confirmation_prompt="Новый пароль ещё раз"
    )
    return typed
