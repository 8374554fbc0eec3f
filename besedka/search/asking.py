"""What a person asks for: terms with their other forms, and where a text answers them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from besedka.core.db.fulltext import Token
from besedka.core.words import stem
from besedka.search import tokens
from besedka.search.tokens import HEAD_MARK, Part, folded, groups_of, parts_of

MAX_TERMS = 10
_SHORTEST_BEGINNING = 3
_SHORTEST_WITH_TYPO = 4
_LONG_WORD = 8
_MOST_NUMBERS_PART = 15
_PHONE_LENGTH = 11
_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_CYRILLIC = "йцукенгшщзфывапролдячсмить"
_OTHER_KEYBOARD = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)

AllOf = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word or number of the question, and what answers it: any of `any_of`."""

    text: str
    is_number: bool
    any_of: tuple[AllOf, ...]

    @property
    def stem(self) -> str:
        return stem(self.text)

    @property
    def typos_allowed(self) -> int:
        if self.is_number or len(self.stem) < _SHORTEST_WITH_TYPO:
            return 0
        return 2 if len(self.stem) >= _LONG_WORD else 1

    def or_words(self, words: Iterable[str]) -> "Term":
        return replace(self, any_of=self.any_of + tuple((Token(word),) for word in words))

    def in_head(self) -> tuple[AllOf, ...]:
        return tuple(
            tuple(Token(HEAD_MARK + each.text, each.is_prefix) for each in all_of)
            for all_of in self.any_of
        )


class Range(NamedTuple):
    start: int
    end: int
    term: int
    """Which of the terms is found there."""


def terms_of(question: str) -> list[Term]:
    """Empty when there is neither a word nor a number in it."""
    text = folded(question)
    parts = list(parts_of(text))[:MAX_TERMS]
    is_open = bool(text) and not text[-1].isspace()
    return [
        _number(part) if part.is_number else _word(part, is_open=is_open and part is parts[-1])
        for part in parts
    ]


def _word(part: Part, *, is_open: bool) -> Term:
    word = part.text[: tokens.LONGEST]
    any_of: list[AllOf] = [(Token(stem(word)),)]
    if len(word) >= _SHORTEST_BEGINNING:
        # The last word may still be in the making.
        if is_open:
            any_of.append((Token(word, is_prefix=True),))
        any_of.append((Token(stem(word.translate(_OTHER_KEYBOARD))),))
    return Term(word, False, tuple(any_of))


def _number(part: Part) -> Term:
    groups = groups_of(part.text)
    digits = "".join(groups)
    if len(digits) == _PHONE_LENGTH and digits[0] in "78":
        digits = digits[1:]  # +7 and 8 begin the same number
    any_of: list[AllOf] = [(_part_of_number(digits),)]
    if len(groups) > 1:
        any_of.append(tuple(_part_of_number(group) for group in groups))
    return Term(digits, True, tuple(any_of))


def _part_of_number(digits: str) -> Token:
    return Token(digits[:_MOST_NUMBERS_PART], is_prefix=len(digits) >= _SHORTEST_BEGINNING)


# Where a text answers


def ranges_in(text: str, terms: Sequence[Term]) -> list[Range]:
    """In order, none within another."""
    found: list[Range] = []
    for part in parts_of(folded(text)):
        for number, term in enumerate(terms):
            find = _in_number if part.is_number else _in_word
            found += find(part, number, term)
    found.sort(key=lambda each: (each.start, -each.end))
    apart: list[Range] = []
    for each in found:
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return apart


def _in_word(part: Part, number: int, term: Term) -> list[Range]:
    own_stem = stem(part.text[: tokens.LONGEST])
    for all_of in term.any_of:
        for token in all_of:
            begins = token.is_prefix and part.text.startswith(token.text)
            if begins or own_stem == token.text:
                return [Range(part.start, part.end, number)]
    return []


def _in_number(part: Part, number: int, term: Term) -> list[Range]:
    places = [at for at, letter in enumerate(part.text) if letter.isdigit()]
    digits = "".join(part.text[at] for at in places)
    for all_of in term.any_of:
        ranges = []
        for token in all_of:
            at = digits.find(token.text) if token.is_prefix else _whole(part.text, token.text)
            if at < 0:
                break
            first, last = places[at], places[at + len(token.text) - 1]
            ranges.append(Range(part.start + first, part.start + last + 1, number))
        else:
            return ranges
    return []


def _whole(number: str, group: str) -> int:
    """How many digits stand before the group, -1 if it is not one of them."""
    before = 0
    for each in groups_of(number):
        if each == group:
            return before
        before += len(each)
    return -1


def pattern_of(terms: Sequence[Term]) -> str:
    """An expression that finds at least all texts with something to mark, on both databases."""
    needles = {
        _needle(token, is_number=term.is_number)
        for term in terms
        for all_of in term.any_of
        for token in all_of
    }
    return "|".join(sorted(needles))


def _needle(token: Token, *, is_number: bool) -> str:
    if is_number:
        return r"\D{0,3}".join(token.text)
    text = token.text
    if text[0].isascii() and len(text) > _SHORTEST_BEGINNING:
        text = text[:-1]  # an English stem may end in another letter than its word
    return "".join(_any_case(letter) for letter in text)


def _any_case(letter: str) -> str:
    if letter == "е":
        return "[еЕёЁ]"
    return f"[{letter}{letter.upper()}]" if letter.isalpha() else re.escape(letter)
