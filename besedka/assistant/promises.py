"""What our side has promised the buyer, for the person who takes over.

A promise is a sentence of ours, not a question, that says what we will do. It is quoted as it was
said; what is not certainly a promise is left out.
"""

import re
from collections.abc import Iterable, Sequence

from besedka.assistant.numbers import NumberKind, numbers_in
from besedka.assistant.talk import Line, Speaker
from besedka.core.words import normalise

NOTHING = "ничего"
ONLY_AN_ANSWER = "ничего, кроме ответа"

_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?!\s|$)[^.!?…\n]*)*[.!?…]*")
_WE_WILL = re.compile(
    r"(?<!не )\b(?:"
    r"уточн(?:ю|им)|узна(?:ю|ем)|провер(?:ю|им)|посмотр(?:ю|им)|верн(?:у|ем|усь|емся)|"
    r"(?:пере|по)звон(?:ю|им)|набер(?:у|ем)|напиш(?:у|ем)|отве(?:чу|тим)|сообщ(?:у|им)|"
    r"свяж(?:усь|емся)|отлож(?:у|им)|придерж(?:у|им)|(?:за)?брониру(?:ю|ем)|зарезервиру(?:ю|ем)|"
    r"привез(?:у|ем)|достав(?:лю|им)|отправ(?:лю|им)|пришл(?:ю|ем)|вышл(?:ю|ем)|скин(?:у|ем)|"
    r"подготов(?:лю|им)|подбер(?:у|ем)|оформ(?:лю|им)|сдела(?:ю|ем)|прие(?:ду|дем)|"
    r"подъе(?:ду|дем)|встре(?:чу|тим|тимся)|уступ(?:лю|им)|"
    r"жд(?:у|ем) вас|вас жд(?:у|ем)|буд(?:у|ем) (?:вас )?ждать|договорились|до встречи|"
    r"записал(?:а|и)? вас"
    r")\b"
)
_COLLEAGUE = re.compile(r"\b(?:менеджер\w*|коллег\w*|мастер\w*|курьер\w*|он|она)\b")
_WILL = re.compile(
    r"(?<!не )\b(?:ответит|напишет|(?:пере|по)звонит|свяжется|уточнит|разбер[её]тся|вернется|"
    r"приедет|привезет|доставит|отправит|сообщит)\b"
)
_COME = re.compile(r"\b(?:приезжайте|подъезжайте|приходите|подходите)\b")
_UNSURE = re.compile(r"\b(?:возможно|вряд ли|может быть|наверное?|если получится)\b")


def promise_of(earlier: Sequence[Line], notice: str, *, answer_notices: Iterable[str]) -> str:
    """The last promise made before and that of the notice which goes out with the hand-over.

    `answer_notices` are the sentences that promise a manager's answer alone.
    """
    only_answers = {_key(each) for text in answer_notices for each in _sentences(text)}
    before: list[str] = []
    for line in earlier:
        if line.speaker is Speaker.CUSTOMER or line.type != "text":
            continue
        if line.speaker is Speaker.PERSON:
            # The bot promises a person's answer; here it is.
            before = [each for each in before if "менеджер" not in normalise(each)]
        before += promises_in(line.text, is_person=line.speaker is Speaker.PERSON)
    now = promises_in(notice)
    kept = {_key(each): each for each in [*before[-1:], *now] if _key(each) not in only_answers}
    if kept:
        return " ".join(kept.values())
    return ONLY_AN_ANSWER if before or now else NOTHING


def promises_in(text: str, *, is_person: bool = False) -> list[str]:
    return [each for each in _sentences(text) if _is_promise(each, is_person=is_person)]


def _is_promise(sentence: str, *, is_person: bool) -> bool:
    said = normalise(sentence)
    if said.rstrip().endswith("?") or _UNSURE.search(said):
        return False
    if _WE_WILL.search(said) or (_COLLEAGUE.search(said) and _WILL.search(said)):
        return True
    # One time is an appointment; two of them are opening hours.
    times = [number for number in numbers_in(sentence) if number.kind is NumberKind.TIME]
    return is_person and len(times) == 1 and _COME.search(said) is not None


def _sentences(text: str) -> list[str]:
    found = (match[0].strip() for match in _SENTENCE.finditer(text))
    return [each for each in found if each]


def _key(sentence: str) -> str:
    return " ".join(normalise(sentence).rstrip(" .!…").split())
