"""What can be said of a running server at any moment: from its settings and its database alone.

Nothing here asks the outside: people look often, and the channel's and the model's answers to real
requests say more than a question would.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.assistant import queries as assistant
from besedka.assistant.decisions import HandoverReason
from besedka.channels import connections
from besedka.channels.models import AccountState, ChannelAccount
from besedka.channels.problems import WEBHOOK_MISSING
from besedka.core import crypto, time
from besedka.core.addresses import is_of_this_machine
from besedka.core.settings import ModelProvider, Settings
from besedka.diagnostics import ground
from besedka.diagnostics.finding import Finding, Place, State, broken, fine, warning
from besedka.jobs import claiming

_LATE_SWEEPS = 5
_SHORTEST_DELAY = timedelta(minutes=3)
_MODEL_LOOKED_BACK = timedelta(hours=1)
_JOBS_LATE_S = 120


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
    try:
        connections.credentials_of(account)
    except crypto.SecretUnreadable:
        yield broken(
            f"Ключи аккаунта {name} не расшифровать",
            "Верните на сервер прежний ключ шифрования (BESEDKA_SECRET_KEY) "
            "или замените ключи аккаунта.",
            Place.CHANNELS,
        )
    if account.problem_code is not None and account.problem_code != WEBHOOK_MISSING:
        yield broken(
            f"Аккаунт {name}: {account.problem_text}",
            account.problem_way_out or "Откройте карточку аккаунта и нажмите «Проверить».",
            Place.CHANNELS,
        )


def _hook_problems(account: ChannelAccount, name: str, settings: Settings) -> Iterator[Finding]:
    is_channel_near = is_of_this_machine(settings.channel_base_url(account.kind))
    if is_of_this_machine(settings.public_url) and not is_channel_near:
        yield broken(
            f"Канал не доставит сообщения {name}: адрес {settings.public_url} виден только серверу",
            "Дайте серверу адрес в интернете с HTTPS и задайте BESEDKA_PUBLIC_URL. "
            "Пока его нет, сообщения находит сверка, с задержкой.",
        )
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


async def jobs_finding(session: AsyncSession, dead: int) -> Finding:
    oldest = await claiming.oldest_due_at(session)
    late_s = (time.now() - oldest).total_seconds() if oldest else 0
    if late_s > _JOBS_LATE_S:
        return broken(
            f"Фоновые задания ждут уже {late_s / 60:.0f} мин",
            "Перезапустите besedka serve (или besedka worker, если сервер запущен с --no-worker).",
        )
    if dead:
        return warning(
            f"Остановленных заданий: {dead}",
            "Посмотрите причины ниже, устраните их и запустите задания ещё раз.",
            Place.JOBS,
        )
    return fine("Фоновые задания выполняются вовремя")
