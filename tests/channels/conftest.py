"""These tests watch what happens without the agent: it has tests of its own."""

import pytest

from tests.conftest import Client, JsonObject


@pytest.fixture
async def account(admin: Client, account: JsonObject) -> JsonObject:
    """The connected demo account, whose agent is switched off."""
    response = await admin.patch(
        f"/api/v1/channel-accounts/{account['id']}", json={"agent_enabled": False}
    )
    assert response.status_code == 200
    return account
