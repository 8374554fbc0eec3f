"""These tests watch what happens without the agent: it has tests of its own."""

import pytest

from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, Exchange, JsonObject
from tests.inbox.desk import Desk


@pytest.fixture
async def account(admin: Client, account: JsonObject) -> JsonObject:
    """The connected demo account, whose agent is switched off."""
    response = await admin.patch(
        f"/api/v1/channel-accounts/{account['id']}", json={"agent_enabled": False}
    )
    assert response.status_code == 200
    return account


@pytest.fixture
def desk(operator: Client, account: JsonObject, avito: AvitoSimulator, exchange: Exchange) -> Desk:
    """The inbox of an operator whose company has one connected account."""
    return Desk(operator, account, avito, exchange)
