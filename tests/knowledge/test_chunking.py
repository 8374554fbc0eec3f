"""Cutting plain text into facts that keep their headings."""

import pytest

from besedka.knowledge.chunking import MAX_CHUNK, Chunk, chunk


def test_paragraphs_keep_the_path_of_headings_above_them() -> None:
    text = "# Доставка\n\nПо Москве 500 ₽.\n\n## По России\n\nСДЭК за 3 дня.\n\n# Оплата\n\nКартой."

    assert chunk(text) == [
        Chunk("Доставка", "По Москве 500 ₽."),
        Chunk("Доставка / По России", "СДЭК за 3 дня."),
        Chunk("Оплата", "Картой."),
    ]


@pytest.mark.parametrize("heading", ["Доставка:", "ДОСТАВКА", "Доставка"])
def test_a_heading_needs_no_marks(heading: str) -> None:
    text = f"{heading}\n\nПо Москве за 500 ₽ в день заказа."

    assert chunk(text) == [Chunk(heading.rstrip(":"), "По Москве за 500 ₽ в день заказа.")]


def test_a_question_heads_its_answer_and_nothing_further() -> None:
    text = "Есть гарантия?\nДа, 6 месяцев.\nМожно вернуть?\nДа, за 14 дней.\n\nРаботаем ежедневно."

    assert chunk(text) == [
        Chunk("Есть гарантия?", "Да, 6 месяцев."),
        Chunk("Можно вернуть?", "Да, за 14 дней."),
        Chunk("", "Работаем ежедневно."),
    ]


def test_each_table_row_is_one_fact_with_its_column_names() -> None:
    text = "ПРАЙС\n\n| Деталь | 1 класс | 2 класс |\n|---|---|---|\n| Капот | 22 000 ₽ | 25 000 ₽ |"

    assert chunk(text) == [Chunk("ПРАЙС", "Капот: 1 класс 22 000 ₽, 2 класс 25 000 ₽")]


@pytest.mark.parametrize("mark", ["\t", " | ", ";"])
def test_a_table_without_a_header_keeps_all_its_rows(mark: str) -> None:
    text = "\n".join(mark.join(row) for row in (("Капот", "1000", "шт"), ("Дверь", "2000", "шт")))

    assert [piece.text for piece in chunk(text)] == ["Капот: 1000, шт", "Дверь: 2000, шт"]


def test_long_paragraphs_break_at_sentence_ends() -> None:
    text = " ".join(f"Предложение номер {number} о доставке и оплате." for number in range(60))

    pieces = chunk(text)

    assert len(pieces) > 1
    assert all(len(piece.text) <= MAX_CHUNK for piece in pieces)
    assert all(piece.text.endswith(".") for piece in pieces)
    assert " ".join(piece.text for piece in pieces) == text


@pytest.mark.parametrize("text", ["", "\n\n \n", "\u200b\ufeff"])
def test_nothing_gives_nothing(text: str) -> None:
    assert chunk(text) == []


def test_line_ends_and_invisible_signs_of_other_systems_do_no_harm() -> None:
    assert chunk("Дос\u00adтавка\u200b есть.\r\n\r\nДа.") == [
        Chunk("", "Доставка есть."),
        Chunk("", "Да."),
    ]
