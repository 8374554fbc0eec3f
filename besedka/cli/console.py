"""Talking to the person at the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from besedka.core.settings import Settings


def fail(message: str) -> NoReturn:
    typer.secho(message, fg=typer.colors.RED, err=True)
    raise typer.Exit(1)


@contextlib.contextmanager
def telling_failures() -> Iterator[None]:
    """Our own errors as one line in plain words, not as a traceback."""
    from besedka.core.errors import AppError

    try:
        yield
    except AppError as error:
        fail(f"{error.title}. {error.detail or ''}".strip())


def load_settings_to_serve() -> Settings:
    """The settings of a program that answers buyers; ends it when the model can't be called."""
    settings = load_settings()
    if missing := settings.missing_for_model:
        fail(
            f"Для модели BESEDKA_MODEL_PROVIDER={settings.model_provider} "
            f"не хватает настроек: {', '.join(missing)}. Задайте их или уберите "
            "BESEDKA_MODEL_PROVIDER: встроенной модели они не нужны."
        )
    return settings


def load_settings() -> Settings:
    """The settings, with logs set up; ends the program with plain words when they are wrong."""
    from pydantic import ValidationError

    from besedka.core.logging import configure_logging
    from besedka.core.settings import get_settings

    try:
        settings = get_settings()
    except ValidationError as error:
        lines = [
            f"  BESEDKA_{str(item['loc'][0]).upper()}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        ]
        fail("\n".join(["Настройки не подходят:", *lines, "Все настройки: .env.example"]))
    configure_logging(settings)
    return settings
