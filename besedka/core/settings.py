"""Settings of the product, read from `BESEDKA_*` variables and from `.env`."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AnyHttpUrl, Field, SecretStr, TypeAdapter, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from besedka.core.addresses import is_loopback, is_of_this_machine

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
_DRIVERS = ("postgresql+asyncpg", "sqlite+aiosqlite")


def checked_time_zone(name: str) -> str:
    """Raises ValueError, which says what a time zone is called."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A region without a city is a folder to it, hence OSError.
        raise ValueError(
            f"часового пояса «{name}» нет, бывает, например, Europe/Moscow или Asia/Yekaterinburg"
        ) from None
    return name


class ModelProvider(StrEnum):
    BUILTIN = "builtin"
    OPENAI = "openai"
    GEMINI = "gemini"
    ANTHROPIC = "anthropic"
    OPENAI_COMPATIBLE = "openai_compatible"

    @property
    def needs_key(self) -> bool:
        return self in (ModelProvider.OPENAI, ModelProvider.GEMINI, ModelProvider.ANTHROPIC)


class LogFormat(StrEnum):
    JSON = "json"
    CONSOLE = "console"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="BESEDKA_",
        env_file=".env",
        env_file_encoding="utf-8",
        # A name without a value is a setting left at its default: never an empty key or password.
        env_ignore_empty=True,
        extra="ignore",
    )

    # Where the product lives
    data_dir: Path = Path("data")
    database_url: str = ""
    database_pool_size: int = Field(default=10, ge=2, le=200)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = "http://127.0.0.1:8000"
    allowed_origins: Annotated[list[str], NoDecode] = []

    # Secrets
    secret_key: SecretStr | None = None
    session_days: int = Field(default=30, ge=1, le=365)
    cookie_secure: bool | None = None
    owner_email: str = ""
    owner_password: SecretStr | None = None
    owner_name: str = "Владелец"
    workspace_name: str = "Моя компания"
    time_zone: str = "Europe/Moscow"

    # Background work
    broker_url: str = "memory://"
    worker_concurrency: int = Field(default=8, ge=1, le=256)
    job_lease_s: float = Field(default=15, gt=0)
    job_sweep_s: float = Field(default=2, gt=0)

    # Channels
    avito_base_url: str = "https://api.avito.ru"
    avito_requests_per_s: float = Field(default=10, gt=0)
    channel_sweep_s: float = Field(default=30, gt=0)
    webhook_watchdog_s: float = Field(default=300, gt=0)

    # The assistant
    debounce_s: float = Field(default=5, ge=0, le=300)
    model_provider: ModelProvider = ModelProvider.BUILTIN
    model_name: str = ""
    model_key: SecretStr | None = None
    model_base_url: str = ""
    model_timeout_s: float = Field(default=30, gt=0)
    usd_rub: float = Field(default=90, gt=0)

    # Watching
    log_level: LogLevel = "INFO"
    log_format: LogFormat = LogFormat.JSON

    # Developing
    dev_mode: bool = False

    @field_validator("public_url", "avito_base_url")
    @classmethod
    def _is_http_url(cls, value: str) -> str:
        TypeAdapter(AnyHttpUrl).validate_python(value)
        return value.rstrip("/")

    @field_validator("time_zone")
    @classmethod
    def _is_time_zone(cls, value: str) -> str:
        return checked_time_zone(value)

    @field_validator("database_url")
    @classmethod
    def _names_its_driver(cls, value: str) -> str:
        """What other programs call postgresql:// is postgresql+asyncpg:// to us."""
        url = re.sub("^postgres(ql)?://", "postgresql+asyncpg://", value)
        url = re.sub("^sqlite://", "sqlite+aiosqlite://", url)
        try:
            is_known = not url or make_url(url).drivername in _DRIVERS
        except (ArgumentError, ValueError):
            is_known = False
        if not is_known:
            # The address itself stays out of the message: it may hold a password.
            raise ValueError(
                "нужен адрес вида postgresql://имя:пароль@сервер:5432/база; "
                "без настройки база хранится в файле SQLite в папке данных"
            )
        return url

    @field_validator("dev_mode")
    @classmethod
    def _is_out_of_reach(cls, value: bool, info: ValidationInfo) -> bool:
        is_near = is_of_this_machine(info.data.get("public_url", ""))
        if value and not (is_near and is_loopback(info.data.get("host", ""))):
            raise ValueError(
                "режим разработчика удаляет переписку, поэтому работает только "
                "на этой машине: уберите его или задайте BESEDKA_PUBLIC_URL=http://127.0.0.1:8000 "
                "и BESEDKA_HOST=127.0.0.1"
            )
        return value

    @field_validator("broker_url")
    @classmethod
    def _is_supported(cls, value: str) -> str:
        if value != "memory://":
            # The address itself stays out of the message: it may hold a password.
            raise ValueError(
                "пока есть только memory://: подсказки ходят внутри процесса, "
                "а сами задания хранит база; уберите настройку"
            )
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _is_level(cls, value: object) -> object:
        level = value.upper() if isinstance(value, str) else value
        if level not in get_args(LogLevel):
            raise ValueError(f"бывает {', '.join(get_args(LogLevel))}")
        return level

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: str | list[str]) -> list[str]:
        if isinstance(value, str):
            return [origin.strip() for origin in value.split(",") if origin.strip()]
        return value

    @property
    def database(self) -> str:
        """The database URL; without one, a SQLite file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'besedka.db'}"

    @property
    def missing_for_model(self) -> list[str]:
        """Names of the variables without which the chosen model can't be called."""
        if self.model_provider is ModelProvider.BUILTIN:
            return []
        key = self.model_key.get_secret_value() if self.model_key else ""
        wanted = {"BESEDKA_MODEL_NAME": self.model_name}
        if self.model_provider.needs_key:
            wanted["BESEDKA_MODEL_KEY"] = key
        else:
            wanted["BESEDKA_MODEL_BASE_URL"] = self.model_base_url
        return [name for name, value in wanted.items() if not value.strip()]

    def channel_base_url(self, kind: str) -> str:
        url: str = getattr(self, f"{kind}_base_url")
        return url

    def channel_requests_per_s(self, kind: str) -> float:
        limit: float = getattr(self, f"{kind}_requests_per_s")
        return limit

    @property
    def is_cookie_secure(self) -> bool:
        if self.cookie_secure is not None:
            return self.cookie_secure
        return self.public_url.startswith("https://")


_settings: Settings | None = None


def get_settings() -> Settings:
    """The settings of this process, read once."""
    global _settings  # noqa: PLW0603 - one set of settings for the whole process
    if _settings is None:
        _settings = Settings()
    return _settings


def use_settings(settings: Settings) -> None:
    """Let this process run with `settings` instead of what the environment says."""
    global _settings  # noqa: PLW0603 - see get_settings
    _settings = settings
