"""What an installation stands on: settings, folder, database, keys, jobs."""

import difflib
import os
import stat
from collections.abc import AsyncIterator, Iterator

from dotenv import dotenv_values

from besedka.channels import queries as channels
from besedka.core import crypto, db
from besedka.core.addresses import is_of_this_machine
from besedka.core.db import reaching, schema
from besedka.core.settings import Settings, get_settings
from besedka.diagnostics import verdicts
from besedka.diagnostics.finding import Finding, broken, fine, warning
from besedka.identity import queries as identity
from besedka.jobs import claiming
from besedka.jobs import service as job_service
from besedka.jobs.models import JobState

_PREFIX = "BESEDKA_"
# Tests and the command line have names of their own.
_NOT_SETTINGS = {"BESEDKA_USER_PASSWORD", "BESEDKA_TEST_POSTGRES_URL"}


def settings_findings(settings: Settings) -> Iterator[Finding]:
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields} | _NOT_SETTINGS
    given = {*os.environ, *dotenv_values(".env")}
    for name in sorted(name for name in given - known if name.startswith(_PREFIX)):
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"Возможно, имелось в виду {near[0]}." if near else "Все настройки: .env.example."
        yield warning(f"Настройки {name} нет, она ни на что не влияет", hint)
    if not is_of_this_machine(settings.public_url) and settings.public_url.startswith("http://"):
        yield warning(
            f"Публичный адрес без шифрования: {settings.public_url}",
            "Поставьте перед Беседкой сервер с HTTPS и задайте BESEDKA_PUBLIC_URL с https://.",
        )
    if settings.dev_mode:
        yield warning(
            "Включён режим разработчика: из приложения можно удалить всю переписку",
            "Для работы с клиентами уберите BESEDKA_DEV_MODE.",
        )
    if missing := settings.missing_for_model:
        yield broken(
            f"Модели {settings.model_provider} не хватает настроек: {', '.join(missing)}",
            "Задайте их или уберите BESEDKA_MODEL_PROVIDER: встроенной модели они не нужны.",
        )
    yield fine("Настройки прочитаны")


def data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    mend = f"Создайте папку {folder} и дайте право записи тому, кто запускает Беседку."
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return broken(f"Папки данных нет: {folder} ({error.strerror})", mend)
    if not os.access(folder, os.W_OK):
        return broken(f"В папку данных нельзя писать: {folder}", mend)
    return fine(f"Папка данных: {folder.resolve()}")


async def database() -> Finding:
    """Whether it answers and is up to date."""
    opened = db.database()
    name = "SQLite" if opened.is_sqlite else "PostgreSQL"
    place = opened.url.render_as_string(hide_password=True)
    if reaching.is_file_missing(opened):
        return broken(f"Базы данных ещё нет: {place}", "Выполните besedka migrate.")
    try:
        revision = await reaching.revision_of(opened)
    except reaching.DatabaseUnreachable as error:
        return broken(error.title, error.detail or "")
    if revision != schema.head():
        return broken(
            f"База данных не обновлена: {revision or 'пустая'}, нужна {schema.head()}",
            "Выполните besedka migrate или перезапустите besedka serve.",
        )
    return fine(f"База данных: {name}, обновлена до {revision}")


async def users() -> Finding:
    async with db.reading() as session:
        if await identity.has_owner(session):
            return fine("Владелец есть")
    return broken(
        "Владельца ещё нет",
        "Создайте его в браузере по ссылке, которую покажет besedka setup-code, "
        "или выполните besedka user add ПОЧТА --role owner.",
    )


async def jobs() -> Finding:
    async with db.reading() as session:
        counts = await job_service.count_by_state(session)
        oldest = await claiming.oldest_due_at(session)
    return verdicts.of_jobs(
        counts.get(JobState.DEAD, 0),
        oldest,
        mend_late="Запустите besedka serve (или besedka worker, если сервер запущен "
        "с --no-worker).",
        mend_dead="Посмотрите причины: besedka jobs list. Повторить: besedka jobs retry НОМЕР.",
    )


async def stored_secrets() -> AsyncIterator[Finding]:
    settings_key = get_settings().secret_key
    path = get_settings().data_dir / crypto.KEY_FILE
    if settings_key is None and path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield warning(f"Ключ шифрования могут читать другие: {path}", f"chmod 600 {path}")
    async with db.reading() as session:
        accounts = await channels.list_all_accounts(session)
    mend = f"Верните прежний BESEDKA_SECRET_KEY или файл {path}, либо подключите аккаунт заново."
    found = [verdicts.of_keys(account, mend=mend) for account in accounts]
    for finding in [each for each in found if each] or [fine("Ключ шифрования подходит")]:
        yield finding
