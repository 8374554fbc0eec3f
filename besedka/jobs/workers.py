"""Which process holds a lease, and whether it still lives.

A lease outlives its holder by up to 15 seconds, and all that time its lane stands still. Whether a
process that shares our process ids is gone can be seen at once. Of all others nothing is known:
theirs run out.
"""

import os
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

_PROC = Path("/proc")
_STATE, _STARTED = 0, 19  # of the fields of /proc/<pid>/stat behind the command's name
_ENDED = ("Z", "X")


def this_worker() -> str:
    """This process's name: where its ids count, its id, and its start, since ids come again."""
    return _name_of(os.getpid())


def is_gone(worker: str) -> bool:
    """Whether that process has surely ended."""
    realm, _, rest = worker.rpartition("/")
    if not realm or realm != _realm():
        return False
    pid, _, started = rest.partition(":")
    stat = _stat(int(pid))
    return stat is None or stat[_STARTED] != started or stat[_STATE] in _ENDED


@lru_cache(maxsize=1)
def _name_of(pid: int) -> str:
    stat = _stat(pid)
    realm = _realm()
    if stat is None or not realm:  # no Linux: a name that tells nobody anything
        return uuid4().hex
    return f"{realm}/{pid}:{stat[_STARTED]}"


def _realm() -> str:
    """The boot and the namespace in which process ids and start times can be compared.

    Containers may have one host name and still not see each other's processes.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        namespace = (_PROC / "self/ns/pid").stat().st_ino
    except OSError:
        return ""
    return f"{boot}/{namespace}"


def _stat(pid: int) -> list[str] | None:
    """Start times are in ticks since the boot: nobody who sets the clock moves them."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    return text.rpartition(")")[2].split()
