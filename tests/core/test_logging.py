"""Logs are JSON and hold no secret and no phone."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import structlog

from besedka.core.ids import new_id
from besedka.core.logging import configure_logging, get_logger, mask
from besedka.core.settings import Settings

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What this process has logged, with the product's own settings."""
    root = logging.getLogger()
    handlers, level, before = root.handlers, root.level, structlog.get_config()
    configure_logging(Settings())
    written = StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Authorization: Bearer abc.def-1", "Authorization: Bearer ***"),
        ("POST /token?client_secret=abc&x=1", "POST /token?client_secret=***&x=1"),
        ("POST /hooks/avito/s3cr-et_1 404", "POST /hooks/avito/*** 404"),
        (
            "see https://crm.example.com/invite#s3cr-et_1.",
            "see https://crm.example.com/invite#***.",
        ),
        ("/setup#code=ABCD-EFGH-JKLM", "/setup#code=***"),
        (
            "null value\nDETAIL:  Failing row contains (Мария, Ленина 5,\nкв. 2).\n[SQL: INSERT]",
            "null value\nDETAIL: ***\n[SQL: INSERT]",
        ),
        ("звоните +7 (999) 123-45-67", "звоните +7 999 ***-**-67"),
        ("8 999 123 45 67", "8 999 ***-**-67"),
        ("89991234567", "8 999 ***-**-67"),
        ("listing 7463793001 costs 520 000", "listing 7463793001 costs 520 000"),
        ("01a1fa63-44b1-732d-b1cd-8e25627bd406", "01a1fa63-44b1-732d-b1cd-8e25627bd406"),
    ],
)
def test_tokens_and_phones_are_masked_and_ids_are_not(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_a_line_is_json_with_name_level_and_ids(lines: Lines) -> None:
    message_id = new_id()

    get_logger("besedka.inbox").info("message.sent", message_id=message_id)

    (line,) = lines()
    assert line["event"] == "message.sent"
    assert line["level"] == "info"
    assert line["logger"] == "besedka.inbox"
    assert line["message_id"] == str(message_id)
    assert str(line["timestamp"]).endswith("Z")


def test_secret_fields_are_masked_at_any_depth(lines: Lines) -> None:
    get_logger("besedka.channels").warning(
        "channel.refused",
        client_secret="abc",
        answer={"access_token": "abc", "text": ["позвоните 89991234567"]},
    )

    (line,) = lines()
    assert line["client_secret"] == "***"
    assert line["answer"] == {"access_token": "***", "text": ["позвоните 8 999 ***-**-67"]}


def test_libraries_log_in_the_same_form_and_exceptions_are_masked(lines: Lines) -> None:
    try:
        raise ValueError("no answer from https://api.example/?access_token=abc")
    except ValueError:
        logging.getLogger("another_package").exception("It failed for %s", "89991234567")

    (line,) = lines()
    assert line["event"] == "It failed for 8 999 ***-**-67"
    assert "access_token=***" in str(line["exception"])
