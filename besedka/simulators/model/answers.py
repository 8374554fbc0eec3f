"""Answers taken from the prompt: the sentence that shares most words with the last question."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

JsonObject = dict[str, object]

ASK_BACK = "Уточните, пожалуйста, что именно вас интересует?"
WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
STEM_LENGTH = 4
# Roles whose words may be quoted; the assistant's own earlier words may not.
SOURCE_ROLES = frozenset({"system", "developer", "user", "tool"})
NOISE = frozenset(
    WORD.findall(
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только "
        "ее мне было вот от меня еще нет о из ему ли если уже или ни быть был до вас нибудь это "
        "этот есть здравствуйте добрый день привет можно пожалуйста the is are of to in and for"
    )
)


def text_of(content: object) -> str:
    """Plain text of a message: a string, or a list of parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        parts = (part.get("text") for part in content if isinstance(part, Mapping))
        return "\n".join(part for part in parts if isinstance(part, str))
    return ""


def stems(text: str) -> set[str]:
    words = (word.lower().replace("ё", "е") for word in WORD.findall(text))
    return {word[:STEM_LENGTH] for word in words if word not in NOISE}


def sentences_of(text: str) -> list[str]:
    return [part.strip() for part in SENTENCE_END.split(text) if len(part.strip()) > 2]


def question_and_sources(messages: Sequence[JsonObject]) -> tuple[str, list[str]]:
    """The last words of the user, and every sentence said before them."""
    last = max((i for i, each in enumerate(messages) if each.get("role") == "user"), default=-1)
    if last < 0:
        return "", []
    sources: list[str] = []
    for index, message in enumerate(messages):
        if index != last and message.get("role") in SOURCE_ROLES:
            sources += sentences_of(text_of(message.get("content")))
    own = sentences_of(text_of(messages[last].get("content")))
    # One user message may carry the sources and, at its end, the question.
    return (own[-1] if own else ""), sources + own[:-1]


def answer_to(messages: Sequence[JsonObject]) -> str:
    question, sources = question_and_sources(messages)
    wanted = stems(question)
    if not wanted or not sources:
        return ASK_BACK
    spread = Counter(stem for sentence in sources for stem in stems(sentence))
    best, best_score = "", 0.0
    for sentence in sources:
        # A word that stands everywhere tells little; a long sentence matches by chance.
        known = stems(sentence)
        score = sum(1 / spread[stem] for stem in wanted & known) / (len(known) + 8) ** 0.25
        if score > best_score and sentence != question:
            best, best_score = sentence, score
    return best or ASK_BACK
