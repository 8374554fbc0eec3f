"""What to look up for a burst of messages, and how the finds are named for the model."""

from collections.abc import Collection, Iterable, Sequence

from besedka.assistant.extractive import questions_in
from besedka.assistant.extractive.goods import titles_of_other_goods
from besedka.assistant.talk import Line, ListingFacts, Source
from besedka.knowledge.retrieval import Hit

HITS_PER_QUERY = 6
MAX_SOURCES = 12


def queries_for(burst: Sequence[Line], listing: ListingFacts | None) -> list[str]:
    """Every question alone and beside the listing's title, which finds the goods' own document."""
    questions = questions_in(burst) or [" ".join(line.text for line in burst)]
    if listing is None:
        return questions
    return [query for question in questions for query in (question, f"{listing.title} {question}")]


def sources_from(
    hits: Iterable[Hit],
    listing: ListingFacts | None,
    titles: Collection[str],
    other_listings: Collection[str] = (),
) -> list[Source]:
    """`titles` are those of all the documents: one find alone does not tell whose it is."""
    other_goods = (
        titles_of_other_goods(titles, listing.title, other_listings) if listing else frozenset()
    )
    # A stable sort: what is about other goods comes last and does not crowd ours out.
    ordered = sorted(hits, key=lambda hit: hit.passage.title in other_goods)
    return [
        Source(
            id=f"d{number}",
            document_id=str(hit.passage.document_id),
            title=hit.passage.title,
            heading=hit.passage.heading,
            text=hit.passage.text,
            is_of_other_goods=hit.passage.title in other_goods,
        )
        for number, hit in enumerate(ordered[:MAX_SOURCES], start=1)
    ]
