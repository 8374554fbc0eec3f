"""A text that is too long for one message is cut where a reader would pause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from besedka.inbox.splitting import split_text

WORDS = st.text(alphabet="абвгд .!?\n\tabc\u00a0…«»-", max_size=400)


@given(text=WORDS, limit=st.integers(min_value=1, max_value=60))
def test_no_piece_is_too_long_or_empty_and_nothing_is_lost_but_white_space(
    text: str, limit: int
) -> None:
    pieces = split_text(text, limit)

    assert all(0 < len(piece) <= limit for piece in pieces)
    assert all(piece == piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_short_text_stays_as_it_is() -> None:
    assert split_text("  Да.\n\nПриезжайте.  ", 1000) == ["Да.\n\nПриезжайте."]


def test_the_cut_is_at_the_end_of_a_sentence() -> None:
    text = "Первое предложение. Второе предложение. Третье предложение."

    assert split_text(text, 45) == [
        "Первое предложение. Второе предложение.",
        "Третье предложение.",
    ]


def test_paragraphs_stay_paragraphs() -> None:
    text = "Цена:\n- шины 5 000 ₽\n- диски 7 000 ₽\nСамовывоз."

    assert split_text(text, 30) == ["Цена:\n- шины 5 000 ₽", "- диски 7 000 ₽\nСамовывоз."]


def test_an_overlong_sentence_is_cut_between_words_and_an_overlong_word_anywhere() -> None:
    assert split_text("один два три четыре", 9) == ["один два", "три", "четыре"]
    assert split_text("а" * 25, 10) == ["а" * 10, "а" * 10, "а" * 5]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_makes_no_message(text: str) -> None:
    assert split_text(text, 1000) == []
