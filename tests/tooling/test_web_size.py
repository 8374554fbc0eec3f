"""How much of the browser app one must wait for before the lists of talks are there."""

import json
from pathlib import Path
from typing import Any

import pytest

import besedka
from tests.browser.conftest import needed

WEB_DIST = Path(besedka.__file__).parent / "web_dist"
FIRST_SCREEN = ("index.html", "src/app/routes/app-page.tsx", "src/app/routes/inbox-page.tsx")
LIMIT_KB = 400


@pytest.fixture
def manifest() -> dict[str, Any]:
    file = WEB_DIST / ".vite" / "manifest.json"
    if not file.exists():
        needed("no web app: run `make web`")
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def scripts_of(manifest: dict[str, Any], *entries: str) -> set[str]:
    """What the entries import, and what that imports; but nothing that waits to be asked for."""
    found: set[str] = set()
    ahead = list(entries)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += manifest[name].get("imports", [])
    return {manifest[name]["file"] for name in found}


def test_scripts_before_the_lists_of_talks_are_within_the_limit(manifest: dict[str, Any]) -> None:
    sizes: dict[str, int] = {}
    for script in scripts_of(manifest, *FIRST_SCREEN):
        gzipped = WEB_DIST / f"{script}.gz"
        file = gzipped if gzipped.exists() else WEB_DIST / script  # the small are not compressed
        sizes[script] = file.stat().st_size

    assert len(sizes) > 20, "the manifest does not tell of the first screen"
    assert any(script.startswith("assets/inbox-page-") for script in sizes)
    assert sum(sizes.values()) <= LIMIT_KB * 1000, sorted(sizes.items(), key=lambda kv: -kv[1])


def test_every_large_script_is_there_compressed(manifest: dict[str, Any]) -> None:
    files = {each["file"] for each in manifest.values() if each["file"].endswith(".js")}

    plain = [
        file
        for file in files
        if (WEB_DIST / file).stat().st_size >= 1024
        and not ((WEB_DIST / f"{file}.br").exists() and (WEB_DIST / f"{file}.gz").exists())
    ]

    assert plain == []
