"""Every setting stands in `.env.example` and in both READMEs, with its true default."""

import re
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticUndefined

from besedka.core.settings import Settings

ROOT = Path(__file__).parents[2]
PREFIX = "BESEDKA_"


def as_written(default: Any) -> str:
    if default is None or default == []:
        return ""
    if isinstance(default, Enum):
        return str(default.value)
    if isinstance(default, bool):
        return str(default).lower()
    return str(default)


def defaults() -> dict[str, str]:
    fields = Settings.model_fields.items()
    assert all(field.default is not PydanticUndefined for _, field in fields)
    return {f"{PREFIX}{name.upper()}": as_written(field.default) for name, field in fields}


def test_the_example_file_shows_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    shown = dict(
        line.removeprefix("# ").split("=", 1)
        for line in lines
        if re.match(rf"# {PREFIX}[A-Z_]+=", line)
    )

    assert shown == defaults()


@pytest.mark.parametrize("readme", ["README.md", "README.ru.md"])
def test_the_readme_lists_every_setting_with_its_default(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    rows = re.findall(rf"^\| `({PREFIX}[A-Z_]+)` \| (?:`([^`]*)`)? ?\|", text, re.MULTILINE)

    assert dict(rows) == defaults()
