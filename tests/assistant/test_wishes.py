"""What the buyer wants, as the card of a hand-over says it."""

import pytest

from besedka.assistant.talk import Line, Speaker
from besedka.assistant.wishes import wish_of, with_short_links

AVITO = "https://www.avito.ru/moskva/divany/divan_1234567890?utm=1"


def line(kind: str, text: str = "") -> Line:
    return Line(Speaker.CUSTOMER, text, kind)


PHOTO = line("image", "Фотография")
VOICE = line("voice", "Голосовое сообщение")


@pytest.mark.parametrize(
    ("burst", "wish"),
    [
        ([line("text", "Скидку дадите?")], "Скидку дадите?"),
        (
            [line("text", "Здравствуйте"), line("text", "Скидку дадите?")],
            "Здравствуйте. Скидку дадите?",
        ),
        ([PHOTO], "фото"),
        (
            [PHOTO, VOICE, line("link", AVITO)],
            "фото, голосовое сообщение и ссылка на avito.ru",
        ),
        (
            [line("text", "Есть такой же?"), PHOTO, PHOTO, line("text", AVITO)],
            "Есть такой же? Приложено: фото (2) и ссылка на avito.ru.",
        ),
        ([line("text", f"Как этот: {AVITO}, но синий")], "Как этот: avito.ru, но синий"),
        (
            [line("text", "Видел на https://avito.ru/a?q=1, и (https://ya.ru/b). Что дешевле?")],
            "Видел на avito.ru, и (ya.ru). Что дешевле?",
        ),
        (
            [line("text", "https://avito.ru/a, https://ya.ru/b.")],
            "ссылка на avito.ru и ссылка на ya.ru",
        ),
        ([line("text", "Смотрите www.ya.ru..")], "Смотрите ya.ru.."),
        ([line("link", "")], "ссылка"),
        ([line("call", "Пропущенный звонок")], "пропущенный звонок"),
        ([line("location", "Геометка: Лесная, 5")], "геометка: Лесная, 5"),
        ([line("unknown")], "сообщение, которое здесь не показать"),
        ([line("system", "Объявление снято"), line("deleted", "Сообщение удалено")], ""),
    ],
)
def test_words_stay_and_the_rest_is_named(burst: list[Line], wish: str) -> None:
    assert wish_of(burst) == wish


def test_a_link_that_cannot_be_read_is_still_not_shown() -> None:
    assert with_short_links("см. http://[1 и www.ya.ru/x") == "см. сайт и ya.ru"
