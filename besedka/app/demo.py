"""The product with a simulated Avito beside it, in one process, and something to look at."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator

import uvicorn
from pydantic import SecretStr

from besedka import jobs
from besedka.app.first_start import prepare
from besedka.app.main import create_app
from besedka.app.server import Server, config_for, url_of
from besedka.channels import queries as channels_queries
from besedka.channels import service as channels
from besedka.channels.jobs import connect, watch_all
from besedka.core import db
from besedka.core.settings import ModelProvider, Settings
from besedka.identity import Actor
from besedka.identity import queries as identity
from besedka.knowledge import service as knowledge
from besedka.simulators.avito.catalogue import DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DRAFTS
from besedka.simulators.avito.simulator import AvitoSimulator

EMAIL = "demo@besedka.local"
# Public on purpose: the demo listens on this machine only and holds nothing of anybody's.
PASSWORD = "besedka-demo"  # noqa: S105
NAME = "Ирина"
COMPANY = "Автодвор"


class SilentServer(uvicorn.Server):
    """A second server of the process: the first one takes the signals. The buyers' windows go
    first here too, their endless streams would hold the shutdown up."""

    def __init__(self, simulator: AvitoSimulator) -> None:
        super().__init__(config_for(simulator.app))
        self._simulator = simulator

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._simulator.stream.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def run_demo(
    settings: Settings, *, product: socket.socket, avito: socket.socket, tell: Callable[[str], None]
) -> None:
    """Serve both until interrupted."""
    settings = demo_settings(settings, product_url=url_of(product), avito_url=url_of(avito))
    await prepare(settings, migrate=True)
    simulator = AvitoSimulator(
        public_url=settings.avito_base_url, data_path=settings.data_dir / "avito.json"
    )
    app = create_app(settings)
    product_server = Server(app)
    avito_server = SilentServer(simulator)
    avito_serving = asyncio.create_task(avito_server.serve(sockets=[avito]))
    serving = asyncio.create_task(product_server.serve(sockets=[product]))
    try:
        while not (product_server.started and avito_server.started):
            if serving.done() or avito_serving.done():
                return
            await asyncio.sleep(0.05)
        await furnish()
        for line in greeting(settings):
            tell(line)
        await serving
    finally:
        product_server.should_exit = avito_server.should_exit = True
        await asyncio.gather(serving, avito_serving, return_exceptions=True)


def demo_settings(settings: Settings, *, product_url: str, avito_url: str) -> Settings:
    """What the environment says, but for whatever leads to anybody's real data."""
    return settings.model_copy(
        update={
            "data_dir": settings.data_dir / "demo",
            "database_url": "",
            "secret_key": None,
            "public_url": product_url,
            "avito_base_url": avito_url,
            "owner_email": EMAIL,
            "owner_password": SecretStr(PASSWORD),
            "owner_name": NAME,
            "workspace_name": COMPANY,
        }
    )


async def furnish() -> None:
    """Connect the simulated account and add what its listings say as documents, once."""
    async with db.reading() as session:
        workspace = await identity.first_workspace(session)
        if workspace is None:
            return
        actor = Actor.system(workspace.id)
        accounts = await channels_queries.list_accounts(session, actor)
    if accounts:
        async with db.transaction() as session:
            # The address of the last start may have been another one.
            await jobs.enqueue(session, watch_all, key="demo.watch")
        return
    keys = channels.key_pair(DEMO_CLIENT_ID, SecretStr(DEMO_CLIENT_SECRET))
    profile = await channels.check_credentials("avito", keys)
    async with db.transaction() as session:
        account = await channels.add_account(
            session, actor, kind="avito", name=COMPANY, credentials=keys, profile=profile
        )
        await jobs.enqueue(session, connect, workspace_id=workspace.id, account_id=account.id)
        for listing in DRAFTS:  # no method of the API tells a listing's description
            await knowledge.add_document(
                session, actor, title=listing.title, text=listing.description
            )


def greeting(settings: Settings) -> Iterator[str]:
    yield ""
    yield f"  Беседка            {settings.public_url}"
    yield f"  Окно покупателя    {settings.avito_base_url}"
    yield f"  Вход               {EMAIL}, пароль {PASSWORD}"
    yield ""
    if settings.model_provider is ModelProvider.BUILTIN:
        yield "  Отвечает встроенная модель: ей не нужны ни сеть, ни ключ. Чтобы подключить другую,"
        yield "  задайте в файле .env BESEDKA_MODEL_PROVIDER (openai, gemini, anthropic),"
        yield "  BESEDKA_MODEL_NAME и BESEDKA_MODEL_KEY; для openai_compatible вместо ключа"
        yield "  нужен адрес: BESEDKA_MODEL_BASE_URL."
    else:
        name = f" {settings.model_name}" if settings.model_name else ""
        yield f"  Отвечает модель {settings.model_provider}{name} (BESEDKA_MODEL_PROVIDER)."
    yield ""
    yield "  Напишите в окне покупателя и смотрите, как отвечает ассистент. Остановить: Ctrl+C."
    yield ""
