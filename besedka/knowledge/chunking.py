"""Cuts a plain-text document into facts that can be found and quoted one by one."""

import re
from dataclasses import dataclass

from razdel import sentenize

from besedka.core.words import INVISIBLE

MAX_CHUNK = 700

_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"^[\s|:;+\-=_*]{3,}$")
_CELL_BREAK = re.compile(r"\s*\|\s*|\t+|\s*;\s*(?=\S)")
_AMOUNT = re.compile(r"^(?:от |до )?\d[\d\s.,\u00a0-]*(?:₽|р\.?|руб\S*|%|шт\S*)?$", re.IGNORECASE)
_HEADING_MAX = 80
_PLAIN_LEVEL = 7  # headings without marks stand below all Markdown levels
_QUESTION_LEVEL = 8


@dataclass(frozen=True, slots=True)
class Chunk:
    heading: str
    text: str


class _Headings:
    """The path of headings above the line being read."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []

    def enter(self, level: int, text: str) -> None:
        self._path = [entry for entry in self._path if entry[0] < level]
        self._path.append((level, text))

    def leave_question(self) -> None:
        """A question heads only what stands right below it."""
        self._path = [entry for entry in self._path if entry[0] != _QUESTION_LEVEL]

    def __str__(self) -> str:
        return " / ".join(text for _, text in self._path)


def chunk(text: str) -> list[Chunk]:
    """Paragraphs and table rows in order, each with the path of headings above it."""
    headings = _Headings()
    chunks: list[Chunk] = []
    blocks = [block for block in re.split(r"\n[ \t]*\n", _clean(text)) if block.strip()]
    for position, block in enumerate(blocks):
        before = len(chunks)
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        is_last = position == len(blocks) - 1
        while lines and (found := _heading(lines, stands_alone=len(lines) == 1 and not is_last)):
            headings.enter(*found)
            lines = lines[1:]
        if _is_table(lines):
            chunks += [Chunk(str(headings), row) for row in _table_rows(lines)]
        elif lines:
            chunks += _paragraphs(lines, headings)
        if len(chunks) > before:
            headings.leave_question()
    return chunks


def _clean(text: str) -> str:
    text = INVISIBLE.sub("", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")


def _heading(lines: list[str], *, stands_alone: bool) -> tuple[int, str] | None:
    line = lines[0]
    if match := _MARKDOWN_HEADING.match(line):
        return len(match[1]), match[2]
    if len(line) > _HEADING_MAX or _cells(line) is not None or line.startswith(("-", "•", "*")):
        return None
    if not stands_alone and len(lines) == 1:
        return None
    if line.endswith("?"):
        return _QUESTION_LEVEL, line
    if line.endswith(":"):
        return _PLAIN_LEVEL, line.rstrip(":")
    is_shouted = line.upper() == line and sum(letter.isalpha() for letter in line) > 3
    is_title = stands_alone and line[-1] not in ".!,;" and len(line.split()) <= 7
    if is_shouted or (is_title and not any(sign.isdigit() for sign in line)):
        return _PLAIN_LEVEL, line
    return None


def _paragraphs(lines: list[str], headings: _Headings) -> list[Chunk]:
    """One paragraph; a question inside it heads what follows it."""
    chunks: list[Chunk] = []
    pending: list[str] = []

    def close() -> None:
        chunks.extend(Chunk(str(headings), part) for part in _split_long("\n".join(pending)))
        pending.clear()

    for position, line in enumerate(lines):
        rest = lines[position:]
        if len(rest) > 1 and line.endswith("?") and (found := _heading(rest, stands_alone=False)):
            close()
            headings.enter(*found)
        else:
            pending.append(line)
    close()
    return chunks


def _split_long(text: str) -> list[str]:
    if len(text) <= MAX_CHUNK:
        return [text] if text else []
    parts: list[str] = []
    for sentence in (found.text for found in sentenize(text)):
        if parts and len(parts[-1]) + 1 + len(sentence) <= MAX_CHUNK:
            parts[-1] += " " + sentence
        else:
            parts.append(sentence)
    return parts


def _cells(line: str) -> list[str] | None:
    """The cells of a table row, or None when the line is prose."""
    is_row = "\t" in line or line.count("|") >= 1 or line.count(";") >= 2
    if not is_row or (line.count(";") >= 2 and line.endswith(".")):
        return None
    cells = [cell.strip() for cell in _CELL_BREAK.split(line.strip().strip("|"))]
    return cells if len(cells) > 1 else None


def _is_table(lines: list[str]) -> bool:
    rows = [line for line in lines if not _RULE.match(line)]
    return bool(rows) and all(_cells(line) is not None for line in rows)


def _table_rows(lines: list[str]) -> list[str]:
    rows = [_cells(line) or [line] for line in lines if not _RULE.match(line)]
    if len(rows) < 2 or any(_AMOUNT.match(cell) for cell in rows[0]):
        return [_row_text(None, row) for row in rows]
    is_ruled = len(rows) < len(lines)
    has_amounts = any(_AMOUNT.match(cell) for row in rows[1:] for cell in row[1:])
    if is_ruled or has_amounts:
        return [_row_text(rows[0], row) for row in rows[1:]]
    return [_row_text(None, row) for row in rows]


def _row_text(header: list[str] | None, row: list[str]) -> str:
    """`Капот: 1 класс 22 000, 2 класс 25 000`: the row as one fact with its column names."""
    if header is None or len(header) != len(row):
        return f"{row[0]}: " + ", ".join(cell for cell in row[1:] if cell)
    if len(row) == 2:
        return f"{row[0]}: {row[1]}"
    named = [
        f"{name} {cell}".strip() for name, cell in zip(header[1:], row[1:], strict=True) if cell
    ]
    return f"{row[0]}: " + ", ".join(named)
