"""What every test can ask for. A test that asks for `settings` runs on both databases."""

import asyncio
import os
import shutil
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg
import httpx
import pydantic_ai.models
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy.engine import make_url

from besedka.app import rooms
from besedka.app.main import create_app
from besedka.channels import connections
from besedka.channels.adapters.avito import AvitoAdapter
from besedka.core import crypto, db, time
from besedka.core.db import Base, Database, schema
from besedka.core.settings import Settings, use_settings
from besedka.identity import Role, User, Workspace
from besedka.identity.access import SESSION_COOKIE
from besedka.jobs.runner import run_due
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.factories import Make

pydantic_ai.models.ALLOW_MODEL_REQUESTS = False

POSTGRES_URL = os.environ.get(
    "BESEDKA_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres"
)
BASE_URL = "http://testserver"

RunJobs: TypeAlias = Callable[[], Awaitable[int]]
Client: TypeAlias = httpx.AsyncClient
JsonObject: TypeAlias = dict[str, Any]
Exchange: TypeAlias = Callable[[], Awaitable[None]]


# ------------------------------------------------------------------------------- databases


def run_apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run to the end in a loop of its own, whatever loop the test has."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(coroutine)
        except BaseException as error:  # noqa: BLE001 - raised again in the test's thread
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


async def on_server(*statements: str) -> None:
    url = make_url(POSTGRES_URL).set(drivername="postgresql")
    connection = await asyncpg.connect(url.render_as_string(hide_password=False), timeout=5)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres_template(worker_id: str) -> Iterator[str]:
    """The URL of a migrated database that belongs to this test process alone."""
    name = f"besedka_test_{os.getpid()}_{worker_id}"
    try:
        run_apart(on_server(f"DROP DATABASE IF EXISTS {name} (FORCE)", f"CREATE DATABASE {name}"))
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        reason = f"no PostgreSQL: {type(error).__name__} (set BESEDKA_TEST_POSTGRES_URL)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    url = make_url(POSTGRES_URL).set(database=name).render_as_string(hide_password=False)
    run_apart(schema.upgrade(url))
    yield url
    run_apart(on_server(f"DROP DATABASE IF EXISTS {name} (FORCE)"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file; each test gets a copy."""
    path = tmp_path_factory.mktemp("template") / "besedka.db"
    run_apart(schema.upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


async def empty(url: str) -> None:
    """Delete all rows. Faster than TRUNCATE for the few that a test leaves."""
    assert rooms.DECLARING
    connection = await asyncpg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    )
    try:
        names = [table.name for table in reversed(Base.metadata.sorted_tables)]
        deletes = "; ".join(f'DELETE FROM "{name}"' for name in names)
        await connection.execute(
            f"SET session_replication_role = replica; {deletes};"
            " SELECT setval('events_sequence_seq', 1, false)"
        )
    finally:
        await connection.close()


SQLITE = pytest.param("sqlite")
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
on_sqlite = pytest.mark.parametrize("database_url", [SQLITE], indirect=True)
on_postgres = pytest.mark.parametrize("database_url", [POSTGRES], indirect=True)


@pytest.fixture(params=[SQLITE, POSTGRES])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "besedka.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'besedka.db'}"
    else:
        url: str = request.getfixturevalue("postgres_template")
        yield url
        run_apart(empty(url))


@pytest.fixture
def settings(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """The settings of this test, which the whole process uses while it runs."""
    for name in [name for name in os.environ if name.startswith("BESEDKA_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)  # no .env of the checkout
    settings = Settings(
        data_dir=tmp_path,
        database_url=database_url,
        database_pool_size=5,
        public_url=BASE_URL,
        secret_key=SecretStr("key-for-tests"),
        avito_base_url="http://127.0.0.1:9",  # nobody answers there; `avito` puts its own
        avito_requests_per_s=10_000,  # the limit is kept by a clock that no test moves
        log_level="CRITICAL",
    )
    use_settings(settings)
    crypto.forget_key()
    yield settings
    crypto.forget_key()


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The open database, for tests below HTTP."""
    yield db.open_database(settings)
    await db.close_database()


# --------------------------------------------------------------------------- time and jobs


class Clock:
    def advance(self, seconds: float) -> None:
        time.shift_clock(timedelta(seconds=seconds))


@pytest.fixture
def clock() -> Iterator[Clock]:
    yield Clock()
    time.reset_clock()


@pytest.fixture
def run_jobs(database: Database) -> RunJobs:
    """Run what is due at the clock's time, and what that makes due; returns how many ran."""
    return run_due


# ------------------------------------------------------------------------------------ HTTP


@pytest.fixture
async def app(settings: Settings, database: Database) -> AsyncIterator[FastAPI]:
    """The product without its job runner: `run_jobs` runs the jobs."""
    app = create_app(settings, with_worker=False)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def new_client(app: FastAPI) -> AsyncIterator[Callable[[], Client]]:
    clients: list[Client] = []

    def open_client() -> Client:
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 50000))
        clients.append(httpx.AsyncClient(transport=transport, base_url=BASE_URL))
        return clients[-1]

    yield open_client
    for client in clients:
        await client.aclose()


