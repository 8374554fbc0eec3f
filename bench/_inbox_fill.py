"""Filling a database with a large shop's talks, once."""

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert, select, text, update

from bench._shop import ANSWERS, NOTES, QUESTIONS, Shop
from besedka.app import rooms
from besedka.channels.models import AccountState, ChannelAccount
from besedka.contacts.models import Contact, ContactIdentity
from besedka.core import crypto, db, time
from besedka.core.db import Base, schema
from besedka.core.ids import new_id
from besedka.identity import Role, Workspace
from besedka.identity import service as identity
from besedka.identity.passwords import hash_password
from besedka.inbox.models import (
    NO_PRICE,
    AuthorKind,
    Conversation,
    ConversationStatus,
    Direction,
    InternalType,
    Listing,
    Message,
    MessageStatus,
    Mode,
)
from besedka.inbox.tags.models import ConversationTag, Tag, TagColor
from besedka.search import indexing

EMAIL = "owner@bench.local"
PASSWORD = "besedka-bench"  # noqa: S105 - of a made-up shop
_CHUNK = 5000
_TALKS_A_CHUNK = 400
_LISTING_PER_TALKS = 20
_TAGS = ("Опт", "Скидка", "Доставка", "Жалоба", "Повторный", "Бронь")


class OtherContent(Exception):
    """The database holds something else."""


async def fill(url: str, *, conversations: int, messages: int) -> bool:
    """Make the shop in the database that is open. False if it is there already.

    Raises OtherContent if something else is.
    """
    assert rooms.DECLARING
    await schema.upgrade(url)
    name = f"Замер: {conversations} чатов, {messages} сообщений"
    async with db.reading() as session:
        found = (await session.scalars(select(Workspace.name))).all()
    if list(found) == [name]:
        return False
    if found:
        raise OtherContent(f"the database holds {', '.join(found)}; drop it or name another")
    filler = _Filler(conversations, messages)
    await filler.run()
    await indexing.catch_up(batch=200)
    async with db.transaction() as session:
        await session.execute(update(Workspace).values(name=name))
    if not db.database().is_sqlite:
        await _vacuum()
    return True


async def _vacuum() -> None:
    """What the server would do by itself, some minutes later."""
    async with db.database().engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text("VACUUM ANALYZE"))


