"""How fast the inbox is at 100,000 conversations: lists, counts, opening, search, over HTTP.

Fills a database once with a made-up shop, starts `besedka serve` on it and asks it one request at a
time. The number of queries is counted by the same requests to the same application in this process.
Exits with 1 when a limit is broken or a search does not find what it must.
"""

import argparse
import asyncio
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import psutil
from sqlalchemy import event
from sqlalchemy.engine import make_url

from bench._figures import quantile
from bench._inbox_fill import EMAIL, PASSWORD, OtherContent, fill
from besedka.app.main import create_app
from besedka.core import crypto, db
from besedka.core.settings import Settings, use_settings
from besedka.trial.server import running_server

LIMITS_MS = {"list": 150, "opening": 150, "search": 300}
# However much there is to read; of "opening" both requests together.
MOST_QUERIES = {"list": 4, "opening": 7, "search": 7}
ROUNDS = 40
_DEEP = 5000
_NOBODY = "http://127.0.0.1:9"  # no channel is called
_SORTS = ("activity", "waiting", "price")

# Words that the made-up shop uses, in other forms, mistyped, just begun.
SEARCHES = {
    "word forms": ("холодильников", "велосипедами", "доставку в казань", "документом"),
    "typos": ("холодилник", "велосепед", "стриальная", "достовка"),
    "just begun": ("хол", "стир", "вел", "дост"),
    "common words": ("здравствуйте", "да", "спасибо", "цена"),
}
_PHONE = re.compile(r"\+7 \(\d{3}\) \d{3}-\d\d-\d\d")
_ASKED_OF_EACH = 5


@dataclass(frozen=True, slots=True)
class Ask:
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    finds: str | None = None
    """The id of a conversation that the answer must hold."""


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    kind: str
    # Each entry is one thing that a person does: one request, or several, one after another.
    acts: Sequence[Sequence[Ask]]
    must_find: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    kind: str
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    """Of the server for one act; what others do on the machine adds nothing to it."""
    queries: int
    found_all: bool

    @property
    def is_ok(self) -> bool:
        is_fast = self.p95_ms < LIMITS_MS[self.kind]
        return is_fast and self.found_all and self.queries <= MOST_QUERIES[self.kind]


def one(path: str, **query: Any) -> list[Ask]:
    return [Ask(path, query)]


async def cases(http: httpx.AsyncClient) -> list[Case]:
    """What to measure, with cursors and ids that this database has."""
    me = (await http.get("/me")).raise_for_status().json()
    accounts = (await http.get("/channel-accounts")).raise_for_status().json()
    tags = (await http.get("/tags")).raise_for_status().json()
    assert me["user"]
    account = _items(accounts)[-1]["id"]
    narrowed: dict[str, dict[str, Any]] = {
        "all": {},
        "unread": {"unread": True},
        "waiting": {"waiting": True},
        "mine": {"mode": "manager", "assignee": "me"},
        "unassigned": {"mode": "manager", "assignee": "none"},
        "account": {"account_id": account},
        "tag": {"tag_id": _items(tags)[0]["id"]},
        "closed": {"status": "closed"},
        "unread of an account": {"unread": True, "account_id": account},
    }
    found: list[Case] = []
    for name, query in narrowed.items():
        for sort in _SORTS:
            wanted = {"mode": "bot", "limit": 50, "sort": sort, **query}
            found.append(Case(f"{name}, by {sort}", "list", [one("/conversations", **wanted)]))
            cursor = await _deep_cursor(http, wanted)
            if cursor is not None:
                deep = one("/conversations", **wanted, cursor=cursor)
                found.append(Case(f"{name}, by {sort}, deep", "list", [deep]))
    found.append(Case("both columns", "list", [one("/conversations", limit=50)]))
    found.append(Case("counts", "list", [one("/conversations/counts")]))
    page = (await http.get("/conversations", params={"limit": 100})).json()["items"]
    opened = [
        [Ask(f"/conversations/{row['id']}"), Ask(f"/conversations/{row['id']}/messages")]
        for row in random.Random(3).sample(page, min(len(page), ROUNDS))
    ]
    found.append(Case("opening", "opening", opened))
    for name, questions in SEARCHES.items():
        asked = [one("/search", q=question) for question in questions]
        found.append(Case(name, "search", asked, must_find=True))
    for name, seen in (await _seen_searches(http, page)).items():
        asks = [[Ask("/search", {"q": q, "limit": 50}, finds)] for q, finds in seen]
        found.append(Case(name, "search", asks, must_find=True))
    narrow = [one("/search", q=q, status="open", assignee="me") for q in SEARCHES["common words"]]
    found.append(Case("common words, mine", "search", narrow))
    found.append(Case("nothing", "search", [one("/search", q="ыфвапро йцукенг")]))
    return found


