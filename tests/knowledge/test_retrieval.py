"""Finding the passage that answers a Russian question."""

from uuid import NAMESPACE_URL, uuid5

import pytest

from besedka.knowledge.retrieval import Index, Passage
from besedka.knowledge.words import stems_of

TEXTS = (
    "Доставка по Москве курьером 500 ₽, по России СДЭК.",
    "Гарантия на двигатель 6 месяцев или 10 000 км.",
    "Оплата наличными, картой или переводом.",
    "Работаем ежедневно с 10 до 20.",
    "Замена масла 1 200 ₽, фильтр отдельно.",
    "Амортизатор KYB 339700 передний.",
)


def passage(text: str, heading: str = "", title: str = "") -> Passage:
    key = uuid5(NAMESPACE_URL, heading + text)
    return Passage(key, key, title, heading, text)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index([passage(text) for text in TEXTS])


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("сколько стоит доставка?", 0),
        ("Доставляете в другой город сдэком?", 0),
        ("доствка есть", 0),
        ("есть ли гарантия на двигатель", 1),
        ("можно оплатить картой", 2),
        ("поменять масло", 4),
        ("339700", 5),
        ("амортизаторы kyb", 5),
        ("АМОРТИЗАТОР", 5),
    ],
)
def test_word_forms_typing_errors_and_numbers_find_their_passage(
    index: Index, question: str, place: int
) -> None:
    assert index.search(question, limit=1)[0].passage.text == TEXTS[place]


def test_a_heading_is_searched_with_its_text() -> None:
    index = Index([passage("Три дня.", heading="Сроки изготовления"), passage("Пять лет.")])

    assert index.search("какие сроки?", limit=1)[0].passage.text == "Три дня."


def test_foreign_words_find_nothing(index: Index) -> None:
    assert index.search("xyzzy") == []
    assert Index([]).search("доставка") == []


def test_several_questions_find_each_passage_once(index: Index) -> None:
    hits = index.search_all(["доставка сдэк", "доставка москва", "гарантия"], limit=1)

    assert [hit.passage.text for hit in hits] == [TEXTS[0], TEXTS[1]]


def test_a_question_of_stop_words_alone_is_still_searched() -> None:
    assert stems_of("а это как?") == ["а", "эт", "как"]
