"""Looking up documents by their tokens: FTS5 on SQLite, a GIN index of vectors on PostgreSQL.

Both index the tokens that the caller has made and know nothing of languages. A document is a row
of `search_documents`; its tokens stand in `head` and `body`, with one space between. On SQLite
triggers keep the virtual table in step, on PostgreSQL the index is one of an expression, so
writing a document is the same on both.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Table,
    cast,
    column,
    literal,
    literal_column,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core.db import dialect

DOCUMENTS = "search_documents"
_INDEX = "search_index"
_VECTOR = "array_to_tsvector(string_to_array((head || ' '::text) || body, ' '::text))"


_BY_INDEX = text("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")


class Token(NamedTuple):
    text: str
    is_prefix: bool = False


Term: TypeAlias = Sequence[Sequence[Token]]
"""Any of several; each of them is tokens that must all be there."""


class Wanted(NamedTuple):
    """All of `terms`, and not all of `but_not`."""

    terms: Sequence[Term]
    but_not: Sequence[Term] = ()


class Lookup(NamedTuple):
    id: ColumnElement[int]
    """To compare and to order by: so each database goes its own best way."""
    where: tuple[ColumnElement[bool], ...]


def lookup(session: AsyncSession, documents: Table, wanted: Wanted) -> Lookup:
    """What a select of `documents` needs to find those that hold what is wanted."""
    if dialect.is_sqlite(session):
        index = table(_INDEX, column("rowid"), column(_INDEX))
        return Lookup(
            index.c.rowid,
            (index.c.rowid == documents.c.id, index.c[_INDEX].match(_as_fts5(wanted))),
        )
    # The sum keeps the planner from reading the documents by id and building each one's vector.
    newest = documents.c.id + literal_column("0")
    query = cast(literal(_as_tsquery(wanted)), TSQUERY)
    return Lookup(newest, (literal_column(_VECTOR).op("@@", is_comparison=True)(query),))


async def prepare(session: AsyncSession) -> None:
    """Let this transaction look up by the index alone, however common a word is.

    Reading all documents and building each one's vector costs seconds; the planner takes that for
    cheap when more than every second document is found.
    """
    if not dialect.is_sqlite(session):
        await session.execute(_BY_INDEX)


def is_in_models(name: str | None, _kind: str, _parents: Any) -> bool:
    """False for what only a migration can make: a virtual table, an index of an expression."""
    return not (name or "").startswith(_INDEX)


def _as_fts5(wanted: Wanted) -> str:
    def quoted(token: Token) -> str:
        return '"' + token.text.replace('"', '""') + '"' + (" *" if token.is_prefix else "")

    all_of = _written(wanted.terms, quoted, " AND ", " OR ")
    if not wanted.but_not:
        return all_of
    return f"({all_of}) NOT ({_written(wanted.but_not, quoted, ' AND ', ' OR ')})"


def _as_tsquery(wanted: Wanted) -> str:
    def quoted(token: Token) -> str:
        escaped = token.text.replace("\\", "\\\\").replace("'", "''")
        return f"'{escaped}'" + (":*" if token.is_prefix else "")

    all_of = _written(wanted.terms, quoted, " & ", " | ")
    if not wanted.but_not:
        return all_of
    return f"({all_of}) & !({_written(wanted.but_not, quoted, ' & ', ' | ')})"


def _written(
    terms: Sequence[Term], quoted: Callable[[Token], str], and_word: str, or_word: str
) -> str:
    def any_of(term: Term) -> str:
        return or_word.join(
            "(" + and_word.join(quoted(token) for token in all_of) + ")" for all_of in term
        )

    return and_word.join(f"({any_of(term)})" for term in terms)
