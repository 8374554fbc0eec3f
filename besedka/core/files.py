"""Files that belong to rows of the database, kept by key: in the data folder now.

What keeps them is behind a protocol, so that a store on the network can take the folder's place.
"""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from besedka.core.errors import AppError
from besedka.core.ids import new_id
from besedka.core.logging import get_logger
from besedka.core.settings import get_settings

log = get_logger(__name__)

_FOLDER = "files"
_UNFINISHED = ".part"
_KEYS_AT_ONCE = 200
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StorageFull(AppError):
    code = "storage_full"
    status = 507
    title = "На сервере закончилось место"

    def __init__(self) -> None:
        super().__init__("Файл не сохранён. Освободите место на диске сервера и повторите.")


class StorageBroken(AppError):
    code = "storage_broken"
    status = 503
    title = "Сервер не смог сохранить файл"

    def __init__(self, reason: str) -> None:
        super().__init__(
            "Проверьте, что у программы есть права на запись в папку данных.", reason=reason
        )


class FileLost(AppError):
    """There is a row for the file, but not the file."""

    code = "file_lost"
    status = 410
    title = "Файл на сервере не найден"

    def __init__(self) -> None:
        super().__init__("Приложите его снова.")


class FileStorage(Protocol):
    """Keys are our own, `folder/folder/name`; what is under one never changes."""

    async def put(self, key: str, data: bytes) -> None:
        """All of it or nothing, also when the process is killed. Raises StorageFull."""
        ...

    async def get(self, key: str) -> bytes:
        """Raises FileLost."""
        ...

    async def delete(self, key: str) -> None:
        """Safe to repeat."""
        ...

    def keys_between(self, start: datetime, end: datetime, *, prefix: str) -> AsyncIterator[str]:
        """What was put from `start` until `end` under the folder `prefix`."""
        ...


class LocalFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, data: bytes) -> None:
        await asyncio.to_thread(self._put, self._path(key), data)

    async def get(self, key: str) -> bytes:
        path = self._path(key)
        try:
            return await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            raise FileLost from None

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def keys_between(
        self, start: datetime, end: datetime, *, prefix: str
    ) -> AsyncIterator[str]:
        keys = self._keys_between(start, end, self._path(prefix))
        while some := await asyncio.to_thread(lambda: list(islice(keys, _KEYS_AT_ONCE))):
            for key in some:
                yield key

    def _path(self, key: str) -> Path:
        parts = key.split("/")
        if not all(part and not part.startswith(".") and "\0" not in part for part in parts):
            raise ValueError("not a key of a file")
        return self._folder.joinpath(*parts)

    def _put(self, path: Path, data: bytes) -> None:
        unfinished = path.with_name(f".{path.name}.{new_id().hex}{_UNFINISHED}")
        with refusals():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with unfinished.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
            _sync_folder(path.parent)

    def _keys_between(self, start: datetime, end: datetime, folder: Path) -> Iterator[str]:
        """What a killed process left unfinished before `end` is cleared away, not told."""
        for path in folder.rglob("*"):
            try:
                changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except FileNotFoundError:
                continue
            if not path.is_file() or changed_at >= end:
                continue
            if path.name.endswith(_UNFINISHED):
                path.unlink(missing_ok=True)
            elif changed_at >= start:
                yield path.relative_to(self._folder).as_posix()


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what the disk refuses into StorageFull or StorageBroken."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            log.error("storage.full")
            raise StorageFull from error
        log.error("storage.broken", reason=errno.errorcode.get(error.errno or 0, ""))
        raise StorageBroken(type(error).__name__) from error


def _sync_folder(folder: Path) -> None:
    """The name of a file is durable only when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def storage() -> FileStorage:
    """Where this installation keeps its files."""
    return LocalFiles(get_settings().data_dir / _FOLDER)
