"""Cutting a text that is too long for one message of the channel."""

from razdel import sentenize


def split_text(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` characters, cut at paragraph and sentence ends where possible.

    A sentence longer than the limit is cut between words, and a longer word anywhere.
    """
    text = text.strip()
    if len(text) <= limit:
        return [text] if text else []
    pieces: list[str] = []
    current = ""
    for unit, separator in _units(text, limit):
        joined = f"{current}{separator}{unit}" if current else unit
        if len(joined) <= limit:
            current = joined
        else:
            pieces.append(current)
            current = unit
    pieces.append(current)
    return [piece for piece in pieces if piece]


def _units(text: str, limit: int) -> list[tuple[str, str]]:
    """Sentences, each with what stands before it; overlong ones in words."""
    units: list[tuple[str, str]] = []
    for number, paragraph in enumerate(text.split("\n")):
        separator = "\n" if number else ""
        sentences = [sentence.text for sentence in sentenize(paragraph)] or [""]
        for sentence in sentences:
            for part in [sentence] if len(sentence) <= limit else _words(sentence, limit):
                units.append((part, separator))
                separator = " "
    return units


def _words(sentence: str, limit: int) -> list[str]:
    words: list[str] = []
    for word in sentence.split():
        words.extend(word[start : start + limit] for start in range(0, len(word), limit))
    return words
