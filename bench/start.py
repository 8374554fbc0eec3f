"""How long `besedka serve` takes on an empty folder until it is ready, and its memory at rest."""

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from besedka.trial.server import running_server

RUNS = 3
REST_S = 5.0


async def measure(*, runs: int, rest_s: float) -> dict[str, Any]:
    ready_s: list[float] = []
    rss_mb: list[float] = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="besedka-bench-") as folder:
            started = time.perf_counter()
            async with running_server(
                folder=Path(folder), database="", channel_url="http://127.0.0.1:9"
            ) as server:
                ready_s.append(round(time.perf_counter() - started, 2))
                await asyncio.sleep(rest_s)
                rss_mb.append(_resident_mb(server.pid))
    return {
        "ready_s": max(ready_s),
        "rss_mb": max(rss_mb),
        "runs": [
            {"ready_s": seconds, "rss_mb": megabytes}
            for seconds, megabytes in zip(ready_s, rss_mb, strict=True)
        ],
    }


def _resident_mb(pid: int | None) -> float:
    """Of the process and whatever it started."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    resident: int = sum(each.memory_info().rss for each in family)
    return round(resident / 2**20, 1)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench start", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print only one JSON object")
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args(arguments)
    result = asyncio.run(measure(runs=options.runs, rest_s=REST_S))
    if options.json:
        print(json.dumps(result))
    else:
        for run in result["runs"]:
            print(f"ready in {run['ready_s']:.2f} s, {run['rss_mb']:.0f} MB at rest")
    return 0
