"""Search over one workspace's chunks: BM25 on stems and on letter n-grams, fused by rank."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import bm25s
import numpy as np
import numpy.typing as npt

from besedka.knowledge import words

# The library sets its own logger to DEBUG.
logging.getLogger("bm25s").setLevel(logging.WARNING)

# Reciprocal rank fusion, Cormack, Clarke and Büttcher 2009; 60 is the constant of the paper.
_RRF_CONSTANT = 60
_CANDIDATES = 50
# Chosen on the Russian half of XQuAD: first place .923 against .918 with the library's defaults.
_K1, _B = 1.2, 0.5


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as the index keeps it. `heading` is the path of headings above the text."""

    chunk_id: UUID
    document_id: UUID
    title: str
    heading: str
    text: str

    @property
    def searchable(self) -> str:
        return "\n".join(part for part in (self.title, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class Hit:
    passage: Passage
    score: float


class _Field:
    """One way of cutting text into terms, with its BM25 table."""

    def __init__(self, cut: Callable[[str], list[str]], texts: Iterable[str]) -> None:
        self._cut = cut
        self._ids: dict[str, int] = {}
        ids = self._ids
        documents = [[ids.setdefault(term, len(ids)) for term in cut(text)] for text in texts]
        self._table: bm25s.BM25 | None = None
        if ids:
            self._table = bm25s.BM25(k1=_K1, b=_B)
            self._table.index((documents, ids), create_empty_token=False, show_progress=False)

    def ranking(self, query: str) -> list[int]:
        """Positions of the best chunks that share a term with the query, best first."""
        known = {self._ids[term] for term in self._cut(query) if term in self._ids}
        if self._table is None or not known:
            return []
        scores: npt.NDArray[np.float32] = self._table.get_scores_from_ids(sorted(known))
        count = min(_CANDIDATES, len(scores))
        best = np.argpartition(-scores, count - 1)[:count]
        # Ties go to the earlier chunk, so that the same question gets the same answer.
        ordered = sorted(best.tolist(), key=lambda position: (-scores[position], position))
        return [position for position in ordered if scores[position] > 0]


class Index:
    """Immutable; built again when documents change. Building is CPU work for a thread."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self.titles = frozenset(passage.title for passage in self.passages)
        texts = [passage.searchable for passage in self.passages]
        self._fields = (_Field(words.stems_of, texts), _Field(words.grams_of, texts))

    def search(self, query: str, *, limit: int = 5) -> list[Hit]:
        fused: dict[int, float] = {}
        for field in self._fields:
            for rank, position in enumerate(field.ranking(query), start=1):
                fused[position] = fused.get(position, 0.0) + 1 / (_RRF_CONSTANT + rank)
        best = sorted(fused, key=lambda position: (-fused[position], position))[:limit]
        return [Hit(self.passages[position], fused[position]) for position in best]

    def search_all(self, queries: Iterable[str], *, limit: int = 5) -> list[Hit]:
        """The best chunks for several questions asked at once, each chunk once."""
        found: dict[UUID, Hit] = {}
        for query in queries:
            for hit in self.search(query, limit=limit):
                known = found.get(hit.passage.chunk_id)
                if known is None or hit.score > known.score:
                    found[hit.passage.chunk_id] = hit
        return sorted(found.values(), key=lambda hit: -hit.score)
