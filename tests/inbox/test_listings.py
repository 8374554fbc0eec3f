"""What a channel tells anew of a listing is noticed, once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from besedka.channels import connections
from besedka.channels import queries as channels
from besedka.channels.adapters.base import ChatSnapshot
from besedka.core import db
from besedka.inbox import service as inbox
from besedka.inbox.models import Listing
from tests.inbox.desk import Desk, Talk, event_types


async def told(desk: Desk, talk: Talk, **changed: Any) -> ChatSnapshot:
    """What the channel says of the talk, with another listing's facts."""
    async with db.reading() as session:
        account = await channels.account_by_id(session, UUID(desk.account["id"]))
    chat = await connections.adapter_of(account).chat(talk.chat.id)
    assert chat.listing is not None
    return replace(chat, listing=replace(chat.listing, **changed))


async def is_news(desk: Desk, chat: ChatSnapshot) -> bool:
    async with db.reading() as session:
        account = await channels.account_by_id(session, UUID(desk.account["id"]))
        return await inbox.is_news(session, account, chat, [])


async def refresh(desk: Desk, chat: ChatSnapshot) -> None:
    async with db.transaction() as session:
        account = await channels.account_by_id(session, UUID(desk.account["id"]))
        await inbox.refresh_chat(session, account, chat)


@pytest.mark.parametrize(
    "changed",
    [{"is_ours": False}, {"currency": "USD"}, {"price_text": "Цена договорная, " * 10}],
    ids="".join,
)
async def test_a_changed_fact_is_news_until_it_is_taken_in(
    changed: dict[str, Any], desk: Desk
) -> None:
    talk = await desk.talk()
    assert not await is_news(desk, await told(desk, talk))
    chat = await told(desk, talk, **changed)

    assert await is_news(desk, chat)
    seen = len(await event_types())
    await refresh(desk, chat)

    assert (await event_types())[seen:] == ["conversation.updated"]
    assert not await is_news(desk, chat)
    await refresh(desk, chat)
    assert len(await event_types()) == seen + 1
    async with db.reading() as session:
        [listing] = await session.scalars(select(Listing))
    for name, value in changed.items():
        kept = getattr(listing, name)
        assert kept == (value[:100] if isinstance(value, str) else value)
