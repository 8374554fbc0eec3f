"""Phones in what people write."""

import pytest

from besedka.contacts.phones import phones_in


@pytest.mark.parametrize(
    "text",
    [
        "Мой телефон +7 916 123-42-18, звоните",
        "89161234218",
        "8 (916) 123 42 18",
        "8-916-123-42-18.",
        "тел:79161234218",
        "916 123 42 18 Сергей",
        "+7(916)123-42-18",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert phones_in([text]) == ["+79161234218"]


@pytest.mark.parametrize(
    "text",
    [
        "Отдадите за 450 000?",
        "пробег 168 000 км, цена 520 000",
        "объявление 7463793001",
        "карта 2202 2061 9161 2342",
        "VIN 89161234218901234",
        "12.09.2026 в 16:00",
        "8 916 123 42 1",
        "",
    ],
)
def test_other_numbers_are_no_phones(text: str) -> None:
    assert phones_in([text]) == []


def test_each_number_is_told_once_in_the_order_it_was_met() -> None:
    texts = ["8 916 123-42-18 или +7 903 000-00-01", "повторю: +79161234218"]

    assert phones_in(texts) == ["+79161234218", "+79030000001"]
