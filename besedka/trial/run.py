"""A trial from beginning to end."""

import asyncio
import contextlib
import random
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import orjson

from besedka.trial import channel as channels
from besedka.trial.buyers import Buyers, plan_buyers
from besedka.trial.channel import Channel, running_channel
from besedka.trial.database import empty_database
from besedka.trial.documents import DOCUMENTS
from besedka.trial.evidence import Evidence
from besedka.trial.judge import Verdict, judge
from besedka.trial.options import TrialOptions
from besedka.trial.people import People
from besedka.trial.quiet import wait_for_quiet
from besedka.trial.reader import LiveReader
from besedka.trial.records import Records, reading
from besedka.trial.server import OWNER_EMAIL, Server, running_server

Tell = Callable[[str], None]

_CONNECT_S = 60.0
_TELL_EVERY_S = 5.0
# Kills and take-overs happen while buyers write, not at the very edges.
_MIDDLE = (0.08, 0.95)


class SetUpFailed(Exception):
    """The product does not do what the trial needs before it can begin."""


@dataclass(slots=True)
class Stage:
    """Everything that takes part."""

    options: TrialOptions
    channel: Channel
    server: Server
    records: Records
    http: httpx.AsyncClient
    tell: Tell
    rng: random.Random


async def run_trial(options: TrialOptions, tell: Tell = lambda _: None) -> Verdict:
    """Raises BadOptions, ChannelDidNotStart, ServerDidNotStart, SetUpFailed."""
    options.checked()
    folder = Path(tempfile.mkdtemp(prefix="besedka-trial-"))
    try:
        async with _staged(options, folder, tell) as stage:
            return await _perform(stage)
    finally:
        if options.keep:
            tell(f"Оставлено: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def _staged(options: TrialOptions, folder: Path, tell: Tell) -> AsyncIterator[Stage]:
    tell("Запускаю имитацию Авито и Беседку на пустой базе")
    async with (
        running_channel(options.seed) as channel,
        empty_database(options.database, folder=folder, keep=options.keep) as database,
        running_server(folder=folder, database=database, channel_url=channel.url) as server,
        reading(database) as records,
        httpx.AsyncClient(base_url=server.url, timeout=10, trust_env=False) as http,
    ):
        if options.keep:
            tell(f"База: {database}")
        yield Stage(options, channel, server, records, http, tell, random.Random(options.seed))


async def _perform(stage: Stage) -> Verdict:
    options = stage.options
    await _log_in(stage)
    await _teach(stage)
    await _connect(stage)
    await stage.channel.set_faults(
        drop=options.drop, duplicate=options.duplicate, reorder=options.reorder
    )
    buyers = Buyers(stage.channel, plan_buyers(options, await stage.channel.listings()))
    people = People(stage.http, stage.channel, stage.records, buyers, stage.rng)
    reader = LiveReader(stage.http, people.on_event)
    async with _in_background(
        reader.follow_forever(), people.learn_forever(), people.work_forever()
    ):
        await reader.wait_until_ready()
        stage.tell(f"{options.messages} сообщений, {options.conversations} диалогов")
        async with _in_background(_tell_progress(stage, buyers, people, reader)):
            async with asyncio.TaskGroup() as doing:
                doing.create_task(buyers.write_all())
                doing.create_task(people.take_over_at(_moments(stage, options.takeover)))
                doing.create_task(_kill_at(stage, _moments(stage, options.kill)))
            stage.tell("Все написали; жду тишины и сверки")
            noise = await wait_for_quiet(stage.channel, stage.records, people, stage.tell)
    evidence = await _evidence(stage, buyers, people, reader, noise)
    if options.keep:
        dumped = orjson.dumps(evidence, default=list, option=orjson.OPT_INDENT_2)
        (stage.server.log.parent / "evidence.json").write_bytes(dumped)
    return judge(evidence)


def _moments(stage: Stage, count: int) -> list[float]:
    duration = stage.options.duration_s
    return sorted(stage.rng.uniform(*_MIDDLE) * duration for _ in range(count))


async def _kill_at(stage: Stage, moments: list[float]) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    for moment in moments:
        await asyncio.sleep(max(0.0, started + moment - loop.time()))
        stage.tell("SIGKILL")
        await stage.server.kill_and_restart()


# Before it begins


async def _log_in(stage: Stage) -> None:
    credentials = {"email": OWNER_EMAIL, "password": stage.server.password}
    await _call(stage, "POST", "/api/v1/auth/login", credentials)


async def _teach(stage: Stage) -> None:
    for title, text in DOCUMENTS.items():
        await _call(stage, "POST", "/api/v1/documents", {"title": title, "text": text.strip()})


async def _connect(stage: Stage) -> None:
    """Add the account and wait until its webhook is subscribed and its history read."""
    keys = {"client_id": channels.CLIENT_ID, "client_secret": channels.CLIENT_SECRET}
    added = await _call(stage, "POST", "/api/v1/channel-accounts", {"kind": "avito", **keys})
    path = f"/api/v1/channel-accounts/{added['id']}"
    try:
        async with asyncio.timeout(_CONNECT_S):
            while True:
                account = await _call(stage, "GET", path)
                if account["state"] == "connected" and account["synced_at"]:
                    return
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise SetUpFailed(f"the account is not connected after {_CONNECT_S:.0f} s") from None


async def _call(
    stage: Stage, method: str, path: str, body: dict[str, str] | None = None
) -> dict[str, object]:
    response = await stage.http.request(method, path, json=body)
    if not response.is_success:
        raise SetUpFailed(f"{method} {path}: {response.status_code} {response.text[:500]}")
    answer: dict[str, object] = response.json()
    return answer


# While it runs


@asynccontextmanager
async def _in_background(*works: Coroutine[None, None, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def _tell_progress(stage: Stage, buyers: Buyers, people: People, reader: LiveReader) -> None:
    started = time.monotonic()
    while True:
        await asyncio.sleep(_TELL_EVERY_S)
        stage.tell(
            f"{time.monotonic() - started:4.0f} с: написано {buyers.sent}, "
            f"видно {len(reader.seen)}, людей пришло {people.takeovers}, "
            f"перезапусков {len(stage.server.downtimes)}"
        )


# When it is over


async def _evidence(
    stage: Stage, buyers: Buyers, people: People, reader: LiveReader, noise: list[str]
) -> Evidence:
    truth = await stage.channel.truth()
    failed = [*noise, *people.failures, *await stage.records.dead_jobs()]
    if reader.reloads:
        failed.append(f"the live reader was told {reader.reloads} times to load everything anew")
    if reader.repeated:
        failed.append(f"the live reader got {reader.repeated} events twice")
    if buyers.sent != stage.options.messages:
        failed.append(f"only {buyers.sent} messages could be written")
    if people.takeovers < stage.options.takeover:
        failed.append(
            f"only {people.takeovers} of {stage.options.takeover} take-overs found a talk: "
            "ask for fewer, or for more talks"
        )
    return Evidence(
        messages=channels.messages_of(truth, needless=frozenset(buyers.needless_ids)),
        deliveries=channels.deliveries_of(truth),
        history_reads=channels.history_reads_of(truth),
        stored=await stage.records.stored(),
        turns=await stage.records.turns(),
        acts=people.acts,
        person_messages=people.messages,
        downtimes=stage.server.downtimes,
        seen_live=reader.seen,
        failed=failed,
    )
