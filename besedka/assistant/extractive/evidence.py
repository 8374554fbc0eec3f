"""Finds the sentences of the sources that answer a clause, and measures how well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from razdel import sentenize

from besedka.assistant.extractive.clauses import Clause, within_one_error
from besedka.assistant.extractive.concepts import BY_NAME, CITIES, EVERYWHERE
from besedka.assistant.extractive.goods import (
    TWINS,
    kind_words,
    name_stems,
    names_without_numbers,
)
from besedka.assistant.numbers import NumberKind, keys_in, numbers_in
from besedka.assistant.talk import Briefing, ListingFacts, Source
from besedka.core.words import normalise, stem, words_of

_BULLET = re.compile(r"^\s*(?:[-–—•*·▪]+|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that may be quoted, with the headings it stands under."""

    source: Source
    position: int
    text: str
    normal: str
    words: frozenset[str]
    stems: frozenset[str]
    context_normal: str
    context_words: frozenset[str]
    context_stems: frozenset[str]
    listing_overlap: int
    is_of_other_goods: bool

    @property
    def answers_a_question(self) -> bool:
        """Under a heading that is itself a question, whatever stands there is the answer."""
        return self.source.heading.rstrip().endswith("?")


@dataclass(frozen=True, slots=True)
class Match:
    unit: Unit
    coverage: float  # share of the clause's needs that the unit itself tells, context counts less
    is_full: bool


def units_of(briefing: Briefing) -> list[Unit]:
    title_stems = name_stems(briefing.listing.title) if briefing.listing else frozenset()
    return [unit for source in briefing.sources for unit in _units_of_source(source, title_stems)]


def _units_of_source(source: Source, title_stems: frozenset[str]) -> list[Unit]:
    # The nearest heading says what a sentence is about; the document's title only without one.
    context = source.heading.rsplit(" / ", 1)[-1] or source.title
    context_words = words_of(context)
    context_stems = frozenset(map(stem, context_words))
    # A heading with a brand or a model that our listing does not share is about other goods.
    names = {word for word in words_of(source.heading) if word.isascii() and len(word) > 1}
    overlap = len(name_stems(f"{source.title} {source.heading}") & title_stems)
    units = []
    for position, text in enumerate(_sentences(source.text)):
        normal = normalise(text)
        words = words_of(text)
        stems = frozenset(map(stem, words))
        units.append(
            Unit(
                source=source,
                position=position,
                text=text,
                normal=normal,
                words=frozenset(words),
                stems=stems,
                context_normal=normalise(context),
                context_words=frozenset(context_words),
                context_stems=context_stems,
                listing_overlap=overlap + len(_model_names(text) & title_stems),
                is_of_other_goods=source.is_of_other_goods
                or (bool(names) and bool(title_stems) and overlap == 0),
            )
        )
    return units


def _sentences(text: str) -> list[str]:
    found = []
    for line in text.splitlines():
        sentences = sentenize(_BULLET.sub("", line).strip())
        found += [sentence.text.strip() for sentence in sentences if sentence.text.strip()]
    return found


def _model_names(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if word.isascii() and word.isalpha())


# "За 3 штуки": the title may have a 3 of its own, and the price be that of one.
_SEVERAL = re.compile(r"\bза \d+\b|\b\d+ ?(?:шт|метр|пог|кв|дн|сут|мес|час)")
_OTHERS = re.compile(r"\bдруг(?:ая|ой|ую|ие|их|ое)\b|\bеще (?:одн|каки)|\bкакие\b|\bвсе\b")


def needs_of(clause: Clause, listing: ListingFacts | None) -> list[str]:
    """Words of the clause that the answer must tell; the listing's own name needs no telling."""
    named = name_stems(listing.title) if listing else frozenset()
    kinds = kind_words(listing) if listing and not _OTHERS.search(clause.normal) else ()
    if clause.asks("цена") and _SEVERAL.search(clause.normal):
        named = frozenset(name for name in named if not name[0].isdigit())
    return [
        word
        for word in clause.words
        if not (kinds and word.startswith(kinds))
        and stem(word) not in named
        and not any(_is_same_word(stem(word), name) for name in named)
    ]


def matches_of(clause: Clause, units: Sequence[Unit], listing: ListingFacts | None) -> list[Match]:
    """Units that tell all the clause asks, or nearly all of a long one; best first."""
    words = needs_of(clause, listing)
    count = len(clause.concepts) + len(words)
    is_place = not clause.concepts and all(word.startswith(CITIES) for word in words)
    if count == 0 or is_place or (clause.is_remark and not clause.concepts):
        return []
    may_miss = count // 3
    ours = frozenset[str]().union(*(unit.stems for unit in units if not unit.is_of_other_goods))
    matches = []
    for unit in units:
        if unit.is_of_other_goods and not _may_tell_of_other_goods(clause, unit, ours):
            continue
        told, missed = _told(clause, words, unit)
        if missed <= may_miss and told > 0:
            matches.append(Match(unit, told / count, missed == 0))
    best = max((match.unit.listing_overlap for match in matches), default=0)
    matches.sort(
        key=lambda match: (
            not match.is_full,
            match.unit.listing_overlap < best,
            -match.coverage,
            _subject_at(clause, match.unit),
        )
    )
    return matches


