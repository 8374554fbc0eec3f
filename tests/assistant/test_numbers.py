"""Reading numbers out of Russian text, and the rule which of them may leave."""

import pytest

from besedka.assistant.guards import Evidence, GuardCode, check_answer
from besedka.assistant.numbers import NumberKind, keys_in, numbers_in

NBSP = "\u00a0"

# Two spellings of one number.
EQUAL = [
    ("480 000 ₽", "480000"),
    (f"480{NBSP}000{NBSP}₽", "480 000 руб."),
    ("480\u202f000", "480000 рублей"),
    ("480 тыс", "480 000"),
    ("480 тыс. руб.", "480000"),
    ("480к", "480 000"),
    ("480К", "480 000"),
    ("480 т.р.", "480 000"),
    ("480тр", "480 000"),
    ("0,48 млн", "480 000"),
    ("1.5 млн", "1 500 000 ₽"),
    ("1,5 миллиона", "1500000"),
    ("480.000", "480000"),
    ("1 250,50 ₽", "1250.50"),
    ("200 000,000", "200000"),
    ("12.05.2026", "12 мая 2026"),
    ("2026-05-12", "12.05.2026"),
    ("12 мая", "12 мая 2026 года"),
    ("12 мая", "12.05"),
    ("с 10:00 до 20:00", "с 10 до 20"),
    ("8 (900) 123-45-67", "+79001234567"),
    ("8-900-123-45-67", "89001234567"),
    ("10 %", "10 процентов"),
    ("5W-40", "5w40"),
    ("А4", "A4"),
    ("400–450 тыс.", "400 000"),
    ("128ГБ", "128 ГБ"),
]  # fmt: skip

DIFFERENT = [
    ("480 000", "48 000"),
    ("480 000", "480"),
    ("480 тыс", "480 ₽"),
    ("10 %", "10 ₽"),
    ("10:30", "10"),
    ("12 мая 2026", "12 мая 2025"),
    ("12 мая 2026", "12 мая"),
    ("12 мая", "12 июня"),
    ("8 900 123-45-67", "8 900 123-45-68"),
    ("G4FC", "G4FG"),
    ("1 150 000", "1 500 000"),
]  # fmt: skip

SOURCES = (
    f"Kia Rio 1.6 AT, 2018, 85{NBSP}000{NBSP}км\n1{NBSP}150{NBSP}000{NBSP}₽\n"
    "Гарантия 6 месяцев, скидка 5 % пенсионерам. Доставка 500 ₽, от 2 до 4 дней.\n"
    "Работаем с 10 до 20. Акция до 15.12.2026. Телефон 8 (843) 555-01-02. Масло 5W-40."
)

ALLOWED = [
    "Цена 1 150 000 ₽.",
    "Цена 1,15 млн рублей.",
    "Цена 1150 тыс.",
    "Пробег 85 тыс. км.",
    "2018 года, мотор 1.6.",
    "Гарантия 6 мес.",
    "Скидка 5%.",
    "Доставка 500 руб., 2–4 дня.",
    "Работаем с 10:00 до 20:00.",
    "Акция до 15 декабря.",
    "Звоните: +7 843 555-01-02.",
    "Масло 5w-40.",
    "Да, в наличии.",
    "1. Цена 1 150 000 ₽.\n2. Доставка 500 ₽.",
    "Записал, что ваш пробег 120 000 км.",
    "Понял, размер 42.",
    "Ваш номер 8 900 111-22-33 передам.",
]  # fmt: skip

REFUSED = [
    "Цена 1 100 000 ₽.",
    "Отдадим за 1 млн.",
    "Цена 115 000 ₽.",
    "Пробег 58 000 км.",
    "2019 года.",
    "Гарантия 12 месяцев.",
    "Скидка 10%.",
    "Скидка 500%.",
    "Доставка 300 ₽.",
    "Доставим за 1 день.",
    "Работаем до 21.",
    "Работаем с 9:30.",
    "Акция до 31 декабря.",
    "Акция до 15.12.2027.",
    "Звоните: 8 900 000-00-00.",
    "Масло 5W-30.",
    "Хорошо, 900 000 договорились.",
    "Да, за 900 тыс. отдадим.",
    "Сделаем скидку 15%.",
    "Ждём вас в 15:00.",
    "Ждём вас 3 марта.",
    "Итого 1 150 500 ₽.",
]  # fmt: skip

CUSTOMER = (
    "Отдадите за 900 тыс? Мой пробег 120000 км, размер 42, телефон 8 900 111 22 33. "
    "Скидка 15% будет? Приеду 3 марта в 15:00"
)


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_spellings_of_one_number_are_equal(one: str, other: str) -> None:
    assert all(number.stands_in(keys_in(other)) for number in numbers_in(one)[:1])


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_numbers_are_told_apart(one: str, other: str) -> None:
    assert not all(number.stands_in(keys_in(other)) for number in numbers_in(one))


@pytest.mark.parametrize("text", ALLOWED)
def test_numbers_of_the_sources_may_leave(text: str) -> None:
    assert check_answer(text, Evidence([SOURCES], customer_words=[CUSTOMER])) is None


@pytest.mark.parametrize("text", REFUSED)
def test_numbers_of_nobody_and_promises_of_the_customer_may_not(text: str) -> None:
    failure = check_answer(text, Evidence([SOURCES], customer_words=[CUSTOMER]))

    assert failure is not None
    assert failure.code is GuardCode.NUMBER


def test_what_a_person_of_the_company_said_may_be_repeated() -> None:
    said = Evidence([SOURCES], own_words=["Для вас 1 090 000 ₽"], customer_words=["1 090 000?"])

    assert check_answer("Как и договорились, 1 090 000 ₽.", said) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("480 000 ₽", NumberKind.MONEY),
        ("за 400", NumberKind.MONEY),
        ("480к", NumberKind.MONEY),
        ("120 тыс. км", NumberKind.PLAIN),
        ("2018 год", NumberKind.PLAIN),
        ("3 дня", NumberKind.PLAIN),
        ("15%", NumberKind.PERCENT),
        ("10:30", NumberKind.TIME),
        ("3 марта", NumberKind.DATE),
        ("iPhone X3", NumberKind.CODE),
        ("+7 900 111-22-33", NumberKind.PHONE),
    ],
)
def test_numbers_know_what_they_are(text: str, kind: NumberKind) -> None:
    assert [number.kind for number in numbers_in(text)] == [kind]


def test_numbers_in_words_and_bare_text_are_not_read() -> None:
    assert numbers_in("Да, в наличии, две штуки, пара дней.") == []
