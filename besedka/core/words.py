"""Russian words as every search sees them: normalised and stemmed."""

import re
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[a-zа-я]+|\d+(?:[.,]\d+)*", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-я]")
# Whatever separates groups of digits in "480 000": no-break, thin and narrow no-break spaces.
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")

_russian = snowballstemmer.stemmer("russian")
_english = snowballstemmer.stemmer("english")


def normalise(text: str) -> str:
    """Lower case, `е` for `ё`, plain spaces, nothing invisible."""
    text = INVISIBLE.sub("", _SPACES.sub(" ", text))
    return text.lower().replace("ё", "е")


def words_of(text: str) -> list[str]:
    return _WORD.findall(normalise(text))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of one normalised word."""
    stemmer = _russian if _CYRILLIC.search(word) else _english
    return str(stemmer.stemWord(word))
