"""The measurement of the inbox, on a shop small enough to be made in a moment."""

from pathlib import Path

import pytest

from bench.inbox import LIMITS_MS, measure
from besedka.core import crypto, db
from besedka.search import words

pytestmark = pytest.mark.slow


async def test_a_small_shop_is_filled_once_and_every_search_finds(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}"
    words.forget()

    first = await measure(url, tmp_path, conversations=300, messages=4000, rounds=2)
    again = await measure(url, tmp_path, conversations=300, messages=4000, rounds=2)

    assert not db.is_open()
    assert first["filled_in_s"] is not None
    assert again["filled_in_s"] is None
    for result in (first, again):
        cases = {case["name"]: case for case in result["cases"]}
        assert {case["kind"] for case in cases.values()} == set(LIMITS_MS)
        # However slow the machine is, what is there is found, by as few queries as ever.
        assert all(case["found"] for case in cases.values())
        assert max(case["queries"] for case in cases.values()) <= 6
        assert cases["all, by price"]["queries"] == cases["unread, by activity"]["queries"]
    crypto.forget_key()
    words.forget()
