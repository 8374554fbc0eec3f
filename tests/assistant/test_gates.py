"""When the agent keeps out of a talk, and why."""

from dataclasses import replace

import pytest

from besedka.assistant.decisions import HandoverReason
from besedka.assistant.gates import (
    Circumstances,
    GateReason,
    Leave,
    NoAnswer,
    ToPerson,
    lasting_reasons,
    needs_no_answer,
    stop_reason,
)
from besedka.assistant.talk import Line, Speaker


def customer(text: str, kind: str = "text") -> Line:
    return Line(Speaker.CUSTOMER, text, kind)


OPEN = Circumstances(
    is_agent_on=True,
    is_account_agent_on=True,
    has_account_problem=False,
    is_bot_mode=True,
    is_open=True,
    chat_type="u2i",
    is_our_listing=True,
    is_contact_blocked=False,
    burst=[customer("Сколько стоит?")],
    earlier=[],
    bot_replies=0,
    reply_cap=15,
)


def test_an_ordinary_question_passes() -> None:
    assert stop_reason(OPEN) is None


@pytest.mark.parametrize(
    ("seen", "stop"),
    [
        (replace(OPEN, is_agent_on=False), Leave(GateReason.AGENT_OFF)),
        (replace(OPEN, is_account_agent_on=False), Leave(GateReason.ACCOUNT_AGENT_OFF)),
        (replace(OPEN, has_account_problem=True), Leave(GateReason.ACCOUNT_PROBLEM)),
        (replace(OPEN, is_bot_mode=False), Leave(GateReason.WITH_PERSON)),
        (replace(OPEN, is_open=False), Leave(GateReason.CLOSED)),
        (replace(OPEN, chat_type="u2u"), Leave(GateReason.NOT_A_BUYER)),
        (replace(OPEN, chat_type="a2u"), Leave(GateReason.NOT_A_BUYER)),
        (replace(OPEN, is_our_listing=False), Leave(GateReason.WE_ARE_THE_BUYER)),
        (replace(OPEN, is_contact_blocked=True), Leave(GateReason.CONTACT_BLOCKED)),
        (replace(OPEN, burst=[]), Leave(GateReason.NOTHING_TO_ANSWER)),
        (replace(OPEN, burst=[customer("ок")]), NoAnswer(GateReason.NEEDS_NO_ANSWER)),
        (replace(OPEN, burst=[customer("", "image")]), ToPerson(HandoverReason.UNREADABLE)),
        (replace(OPEN, burst=[customer("", "voice")]), ToPerson(HandoverReason.UNREADABLE)),
        (replace(OPEN, burst=[customer("", "call")]), ToPerson(HandoverReason.MISSED_CALL)),
        (replace(OPEN, bot_replies=15), ToPerson(HandoverReason.REPLY_CAP)),
        (
            replace(OPEN, is_bot_mode=False, is_agent_on=False, is_open=False),
            Leave(GateReason.WITH_PERSON),
        ),
    ],
)
def test_each_gate_stops_with_its_reason(
    seen: Circumstances, stop: Leave | NoAnswer | ToPerson
) -> None:
    assert stop_reason(seen) == stop


@pytest.mark.parametrize(
    ("seen", "reasons"),
    [
        (OPEN, []),
        (replace(OPEN, burst=[]), []),
        (
            replace(OPEN, is_resting=True, bot_replies=15),
            [HandoverReason.OUTSIDE_HOURS, HandoverReason.REPLY_CAP],
        ),
        (replace(OPEN, is_resting=True, is_bot_mode=False), [GateReason.WITH_PERSON]),
    ],
)
def test_what_lasts_is_told_whatever_the_customer_writes(
    seen: Circumstances, reasons: list[GateReason | HandoverReason]
) -> None:
    assert lasting_reasons(seen) == reasons


def test_a_missed_call_beyond_the_cap_is_a_missed_call() -> None:
    stop = stop_reason(replace(OPEN, bot_replies=15, burst=[customer("", "call")]))

    assert stop == ToPerson(HandoverReason.MISSED_CALL)


def test_the_same_words_over_and_over_are_a_loop() -> None:
    said = [customer("Напишите ваш вопрос"), Line(Speaker.BOT, "Уточните, пожалуйста?")] * 3

    stop = stop_reason(replace(OPEN, earlier=said, burst=[customer("Напишите ваш вопрос!")]))

    assert stop == ToPerson(HandoverReason.LOOP)


@pytest.mark.parametrize(
    "words",
    [
        ["спасибо"],
        ["Спасибо большое!"],
        ["спс"],
        ["ок"],
        ["Ок, спасибо"],
        ["👍"],
        ["👍🏻🙏"],
        [")))"],
        ["Понял, спасибо за информацию"],
        ["Хорошо, буду думать"],
        ["До свидания"],
        ["Хорошего дня"],
        ["ок", "спасибо", "👍"],
        ["Благодарю"],
    ],
)
def test_courtesies_need_no_answer(words: list[str]) -> None:
    assert needs_no_answer([customer(text) for text in words], [])


@pytest.mark.parametrize(
    "words",
    [
        ["Спасибо, а доставка есть?"],
        ["ок?"],
        ["+"],
        ["?"],
        ["."],
        ["Да"],
        ["Хорошо, беру"],
        ["спасибо", "сколько стоит"],
        ["Здравствуйте"],
        ["Класс точности какой"],
        ["Понятно что торг есть, какой?"],
    ],
)
def test_everything_else_needs_one(words: list[str]) -> None:
    assert not needs_no_answer([customer(text) for text in words], [])


def test_agreeing_to_our_question_is_an_answer_and_not_a_courtesy() -> None:
    asked = [Line(Speaker.BOT, "Вам подойдёт самовывоз?")]

    assert not needs_no_answer([customer("хорошо")], asked)
    assert needs_no_answer([customer("спасибо")], asked)
