"""The search indexes of this process: one a workspace, built when documents have changed."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from besedka.core import db
from besedka.core.logging import get_logger
from besedka.knowledge import queries
from besedka.knowledge.retrieval import Index

log = get_logger(__name__)

MAX_WORKSPACES = 64


@dataclass(frozen=True, slots=True)
class _Entry:
    version: int
    index: Index


class IndexCache:
    """Keeps the indexes of the workspaces used last."""

    def __init__(self, *, capacity: int = MAX_WORKSPACES) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[UUID, _Entry] = OrderedDict()
        self._building: dict[UUID, asyncio.Lock] = {}

    async def index_of(self, workspace_id: UUID) -> Index:
        """The index of what the database holds now."""
        entry = self._entries.get(workspace_id)
        if entry is not None and entry.version == await _current_version(workspace_id):
            self._entries.move_to_end(workspace_id)
            return entry.index
        lock = self._building.setdefault(workspace_id, asyncio.Lock())
        async with lock:
            return await self._build(workspace_id)

    async def _build(self, workspace_id: UUID) -> Index:
        async with db.reading() as session:
            # Version first: a change between the two reads makes one build too many, never one
            # too few.
            version = await queries.version_of(session, workspace_id)
            entry = self._entries.get(workspace_id)
            if entry is not None and entry.version == version:
                return entry.index
            passages = await queries.passages_of(session, workspace_id)
        index = await asyncio.to_thread(Index, passages)
        log.info("knowledge.indexed", workspace_id=str(workspace_id), chunks=len(passages))
        self._entries[workspace_id] = _Entry(version, index)
        self._entries.move_to_end(workspace_id)
        while len(self._entries) > self._capacity:
            dropped, _ = self._entries.popitem(last=False)
            self._building.pop(dropped, None)
        return index


_cache = IndexCache()


async def index_of(workspace_id: UUID) -> Index:
    """What the workspace's documents say now. Takes its own short transaction."""
    return await _cache.index_of(workspace_id)


async def _current_version(workspace_id: UUID) -> int:
    async with db.reading() as session:
        return await queries.version_of(session, workspace_id)
