"""Whether the agent answers at all: pure checks in a fixed order, each with its reason."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from besedka.assistant.decisions import HandoverReason
from besedka.assistant.talk import Line, Speaker
from besedka.core.words import normalise, words_of

LOOP_LENGTH = 4


class GateReason(StrEnum):
    """Why the agent did not write an answer."""

    AGENT_OFF = "agent_off"
    ACCOUNT_AGENT_OFF = "account_agent_off"
    ACCOUNT_PROBLEM = "account_problem"
    WITH_PERSON = "with_person"
    CLOSED = "conversation_closed"
    NOT_A_BUYER = "chat_type"
    WE_ARE_THE_BUYER = "we_are_the_buyer"
    CONTACT_BLOCKED = "contact_blocked"
    NOTHING_TO_ANSWER = "nothing_to_answer"
    NEEDS_NO_ANSWER = "needs_no_answer"


@dataclass(frozen=True, slots=True)
class Circumstances:
    is_agent_on: bool
    is_account_agent_on: bool
    has_account_problem: bool  # 402, rejected keys: nothing can be sent
    is_bot_mode: bool
    is_open: bool
    chat_type: str
    is_our_listing: bool
    is_contact_blocked: bool
    burst: Sequence[Line]  # unanswered messages of the customer
    earlier: Sequence[Line]
    bot_replies: int  # since the last person, or the last return to the bot
    reply_cap: int
    is_resting: bool = False  # outside working hours, when a person is to answer


@dataclass(frozen=True, slots=True)
class Leave:
    """Do nothing: the talk stays as it is, and waiting."""

    reason: GateReason


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The message needs no answer: the talk stops waiting."""

    reason: GateReason


@dataclass(frozen=True, slots=True)
class ToPerson:
    reason: HandoverReason


def stop_reason(seen: Circumstances) -> Leave | NoAnswer | ToPerson | None:
    """What stops the agent, or None when it may answer."""
    lasting = lasting_reasons(seen)
    for reason in lasting:
        if isinstance(reason, GateReason):
            return Leave(reason)
    if not seen.burst:
        return Leave(GateReason.NOTHING_TO_ANSWER)
    if needs_no_answer(seen.burst, seen.earlier):
        return NoAnswer(GateReason.NEEDS_NO_ANSWER)
    if HandoverReason.OUTSIDE_HOURS in lasting:
        return ToPerson(HandoverReason.OUTSIDE_HOURS)
    # What a person finds there says more than that the agent has said enough.
    if (beyond := unreadable(seen.burst)) is not None:
        return ToPerson(beyond)
    if HandoverReason.REPLY_CAP in lasting:
        return ToPerson(HandoverReason.REPLY_CAP)
    if _is_loop(seen.earlier, seen.burst):
        return ToPerson(HandoverReason.LOOP)
    return None


def lasting_reasons(seen: Circumstances) -> Sequence[GateReason | HandoverReason]:
    """Why the agent would not answer, whatever the customer writes: all that keeps it silent, and
    if nothing does, all for which it calls a person."""
    return _silences(seen) or _calls(seen)


def _silences(seen: Circumstances) -> list[GateReason]:
    checks = (
        (not seen.is_bot_mode, GateReason.WITH_PERSON),
        (not seen.is_open, GateReason.CLOSED),
        (not seen.is_agent_on, GateReason.AGENT_OFF),
        (not seen.is_account_agent_on, GateReason.ACCOUNT_AGENT_OFF),
        (seen.has_account_problem, GateReason.ACCOUNT_PROBLEM),
        (seen.chat_type != "u2i", GateReason.NOT_A_BUYER),
        (not seen.is_our_listing, GateReason.WE_ARE_THE_BUYER),
        (seen.is_contact_blocked, GateReason.CONTACT_BLOCKED),
    )
    return [reason for holds, reason in checks if holds]


