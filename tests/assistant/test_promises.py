"""What counts as a promise of ours on the card of a hand-over."""

import pytest

from besedka.assistant.decisions import HandoverReason
from besedka.assistant.handing_over import brief_for, notice_for
from besedka.assistant.promises import promises_in
from besedka.assistant.talk import Briefing, Line, Speaker

UNKNOWN = "Уточню у менеджера и вернусь с ответом."


def promised(reason: HandoverReason, *earlier: Line, partial: str = "") -> str:
    briefing = Briefing(
        listing=None, sources=[], earlier=earlier, burst=[Line(Speaker.CUSTOMER, "А люк есть?")]
    )
    notice = notice_for(reason, partial, has_greeted=bool(earlier))
    return brief_for(reason, briefing, notice=notice).promised


def bot(text: str) -> Line:
    return Line(Speaker.BOT, text)


def person(text: str) -> Line:
    return Line(Speaker.PERSON, text)


@pytest.mark.parametrize(
    "text",
    [
        "Уточню у мастера.",
        "Завтра перезвоним!",
        "Отложим до субботы.",
        "Привезём в четверг к 18:00",
        "Ждём вас по адресу Лесная, 5.",
        "Курьер приедет с 10 до 12.",
        "Вам ответит менеджер.",
        "Договорились, в 15:00.",
    ],
)
def test_what_we_will_do_is_a_promise(text: str) -> None:
    assert promises_in(f"Здравствуйте. {text}\nЦена 5.000 ₽.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Здравствуйте. Уточните, пожалуйста, что именно вас интересует?",
        "Объявление «Диван» снято с публикации.",
        "Да, объявление актуально. Цена 5 000 ₽.",
        "Доставляем по Москве, отложить не получится.",
        "Не отложим.",
        "Возможно, привезём завтра.",
        "Когда вас ждать?",
        "Приезжайте с 10:00 до 20:00.",
        "Менеджер на месте с 9 до 18.",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert promises_in(text, is_person=True) == []


def test_a_persons_invitation_at_one_time_is_a_time_agreed() -> None:
    assert promises_in("Приезжайте завтра в 18:00.", is_person=True)
    assert not promises_in("Приезжайте завтра в 18:00.")


def test_the_notice_of_this_hand_over_is_the_promise() -> None:
    assert promised(HandoverReason.UNKNOWN_FACT) == UNKNOWN
    partial = "Здравствуйте. Цена по объявлению: 5 000 ₽."
    assert promised(HandoverReason.UNKNOWN_FACT, partial=partial) == UNKNOWN


def test_a_notice_that_promises_an_answer_alone_says_so() -> None:
    assert promised(HandoverReason.ASKED_FOR_PERSON) == "ничего, кроме ответа"


def test_a_question_or_a_fact_said_before_is_not_promised() -> None:
    asked = bot("Здравствуйте. Уточните, пожалуйста, что именно вас интересует?")
    gone = Line(Speaker.PERSON, "Отправим объявление в архив", "system")

    assert promised(HandoverReason.UNCLEAR, asked) == "ничего, кроме ответа"
    assert promised(HandoverReason.BARGAINING, gone) == "ничего, кроме ответа"


def test_an_earlier_promise_stands_before_that_of_the_notice() -> None:
    earlier = (person("Отложим до субботы."), bot("Цена 5 000 ₽."))

    assert promised(HandoverReason.UNKNOWN_FACT, *earlier) == f"Отложим до субботы. {UNKNOWN}"
    assert promised(HandoverReason.BARGAINING, *earlier) == "Отложим до субботы."


def test_a_promised_answer_that_a_person_has_given_is_owed_no_more() -> None:
    earlier = (bot(UNKNOWN), person("Люка нет."))

    assert promised(HandoverReason.BARGAINING, *earlier) == "ничего, кроме ответа"
    assert promised(HandoverReason.BARGAINING, bot(UNKNOWN)) == UNKNOWN


def test_when_nothing_is_promised_the_card_says_so() -> None:
    said = "С этим поможет менеджер."

    assert promised(HandoverReason.ASKED_FOR_PERSON, partial=said) == "ничего"