@pytest.fixture
def client(new_client: Callable[[], Client]) -> Client:
    """Nobody's browser: not logged in."""
    return new_client()


@pytest.fixture
def make(database: Database) -> Make:
    return Make()


@pytest.fixture
async def workspace(make: Make) -> Workspace:
    """The company that `owner`, `admin`, `operator` and `viewer` work in."""
    return await make.workspace(name="Автодвор")


LogIn: TypeAlias = Callable[[User, Workspace], Awaitable[Client]]


@pytest.fixture
def log_in(make: Make, new_client: Callable[[], Client]) -> LogIn:
    async def open_browser(user: User, workspace: Workspace) -> Client:
        client = new_client()
        client.cookies.set(SESSION_COOKIE, await make.login(user, workspace))
        return client

    return open_browser


@pytest.fixture
async def owner(make: Make, workspace: Workspace, log_in: LogIn) -> Client:
    return await log_in(await make.user(workspace, role=Role.OWNER, name="Олег"), workspace)


@pytest.fixture
async def admin(make: Make, workspace: Workspace, log_in: LogIn) -> Client:
    return await log_in(await make.user(workspace, role=Role.ADMIN, name="Анна"), workspace)


@pytest.fixture
async def operator(make: Make, workspace: Workspace, log_in: LogIn) -> Client:
    return await log_in(await make.user(workspace, role=Role.MANAGER, name="Ирина"), workspace)


@pytest.fixture
async def viewer(make: Make, workspace: Workspace, log_in: LogIn) -> Client:
    return await log_in(await make.user(workspace, role=Role.VIEWER, name="Вера"), workspace)


# ---------------------------------------------------------------------------------- Avito


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The adapter repeats failed requests at once: its pauses are real seconds."""

    async def pass_by(_: float) -> None:
        return

    defaults = AvitoAdapter.__init__.__kwdefaults__ or {}
    monkeypatch.setitem(defaults, "sleep", pass_by)


@pytest.fixture
async def avito(app: FastAPI, no_waiting: None) -> AsyncIterator[AvitoSimulator]:
    """A simulated Avito on the test's clock; the product's adapters talk to it in process.

    Its webhooks reach the product when the test says `await avito.deliver_pending()`.
    """
    simulator = AvitoSimulator(
        clock=lambda: time.now().timestamp(),
        seed=1,
        public_url="http://avito.test",
        webhook_transport=httpx.ASGITransport(app),
        auto_deliver=False,
    )
    connections.use_transport(httpx.ASGITransport(simulator.app))
    yield simulator
    await connections.close_all()
    connections.use_transport(None)
    await simulator.aclose()


@pytest.fixture
async def account(admin: Client, avito: AvitoSimulator, run_jobs: RunJobs) -> JsonObject:
    """The simulator's demo account, connected: keys checked, webhook on, history loaded."""
    response = await admin.post(
        "/api/v1/channel-accounts",
        json={"kind": "avito", "client_id": "demo-client", "client_secret": "demo-secret"},
    )
    assert response.status_code == 201, response.text
    await run_jobs()
    connected: JsonObject = response.json()
    return connected


@pytest.fixture
def exchange(avito: AvitoSimulator, run_jobs: RunJobs) -> Exchange:
    """Let everything due happen on both sides: webhooks arrive, jobs run, until it is quiet."""

    async def settle() -> None:
        while await avito.deliver_pending() + await run_jobs():
            pass

    return settle
