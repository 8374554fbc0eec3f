"""Settings from the environment."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from besedka.core.settings import Settings


@pytest.fixture(autouse=True)
def _empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_there_is_a_sqlite_file_in_the_data_folder() -> None:
    assert Settings().database == "sqlite+aiosqlite:///data/besedka.db"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BESEDKA_PORT=8100\nBESEDKA_HOST=0.0.0.0\n")
    monkeypatch.setenv("BESEDKA_PORT", "8200")

    settings = Settings()

    assert (settings.host, settings.port) == ("0.0.0.0", 8200)


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://u:p@db/besedka", "postgresql+asyncpg://u:p@db/besedka"),
        ("postgres://u:p@db/besedka", "postgresql+asyncpg://u:p@db/besedka"),
        ("postgresql+asyncpg://u@db/besedka", "postgresql+asyncpg://u@db/besedka"),
    ],
)
def test_a_postgresql_address_gets_our_driver(given: str, driver: str) -> None:
    assert Settings(database_url=given).database == driver


def test_origins_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BESEDKA_ALLOWED_ORIGINS", "https://a.example, https://b.example")

    assert Settings().allowed_origins == ["https://a.example", "https://b.example"]


def test_a_name_without_a_value_leaves_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("BESEDKA_SECRET_KEY=\nBESEDKA_COOKIE_SECURE=\n")
    monkeypatch.setenv("BESEDKA_OWNER_PASSWORD", "")

    settings = Settings()

    assert settings.secret_key is None
    assert settings.owner_password is None
    assert settings.cookie_secure is None


def test_the_public_address_must_be_an_address() -> None:
    with pytest.raises(ValidationError):
        Settings(public_url="crm.example.com")
    assert Settings(public_url="https://crm.example.com/").public_url == "https://crm.example.com"


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BESEDKA_MODEL_KEY", "sk-very-secret")

    assert "sk-very-secret" not in repr(Settings())


def test_the_level_of_the_log_is_read_in_any_case_and_a_wrong_one_refused_in_words() -> None:
    assert Settings.model_validate({"log_level": "warning"}).log_level == "WARNING"
    with pytest.raises(ValidationError, match="бывает DEBUG, INFO, WARNING"):
        Settings.model_validate({"log_level": "verbose"})


def test_a_broker_that_is_not_there_yet_is_refused_without_telling_its_password() -> None:
    with pytest.raises(ValidationError, match="пока есть только memory://") as refused:
        Settings(broker_url="amqp://guest:тайна@localhost")
    assert "тайна" not in refused.value.errors()[0]["msg"]
    assert Settings(broker_url="memory://").broker_url == "memory://"
