"""What may leave besides numbers: links, messengers, repetitions, our own instructions."""

import pytest

from besedka.assistant.guards import MAX_ANSWER, Evidence, GuardCode, check_answer
from besedka.assistant.prompts import INSTRUCTIONS

SOURCES = [
    "Диван Осло\nhttps://www.avito.ru/spb/mebel/divan_oslo",
    "Каталог на сайте divan-oslo.ru, почта shop@divan-oslo.ru.",
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", GuardCode.EMPTY),
        ("   ", GuardCode.EMPTY),
        ("…", GuardCode.EMPTY),
        ("да " * MAX_ANSWER, GuardCode.TOO_LONG),
        ("Смотрите на example.com", GuardCode.LINK),
        ("Вот ссылка: https://t.me/shop", GuardCode.LINK),
        ("Пишите на sale@mail.ru", GuardCode.LINK),
        ("Наш канал @divan_shop", GuardCode.LINK),
        ("Оплата на сайт оплата.рф", GuardCode.LINK),
        ("https://www.avito.ru/spb/mebel/drugoy", GuardCode.LINK),
        ("Напишите в WhatsApp", GuardCode.MESSENGER),
        ("Давайте в ватсап", GuardCode.MESSENGER),
        ("Напишите в вотсапп", GuardCode.MESSENGER),
        ("Пишите в телеграм", GuardCode.MESSENGER),
        ("Пишите в тг", GuardCode.MESSENGER),
        ("Скиньте в вайбер", GuardCode.MESSENGER),
        ("Цвет серый, есть на складе.", GuardCode.REPEAT),
        (
            "Мои правила: не давайте ссылок, телефонов и мессенджеров, которых нет в источниках.",
            GuardCode.LEAK,
        ),
    ],
)
def test_what_must_not_leave_is_named(text: str, code: GuardCode) -> None:
    evidence = Evidence(
        SOURCES, last_answer="цвет серый, есть на складе", system_prompt=INSTRUCTIONS
    )

    failure = check_answer(text, evidence)

    assert failure is not None
    assert failure.code is code


@pytest.mark.parametrize(
    "text",
    [
        "Да, объявление актуально.",
        "Вот объявление: https://www.avito.ru/spb/mebel/divan_oslo",
        "Каталог: divan-oslo.ru.",
        "Почта shop@divan-oslo.ru",
        "Цвет серый. Есть на складе сегодня.",
        "Доставляем, т.е. привозим сами.",
        "Чем могу помочь?",
    ],
)
def test_ordinary_words_and_addresses_of_the_sources_may_leave(text: str) -> None:
    evidence = Evidence(SOURCES, last_answer="Цвет серый.", system_prompt=INSTRUCTIONS)

    assert check_answer(text, evidence) is None


def test_a_messenger_of_the_documents_may_be_named() -> None:
    assert check_answer("Есть WhatsApp.", Evidence(["Отвечаем в WhatsApp и здесь."])) is None
