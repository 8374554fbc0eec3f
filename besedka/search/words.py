"""The vocabulary: which stems a company's talks have, and which of them a mistyped one may mean."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db
from besedka.core.db import dialect
from besedka.search.asking import Term
from besedka.search.models import SearchWord
from besedka.search.tokens import is_mistyped, keys_of

_WORD = re.compile(r"[a-zа-я]{4,20}")
_REMEMBERED = 300_000
_MEANINGS = 6

# Words that this process has seen in the database; forgotten all at once when they are too many.
_seen: set[tuple[UUID, str]] = set()


class Vocabulary(NamedTuple):
    """Words of one company that this process has not seen yet."""

    words: list[str]
    rows: list[dict[str, Any]]


def new_among(workspace_id: UUID, tokens: Iterable[str]) -> Vocabulary:
    new = [
        token for token in tokens if _WORD.fullmatch(token) and (workspace_id, token) not in _seen
    ]
    # In one order everywhere, so that two writers can't deadlock.
    rows = [
        {"workspace_id": workspace_id, "key": key, "word": word}
        for word in sorted(new)
        for key in sorted(keys_of(word))
    ]
    return Vocabulary(new, rows)


async def learn(session: AsyncSession, workspace_id: UUID, vocabulary: Vocabulary) -> None:
    if vocabulary.rows:
        statement = dialect.insert(session, SearchWord).on_conflict_do_nothing()
        await session.execute(statement, vocabulary.rows)
    db.after_commit(session, lambda: _remember(workspace_id, vocabulary.words))


def _remember(workspace_id: UUID, words: Iterable[str]) -> None:
    if len(_seen) > _REMEMBERED:
        _seen.clear()
    _seen.update((workspace_id, word) for word in words)


async def forget_words(session: AsyncSession, workspace_id: UUID) -> None:
    """The company's talks are gone."""
    await session.execute(delete(SearchWord).where(SearchWord.workspace_id == workspace_id))
    db.after_commit(session, forget)


def forget() -> None:
    """The database is another one, or holds less than it did."""
    _seen.clear()


async def with_typos(
    session: AsyncSession, workspace_id: UUID, terms: Sequence[Term]
) -> list[Term] | None:
    """The terms with the words that they may be mistyped from; None if there are no such words."""
    keys = {key for term in terms if term.typos_allowed for key in _keys_asked(term)}
    if not keys:
        return None
    found = await session.scalars(
        select(SearchWord.word)
        .where(SearchWord.workspace_id == workspace_id, SearchWord.key.in_(sorted(keys)))
        .distinct()
    )
    met = sorted(set(found))
    widened = [term.or_words(_meanings(term, met)) for term in terms]
    return widened if widened != list(terms) else None


def _keys_asked(term: Term) -> set[str]:
    keys = keys_of(term.stem)
    if term.typos_allowed > 1:
        keys |= {key for without_one in keys for key in keys_of(without_one)}
    return keys


def _meanings(term: Term, words: Sequence[str]) -> list[str]:
    """The nearest first, as many as are worth asking for."""
    own = term.stem
    near = [
        (distance, word)
        for word in words
        if word != own
        for distance in range(1, term.typos_allowed + 1)
        if is_mistyped(own, word, at_most=distance)
    ]
    return list(dict.fromkeys(word for _, word in sorted(near)))[:_MEANINGS]
