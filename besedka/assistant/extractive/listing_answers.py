"""What the listing itself answers: price, availability, place, and what its title tells."""

import re

from besedka.assistant.extractive.clauses import Clause
from besedka.assistant.extractive.concepts import Concept
from besedka.assistant.talk import ListingFacts
from besedka.core.words import normalise, words_of

_BY_LISTING = ("цена", "наличие", "адрес")


def comes_first(clause: Clause) -> bool:
    """Price and availability of the goods themselves: the listing knows better than documents."""
    return any(concept.name in {"цена", "наличие"} for concept in clause.concepts)


def price_tells(word: str, listing: ListingFacts) -> bool:
    """ "В месяц" needs no telling where the price is written "45 000 ₽ в месяц"."""
    return word == "месяц" and re.search(r"\bмес", normalise(listing.price_text or "")) is not None


def is_about_sale(clause: Clause) -> bool:
    """Whether the goods can be had and for how much, and nothing beside."""
    names = {concept.name for concept in clause.concepts}
    return "наличие" in names or "скидка" in names or names in ({"цена"}, {"цена", "адрес"})


def closed(listing: ListingFacts) -> str:
    return f"Объявление «{listing.title}» снято с публикации."


def answer(clause: Clause, listing: ListingFacts) -> str | None:
    """The listing's answer to a clause that asks about nothing else."""
    names = [concept.name for concept in _beside_the_title(clause, listing)]
    if not names or any(name not in _BY_LISTING for name in names):
        return None
    answers = {"цена": price(listing), "наличие": availability(listing), "адрес": place(listing)}
    told = [answers[name] for name in dict.fromkeys(names)]
    return " ".join(text for text in told if text) if all(told) else None


def _beside_the_title(clause: Clause, listing: ListingFacts) -> list[Concept]:
    """ "Сколько стоит комплект?" about "Шины, комплект" asks for the price and nothing else."""
    named = words_of(listing.title)
    return [
        concept
        for concept in clause.concepts
        if concept.name in _BY_LISTING or not any(word.startswith(concept.asks) for word in named)
    ]


def price(listing: ListingFacts) -> str | None:
    if listing.status == "closed":
        return None
    text = (listing.price_text or "").strip()
    if not any(sign.isdigit() for sign in text) and not normalise(text).startswith("бесплатн"):
        if listing.price_minor is None:
            return None
        text = f"{listing.price_minor // 100:,} ₽".replace(",", "\u00a0")
    return f"Цена по объявлению: {text}."


def availability(listing: ListingFacts) -> str | None:
    if listing.status != "active":
        return None
    return f"Да, объявление «{listing.title}» актуально."


def place(listing: ListingFacts) -> str | None:
    if not listing.location:
        return None
    return f"Место в объявлении: {listing.location.rstrip('.')}."


def overview(listing: ListingFacts) -> str | None:
    facts = [text for text in (availability(listing), price(listing)) if text]
    return " ".join([*facts, "Что вас интересует?"]) if facts else None


def title_tells(clause: Clause, listing: ListingFacts) -> bool:
    """Whether the title answers, as in "Kia Rio 1.6 AT, 2018, 85 000 км"."""
    title, words = normalise(listing.title), words_of(listing.title)
    return (
        bool(clause.concepts)
        and not clause.words
        and all(
            any(word.startswith(concept.asks) for word in words)
            or (concept.titled is not None and concept.titled.search(title) is not None)
            for concept in clause.concepts
        )
    )
