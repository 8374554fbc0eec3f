"""What may leave: checks in code on every outgoing text, whoever wrote it.

The number rule. A number must stand in the listing, in the documents found, or in what people of
the company (or the agent, guarded before) wrote in this talk. A number that only the customer
wrote may be repeated (a mileage, a size, a model, the customer's own phone), but not as money, a
percentage, a date or a time: repeating those reads as a promise.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from besedka.assistant.numbers import NumberKind, keys_in, numbers_in
from besedka.core.words import normalise, words_of

MAX_ANSWER = 2000

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|"
    r"\b[a-zа-я0-9][a-zа-я0-9-]*(?:\.[a-zа-я0-9-]+)*\."
    r"(?:ru|рф|com|net|org|me|su|io|by|kz|online|shop|site|app|info|ly|gg|cc)\b(?:/\S*)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_HANDLE = re.compile(r"(?<![\w.])@[a-z]\w{3,}", re.IGNORECASE)
_MESSENGERS = {
    "whatsapp": re.compile(r"\b(?:whats?\s?app|в[оа]т+с?[аэ]пп?\w*|вацап\w*)"),
    "telegram": re.compile(r"\b(?:telegram|телег\w+|тг\b)"),
    "viber": re.compile(r"\b(?:viber|вайбер\w*)"),
    "instagram": re.compile(r"\b(?:instagram|инстаграм\w*)"),
    "skype": re.compile(r"\b(?:skype|скайп\w*)"),
}
_LIST_MARKER = re.compile(r"(?m)^\s*\d{1,2}[.)](?=\s)")
_PROMISES = frozenset({NumberKind.MONEY, NumberKind.PERCENT, NumberKind.DATE, NumberKind.TIME})
_LEAK_WORDS = 7


class GuardCode(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NUMBER = "number_not_in_sources"
    LINK = "foreign_link"
    MESSENGER = "foreign_messenger"
    REPEAT = "same_as_before"
    LEAK = "instructions_leak"


@dataclass(frozen=True, slots=True)
class GuardFailure:
    code: GuardCode
    reason: str  # in Russian, for the model's second attempt and for the trace


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer may lean on."""

    sources: Sequence[str]  # listing, documents, the owner's instructions
    own_words: Sequence[str] = ()  # what people of the company and the agent wrote in the talk
    customer_words: Sequence[str] = ()
    last_answer: str | None = None
    system_prompt: str = ""


def check_answer(text: str, evidence: Evidence) -> GuardFailure | None:
    """The first thing that is wrong with the text, or None."""
    if not words_of(text):
        return GuardFailure(GuardCode.EMPTY, "Ответ пустой.")
    if len(text) > MAX_ANSWER:
        return GuardFailure(GuardCode.TOO_LONG, f"Ответ длиннее {MAX_ANSWER} знаков.")
    if evidence.last_answer is not None and words_of(text) == words_of(evidence.last_answer):
        return GuardFailure(GuardCode.REPEAT, "Ответ дословно повторяет предыдущий.")
    if _leaks(text, evidence.system_prompt):
        return GuardFailure(GuardCode.LEAK, "Ответ пересказывает служебные инструкции.")
    return _foreign_contact(text, evidence) or _unknown_number(text, evidence)


def _unknown_number(text: str, evidence: Evidence) -> GuardFailure | None:
    own = frozenset[str]().union(
        *(keys_in(part) for part in (*evidence.sources, *evidence.own_words))
    )
    customer = frozenset[str]().union(*(keys_in(part) for part in evidence.customer_words))
    # Links are judged as links; the digits in them are nobody's price.
    bare = _LIST_MARKER.sub("", _LINK.sub(" ", text))
    for number in numbers_in(bare):
        if number.stands_in(own):
            continue
        if not number.stands_in(customer):
            return GuardFailure(
                GuardCode.NUMBER, f"Числа «{number.text}» нет ни в объявлении, ни в документах."
            )
        if number.kind in _PROMISES:
            return GuardFailure(
                GuardCode.NUMBER,
                f"Число «{number.text}» назвал только покупатель, подтверждать его нельзя.",
            )
    return None


def _foreign_contact(text: str, evidence: Evidence) -> GuardFailure | None:
    known = normalise("\n".join((*evidence.sources, *evidence.own_words)))
    lowered = normalise(text)
    contacts = [match[0] for pattern in (_EMAIL, _HANDLE) for match in pattern.finditer(lowered)]
    without_mail = _EMAIL.sub(" ", lowered)
    contacts += [match[0].rstrip(".,;:!?)»\"'") for match in _LINK.finditer(without_mail)]
    for contact in contacts:
        if _bare_address(contact) not in known:
            return GuardFailure(GuardCode.LINK, f"Ссылки «{contact}» нет в источниках.")
    for name, pattern in _MESSENGERS.items():
        if pattern.search(lowered) and not pattern.search(known):
            return GuardFailure(GuardCode.MESSENGER, f"Нельзя звать в другой мессенджер ({name}).")
    return None


def _bare_address(contact: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", contact).rstrip("/")


def _leaks(text: str, system_prompt: str) -> bool:
    said = words_of(text)
    if len(said) < _LEAK_WORDS or not system_prompt:
        return False
    prompt = " ".join(words_of(system_prompt))
    windows = (said[start : start + _LEAK_WORDS] for start in range(len(said) - _LEAK_WORDS + 1))
    return any(f" {' '.join(window)} " in f" {prompt} " for window in windows)