def _subject_at(clause: Clause, unit: Unit) -> int:
    """Where the sentence names the subject: what it begins with is what it is about."""
    starts = [start for concept in clause.concepts for start in concept.says or concept.asks]
    starts += [stem(word) for word in clause.words]
    found = [unit.normal.find(start) for start in starts]
    return min((place for place in found if place >= 0), default=len(unit.normal))


def _told(clause: Clause, words: Sequence[str], unit: Unit) -> tuple[float, int]:
    """How much of the clause the unit tells, and how many of its needs it leaves open."""
    told, missed = 0.0, 0
    for concept in clause.concepts:
        if _is_of_another_subject(concept.name, clause, unit):
            return 0.0, 99
        if concept.is_told_by(unit.words, unit.normal):
            told += 1
        elif concept.name not in _MUST_STAND_IN_SENTENCE and concept.is_told_by(
            unit.context_words, unit.context_normal
        ):
            told += 0.8
        else:
            return 0.0, 99  # a subject that is not touched at all is never answered
    if clause.asks("обмен") and _REFUSED_EXCHANGE.search(unit.normal):
        return told, 0  # whatever is offered
    for word in words:
        if _word_stands(word, unit.words, unit.stems, unit.normal):
            told += 1
        elif _word_stands(word, unit.context_words, unit.context_stems, unit.context_normal):
            told += 0.8
        elif _is_hard(word):
            return 0.0, 99
        else:
            missed += 1
    return told, missed


def _is_of_another_subject(name: str, clause: Clause, unit: Unit) -> bool:
    """A deposit is no price and a guarantee no term, unless they are what is asked."""
    others = _OTHER_SUMS_AND_TERMS.get(name, ())
    if any(not clause.asks(other) and _touches(other, unit) for other in others):
        return True
    if name != "цена" or clause.words or len(clause.concepts) > 1:
        return False
    # "Расчёт бесплатно" and "Доставка 700 ₽" are not what the goods cost.
    if _COST.search(unit.normal):
        return False
    return not has_price(unit) or any(_touches(other, unit) for other in _SIDE_SERVICES)


def _touches(name: str, unit: Unit) -> bool:
    return any(word.startswith(BY_NAME[name].asks) for word in unit.words)


_OTHER_SUMS_AND_TERMS = {
    "цена": ("залог", "предоплата"),
    "сроки": ("залог", "гарантия", "рассрочка", "возврат"),
}
_SIDE_SERVICES = ("доставка", "комиссия", "установка", "возврат")
_COST = re.compile(r"\b(?:цен|стоимост|стои[тм])")
_REFUSED_EXCHANGE = re.compile(
    r"\bобмен\w*(?: [а-я]+){0,3} не (?:предлаг|рассматр|интерес|нуж|надо)|\bбез обмен|\bобмена нет"
)
_MUST_STAND_IN_SENTENCE = frozenset({"цена", "сроки", "режим", "год", "пробег", "размер", "вес"})


def _word_stands(word: str, words: frozenset[str], stems: frozenset[str], text: str) -> bool:
    own = stem(word)
    if own in stems or word in words:
        return True
    if word[0].isdigit() or any(sign.isdigit() for sign in word):
        return bool(keys_in(word) & keys_in(text))
    if word.isascii() and stem(word.translate(TWINS)) in stems:
        return True
    if word.startswith(CITIES) and EVERYWHERE.search(text):
        return True
    return any(_is_same_word(own, other) for other in stems)


_FALSE_KIN = frozenset({("договор", stem("договоренности"))})


def _is_same_word(own: str, other: str) -> bool:
    """Kin (`покрас` and `покраск`) or one typing error apart; short words must be equal."""
    short, long = sorted((own, other), key=len)
    if len(short) < 4 or not long.isalpha():
        return own == other
    if (short, long) in _FALSE_KIN:
        return False
    if long.startswith(short) and len(long) - len(short) <= 3:
        return True
    return len(short) >= 5 and within_one_error(own, other)


def _is_hard(word: str) -> bool:
    """Names, models, numbers and places: close is not enough."""
    return any(sign.isdigit() for sign in word) or word.isascii() or word.startswith(CITIES)


def _may_tell_of_other_goods(clause: Clause, unit: Unit, ours: frozenset[str]) -> bool:
    """A subject the sentence itself touches; what other goods cost is not in their documents."""
    asked = {concept.name for concept in clause.concepts}
    return (
        bool(asked)
        and not asked & {"цена", "наличие"}
        and all(concept.is_told_by(unit.words, unit.normal) for concept in clause.concepts)
        and _names_its_goods(clause, unit, ours)
    )


def _names_its_goods(clause: Clause, unit: Unit, ours: frozenset[str]) -> bool:
    """By a name our own documents do not know: our car has tyres too."""
    asked = names_without_numbers(" ".join(clause.words))
    return bool((asked - ours) & name_stems(f"{unit.source.title} {unit.source.heading}"))


def has_price(unit: Unit) -> bool:
    return any(number.kind is NumberKind.MONEY for number in numbers_in(unit.text))
