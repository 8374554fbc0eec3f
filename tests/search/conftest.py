"""The search is tried on what a simulated Avito brings, without the agent's words."""

from collections.abc import AsyncIterator

import pytest

from besedka.search import words
from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Exchange, JsonObject
from tests.inbox.desk import Desk
from tests.search.finding import Finder


@pytest.fixture
async def desk(
    admin: Client,
    operator: Client,
    account: JsonObject,
    avito: AvitoSimulator,
    exchange: Exchange,
) -> AsyncIterator[Desk]:
    words.forget()  # each test has a database of its own
    response = await admin.patch(
        f"/api/v1/channel-accounts/{account['id']}", json={"agent_enabled": False}
    )
    assert response.status_code == 200
    yield Desk(operator, account, avito, exchange)
    words.forget()


@pytest.fixture
def finder(desk: Desk) -> Finder:
    return Finder(desk.client)
