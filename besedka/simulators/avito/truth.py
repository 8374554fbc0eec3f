"""The record from which an outside judge can tell what happened, when, and in which order.

Every entry carries `seq`, one running number over all kinds, because two things may share a time.
"""

from collections import deque
from dataclasses import asdict, dataclass, field


@dataclass(slots=True)
class Delivery:
    seq: int
    message_id: str
    chat_id: str
    url: str
    type: str
    attempt: int
    copy: int
    queued: float
    started: float | None = None
    finished: float | None = None
    status: int | None = None
    error: str | None = None
    dropped: bool = False


@dataclass(slots=True)
class HistoryRead:
    seq: int
    chat_id: str
    at: float
    newest_message_id: str | None
    oldest_message_id: str | None
    offset: int
    count: int


@dataclass(slots=True)
class ApiRequest:
    """`status` is 0 when the connection was closed without an answer."""

    seq: int
    method: str
    path: str
    operation: str
    status: int
    at: float
    finished: float
    fault: str | None = None


@dataclass(slots=True)
class Truth:
    seq: int = 0
    deliveries: deque[Delivery] = field(default_factory=lambda: deque(maxlen=500_000))
    history_reads: deque[HistoryRead] = field(default_factory=lambda: deque(maxlen=200_000))
    requests: deque[ApiRequest] = field(default_factory=lambda: deque(maxlen=200_000))

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def history_read(
        self,
        chat_id: str,
        at: float,
        *,
        newest: str | None,
        oldest: str | None,
        offset: int,
        count: int,
    ) -> None:
        self.history_reads.append(
            HistoryRead(self.next_seq(), chat_id, at, newest, oldest, offset, count)
        )

    def request(
        self,
        method: str,
        path: str,
        operation: str,
        *,
        status: int,
        at: float,
        finished: float,
        fault: str | None,
    ) -> None:
        self.requests.append(
            ApiRequest(self.next_seq(), method, path, operation, status, at, finished, fault)
        )

    def as_json(self) -> dict[str, list[dict[str, object]]]:
        return {
            "deliveries": [asdict(each) for each in self.deliveries],
            "history_reads": [asdict(each) for each in self.history_reads],
            "requests": [asdict(each) for each in self.requests],
        }
