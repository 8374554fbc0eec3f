"""The simulated Avito beside the product: what buyers do there comes here as it does from Avito."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import connections
from besedka.channels import queries as channels
from besedka.channels.models import ChannelAccount
from besedka.core.addresses import is_of_this_machine
from besedka.core.settings import get_settings
from besedka.developer.errors import NoStandIn
from besedka.identity.actor import Actor

_PATIENCE_S = 10.0


class StandIn:
    def __init__(self, http: httpx.AsyncClient, user_id: int) -> None:
        self._http = http
        self._user_id = user_id

    async def listings(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = (await self._call("GET", "/_sim/listings"))["items"]
        return [row for row in rows if row["user_id"] == self._user_id]

    async def open_chat(self, item_id: int, buyer_name: str) -> str:
        body = {"item_id": item_id, "buyer_name": buyer_name}
        return str((await self._call("POST", "/_sim/chats", body))["id"])

    async def write(self, chat_id: str, text: str, *, author: str = "buyer") -> None:
        body = {"author": author, "type": "text", "text": text}
        await self._call("POST", f"/_sim/chats/{chat_id}/messages", body)

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            answer = await self._http.request(method, path, json=body)
        except httpx.TransportError as error:
            raise NoStandIn from error
        if not answer.is_success:
            raise NoStandIn
        try:
            return answer.json()
        except ValueError as error:  # a page of something else that listens there
            raise NoStandIn from error


def is_simulated(account: ChannelAccount) -> bool:
    """Whether the account's channel is on this machine, so that nobody real is behind it."""
    return is_of_this_machine(get_settings().channel_base_url(account.kind))


async def account_of(session: AsyncSession, actor: Actor) -> ChannelAccount:
    """The account whose buyers are played. Raises NoStandIn."""
    accounts = await channels.list_accounts(session, actor)
    live = [each for each in accounts if each.is_live and is_simulated(each)]
    if not live:
        raise NoStandIn
    return live[0]


@asynccontextmanager
async def beside(account: ChannelAccount) -> AsyncIterator[StandIn]:
    """Raises NoStandIn when what answers is not the simulator: real buyers are left alone."""
    async with httpx.AsyncClient(
        base_url=get_settings().channel_base_url(account.kind),
        transport=connections.transport(),
        timeout=_PATIENCE_S,
    ) as http:
        stand_in = StandIn(http, int(account.external_id or 0))
        if not await stand_in.listings():
            raise NoStandIn
        yield stand_in