def _calls(seen: Circumstances) -> list[HandoverReason]:
    checks = (
        (seen.is_resting, HandoverReason.OUTSIDE_HOURS),
        (seen.bot_replies >= seen.reply_cap, HandoverReason.REPLY_CAP),
    )
    return [reason for holds, reason in checks if holds]


_COURTESY_WORDS = """
    спасибо спс спасиб пасиб пасибо благодарю благодарствую ок окей ok okay оки хорошо понял поняла
    понятно принял приняла принято ясно ладно отлично супер класс здорово круто угу ага
    добро взаимно
"""
_PADDING_WORDS = """
    большое огромное вам за ответ информацию помощь да ну все очень тогда буду думать подумаю и я мы
    вас тебе хорошего доброго дня вечера удачи всего до свидания пока вечер день
"""
_COURTESIES = frozenset(_COURTESY_WORDS.split())
_PADDING = frozenset(_PADDING_WORDS.split())
_FAREWELL = re.compile(
    r"^(?:до свидания|всего (?:доброго|хорошего)|хорошего (?:дня|вечера)|удачи|пока)\b"
)
_NO_LONGER = re.compile(
    r"\bуже (?:\w+ )?(?:купил|взял|наш[ёе]л|нашл|приобр)\w*|"
    r"\b(?:больше |уже )не (?:надо|нужн\w*|актуальн\w*)|"
    r"^\W*(?:жаль|передумал\w*|печально)\W*$"
)
_READABLE = frozenset({"text", "link", "item", "location"})
_IGNORED = frozenset({"system", "deleted"})


def needs_no_answer(burst: Sequence[Line], earlier: Sequence[Line]) -> bool:
    lines = [line for line in burst if line.type not in _IGNORED]
    was_asked = bool(earlier) and _is_question_to_customer(earlier[-1])
    return all(_is_courtesy(line, was_asked=was_asked) for line in lines)


def _is_courtesy(line: Line, *, was_asked: bool) -> bool:
    if line.type != "text":
        return False
    text = normalise(line.text).strip()
    if not text or "?" in text:
        return False
    words = words_of(text)
    if not words:
        return _is_emoji_only(text)
    if was_asked:  # "хорошо" after a question is an answer to it
        return all(word in {"спасибо", "спс", "благодарю"} for word in words)
    if _NO_LONGER.search(text):
        return True
    has_courtesy = any(word in _COURTESIES for word in words) or bool(_FAREWELL.match(text))
    return has_courtesy and all(word in _COURTESIES | _PADDING for word in words)


def _is_question_to_customer(line: Line) -> bool:
    return line.speaker is not Speaker.CUSTOMER and line.text.rstrip().endswith("?")


def _is_emoji_only(text: str) -> bool:
    """Pictograms and smiles. A lone `+` or `.` is left to the agent: it may mean "interested"."""
    is_smile = re.fullmatch(r"[\s:;=)(\-]*[)(]+[\s:;=)(\-]*", text) is not None
    bare = [sign for sign in text if not sign.isspace()]
    kinds = {unicodedata.category(sign) for sign in bare}
    return is_smile or ("So" in kinds and kinds <= {"So", "Sk", "Mn", "Me", "Cf", "Po"})


def unreadable(burst: Sequence[Line]) -> HandoverReason | None:
    types = {line.type for line in burst} - _IGNORED
    if types & {"call", "app_call"}:
        return HandoverReason.MISSED_CALL
    return HandoverReason.UNREADABLE if types - _READABLE else None


def _is_loop(earlier: Sequence[Line], burst: Sequence[Line]) -> bool:
    """The other side says the same again and again: another bot, or a person who gets nowhere."""
    said = [words_of(line.text) for line in earlier if line.speaker is Speaker.CUSTOMER]
    said += [words_of(line.text) for line in burst]
    answered = any(line.speaker is Speaker.BOT for line in earlier)
    last = said[-LOOP_LENGTH:]
    return answered and len(last) == LOOP_LENGTH and all(words == last[0] for words in last)