async def _seen_searches(
    http: httpx.AsyncClient, page: Sequence[dict[str, Any]]
) -> dict[str, list[tuple[str, str | None]]]:
    """Questions about what these conversations are seen to hold, each with one that must be found.

    They are the latest of all, so they are among the first even where thousands fit.
    """
    phones: list[tuple[str, str]] = []
    for row in page:
        url = f"/conversations/{row['id']}/messages"
        messages = (await http.get(url)).raise_for_status().json()["items"]
        texts = [number for each in messages for number in _PHONE.findall(each["text"])]
        phones += [(re.sub(r"\D", "", number), row["id"]) for number in texts]
        if len(phones) >= _ASKED_OF_EACH:
            break
    phones = phones[:_ASKED_OF_EACH]
    rows = [row for row in page if not row["is_pinned"]][:_ASKED_OF_EACH]
    return {
        "names": [(row["contact"]["name"].lower(), row["id"]) for row in rows],
        "first names": [(row["contact"]["name"].split()[0], row["id"]) for row in rows],
        "listings": [
            (" ".join(row["listing"]["title"].split(",")[0].split()[-3:]), row["id"])
            for row in rows
        ],
        "whole phones": [("8" + number[1:], talk) for number, talk in phones],
        # Four digits stand in many numbers: what is found first is not to be foreseen.
        "parts of phones": [
            *((number[-7:], talk) for number, talk in phones),
            *((number[-4:], None) for number, _ in phones),
        ],
    }


