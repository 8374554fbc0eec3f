"""Answering a search."""

from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core.db.fulltext import Token, Wanted
from besedka.identity.actor import Actor
from besedka.inbox.models import Conversation, InternalType, Message
from besedka.inbox.snapshots import ConversationRead, position_of
from besedka.search import queries, words
from besedka.search.asking import Range, Term, pattern_of, ranges_in, terms_of
from besedka.search.errors import NothingToSearchFor, QuestionTooLong
from besedka.search.indexing import progress_of
from besedka.search.schemas import (
    IndexingRead,
    MatchRange,
    SearchHit,
    SearchPage,
    SearchQuery,
    SearchResult,
    Where,
)

MAX_LENGTH = 200
_MESSAGES_SHOWN = 3
_SHORT_WORD = 2
_BEFORE_MATCH = 40
_EXCERPT = 160
_ELLIPSIS = "…"


async def search(session: AsyncSession, actor: Actor, query: SearchQuery) -> SearchPage:
    """A page of conversations, the best first. Raises NothingToSearchFor, QuestionTooLong,
    BadCursor."""
    if len(query.q) > MAX_LENGTH:
        raise QuestionTooLong(max_length=MAX_LENGTH)
    terms = terms_of(query.q)
    if not terms:
        raise NothingToSearchFor
    after = queries.place_of(query.cursor)
    progress = await progress_of(session)
    with_typos = await words.with_typos(session, actor.workspace_id, terms)
    found = await queries.find_documents(
        session, actor, _tiers(actor, terms, with_typos), query, after=after, size=query.limit + 1
    )
    page = found[: query.limit]
    is_last = len(found) <= query.limit
    return SearchPage(
        items=await _results(session, actor, with_typos or terms, page),
        next_cursor=None if is_last else page[-1].place.cursor,
        indexing=(
            IndexingRead(done=progress.done, total=progress.total)
            if progress is not None and not progress.is_filled
            else None
        ),
    )


def _tiers(actor: Actor, terms: Sequence[Term], with_typos: Sequence[Term] | None) -> list[Wanted]:
    """What is found by a name or a title alone is best, then as written, then with typos."""
    own = (((Token(f"¶{actor.workspace_id.hex}"),),),)
    in_head = [term.in_head() for term in terms]
    anywhere = [term.any_of for term in terms]
    tiers = [Wanted([*in_head, *own]), Wanted([*anywhere, *own], but_not=in_head)]
    if with_typos is not None:
        tiers.append(Wanted([*(term.any_of for term in with_typos), *own], but_not=anywhere))
    return tiers


async def _results(
    session: AsyncSession, actor: Actor, terms: Sequence[Term], page: Sequence[queries.Found]
) -> list[SearchResult]:
    ids = [each.conversation_id for each in page]
    conversations = await queries.conversations_by_id(session, actor, ids)
    messages = await queries.messages_like(session, list(conversations), pattern_of(terms))
    results = []
    for conversation in (conversations[each] for each in ids if each in conversations):
        hits = [
            *_hits_in_head(conversation, terms),
            *_hits_in_messages(messages.get(conversation.id, ()), terms),
        ]
        # A message may have gone since it was indexed.
        if hits:
            results.append(SearchResult(conversation=ConversationRead.of(conversation), hits=hits))
    return results


def _hits_in_head(conversation: Conversation, terms: Sequence[Term]) -> Iterable[SearchHit]:
    texts = {Where.NAME: conversation.contact.name}
    if conversation.listing is not None:
        texts[Where.LISTING] = conversation.listing.title
    for where, text in texts.items():
        ranges = ranges_in(text, terms)
        if ranges:
            yield SearchHit(where=where, text=text, ranges=_told(ranges))


def _hits_in_messages(messages: Iterable[Message], terms: Sequence[Term]) -> list[SearchHit]:
    """The messages with the most terms, of those with as many the newest."""
    found = [(message, ranges_in(message.text, terms)) for message in messages]
    # "в" and "на" stand everywhere: alone they say nothing of a message.
    telling = {place for place, term in enumerate(terms) if len(term.text) > _SHORT_WORD}
    telling = telling or set(range(len(terms)))
    found = [
        (message, ranges)
        for message, ranges in found
        if any(match.term in telling for match in ranges)
    ]
    found.sort(key=lambda each: len({match.term for match in each[1]}), reverse=True)
    return [_hit(message, ranges) for message, ranges in found[:_MESSAGES_SHOWN]]


def _hit(message: Message, ranges: Sequence[Range]) -> SearchHit:
    text, shown = excerpt(message.text, ranges)
    return SearchHit(
        where=Where.NOTE if message.type == InternalType.NOTE else Where.MESSAGE,
        text=text,
        ranges=_told(shown),
        message_id=message.id,
        position=position_of(message),
        author=message.author,
        sent_at=message.sent_at,
    )


def _told(ranges: Iterable[Range]) -> list[MatchRange]:
    return [MatchRange(start=each.start, end=each.end) for each in ranges]


def excerpt(text: str, ranges: Sequence[Range]) -> tuple[str, list[Range]]:
    """The part of the text around the first match, in one line, and the matches in it."""
    line = "".join(" " if letter.isspace() else letter for letter in text)
    start = max(ranges[0].start - _BEFORE_MATCH, 0)
    if start > 0:
        space = line.find(" ", start, ranges[0].start)
        start = space + 1 if space >= 0 else start
    end = min(max(start + _EXCERPT, ranges[0].end), len(line))
    if end < len(line):
        space = line.rfind(" ", ranges[0].end, end)
        end = space if space >= 0 else end
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(line) else ""
    moved_by = len(before) - start
    shown = [
        Range(each.start + moved_by, each.end + moved_by, each.term)
        for each in ranges
        if each.end <= end
    ]
    return before + line[start:end] + after, shown
