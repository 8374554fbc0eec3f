"""Which documents are about other goods than the talk's listing, told by their titles."""

import re
from collections.abc import Iterable

from besedka.assistant.extractive.concepts import is_general_title
from besedka.assistant.talk import ListingFacts
from besedka.core.words import normalise, stem, words_of

TWINS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхижклмнопкрстуввкиз")
_MEASURES = frozenset(
    stem(word) for word in ("минут", "часов", "дней", "рублей", "комплект", "заказ")
)
_NOVELTY = frozenset(stem(word) for word in ("новый", "новая", "новое", "новые"))
# "Mazda 3" and "iPhone 13": one or two digits right after a Latin name are a model.
_MODEL = re.compile(r"\b([a-z]{2,})[ -](\d{1,2})\b(?! ?(?:гб|тб|gb|tb|л|см|мм|шт))")

_BRANDS = """
    audi bmw chery chevrolet citroen daewoo exeed ford geely genesis haval honda hyundai infiniti
    jac jaecoo jeep kia lada land lexus mazda mercedes mini mitsubishi nissan omoda opel peugeot
    porsche renault skoda ssangyong subaru suzuki tank toyota uaz volkswagen volvo ваз лада газ
    уаз москвич
"""
_CAR = re.compile(rf"^(?:{'|'.join(_BRANDS.split())})\b.*\b(?:19|20)\d\d\b")
_PHONE = re.compile(
    r"^(?:смартфон |телефон )?(?:apple )?"
    r"(?:iphone|айфон|samsung galaxy [asz]|xiaomi \d|redmi|honor|poco|realme)\b"
)
_LONG_RUSSIAN = re.compile(r"[а-я]{4,}")
_PART = re.compile(r"чехол|стекл|экран|диспле|акб|аккум|корпус|плат[аы]|кабел|заряд|коробк|запчаст")


def kind_words(listing: ListingFacts) -> tuple[str, ...]:
    """Beginnings of the plain nouns that a buyer calls these goods by: a Mazda is a car."""
    title, url = normalise(listing.title), listing.url or ""
    _, _, model = title.partition(" ")
    # "Mazda 3 2008 капот" is a part, and no part is sold under a brand, a year and nothing else.
    if "/avtomobili/" in url or (_CAR.match(title) and not _LONG_RUSSIAN.search(model)):
        return ("машин", "авто", "тачк")
    if _PHONE.match(title) and not _PART.search(title):
        return ("телефон", "смартфон", "айфон") if "iphone" in title else ("телефон", "смартфон")
    return ("квартир",) if "/kvartiry/" in url else ()


def name_stems(text: str) -> frozenset[str]:
    """Words that name goods, Latin names also as they are written by ear: `kia` and `киа`."""
    stems = set()
    for word in words_of(text):
        if len(word) > 2 or word.isdigit():
            stems.add(stem(word))
        if word.isascii() and word.isalpha():
            stems.add(stem(word.translate(TWINS)))
    return frozenset(stems)


def names_without_numbers(text: str) -> frozenset[str]:
    """Two goods with a 3 or "за 15 минут" in their names are not alike for that."""
    return frozenset(
        name
        for name in name_stems(text)
        if not name[0].isdigit() and name not in _MEASURES and name not in _NOVELTY
    )


def titles_of_other_goods(
    titles: Iterable[str], listing_title: str, other_listings: Iterable[str] = ()
) -> frozenset[str]:
    """Of all the documents' titles, those that name goods and not ours.

    A shop whose one document bears a name of its own ("Ромашка") keeps it for all its goods,
    unless another listing is called so.
    """
    ours = names_without_numbers(listing_title)
    if not ours:
        return frozenset()
    others = [title for title in set(other_listings) if _same(title) != _same(listing_title)]
    elsewhere = frozenset[str]().union(*map(names_without_numbers, others))
    known = {_same(title) for title in others}
    named = {
        title: names_without_numbers(title)
        for title in set(titles)
        if _same(title) in known or not is_general_title(words_of(title))
    }
    closest = max((len(names & ours) for names in named.values()), default=0)
    return frozenset(
        title
        for title, names in named.items()
        if _same(title) != _same(listing_title)
        and (
            _same(title) in known
            or (not names & ours and (len(named) > 1 or names & elsewhere))
            or (len(names & ours) < closest and bool(names - ours))
            or _is_sister_model(title, listing_title)
        )
    )


def _is_sister_model(title: str, listing_title: str) -> bool:
    """Mazda 6 beside our Mazda 3."""
    ours, theirs = _models_of(listing_title), _models_of(title)
    return any(name in ours and not numbers & ours[name] for name, numbers in theirs.items())


def _models_of(title: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in _MODEL.finditer(normalise(title)):
        found.setdefault(match[1], set()).add(match[2])
    return found


def _same(title: str) -> tuple[str, ...]:
    return tuple(words_of(title))