def _items(answer: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer
    return items


async def _deep_cursor(http: httpx.AsyncClient, wanted: dict[str, Any]) -> str | None:
    """A cursor some thousands of rows down the list, or as far as it goes."""
    cursor: str | None = None
    for _ in range(_DEEP // 100):
        query = {**wanted, "limit": 100, **({"cursor": cursor} if cursor else {})}
        page = (await http.get("/conversations", params=query)).raise_for_status().json()
        if page["next_cursor"] is None:
            break
        cursor = page["next_cursor"]
    return cursor


async def measure_case(
    http: httpx.AsyncClient,
    counting: httpx.AsyncClient,
    server: psutil.Process,
    case: Case,
    *,
    rounds: int,
) -> Measured:
    for act in case.acts:  # warm, and what it finds
        await _do(http, act)
    found_all = True
    taken: list[float] = []
    cpu_before = _cpu_s(server)
    for _, act in zip(range(rounds), cycle(case.acts), strict=False):
        started = time.perf_counter()
        answers = await _do(http, act)
        taken.append((time.perf_counter() - started) * 1000)
        found_all &= not case.must_find or all(map(_is_found, act, answers))
    cpu_ms = (_cpu_s(server) - cpu_before) * 1000 / rounds
    queries = 0
    for act in case.acts:
        with counting_queries() as statements:
            await _do(counting, act)
        queries = max(queries, len(statements))
    return Measured(
        case.name,
        case.kind,
        round(statistics.median(taken), 1),
        round(quantile(taken, 0.95), 1),
        round(cpu_ms, 1),
        queries,
        found_all,
    )


def _is_found(ask: Ask, answer: dict[str, Any]) -> bool:
    if ask.finds is None:
        return bool(answer["items"])
    return ask.finds in (item["conversation"]["id"] for item in answer["items"])


def _cpu_s(process: psutil.Process) -> float:
    spent = process.cpu_times()
    total: float = spent.user + spent.system
    return total


async def _do(http: httpx.AsyncClient, act: Sequence[Ask]) -> list[Any]:
    return [(await http.get(ask.path, params=ask.query)).raise_for_status().json() for ask in act]


@contextmanager
def counting_queries() -> Iterator[list[str]]:
    statements: list[str] = []

    def on_execute(_: object, __: object, statement: str, *___: object) -> None:
        if statement.lstrip("( ").startswith("SELECT"):
            statements.append(statement)

    engine = db.database().read_engine.sync_engine
    event.listen(engine, "before_cursor_execute", on_execute)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", on_execute)


async def measure(
    url: str, folder: Path, *, conversations: int, messages: int, rounds: int
) -> dict[str, Any]:
    settings = Settings(database_url=url, data_dir=folder / "data", log_level="WARNING")
    use_settings(settings)
    crypto.forget_key()
    db.open_database(settings)
    try:
        started = time.perf_counter()
        is_new = await fill(settings.database, conversations=conversations, messages=messages)
        fill_s = round(time.perf_counter() - started, 1)
        measured = [each async for each in _measured(settings, folder, rounds)]
    finally:
        await db.close_database()
    return {
        "database": make_url(settings.database).get_backend_name(),
        "conversations": conversations,
        "messages": messages,
        "filled_in_s": fill_s if is_new else None,
        "limits_ms": LIMITS_MS,
        "worst_p95_ms": {
            kind: max(each.p95_ms for each in measured if each.kind == kind) for kind in LIMITS_MS
        },
        "ok": all(each.is_ok for each in measured),
        "cases": [
            {
                "name": each.name,
                "kind": each.kind,
                "p50_ms": each.p50_ms,
                "p95_ms": each.p95_ms,
                "cpu_ms": each.cpu_ms,
                "queries": each.queries,
                "found": each.found_all,
                "ok": each.is_ok,
            }
            for each in measured
        ],
    }


async def _measured(settings: Settings, folder: Path, rounds: int) -> AsyncIterator[Measured]:
    login = {"email": EMAIL, "password": PASSWORD}
    app = create_app(settings, with_worker=False)
    async with (
        running_server(folder=folder, database=settings.database, channel_url=_NOBODY) as server,
        httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60, trust_env=False) as http,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1/api/v1"
        ) as counting,
    ):
        for client in (http, counting):
            (await client.post("/auth/login", json=login)).raise_for_status()
        process = psutil.Process(server.pid)
        for case in await cases(http):
            yield await measure_case(http, counting, process, case, rounds=rounds)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench inbox", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print only one JSON object")
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--messages", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="requests of each kind")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "besedka-bench-inbox",
        help="where the SQLite file and the server's data stay for the next time",
    )
    parser.add_argument("--database", default="", help="the URL of an empty or a filled database")
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    file = options.folder.absolute() / f"{options.conversations}-{options.messages}.db"
    try:
        result = asyncio.run(
            measure(
                options.database or f"sqlite+aiosqlite:///{file}",
                options.folder.absolute(),
                conversations=options.conversations,
                messages=options.messages,
                rounds=options.rounds,
            )
        )
    except OtherContent as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print_table(result)
    return 0 if result["ok"] else 1


def print_table(result: dict[str, Any]) -> None:
    for case in result["cases"]:
        mark = "" if case["ok"] else "  over the limit, or not found"
        print(
            f"{case['kind']:<8} {case['name']:<36} p50 {case['p50_ms']:>7.1f} ms"
            f"  p95 {case['p95_ms']:>7.1f} ms  cpu {case['cpu_ms']:>6.1f} ms"
            f"  {case['queries']:>2} queries{mark}"
        )
    print(f"worst p95: {result['worst_p95_ms']} of {result['limits_ms']}")