class _Filler:
    def __init__(self, conversations: int, messages: int) -> None:
        self._count = conversations
        self._messages = messages
        self._shop = Shop()
        self._rng = random.Random(2)
        self._now = time.now()

    async def run(self) -> None:
        await self._people()
        await self._goods()
        lengths = self._shop.lengths(self._count, self._messages)
        done = 0
        while chunk := list(islice(lengths, _TALKS_A_CHUNK)):
            await self._talks(chunk)
            done += len(chunk)
            print(f"\r{done} of {self._count} talks", end="", file=sys.stderr)
        print(file=sys.stderr)

    async def _people(self) -> None:
        hashed = await hash_password(PASSWORD)
        async with db.transaction() as session:
            workspace = await identity.create_workspace(
                session, name="Замер, заполняется", time_zone="Europe/Moscow"
            )
            self._workspace_id = workspace.id
            owner = await identity.add_user(
                session, workspace, email=EMAIL, name="Олег", password_hash=hashed, role=Role.OWNER
            )
            self._users = [owner.id]
            for number, name in enumerate(("Ирина", "Павел", "Зоя")):
                manager = await identity.add_user(
                    session,
                    workspace,
                    email=f"manager{number}@bench.local",
                    name=name,
                    password_hash=hashed,
                    role=Role.MANAGER,
                )
                self._users.append(manager.id)
            accounts = [self._account(name) for name in ("Техника", "Запчасти", "Дом")]
            tags = [self._tag(name) for name in _TAGS]
            session.add_all(accounts)
            session.add_all(tags)
        self._accounts = [account.id for account in accounts]
        self._tags = [tag.id for tag in tags]

    def _account(self, name: str) -> ChannelAccount:
        return ChannelAccount(
            id=new_id(),
            workspace_id=self._workspace_id,
            kind="avito",
            name=name,
            external_id=name,
            sealed_credentials=crypto.seal("{}"),
            state=AccountState.DISCONNECTED,
            agent_enabled=False,
            hook_fingerprint=crypto.fingerprint(name),
            sealed_hook_secret=crypto.seal(name),
            live_since=self._now,
            created_at=self._now,
        )

    def _tag(self, name: str) -> Tag:
        return Tag(
            id=new_id(),
            workspace_id=self._workspace_id,
            name=name,
            name_key=name.casefold(),
            color=TagColor.SKY,
            created_at=self._now,
        )

    async def _goods(self) -> None:
        self._listings: list[tuple[UUID, UUID, int]] = []
        rows = []
        for number in range(max(self._count // _LISTING_PER_TALKS, 5)):
            goods = self._shop.goods()
            account = self._rng.choices(self._accounts, (60, 30, 10))[0]
            kopecks = None if goods.price is None else goods.price * 100
            listing_id = new_id()
            self._listings.append((listing_id, account, NO_PRICE if kopecks is None else kopecks))
            rows.append(
                {
                    "id": listing_id,
                    "workspace_id": self._workspace_id,
                    "account_id": account,
                    "external_id": str(number),
                    "title": goods.title,
                    "price_text": None if goods.price is None else f"{goods.price:,} ₽",
                    "price_minor": kopecks,
                    "currency": "RUB",
                    "url": f"https://www.avito.ru/{number}",
                    "image_url": None,
                    "status": "active",
                    "location": goods.city,
                    "is_ours": True,
                    "updated_at": self._now,
                }
            )
        await _write({Listing: rows})

    async def _talks(self, lengths: list[int]) -> None:
        rows: dict[type[Base], list[dict[str, Any]]] = {
            table: []
            for table in (Contact, ContactIdentity, Conversation, Message, ConversationTag)
        }
        for length in lengths:
            self._talk(length, rows)
        await _write(rows)

    def _talk(self, length: int, rows: dict[type[Base], list[dict[str, Any]]]) -> None:
        rng = self._rng
        conversation_id, contact_id = new_id(), new_id()
        listing_id, account_id, price = rng.choice(self._listings)
        name = self._shop.person()
        rows[Contact].append(
            {
                "id": contact_id,
                "workspace_id": self._workspace_id,
                "name": name,
                "avatar_url": None,
                "blocked_at": None,
                "created_at": self._now,
            }
        )
        rows[ContactIdentity].append(
            {
                "id": new_id(),
                "workspace_id": self._workspace_id,
                "contact_id": contact_id,
                "account_id": account_id,
                "external_id": contact_id.hex,
                "profile_url": None,
            }
        )
        end = self._now - timedelta(seconds=rng.expovariate(1 / (60 * 86_400)))
        messages = list(self._messages_of(conversation_id, account_id, name, end, length))
        rows[Message] += messages
        tags = rng.sample(self._tags, rng.choices((0, 1, 2), (85, 12, 3))[0])
        rows[ConversationTag] += [
            {"conversation_id": conversation_id, "tag_id": tag} for tag in tags
        ]
        about = {
            "id": conversation_id,
            "account_id": account_id,
            "contact_id": contact_id,
            "listing_id": listing_id,
            "listing_price": price,
            "tag_ids": [str(tag) for tag in tags],
            "created_at": messages[0]["sent_at"],
        }
        rows[Conversation].append(self._conversation(messages[-1]) | about)

    def _conversation(self, last: dict[str, Any]) -> dict[str, Any]:
        rng = self._rng
        status = rng.choices(tuple(ConversationStatus), (55, 3, 42))[0]
        mode = rng.choices((Mode.BOT, Mode.MANAGER), (65, 35))[0]
        is_open = status is ConversationStatus.OPEN
        is_theirs = last["author"] is AuthorKind.CUSTOMER
        is_waiting = is_open and is_theirs and rng.random() < 0.2
        is_taken = mode is Mode.MANAGER and rng.random() < 0.7
        return {
            "workspace_id": self._workspace_id,
            "assignee_id": rng.choice(self._users) if is_taken else None,
            "external_id": last["conversation_id"].hex,
            "chat_type": "u2i",
            "version": 1,
            "mode": mode,
            "status": status,
            "snoozed_until": (
                self._now + timedelta(days=1) if status is ConversationStatus.SNOOZED else None
            ),
            "is_pinned": is_open and rng.random() < 0.0005,
            "unread_count": rng.randint(1, 4) if is_open and rng.random() < 0.08 else 0,
            "waiting_since": last["sent_at"] if is_waiting else None,
            "has_failed": False,
            "handover": None,
            "put_away": None,
            "inbound_seq": 1,
            "answered_seq": 0 if is_waiting else 1,
            "ownership_seq": 0,
            "last_message_id": last["id"],
            "last_message_author": last["author"],
            "last_message_author_name": last["author_name"],
            "last_message_type": last["type"],
            "last_message_text": last["text"][:300],
            "last_message_status": last["status"],
            "last_message_at": last["sent_at"],
            "last_activity_at": last["sent_at"],
            "enriched_at": self._now,
        }

    def _messages_of(
        self, conversation_id: UUID, account_id: UUID, name: str, end: datetime, length: int
    ) -> Iterator[dict[str, Any]]:
        rng = self._rng
        moment = end - timedelta(minutes=7 * length)
        for number in range(length):
            moment += timedelta(seconds=rng.randint(5, 600))
            author = rng.choices(
                (AuthorKind.CUSTOMER, AuthorKind.BOT, AuthorKind.USER), (50, 32, 18)
            )[0]
            if number == 0:
                author = AuthorKind.CUSTOMER
            row = self._message(author, name)
            message_id = new_id()
            is_note = row["type"] == InternalType.NOTE
            yield row | {
                "id": message_id,
                "workspace_id": self._workspace_id,
                "account_id": account_id,
                "conversation_id": conversation_id,
                "external_id": None if is_note else message_id.hex,
                "version": 1,
                "sent_at": moment,
                "created_at": moment,
                "part": 0,
                "content": {},
            }

    def _message(self, author: AuthorKind, name: str) -> dict[str, Any]:
        is_theirs = author is AuthorKind.CUSTOMER
        is_note = author is AuthorKind.USER and self._rng.random() < 0.05
        templates = NOTES if is_note else QUESTIONS if is_theirs else ANSWERS
        direction, status = Direction.OUT, MessageStatus.READ
        if is_note:
            direction, status = Direction.INTERNAL, MessageStatus.NOTE
        elif is_theirs:
            direction, status = Direction.IN, MessageStatus.RECEIVED
        is_user = author is AuthorKind.USER
        return {
            "direction": direction,
            "author": author,
            "author_user_id": self._users[1] if is_user else None,
            "author_name": name if is_theirs else "Ирина" if is_user else None,
            "type": InternalType.NOTE if is_note else "text",
            "text": self._shop.words(templates),
            "status": status,
        }


async def _write(rows: dict[type[Base], list[dict[str, Any]]]) -> None:
    async with db.writing() as connection:
        for model, found in rows.items():
            for first in range(0, len(found), _CHUNK):
                await connection.execute(
                    insert(cast(Table, model.__table__)), found[first : first + _CHUNK]
                )
