"""The simulated Avito connected to a running product, as its owner would do it."""

import asyncio

import httpx

from besedka.trial.channel import CLIENT_ID, CLIENT_SECRET


async def connect_account(http: httpx.AsyncClient) -> str:
    """Return the account's id when all its chats are here. `http` is logged in, at /api/v1."""
    keys = {"kind": "avito", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    added = (await http.post("/channel-accounts", json=keys)).raise_for_status().json()
    account_id: str = added["id"]
    while True:
        account = (await http.get(f"/channel-accounts/{account_id}")).json()
        if account["synced_at"]:
            return account_id
        await asyncio.sleep(0.1)
