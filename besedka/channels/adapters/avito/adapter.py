"""One Avito account as a channel."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx

from besedka.channels.adapters.avito import images, paths
from besedka.channels.adapters.avito.client import READ_TIMEOUT_S, AvitoClient
from besedka.channels.adapters.avito.errors import KeysRejected, RequestRefused
from besedka.channels.adapters.avito.fields import (
    read_id,
    read_rows,
    read_text,
    read_url,
    read_urls,
)
from besedka.channels.adapters.avito.parsing import read_history, read_webhook
from besedka.channels.adapters.avito.snapshots import (
    read_chat,
    read_listing,
    read_profile,
    status_by_name,
)
from besedka.channels.adapters.base import (
    AccountProfile,
    BlockReason,
    Capabilities,
    ChatNotFound,
    ChatSnapshot,
    InboundAuthor,
    InboundMessage,
    ListingSnapshot,
    MessageRefused,
    MessageType,
    Outbound,
    OutcomeUnknown,
    UploadedImage,
)
from besedka.core.logging import get_logger

log = get_logger(__name__)

_PAGE = 100
_LAST_OFFSET = 1000
_ITEMS_PAGE = 99  # documented as "less than 100"
_ITEMS_LAST_PAGE = 200
_ITEM_SEARCH_PAGES = 3
_VOICES_AT_ONCE = 20
_ALL_STATUSES = "active,removed,old,blocked,rejected"
_REASONS = {
    BlockReason.SPAM: 1,
    BlockReason.FRAUD: 2,
    BlockReason.INSULTS: 3,
    BlockReason.OTHER: 4,
}
# Between our clock's reading before the POST and Avito's `created`, cut to whole seconds.
_CLOCK_ALLOWANCE = timedelta(seconds=5)


class AvitoAdapter:
    capabilities = Capabilities(
        can_send_images=True, image_types=images.TYPES, pause_between_chats_s=0.03
    )

    def __init__(
        self,
        credentials: dict[str, str],
        *,
        base_url: str,
        requests_per_s: float,
        transport: httpx.AsyncBaseTransport | None = None,
        read_timeout_s: float = READ_TIMEOUT_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`credentials`: client_id, client_secret, and user_id once `check` has told it."""
        client_id = credentials.get("client_id", "").strip()
        client_secret = credentials.get("client_secret", "").strip()
        if not client_id or not client_secret:
            raise KeysRejected("Укажите client_id и client_secret аккаунта Авито.")
        self._user_id = credentials.get("user_id", "").strip()
        self._client = AvitoClient(
            base_url=base_url,
            client_id=client_id,
            client_secret=client_secret,
            requests_per_s=requests_per_s,
            transport=transport,
            read_timeout_s=read_timeout_s,
            sleep=sleep,
        )

    async def aclose(self) -> None:
        await self._client.aclose()

    def parse(self, body: bytes) -> list[InboundMessage]:
        return read_webhook(body, own_id=self._user_id)

    async def authorise(self) -> None:
        await self._client.authorise()

    async def check(self) -> AccountProfile:
        profile = read_profile(await self._client.call(paths.SELF))
        if profile is None:
            raise RequestRefused(http_status=200, reason="accounts/self without an id")
        self._user_id = profile.external_id
        return profile

    async def connect(self, webhook_url: str) -> None:
        try:
            await self._client.call(paths.SUBSCRIBE, json={"url": webhook_url})
        except RequestRefused as error:
            if error.http_status != 409:  # 409: this address is subscribed already
                raise
        if not await self.is_connected(webhook_url):
            raise RequestRefused(http_status=200, reason="the subscription is not in the list")
        log.info("avito.subscribed", user_id=self._user_id)

    async def is_connected(self, webhook_url: str) -> bool:
        answer = await self._client.call(paths.SUBSCRIPTIONS)
        return any(
            read_text(row, "url") == webhook_url for row in read_rows(answer, "subscriptions")
        )

    async def disconnect(self, webhook_url: str) -> None:
        try:
            await self._client.call(paths.UNSUBSCRIBE, json={"url": webhook_url})
        except RequestRefused as error:
            if error.http_status != 404:  # 404: there is no such subscription to end
                raise
        log.info("avito.unsubscribed", user_id=self._user_id)

    async def send(self, outbound: Outbound) -> str:
        if outbound.image is not None:
            ids = await self._ids(chat_id=outbound.chat_external_id)
            return _sent_id(await images.send(self._client, ids, outbound.image))
        if len(outbound.text) > self.capabilities.max_text_length:
            raise MessageRefused("Авито принимает до 1000 знаков в одном сообщении.")
        answer = await self._client.call(
            paths.SEND_TEXT,
            ids=await self._ids(chat_id=outbound.chat_external_id),
            json={"type": "text", "message": {"text": outbound.text}},
        )
        return _sent_id(answer)

    async def find_sent(self, outbound: Outbound) -> str | None:
        since = outbound.attempted_at
        if since is not None:
            # Avito's clock may be behind ours; looking too far back is harmless, since messages
            # that are already matched to others are left out.
            since -= _CLOCK_ALLOWANCE + max(self._client.clock_lag, timedelta())
        messages = await self.history(
            outbound.chat_external_id, since=since, limit=_PAGE if since is None else _LAST_OFFSET
        )
        ours = [
            message
            for message in messages
            if message.author is InboundAuthor.OWN
            and message.external_id not in outbound.known_external_ids
        ]
        found = (
            _find_text(ours, outbound.text)
            if outbound.image is None
            else images.find(ours, outbound.image)
        )
        return found.external_id if found else None

    async def chats(self, *, updated_since: datetime | None) -> AsyncIterator[ChatSnapshot]:
        since = _whole_second(updated_since)
        seen: set[str] = set()
        for offset in range(0, _LAST_OFFSET + 1, _PAGE):
            answer = await self._client.call(
                paths.CHATS,
                ids=await self._ids(),
                params={"chat_types": "u2i,u2u", "limit": _PAGE, "offset": offset},
            )
            rows = read_rows(answer, "chats")
            page = [read_chat(row, own_id=self._user_id) for row in rows]
            chats = [chat for chat in page if chat is not None]
            for chat in chats:
                # A chat that got a message while we paged pushes others onto the next page.
                if chat.external_id in seen or (since is not None and chat.updated_at < since):
                    continue
                seen.add(chat.external_id)
                yield chat
            is_past = since is not None and bool(chats) and chats[-1].updated_at < since
            if len(rows) < _PAGE or is_past:
                return

    async def chat(self, chat_external_id: str) -> ChatSnapshot:
        answer = await self._client.call(paths.CHAT, ids=await self._ids(chat_id=chat_external_id))
        found = read_chat(answer, own_id=self._user_id) if isinstance(answer, dict) else None
        if found is None:
            raise ChatNotFound(reason="the answer holds no chat")
        return found

    async def history(
        self, chat_external_id: str, *, since: datetime | None = None, limit: int = 100
    ) -> list[InboundMessage]:
        ids = await self._ids(chat_id=chat_external_id)
        since = _whole_second(since)
        found: dict[str, InboundMessage] = {}
        for offset in range(0, _LAST_OFFSET + 1, _PAGE):
            wanted = min(_PAGE, limit - offset)
            if wanted <= 0:
                break
            answer = await self._client.call(
                paths.MESSAGES, ids=ids, params={"limit": wanted, "offset": offset}
            )
            messages = read_history(answer, own_id=self._user_id, chat_id=chat_external_id)
            for message in messages:
                if since is None or message.sent_at >= since:
                    found.setdefault(message.external_id, message)
            is_past = since is not None and any(message.sent_at < since for message in messages)
            if len(read_rows(answer, "messages")) < wanted or is_past:
                break
        # Avito gives the newest first; within one second its order is all that we know.
        oldest_first = list(found.values())[::-1]
        return sorted(oldest_first, key=lambda message: message.sent_at)

    async def mark_read(self, chat_external_id: str) -> None:
        await self._client.call(paths.READ_CHAT, ids=await self._ids(chat_id=chat_external_id))

    async def recall(self, chat_external_id: str, message_external_id: str) -> None:
        ids = await self._ids(chat_id=chat_external_id, message_id=message_external_id)
        await self._client.call(paths.DELETE_MESSAGE, ids=ids)

    async def block(
        self,
        contact_external_id: str,
        *,
        listing_external_id: str | None,
        reason: BlockReason,
    ) -> None:
        context = {"reason_id": _REASONS[reason]}
        if listing_external_id is not None:
            context["item_id"] = _number(listing_external_id)
        user = {"user_id": _number(contact_external_id), "context": context}
        await self._client.call(paths.BLACKLIST, ids=await self._ids(), json={"users": [user]})

    async def voice_urls(self, voice_ids: Sequence[str]) -> dict[str, str]:
        """Addresses by voice id, each good for an hour; unknown ids are left out."""
        urls: dict[str, str] = {}
        for start in range(0, len(voice_ids), _VOICES_AT_ONCE):
            answer = await self._client.call(
                paths.VOICE_FILES,
                ids=await self._ids(),
                params={"voice_ids": list(voice_ids[start : start + _VOICES_AT_ONCE])},
            )
            urls |= read_urls(answer, "voices_urls")
        return urls

    async def upload_image(self, data: bytes, filename: str, media_type: str) -> UploadedImage:
        images.must_fit(self.capabilities, data, media_type)
        return await images.upload(self._client, await self._ids(), data, filename, media_type)

    async def listings(self, *, include_closed: bool = False) -> AsyncIterator[ListingSnapshot]:
        statuses = _ALL_STATUSES if include_closed else "active"
        async for listing in self._items(statuses, last_page=_ITEMS_LAST_PAGE):
            yield listing

    async def listing(self, external_id: str) -> ListingSnapshot | None:
        """None when it is not ours. The title is "" when Avito does not tell it."""
        answer = await self._client.call(paths.ITEM, ids=await self._ids(item_id=external_id))
        status = read_text(answer, "status")
        if status in ("not_found", "another_user"):
            return None
        # One listing's own address tells neither title nor price; only the list does.
        async for listing in self._items(status or "active", last_page=_ITEM_SEARCH_PAGES):
            if listing.external_id == external_id:
                return listing
        return ListingSnapshot(
            external_id=external_id,
            title="",
            url=read_url(answer, "url"),
            status=status_by_name(status),
        )

    async def _items(self, statuses: str, *, last_page: int) -> AsyncIterator[ListingSnapshot]:
        seen: set[str] = set()
        for page in range(1, last_page + 1):
            answer = await self._client.call(
                paths.ITEMS, params={"per_page": _ITEMS_PAGE, "page": page, "status": statuses}
            )
            rows = read_rows(answer, "resources")
            listings = [listing for row in rows if (listing := read_listing(row)) is not None]
            fresh = [listing for listing in listings if listing.external_id not in seen]
            for listing in fresh:
                seen.add(listing.external_id)
                yield listing
            if len(rows) < _ITEMS_PAGE or not fresh:
                return

    async def _ids(self, **ids: str) -> dict[str, str]:
        if not self._user_id:
            await self.check()
        return {"user_id": self._user_id} | ids


def _whole_second(moment: datetime | None) -> datetime | None:
    # Avito's times have no fractions: 12:00:00 there may be 12:00:00.9 here.
    return None if moment is None else moment.replace(microsecond=0)


def _find_text(ours: Sequence[InboundMessage], text: str) -> InboundMessage | None:
    wanted = text.split()
    # A text that is nothing but an address comes back as a link.
    kinds = (MessageType.TEXT, MessageType.LINK)
    return next((each for each in ours if each.type in kinds and each.text.split() == wanted), None)


def _sent_id(answer: Any) -> str:
    message_id = read_id(answer, "id")
    if not message_id:
        # Taken, but under a name we cannot read: history will tell it.
        raise OutcomeUnknown(reason="the answer holds no message id")
    return message_id


def _number(external_id: str) -> int:
    if not (external_id.isascii() and external_id.isdigit()):
        raise RequestRefused(http_status=400, reason="not a numeric id")
    return int(external_id)
