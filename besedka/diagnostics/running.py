"""What can be said of a running server at any moment: from its settings and its database alone.

Nothing here asks the outside: people look often, and the channel's and the model's answers to real
requests say more than a question would.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.assistant import queries as assistant
from besedka.assistant.decisions import HandoverReason
from besedka.channels.models import AccountState, ChannelAccount
from besedka.channels.problems import WEBHOOK_MISSING
from besedka.core import crypto, time
from besedka.core.settings import ModelProvider, Settings
from besedka.diagnostics import ground, verdicts
from besedka.diagnostics.finding import Finding, Place, State, broken, fine, warning

_LATE_SWEEPS = 5
_SHORTEST_DELAY = timedelta(minutes=3)
_MODEL_LOOKED_BACK = timedelta(hours=1)


def settings_findings(settings: Settings) -> list[Finding]:
    found = [*ground.settings_findings(settings), ground.data_folder(settings)]
    return [each for each in found if each.state is not State.FINE] or [fine("Настройки в порядке")]


def channel_findings(accounts: Sequence[ChannelAccount], settings: Settings) -> Iterator[Finding]:
    live = [account for account in accounts if account.state is not AccountState.DISCONNECTED]
    if not live:
        yield warning(
            "Ни один аккаунт канала не подключён",
            "Подключите аккаунт Авито: нужны client_id и client_secret.",
            Place.CHANNELS,
        )
    for account in live:
        yield from _account_findings(account, settings)


def _account_findings(account: ChannelAccount, settings: Settings) -> Iterator[Finding]:
    name = f"«{account.name}»"
    problems = [*_problems_of(account, name), *_hook_problems(account, name, settings)]
    limit = max(_SHORTEST_DELAY, timedelta(seconds=settings.channel_sweep_s * _LATE_SWEEPS))
    last = max(account.last_sweep_at or account.live_since, account.live_since)
    # A channel that refuses the account is asked seldom, on purpose.
    if account.state is AccountState.CONNECTED and time.now() - last > limit:
        minutes = (time.now() - last).total_seconds() // 60
        problems.append(
            broken(
                f"Аккаунт {name} не сверялся с каналом {minutes:.0f} мин",
                "Проверьте, что сервер выходит в интернет и канал работает. "
                "Сверка повторится сама и подберёт пропущенное.",
                Place.CHANNELS,
            )
        )
    yield from problems or [fine(f"Аккаунт {name} на связи")]


def _problems_of(account: ChannelAccount, name: str) -> Iterator[Finding]:
    mend = (
        "Верните на сервер прежний ключ шифрования (BESEDKA_SECRET_KEY) "
        "или замените ключи аккаунта."
    )
    if unreadable := verdicts.of_keys(account, mend=mend):
        yield unreadable
    if account.problem_code is not None and account.problem_code != WEBHOOK_MISSING:
        yield broken(
            f"Аккаунт {name}: {account.problem_text}",
            account.problem_way_out or "Откройте карточку аккаунта и нажмите «Проверить».",
            Place.CHANNELS,
        )


def _hook_problems(account: ChannelAccount, name: str, settings: Settings) -> Iterator[Finding]:
    if unreachable := verdicts.of_address(account, settings):
        yield unreachable
    elif account.is_live and account.webhook_subscribed_at is None:
        yield warning(
            f"Вебхук аккаунта {name} не подключён",
            account.problem_way_out
            or "Сообщения находит сверка, с задержкой. Нажмите «Подключить вебхук».",
            Place.CHANNELS,
        )


async def model_finding(session: AsyncSession, workspace_id: UUID) -> Finding:
    agent = await assistant.agent_of(session, workspace_id)
    try:
        choice = agent.model()
    except crypto.SecretUnreadable:
        return broken(
            "Ключ модели не расшифровать",
            "Введите ключ модели заново. Пока его нет, бот передаёт диалоги людям.",
            Place.ASSISTANT,
        )
    failed = await assistant.count_turns(
        session,
        workspace_id,
        reason=HandoverReason.MODEL_UNAVAILABLE,
        since=time.now() - _MODEL_LOOKED_BACK,
    )
    if failed:
        return broken(
            f"Модель не ответила за последний час: {failed}",
            "Проверьте название модели, ключ, баланс у поставщика и доступ сервера к нему. "
            "Пока модель не отвечает, бот передаёт диалоги людям.",
            Place.ASSISTANT,
        )
    if choice.provider is ModelProvider.BUILTIN:
        return fine("Модель: встроенная")
    return fine(f"Модель: {choice.provider} {choice.name}".strip())


def jobs_finding(dead: int, oldest_due_at: datetime | None) -> Finding:
    return verdicts.of_jobs(
        dead,
        oldest_due_at,
        mend_late="Перезапустите besedka serve (или besedka worker, если сервер запущен "
        "с --no-worker).",
        mend_dead="Посмотрите причины ниже, устраните их и запустите задания ещё раз.",
    )
