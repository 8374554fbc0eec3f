"""What lies outside of us: our own public address, the model, the channels."""

from collections.abc import AsyncIterator

import httpx

from besedka.assistant import gateway
from besedka.assistant import queries as assistant
from besedka.assistant.errors import ModelUnavailable
from besedka.assistant.gateway import ModelChoice
from besedka.assistant.talk import Briefing, Line, Speaker
from besedka.channels import connections
from besedka.channels import queries as channels
from besedka.channels import service as channel_service
from besedka.channels.adapters.base import ChannelError
from besedka.channels.models import ChannelAccount
from besedka.core import crypto, db
from besedka.core.settings import ModelProvider, Settings
from besedka.diagnostics import verdicts
from besedka.diagnostics.finding import Finding, State, broken, fine, warning
from besedka.identity import queries as identity

_PATIENCE_S = 10.0


async def server(settings: Settings) -> Finding:
    """Whether Besedka answers at its public address."""
    url = settings.public_url
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE_S) as client:
            answer = await client.get(f"{url}/readyz")
    except httpx.HTTPError as error:
        return broken(
            f"Беседка не отвечает по адресу {url} ({type(error).__name__})",
            "Запустите besedka serve. Если она запущена, проверьте BESEDKA_PUBLIC_URL "
            "и сервер с HTTPS перед ней.",
        )
    if answer.status_code != 200:
        return broken(
            f"По адресу {url} отвечает не готовая к работе Беседка: {answer.status_code}",
            "Проверьте, что BESEDKA_PUBLIC_URL ведёт на Беседку, и посмотрите её журнал.",
        )
    return fine(f"Беседка отвечает: {url}")


async def model() -> AsyncIterator[Finding]:
    """Each workspace's model, asked one small question."""
    async with db.reading() as session:
        workspaces = await identity.list_workspaces(session)
        agents = [(each.name, await assistant.agent_of(session, each.id)) for each in workspaces]
    for company, agent in agents:
        try:
            choice = agent.model()
        except crypto.SecretUnreadable:
            yield broken(
                f"Ключ модели компании «{company}» не расшифровать",
                "Введите ключ модели заново в настройках ассистента.",
            )
            continue
        yield await _ask(choice)


async def _ask(choice: ModelChoice) -> Finding:
    if choice.provider is ModelProvider.BUILTIN:
        return fine("Модель: встроенная, ей не нужны ни сеть, ни ключ")
    name = f"{choice.provider} {choice.name}".strip()
    question = Briefing(
        listing=None, sources=(), earlier=(), burst=(Line(Speaker.CUSTOMER, "Здравствуйте"),)
    )
    try:
        reply = await gateway.ask(choice, question)
    except ModelUnavailable as error:
        if error.cause == "key_missing":
            return broken(
                f"Модель {name} не ответит: у неё нет ключа",
                "Задайте BESEDKA_MODEL_KEY. Пока ключа нет, бот передаёт диалоги людям.",
            )
        return broken(
            f"Модель {name} не ответила: {error.cause}",
            "Проверьте BESEDKA_MODEL_PROVIDER, _NAME, _KEY и _BASE_URL, баланс у провайдера "
            "и доступ сервера к нему. Пока модель не отвечает, бот передаёт диалоги людям.",
        )
    return fine(f"Модель: {name}, ответила за {reply.seconds:.1f} с")


async def channel_accounts(settings: Settings) -> AsyncIterator[Finding]:
    async with db.reading() as session:
        accounts = [each for each in await channels.list_all_accounts(session) if each.is_live]
    if not accounts:
        yield warning(
            "Ни один аккаунт канала не подключён",
            "Подключите аккаунт Авито в приложении: нужны client_id и client_secret.",
        )
    try:
        for account in accounts:
            yield await _hook(account, settings)
            yield await _account(account)
    finally:
        await connections.close_all()


async def _hook(account: ChannelAccount, settings: Settings) -> Finding:
    """Knock at our own door the way the channel does."""
    if unreachable := verdicts.of_address(account, settings):
        return unreachable
    try:
        async with httpx.AsyncClient(timeout=_PATIENCE_S) as client:
            answer = await client.post(channel_service.hook_url(account), json={})
    except (httpx.HTTPError, crypto.SecretUnreadable) as error:
        return broken(
            f"Вебхук аккаунта «{account.name}» недоступен ({type(error).__name__})",
            "Запустите besedka serve и проверьте BESEDKA_PUBLIC_URL.",
        )
    if answer.status_code != 200:
        return broken(
            f"Вебхук аккаунта «{account.name}» отвечает {answer.status_code}",
            "Сервер перед Беседкой должен передавать ей POST /hooks/ без изменений.",
        )
    return fine(f"Вебхук аккаунта «{account.name}» принимает сообщения")


async def _account(account: ChannelAccount) -> Finding:
    try:
        adapter = connections.adapter_of(account)
        await adapter.check()
        is_subscribed = await adapter.is_connected(channel_service.hook_url(account))
    except ChannelError as error:
        return broken(f"Аккаунт «{account.name}»: {error.title}", error.detail or "")
    except crypto.SecretUnreadable as error:
        return Finding(State.BROKEN, f"Аккаунт «{account.name}»: {error.title}")
    if not is_subscribed:
        return broken(
            f"Канал не знает адреса вебхука аккаунта «{account.name}»",
            "Беседка подпишется сама за несколько минут, если запущен besedka serve.",
        )
    return fine(f"Аккаунт «{account.name}»: ключи приняты, вебхук подписан")
