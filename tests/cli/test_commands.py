"""Commands that do one thing and end."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pydantic_ai.models
import pytest
import structlog
from argon2 import PasswordHasher
from sqlalchemy import select
from typer.testing import CliRunner, Result

from besedka import jobs
from besedka.app.server import listen, url_of
from besedka.cli.main import app
from besedka.core import db
from besedka.core import settings as core_settings
from besedka.core.db import schema
from besedka.identity import Role, Workspace
from besedka.identity import service as identity
from besedka.identity.models import LoginSession, Membership, User
from besedka.jobs import claiming
from besedka.jobs import service as job_service
from tests.conftest import run_apart

Besedka = Callable[..., Result]


@pytest.fixture
def besedka(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Besedka]:
    """Runs a command as a person would, in an installation with an empty database."""
    root = logging.getLogger()
    handlers, level, structure = root.handlers, root.level, structlog.get_config()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BESEDKA_DATABASE_URL", database_url)
    monkeypatch.setenv("BESEDKA_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("BESEDKA_LOG_LEVEL", "CRITICAL")

    def run(*words: str, **environment: str) -> Result:
        monkeypatch.setattr(core_settings, "_settings", None)
        return CliRunner().invoke(app, words, env=environment)

    yield run
    root.handlers, root.level = handlers, level
    structlog.configure(**structure)


def stored_users() -> list[tuple[str, str, Role]]:
    found: list[tuple[str, str, Role]] = []

    async def read() -> None:
        db.open_database(core_settings.get_settings())
        async with db.reading() as session:
            statement = select(User.email, User.name, Membership.role).join(Membership)
            found.extend(
                (row.email, row.name, row.role) for row in await session.execute(statement)
            )
        await db.close_database()

    run_apart(read())
    return found


def test_a_user_is_added_to_the_company(besedka: Besedka) -> None:
    result = besedka(
        "user", "add", "Anna@Example.com", "--role", "admin", BESEDKA_USER_PASSWORD="тайна-123"
    )

    assert result.exit_code == 0, result.output
    assert "Anna@Example.com, роль admin" in result.output
    assert "тайна" not in result.output
    assert stored_users() == [("anna@example.com", "Anna", Role.ADMIN)]


def test_a_user_who_is_there_already_is_refused_in_plain_words(besedka: Besedka) -> None:
    besedka("user", "add", "anna@example.com", BESEDKA_USER_PASSWORD="тайна-123")

    again = besedka("user", "add", "anna@example.com", BESEDKA_USER_PASSWORD="тайна-123")

    assert again.exit_code == 1
    assert "Пользователь с такой почтой уже есть" in again.output


def test_an_unknown_role_is_refused(besedka: Besedka) -> None:
    result = besedka("user", "add", "a@example.com", "--role", "boss", BESEDKA_USER_PASSWORD="x")

    assert result.exit_code == 1
    assert "owner, admin, manager, viewer" in result.output
    assert stored_users() == []


def test_a_password_that_is_too_short_is_refused(besedka: Besedka) -> None:
    result = besedka("user", "add", "a@example.com", BESEDKA_USER_PASSWORD="тайна-1")

    assert result.exit_code == 1
    assert "не меньше 8 знаков" in result.output
    assert stored_users() == []


def test_a_weak_password_of_the_settings_makes_no_owner(besedka: Besedka) -> None:
    result = besedka("serve", "--port", "0", BESEDKA_OWNER_PASSWORD="12345678")

    assert result.exit_code == 1
    assert "добавьте буквы. Задайте другой BESEDKA_OWNER_PASSWORD." in result.output
    assert "12345678" not in result.output
    assert stored_users() == []


def test_the_setup_code_is_told_until_there_is_an_owner(besedka: Besedka) -> None:
    code = re.compile("([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}")

    first, second = besedka("setup-code"), besedka("setup-code")
    manager = besedka("user", "add", "anna@example.com", BESEDKA_USER_PASSWORD="тайна-123")
    between = besedka("setup-code")
    owner = besedka(
        "user", "add", "oleg@example.com", "--role", "owner", BESEDKA_USER_PASSWORD="тайна-123"
    )
    after = besedka("setup-code")

    told = code.search(first.output)
    assert told
    assert f"http://127.0.0.1:8000/setup#code={told[0]}" in first.output
    assert first.output == second.output == between.output
    assert "besedka setup-code" in manager.output
    assert "besedka setup-code" not in owner.output
    assert "Код не нужен" in after.output
    assert "besedka user password" in after.output
    assert not code.search(after.output)


def test_the_password_is_asked_for_when_it_is_not_given(
    besedka: Besedka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core_settings, "_settings", None)
    result = CliRunner().invoke(
        app, ["user", "add", "anna@example.com"], input="тайна-123\nтайна-123\n"
    )

    assert result.exit_code == 0, result.output
    assert "тайна" not in result.output


def test_a_forgotten_password_is_set_anew_and_ends_all_sessions(
    besedka: Besedka, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[str, int]] = []

    async def look(*, log_in: bool = False) -> None:
        db.open_database(core_settings.get_settings())
        async with db.transaction() as session:
            user = (await session.scalars(select(User))).one()
            workspace = (await session.scalars(select(Workspace))).one()
            if log_in:
                await identity.open_login(session, user, workspace)
            logins = (await session.scalars(select(LoginSession))).all()
            kept.append((user.password_hash, len(logins)))
        await db.close_database()

    def set_password(email: str, typed: str) -> Result:
        monkeypatch.setattr(core_settings, "_settings", None)
        return CliRunner().invoke(app, ["user", "password", email], input=typed)

    besedka("user", "add", "anna@example.com", BESEDKA_USER_PASSWORD="тайна-123")
    run_apart(look(log_in=True))
    weak = set_password("anna@example.com", "12345678\n")
    unknown = set_password("nobody@example.com", "другая-тайна\n")
    run_apart(look())
    changed = set_password("Anna@Example.com", "другая-тайна\n")
    run_apart(look())

    assert (weak.exit_code, unknown.exit_code) == (1, 1)
    assert "добавьте буквы" in weak.output
    assert "Пользователя с такой почтой нет" in unknown.output
    assert kept[0] == kept[1]
    assert (changed.exit_code, kept[2][1]) == (0, 0)
    assert "тайна" not in changed.output
    PasswordHasher().verify(kept[2][0], "другая-тайна")


def test_dead_jobs_are_listed_and_run_again(besedka: Besedka) -> None:
    async def never_run() -> None: ...

    async def bury_one() -> None:
        db.open_database(core_settings.get_settings())
        async with db.transaction() as session:
            definition = jobs.JobDefinition("test.dead", never_run)
            job_id = await jobs.enqueue(session, definition) or 0
        async with db.transaction() as session:
            (job,) = await claiming.claim(session, [job_id], lease_s=15)
            job.error = "unreachable: нет связи"
            await job_service.bury(session, job)
        await db.close_database()

    besedka("jobs", "list")  # so that the settings are read
    run_apart(bury_one())

    listed = besedka("jobs", "list")
    (line,) = [line for line in listed.output.splitlines() if "test.dead" in line]
    job_id = line.split("\t")[0]
    retried = besedka("jobs", "retry", job_id)
    again = besedka("jobs", "retry", job_id)

    assert "dead: 1" in listed.output
    assert "unreachable: нет связи" in line
    assert retried.exit_code == 0
    assert "pending: 1" in besedka("jobs", "list").output
    assert again.exit_code == 1
    assert "Такой остановленной задачи нет" in again.output


def test_migrating_says_where_the_database_is_now(besedka: Besedka) -> None:
    result = besedka("migrate")

    assert result.exit_code == 0
    assert str(schema.head()) in result.output


def test_the_api_is_described_the_same_way_every_time(besedka: Besedka) -> None:
    first, second = besedka("openapi"), besedka("openapi")

    description = json.loads(first.output)
    assert first.output == second.output
    assert "/api/v1/conversations" in description["paths"]
    assert description["info"]["title"] == "Besedka"


def test_wrong_settings_are_told_by_name(besedka: Besedka) -> None:
    result = besedka("migrate", BESEDKA_PORT="много")

    assert result.exit_code == 1
    assert "BESEDKA_PORT" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("zone", ["Moscow", "Europe", "../etc/passwd"])
def test_a_time_zone_that_does_not_exist_is_refused(besedka: Besedka, zone: str) -> None:
    result = besedka("migrate", BESEDKA_TIME_ZONE=zone)

    assert result.exit_code == 1
    assert f"BESEDKA_TIME_ZONE: часового пояса «{zone}» нет" in result.output


def test_a_port_that_is_taken_is_told_in_plain_words(besedka: Besedka) -> None:
    taken = listen("127.0.0.1", 0)
    taken.listen()
    port = url_of(taken).rsplit(":", 1)[1]

    result = besedka("serve", "--port", port)

    taken.close()
    assert result.exit_code == 1
    assert "--port" in result.output


def test_developing_is_refused_where_others_can_reach_the_server(besedka: Besedka) -> None:
    by_option = besedka(
        "serve", "--host", "0.0.0.0", BESEDKA_DEV_MODE="true", BESEDKA_HOST="127.0.0.1"
    )
    by_setting = besedka("serve", BESEDKA_DEV_MODE="true", BESEDKA_HOST="0.0.0.0")

    assert (by_option.exit_code, by_setting.exit_code) == (1, 1)
    assert "нельзя слушать 0.0.0.0" in by_option.output
    assert "BESEDKA_DEV_MODE: режим разработчика удаляет переписку" in by_setting.output


def test_when_the_port_of_the_simulated_avito_is_taken_its_own_option_is_named(
    besedka: Besedka,
) -> None:
    with listen("127.0.0.1", 0) as taken:
        taken.listen()
        port = url_of(taken).rsplit(":", 1)[1]

        result = besedka("demo", "--port", "0", "--avito-port", port)

    assert result.exit_code == 1
    assert "другой порт: --avito-port." in result.output


@pytest.mark.parametrize("words", [["serve"], ["jobs", "list"], ["doctor"]], ids=" ".join)
@pytest.mark.parametrize("url", ["foo://bar:тайна@host/b", "postgresql://a:тайна@host:port/b"])
def test_a_database_of_an_unknown_kind_is_refused(
    besedka: Besedka, words: list[str], url: str
) -> None:
    result = besedka(*words, BESEDKA_DATABASE_URL=url)

    assert result.exit_code == 1
    assert "BESEDKA_DATABASE_URL: нужен адрес вида postgresql://" in result.output
    assert "тайна" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ["serve", "--port", "0"],
        ["serve", "--port", "0", "--no-migrate"],
        ["migrate"],
        ["worker"],
        ["jobs", "list"],
        ["jobs", "retry", "1"],
        ["user", "add", "a@example.com"],
    ],
    ids=" ".join,
)
def test_a_database_that_does_not_answer_is_told_in_one_line(
    besedka: Besedka, words: list[str]
) -> None:
    result = besedka(
        *words,
        BESEDKA_DATABASE_URL="postgresql://a:тайна@127.0.0.1:9/b",
        BESEDKA_USER_PASSWORD="тайна-123",
    )

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert result.output.startswith("База данных не отвечает. postgresql+asyncpg://a:***@")


@pytest.mark.parametrize("words", [["jobs", "list"], ["worker"]], ids=" ".join)
def test_looking_into_a_database_that_is_not_there_makes_none(
    besedka: Besedka, tmp_path: Path, words: list[str]
) -> None:
    result = besedka(*words, BESEDKA_DATABASE_URL="", BESEDKA_DATA_DIR=str(tmp_path / "new"))

    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert "Базы данных ещё нет" in result.output
    assert not (tmp_path / "new" / "besedka.db").exists()


@pytest.mark.parametrize("command", ["serve", "worker", "demo"])
@pytest.mark.parametrize(
    ("environment", "missing"),
    [
        ({"PROVIDER": "openai", "NAME": "m"}, "BESEDKA_MODEL_KEY"),
        ({"PROVIDER": "anthropic", "KEY": "k"}, "BESEDKA_MODEL_NAME"),
        ({"PROVIDER": "gemini"}, "BESEDKA_MODEL_NAME, BESEDKA_MODEL_KEY"),
        ({"PROVIDER": "openai_compatible", "NAME": "m"}, "BESEDKA_MODEL_BASE_URL"),
    ],
    ids=lambda value: value["PROVIDER"] if isinstance(value, dict) else "",
)
def test_nothing_starts_with_a_model_that_cannot_be_called(
    besedka: Besedka, command: str, environment: dict[str, str], missing: str
) -> None:
    result = besedka(
        command, **{f"BESEDKA_MODEL_{name}": value for name, value in environment.items()}
    )

    assert result.exit_code == 1
    assert f"не хватает настроек: {missing}." in result.output
    assert len(result.output.splitlines()) == 1


# besedka doctor


def test_the_doctor_tells_what_the_model_lacks(besedka: Besedka) -> None:
    besedka("user", "add", "a@example.com", BESEDKA_USER_PASSWORD="тайна-123")

    result = besedka(
        "doctor",
        BESEDKA_PUBLIC_URL="http://127.0.0.1:9",
        BESEDKA_MODEL_PROVIDER="openai",
        BESEDKA_MODEL_NAME="m",
    )

    assert result.exit_code == 1
    assert "✗ Модели openai не хватает настроек: BESEDKA_MODEL_KEY" in result.output
    assert "✗ Модель openai m не ответит: у неё нет ключа" in result.output


def test_the_doctor_finds_what_is_missing_on_a_bare_database(besedka: Besedka) -> None:
    result = besedka("doctor", BESEDKA_PUBLIC_URL="http://127.0.0.1:9")

    assert result.exit_code == 1
    assert "✓ База данных" in result.output
    assert "✗ Владельца ещё нет" in result.output
    assert "besedka setup-code" in result.output
    assert "besedka user add ПОЧТА --role owner" in result.output
    assert "✗ Беседка не отвечает по адресу http://127.0.0.1:9" in result.output


def test_the_doctor_notices_a_misspelt_setting(besedka: Besedka) -> None:
    result = besedka("doctor", BESEDKA_PUBLIK_URL="x", BESEDKA_PUBLIC_URL="http://127.0.0.1:9")

    assert "! Настройки BESEDKA_PUBLIK_URL нет" in result.output
    assert "BESEDKA_PUBLIC_URL" in result.output


def test_the_doctor_says_when_the_database_does_not_answer(besedka: Besedka) -> None:
    result = besedka("doctor", BESEDKA_DATABASE_URL="postgresql://a:тайна@127.0.0.1:9/b")

    assert result.exit_code == 1
    assert "✗ База данных не отвечает" in result.output
    assert "тайна" not in result.output


@pytest.mark.parametrize(
    ("setting", "given", "told"),
    [
        ("BESEDKA_BROKER_URL", "carrier-pigeon://", "пока есть только memory://"),
        ("BESEDKA_LOG_LEVEL", "verbose", "бывает DEBUG, INFO"),
    ],
)
def test_a_setting_that_cannot_be_is_told_in_plain_words(
    setting: str, given: str, told: str, besedka: Besedka
) -> None:
    result = besedka("doctor", **{setting: given})

    assert result.exit_code == 1
    assert f"{setting}: {told}" in result.output


def test_the_doctor_asks_the_model_of_a_company(
    besedka: Besedka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", True)  # nobody answers there
    besedka("user", "add", "a@example.com", BESEDKA_USER_PASSWORD="тайна-123")

    builtin = besedka("doctor", BESEDKA_PUBLIC_URL="http://127.0.0.1:9")

    result = besedka(
        "doctor",
        BESEDKA_PUBLIC_URL="http://127.0.0.1:9",
        BESEDKA_MODEL_PROVIDER="openai_compatible",
        BESEDKA_MODEL_NAME="m",
        BESEDKA_MODEL_BASE_URL="http://127.0.0.1:9/v1",
    )

    assert "✓ Модель: встроенная" in builtin.output
    assert "✗ Модель openai_compatible m не ответила" in result.output
