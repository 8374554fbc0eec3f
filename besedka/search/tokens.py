"""Texts as the search sees them: stems of words, and numbers that are found by any part.

A prefix of one of a number's endings is any part of it: "1234218" is found in "+7 (916) 123-42-18"
because the number is kept with all its endings, one of which begins so.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from besedka.core.words import stem

HEAD_MARK = "§"
"""Before a token of the name or the title, so that they can be asked for alone."""
LONGEST = 40

# Groups of digits as phones, prices and dates are written.
NUMBER = r"\d(?:[\s().,:/\-\u2010-\u2015]{0,3}\d)*"
WORD = r"[a-zа-я]+"
_PART = re.compile(f"(?P<number>{NUMBER})|(?P<word>{WORD})")
_DIGITS = re.compile(r"\d+")
_SHORTEST_PART = 3
_LONGEST_PART = 15
_LONGEST_NUMBER = 60


class Part(NamedTuple):
    """A word or a number of a folded text, and where it stands."""

    text: str
    start: int
    end: int
    is_number: bool


def folded(text: str) -> str:
    """Lower case and `е` for `ё`, each letter in its place."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := each.lower()) == 1 else each for each in text)
    return lower.replace("ё", "е")


def parts_of(folded_text: str) -> Iterator[Part]:
    for found in _PART.finditer(folded_text):
        yield Part(found[0], found.start(), found.end(), found.lastgroup == "number")


def groups_of(number: str) -> list[str]:
    return _DIGITS.findall(number)


def tokens_of(text: str) -> set[str]:
    tokens: set[str] = set()
    for part in parts_of(folded(text)):
        if part.is_number:
            tokens |= _tokens_of_number(part.text)
        else:
            tokens.add(stem(part.text[:LONGEST]))
    return tokens


def head_tokens_of(*texts: str) -> set[str]:
    tokens = tokens_of(" \n ".join(texts))
    return tokens | {HEAD_MARK + token for token in tokens}


def _tokens_of_number(number: str) -> set[str]:
    groups = groups_of(number)
    digits = "".join(groups)[:_LONGEST_NUMBER]
    endings = range(max(1, len(digits) - _SHORTEST_PART + 1))
    tokens = {digits[start : start + _LONGEST_PART] for start in endings}
    return tokens | {group[:_LONGEST_PART] for group in groups}


# Typos


def keys_of(word: str) -> set[str]:
    """The word, and what is left of it without any one letter."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def is_mistyped(one: str, other: str, *, at_most: int) -> bool:
    """Whether so many letters at most were left out, added, changed or swapped with the next."""
    if abs(len(one) - len(other)) > at_most:
        return False
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, other_letter in enumerate(other, 1):
            cost = min(
                last[column] + 1,
                current[column - 1] + 1,
                last[column - 1] + (letter != other_letter),
            )
            if (
                row > 1
                and column > 1
                and letter == other[column - 2]
                and one[row - 2] == other_letter
            ):
                cost = min(cost, before_last[column - 2] + 1)
            current.append(cost)
        before_last, last = last, current
    return last[-1] <= at_most
