"""Structured logs: one event name and ids a line, with secrets and phones masked."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from besedka.core.recent import note_trouble
from besedka.core.settings import LogFormat, Settings

_SECRET_NAMES = re.compile(r"(password|secret|token|authorization|api_?key|cookie)", re.IGNORECASE)
_BEARER = re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]+")
_QUERY_SECRET = re.compile(r"(?i)\b((?:client_secret|access_token|refresh_token|key)=)[^&\s]+")
_HOOK_SECRET = re.compile(r"(/hooks/\w+/)[\w~-]+")
_LINK_SECRET = re.compile(r"(/(?:invite|setup)#(?:code=)?)[\w-]+")
_PHONE = re.compile(
    r"(?<![\w-])(\+7|7|8)[\s(-]*(\d{3})[\s)-]*(\d{3})[\s-]*(\d{2})[\s-]*(\d{2})(?![\w-])"
)
# PostgreSQL quotes the row that it refuses: what customers wrote.
_DATABASE_DETAIL = re.compile(r"(?s)DETAIL: .*?(?=\n\[SQL|\n\nThe above|\n\nDuring|\Z)")
_MASK = "***"


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger


def mask(text: str) -> str:
    """The text with tokens, Russian phone numbers and quoted rows made unreadable."""
    text = _BEARER.sub(rf"\1{_MASK}", text)
    text = _QUERY_SECRET.sub(rf"\1{_MASK}", text)
    text = _HOOK_SECRET.sub(rf"\1{_MASK}", text)
    text = _LINK_SECRET.sub(rf"\1{_MASK}", text)
    text = _DATABASE_DETAIL.sub(rf"DETAIL: {_MASK}", text)
    return _PHONE.sub(r"\1 \2 ***-**-\5", text)


def mask_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        event[name] = _MASK if _SECRET_NAMES.search(name) and value else _masked(value)
    return event


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {
            key: _MASK if _SECRET_NAMES.search(str(key)) and item else _masked(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value


def drop_color_message(
    _: Any, __: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """uvicorn says everything twice, the second time with colours."""
    event.pop("color_message", None)
    return event


def configure_logging(settings: Settings) -> None:
    """Send this process's logs, ours and the libraries', to stderr in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        drop_color_message,
        mask_secrets,
        note_trouble,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if settings.log_format is LogFormat.JSON
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    for noisy in ("alembic", "httpx", "httpcore", "taskiq", "apscheduler", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
