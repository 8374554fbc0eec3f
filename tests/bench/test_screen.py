"""The measurement of the browser app sees what it must, on a few hundred talks."""

from pathlib import Path

import pytest

import besedka
from bench.screen import LIMITS, broken, measure
from scripts.stage import CHROMIUM
from tests.browser.conftest import needed

GOOD = {
    "shown_ms": 900,
    "script_kb": 300.0,
    "scroll_fps": 59.0,
    "burst_longest_task_ms": 60,
    "burst_last_shown_after_s": 0.4,
}


def test_each_limit_is_kept_or_named() -> None:
    assert broken(GOOD) == []
    assert broken(GOOD | {"scroll_fps": 49.9}) == ["scroll_fps"]
    assert broken(GOOD | {"burst_last_shown_after_s": None}) == ["burst_last_shown_after_s"]
    assert broken(GOOD | {name: limit + 1 for name, limit in LIMITS.items()}) == [
        "shown_ms",
        "script_kb",
        "burst_longest_task_ms",
    ]


@pytest.fixture
def _app_and_chromium() -> None:
    if not (Path(besedka.__file__).parent / "web_dist" / "index.html").exists():
        needed("no web app: run `make web`")
    if not Path(CHROMIUM).exists():
        needed("no Chromium: install the package chromium")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.usefixtures("_app_and_chromium")
async def test_a_small_shop_is_opened_scrolled_and_written_to(tmp_path: Path) -> None:
    result = await measure(
        tmp_path, conversations=400, messages=2000, rows=80, per_s=10, seconds=2, rounds=1
    )

    (figures,) = result["rounds"]
    assert figures["shown_ms"] > 0
    assert figures["scripts"] > 20
    assert 0 < figures["script_kb"] < figures["script_unpacked_kb"]
    assert figures["scrolled_rows"] >= 80
    assert figures["scroll_fps"] > 0
    assert figures["burst_messages"] == 20
    assert figures["burst_key_p95_ms"] > 0
    assert figures["burst_last_shown_after_s"] is not None
