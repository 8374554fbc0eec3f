"""Who is in which conversation now, and whether they type.

It is no event and stands in no log: it is true for some seconds, and whoever comes later asks for
what is true then.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from besedka.core import time
from besedka.core.background import keep_running

# A browser says every 8 s that it is still there; one that is closed without a word is gone soon.
EXPIRES_AFTER = timedelta(seconds=17)
_SWEEP_S = 2.0


class PresenceState(StrEnum):
    VIEWING = "viewing"
    TYPING = "typing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """One tab of one person, in one conversation."""

    workspace_id: UUID
    fingerprint: str
    """Of the login: who logs out is gone."""
    tab: str
    user_id: UUID
    name: str
    conversation_id: UUID
    state: PresenceState
    since: datetime
    """When the state began: of two who type, the first has the word."""
    seen_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        return self.fingerprint, self.tab


class PresenceBoard(Protocol):
    """Where it is kept: the memory of one process, or what several of them share."""

    def find(self, key: tuple[str, str]) -> Present | None: ...

    def put(self, present: Present) -> None: ...

    def remove(self, key: tuple[str, str]) -> None: ...

    def everybody(self) -> Iterable[Present]: ...

    def of(self, workspace_id: UUID) -> Iterable[Present]: ...


class MemoryBoard:
    def __init__(self) -> None:
        self._present: dict[tuple[str, str], Present] = {}

    def find(self, key: tuple[str, str]) -> Present | None:
        return self._present.get(key)

    def put(self, present: Present) -> None:
        self._present[present.key] = present

    def remove(self, key: tuple[str, str]) -> None:
        self._present.pop(key, None)

    def everybody(self) -> Iterable[Present]:
        return list(self._present.values())

    def of(self, workspace_id: UUID) -> Iterable[Present]:
        return [each for each in self._present.values() if each.workspace_id == workspace_id]


class Presence:
    def __init__(self, tell: Callable[[UUID], None], board: PresenceBoard | None = None) -> None:
        """`tell` lets a workspace know that its picture has changed."""
        self._tell = tell
        self._board: PresenceBoard = board or MemoryBoard()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = keep_running(self._sweep_forever, name="live.forget_absent")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def knows(self, key: tuple[str, str], conversation_id: UUID) -> bool:
        """Whether this tab is known to be in the conversation already."""
        known = self._board.find(key)
        return known is not None and known.conversation_id == conversation_id

    def note(self, present: Present) -> None:
        """Somebody is somewhere. Nobody else hears of it while it stays the same."""
        known = self._board.find(present.key)
        is_same = known is not None and (known.conversation_id, known.state) == (
            present.conversation_id,
            present.state,
        )
        if known is not None and is_same:
            present = replace(present, since=known.since)
        self._board.put(present)
        if not is_same:
            self._tell(present.workspace_id)

    def leave(self, key: tuple[str, str]) -> None:
        known = self._board.find(key)
        if known is not None:
            self._board.remove(key)
            self._tell(known.workspace_id)

    def fingerprints(self) -> set[str]:
        return {each.fingerprint for each in self._board.everybody()}

    def forget_logins(self, fingerprints: set[str]) -> None:
        """Their logins are over."""
        self._drop(each for each in self._board.everybody() if each.fingerprint in fingerprints)

    def forget_absent(self) -> None:
        """Drop those who were not heard of for too long."""
        oldest = time.now() - EXPIRES_AFTER
        self._drop(each for each in self._board.everybody() if each.seen_at < oldest)

    def people(self, workspace_id: UUID) -> list[Present]:
        """One entry for a person in a conversation, however many tabs they have there."""
        by_place: dict[tuple[UUID, UUID], list[Present]] = defaultdict(list)
        for each in self._board.of(workspace_id):
            by_place[each.user_id, each.conversation_id].append(each)
        return [
            min(tabs, key=lambda tab: (tab.state is not PresenceState.TYPING, tab.since))
            for tabs in by_place.values()
        ]

    def _drop(self, gone: Iterable[Present]) -> None:
        changed = set()
        for each in list(gone):
            self._board.remove(each.key)
            changed.add(each.workspace_id)
        for workspace_id in changed:
            self._tell(workspace_id)

    async def _sweep_forever(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_S)
            self.forget_absent()
