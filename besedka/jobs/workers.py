"""Which process holds a lease, and whether it still lives.

A lease outlives its holder by up to 15 seconds, and all that time the lane stands still. Whether a
process of this machine is gone can be seen at once.
"""

import os
import socket
from functools import lru_cache

import psutil

# A start time is worked out from the clock, which may have been set a little since.
_CLOCK_ALLOWANCE_S = 2.0


def this_worker() -> str:
    """The process's name among all machines: host, process id and start, since ids come again."""
    return _name_of(os.getpid())


@lru_cache(maxsize=1)
def _name_of(pid: int) -> str:
    return f"{_host()}:{pid}:{psutil.Process(pid).create_time():.2f}"


def is_gone(worker: str) -> bool:
    """Whether that process has ended. Of another machine's processes nothing is known: False."""
    host, pid, started = worker.rsplit(":", 2)
    if host != _host():
        return False
    try:
        found = psutil.Process(int(pid))
        is_another = abs(found.create_time() - float(started)) > _CLOCK_ALLOWANCE_S
        return is_another or found.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


def _host() -> str:
    return socket.gethostname()[:80]
