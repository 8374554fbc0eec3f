"""The storage of files."""

import errno
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from besedka.core.files import FileLost, LocalFiles, StorageBroken, StorageFull
from besedka.core.time import now


async def test_what_is_put_is_got_until_it_is_deleted(tmp_path: Path) -> None:
    storage = LocalFiles(tmp_path / "files")

    await storage.put("a/b/c", b"one")
    await storage.put("a/b/c", b"two")
    assert await storage.get("a/b/c") == b"two"
    assert [path.name for path in (tmp_path / "files/a/b").iterdir()] == ["c"]

    await storage.delete("a/b/c")
    await storage.delete("a/b/c")
    with pytest.raises(FileLost):
        await storage.get("a/b/c")


@pytest.mark.parametrize("key", ["", "/etc/passwd", "a/../b", "a//b", ".hidden", "a/\0"])
async def test_a_key_never_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        await LocalFiles(tmp_path).put(key, b"x")


async def test_a_full_disk_is_said_plainly_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = LocalFiles(tmp_path)
    await storage.put("a/one", b"kept")

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StorageFull) as refused:
        await storage.put("a/one", b"new")

    assert refused.value.status == 507
    assert await storage.get("a/one") == b"kept"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["one"]


async def test_a_folder_that_is_no_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file")

    with pytest.raises(StorageBroken):
        await LocalFiles(tmp_path).put("a/one", b"x")


async def test_keys_are_told_by_when_they_were_put_and_what_was_left_unfinished_is_cleared_away(
    tmp_path: Path,
) -> None:
    storage = LocalFiles(tmp_path)
    many = {f"a/b/{number}" for number in range(450)}
    for key in (*many, "other/two"):
        path = tmp_path / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    unfinished = tmp_path / "a/b/.one.123.part"
    unfinished.write_bytes(b"half")
    hour = timedelta(hours=1)

    async def put_between(start: datetime, end: datetime) -> list[str]:
        return [key async for key in storage.keys_between(start, end, prefix="a")]

    assert await put_between(now() - 2 * hour, now() - hour) == []
    assert unfinished.exists()
    found = await put_between(now() - hour, now() + hour)
    assert (len(found), set(found)) == (450, many)
    assert not unfinished.exists()
    assert await put_between(now() + hour, now() + 2 * hour) == []
