"""Hints: "job 42 may be due", sent after commit. A lost hint costs time, never a job."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from besedka.core import db

HintSender: TypeAlias = Callable[[int, str, datetime], None]

_sender: HintSender | None = None


def set_sender(sender: HintSender | None) -> None:
    """Where hints of this process go. Without a sender the sweepers find the jobs alone."""
    global _sender  # noqa: PLW0603 - one runner a process
    _sender = sender


def hint_after_commit(writer: db.Writer, job_id: int, queue: str, run_at: datetime) -> None:
    sender = _sender
    if sender is not None:
        db.after_commit(writer, lambda: sender(job_id, queue, run_at))
