"""Cuts what the customer wrote into questions, each about one thing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from razdel import sentenize

from besedka.assistant.extractive.concepts import BY_NAME, CONCEPTS, LIGHT, REWRITES, Concept
from besedka.assistant.talk import Line
from besedka.core.words import normalise, stem, words_of
from besedka.knowledge.words import STOP_WORDS

_GREETING = re.compile(
    r"^\W*(?:здравствуй(?:те)?|здраств\w+|здрасьте|добр(?:ый|ое|ого) "
    r"(?:день|вечер|утро|дня|времени суток)|привет(?:ствую)?|салам|хай|hello|hi)\b[\s,.!)]*"
)
_ASKING = re.compile(
    r"\?|^\s*(?:а |и |ну )?(?:как\w*|где|когда|сколько|кто|что|чем|почему|можно|есть ли|есть|"
    r"подскажите|скажите|интересует|возможн\w*|нужн\w*|хочу|хотел\w*|расскажите|"
    r"уточните|напишите|дела\w+ ли|мож\w+ ли)\b|\bли\b"
)
_ELLIPTIC = frozenset({"цена", "сроки", "наличие"})
_CONDITION = re.compile(r",?\s*\bесли\b[^?!.]*")
_BREAK = re.compile(r"[,;]\s*|\s(?:и|а|а также|ещё|еще|плюс)\s")


@dataclass(frozen=True, slots=True)
class Clause:
    text: str  # as written, without the greeting
    normal: str  # normalised, phrases rewritten to concept names
    concepts: tuple[Concept, ...]
    words: tuple[str, ...]  # what else is asked about: content words outside the concepts
    is_question: bool

    @property
    def is_remark(self) -> bool:
        """Told rather than asked: a bare "доставка" asks, "уже купил в другом месте" does not."""
        return not self.is_question and len(words_of(self.text)) > 4

    @property
    def is_empty(self) -> bool:
        return not self.concepts and not self.words

    def asks(self, name: str) -> bool:
        return any(concept.name == name for concept in self.concepts)


def clauses_in(burst: Sequence[Line]) -> list[Clause]:
    found: list[Clause] = []
    for line in burst:
        for part in line.text.splitlines():
            for sentence in sentenize(part):
                found += _split(without_greeting(sentence.text))
    return _with_subjects(found)


def _with_subjects(clauses: list[Clause]) -> list[Clause]:
    """ "Опора есть? Цена?" asks the price of what was named just before."""
    found: list[Clause] = []
    for clause in clauses:
        before = found[-1] if found else None
        is_bare = bool(clause.concepts) and not clause.words
        if (
            is_bare
            and before
            and before.words
            and all(c.name in _ELLIPTIC for c in clause.concepts)
        ):
            found.append(replace(clause, words=before.words))
        else:
            found.append(clause)
    return found


def questions_in(burst: Sequence[Line]) -> list[str]:
    """What to search the documents for: each clause with a subject, in its own words."""
    asked = [
        " ".join([*_answer_words(clause), clause.text])
        for clause in clauses_in(burst)
        if not clause.is_empty
    ]
    return list(dict.fromkeys(asked))


def _answer_words(clause: Clause) -> list[str]:
    """Words an answer is likely to use: the search knows no synonyms of its own."""
    return [word for concept in clause.concepts for word in (concept.name, *concept.says[:4])]


def is_greeting(burst: Sequence[Line]) -> bool:
    return any(_GREETING.match(normalise(line.text)) for line in burst)


def without_greeting(text: str) -> str:
    match = _GREETING.match(normalise(text))
    return text[match.end() :] if match else text


def _split(sentence: str) -> list[Clause]:
    """Commas and "и" part a sentence only where both sides ask about something of their own."""
    whole = _clause(sentence)
    if len(whole.concepts) < 2:
        return [whole] if sentence.strip() else []
    parts: list[str] = []
    start = 0
    for match in _BREAK.finditer(sentence):
        left, right = sentence[start : match.start()], sentence[match.end() :]
        if _clause(left).concepts and _clause(right).concepts:
            parts.append(left)
            start = match.end()
    parts.append(sentence[start:])
    if len(parts) == 1:
        return [whole]
    # "Сколько стоит и есть ли доставка?" asks twice though the mark stands once.
    return [_clause(part, is_question=whole.is_question) for part in parts]


def _clause(text: str, *, is_question: bool | None = None) -> Clause:
    normal = normalise(text)
    asks = bool(_ASKING.search(normal)) if is_question is None else is_question
    for name, pattern in REWRITES:
        normal = pattern.sub(f" {name} ", normal)
    concepts: list[Concept] = []
    rest: list[str] = []
    # A condition narrows the question, it does not ask: "вернуть можно, если не подойдёт?"
    main = _CONDITION.sub("", normal)
    for word in words_of(main if words_of(main) else normal):
        concept = _concept_of(word)
        if concept is not None:
            if concept not in concepts:
                concepts.append(concept)
        elif word not in STOP_WORDS and not _is_light(word):
            rest.append(word)
    return Clause(text.strip(), normal, tuple(concepts), tuple(dict.fromkeys(rest)), asks)


def _concept_of(word: str) -> Concept | None:
    if word in BY_NAME:
        return BY_NAME[word]
    if word in STOP_WORDS:
        return None
    for concept in CONCEPTS:
        if any(word.startswith(start) for start in concept.asks):
            return concept
    if len(word) < 7 or not word.isalpha():
        return None
    for concept in CONCEPTS:  # one typing error in a longer word
        for start in concept.asks:
            lengths = range(len(start) - 1, len(start) + 2)
            if len(start) >= 6 and any(within_one_error(word[:size], start) for size in lengths):
                return concept
    return None


def _is_light(word: str) -> bool:
    return stem(word) in LIGHT


def within_one_error(word: str, other: str) -> bool:
    """One letter changed, swapped with its neighbour, missing or extra."""
    if word == other:
        return True
    if abs(len(word) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    a, b = word[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
