"""Cursors."""

import pytest

from besedka.core.paging import (
    BadCursor,
    decode_cursor,
    decode_id,
    decode_moment,
    encode_cursor,
)


def test_a_cursor_gives_back_its_parts_as_text() -> None:
    cursor = encode_cursor("2026-11-20T10:00:00Z", 42, None)

    assert decode_cursor(cursor, length=3) == ["2026-11-20T10:00:00Z", "42", ""]
    assert cursor.isascii()
    assert not set(cursor) & set("=+/")


@pytest.mark.parametrize("junk", ["", "!", "e30", "привет", "WzFd", "WyJhIl0x", "AAAA"])
def test_a_cursor_that_we_did_not_make_is_refused(junk: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(junk, length=2)


@pytest.mark.parametrize("junk", ["", "yesterday", "2026-11-20", "2026-11-20T10:00:00"])
def test_a_time_without_a_zone_is_no_time_of_ours(junk: str) -> None:
    with pytest.raises(BadCursor):
        decode_moment(junk)


@pytest.mark.parametrize("junk", ["", "42", "00000000-0000-0000-0000"])
def test_an_id_that_is_none_is_refused(junk: str) -> None:
    with pytest.raises(BadCursor):
        decode_id(junk)
