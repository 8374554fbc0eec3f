"""What every channel adapter offers, in words that belong to no channel."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from besedka.core.errors import AppError


class MessageType(StrEnum):
    TEXT = "text"
    IMAGE = "image"
    LINK = "link"
    ITEM = "item"
    LOCATION = "location"
    CALL = "call"
    VOICE = "voice"
    SYSTEM = "system"
    DELETED = "deleted"
    FILE = "file"
    VIDEO = "video"
    APP_CALL = "app_call"
    UNKNOWN = "unknown"


class InboundAuthor(StrEnum):
    CUSTOMER = "customer"
    OWN = "own"
    """Our side: an echo of our own sending, or a person in the channel's own app."""
    SYSTEM = "system"


class BlockReason(StrEnum):
    SPAM = "spam"
    FRAUD = "fraud"
    INSULTS = "insults"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quote:
    external_id: str
    author_external_id: str
    type: MessageType
    text: str


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A message as the channel tells it, from a webhook or from history alike.

    `content` holds what a bubble needs, by type: image {"sizes": {"1280x960": url}},
    voice {"voice_id"}, link {"url", "title", "description", "domain", "image_url"},
    item {"title", "price_text", "url", "image_url"}, location {"lat", "lon", "title", "text",
    "kind"}, call {"status"}, system {"flow_id"}, unknown {"raw_type", "raw"}, others {}.
    """

    external_id: str
    chat_external_id: str
    chat_type: str
    author: InboundAuthor
    author_external_id: str
    type: MessageType
    text: str
    """Plain readable text for previews and for the agent; "Фотография" for an image."""
    content: dict[str, Any]
    sent_at: datetime
    listing_external_id: str | None = None
    is_read: bool = False
    """Read by us."""
    read_at: datetime | None = None
    """When the other side read it."""
    quote: Quote | None = None
    raw: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListingSnapshot:
    external_id: str
    title: str
    price_text: str | None = None
    price_minor: int | None = None
    currency: str = "RUB"
    url: str | None = None
    image_url: str | None = None
    status: str = "unknown"
    """"active", "closed" or "unknown"."""
    location: str | None = None
    is_ours: bool = True
    """False when our account is the buyer in this chat: the listing is someone else's."""


@dataclass(frozen=True, slots=True)
class ChatSnapshot:
    external_id: str
    chat_type: str
    contact_external_id: str | None
    contact_name: str | None
    contact_avatar_url: str | None
    contact_profile_url: str | None
    listing: ListingSnapshot | None
    updated_at: datetime
    last_message: InboundMessage | None


@dataclass(frozen=True, slots=True)
class AccountProfile:
    external_id: str
    name: str
    email: str | None = None
    phone: str | None = None
    profile_url: str | None = None


@dataclass(frozen=True, slots=True)
class UploadedImage:
    """A picture that the channel has, not in any chat yet."""

    id: str
    urls: frozenset[str] = frozenset()
    """Where the channel shows it, in all sizes: by these its message is known again."""


@dataclass(frozen=True, slots=True)
class Outbound:
    chat_external_id: str
    text: str = ""
    attempted_at: datetime | None = None
    """When the first attempt to send began; find_sent looks from here on."""
    known_external_ids: frozenset[str] = frozenset()
    """Channel ids already matched to other messages of ours."""
    image: UploadedImage | None = None
    """Instead of a text."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    max_text_length: int = 1000
    pause_between_chats_s: float = 0
    """How long to rest between chats when many are compared: the channel is shared with sending."""
    delete_window: timedelta | None = timedelta(hours=1)
    can_send_images: bool = False
    can_start_conversation: bool = False
    has_typing: bool = False
    reports_read: bool = True
    image_max_bytes: int = 24 * 2**20
    image_types: frozenset[str] = frozenset()


class ChannelAdapter(Protocol):
    """One account on one channel. Every method but `parse` may raise ChannelError."""

    @property
    def capabilities(self) -> Capabilities: ...

    def parse(self, body: bytes) -> list[InboundMessage]:
        """[] when the webhook carries no message; raises UnreadableWebhook for junk."""
        ...

    async def authorise(self) -> None:
        """Have the channel take the keys; `check` asks whom they belong to."""
        ...

    async def check(self) -> AccountProfile: ...

    async def connect(self, webhook_url: str) -> None:
        """Subscribe and verify that the channel lists exactly this address."""
        ...

    async def is_connected(self, webhook_url: str) -> bool: ...

    async def disconnect(self, webhook_url: str) -> None: ...

    async def send(self, outbound: Outbound) -> str:
        """Send once, without repeating, and return the channel's message id.

        Raises OutcomeUnknown when the message may have reached the customer: look with
        `find_sent` before another `send`.
        """
        ...

    async def find_sent(self, outbound: Outbound) -> str | None:
        """The id under which an earlier attempt was delivered, if it was."""
        ...

    def chats(self, *, updated_since: datetime | None) -> AsyncIterator[ChatSnapshot]:
        """Newest first, until older than `updated_since` or the channel's own limit."""
        ...

    async def chat(self, chat_external_id: str) -> ChatSnapshot: ...

    async def history(
        self, chat_external_id: str, *, since: datetime | None = None, limit: int = 100
    ) -> list[InboundMessage]:
        """The newest `limit` messages, OLDEST first."""
        ...

    async def mark_read(self, chat_external_id: str) -> None: ...

    async def recall(self, chat_external_id: str, message_external_id: str) -> None: ...

    async def block(
        self,
        contact_external_id: str,
        *,
        listing_external_id: str | None,
        reason: BlockReason,
    ) -> None: ...

    async def voice_urls(self, voice_ids: Sequence[str]) -> dict[str, str]: ...

    async def upload_image(self, data: bytes, filename: str, media_type: str) -> UploadedImage:
        """Bring a picture to the channel; no customer sees it before `send`."""
        ...

    def listings(self, *, include_closed: bool = False) -> AsyncIterator[ListingSnapshot]: ...

    async def listing(self, external_id: str) -> ListingSnapshot | None: ...

    async def aclose(self) -> None: ...


class ChannelError(AppError):
    """`detail` tells the user the way out; what the channel itself said is the fact `reason`."""

    code = "channel_error"
    status = 502
    title = "Канал ответил ошибкой"
    way_out = "Повторите позже. Если ошибка остаётся, проверьте аккаунт канала в настройках."
    way_out_of_trial = "Ключи не сохранены. Нажмите «Проверить снова» через минуту."
    """While keys are tried out: there is no account yet whose card could be opened."""

    def __init__(self, detail: str | None = None, **facts: Any) -> None:
        super().__init__(detail or self.way_out, **facts)


class ChannelUnavailable(ChannelError):
    """Nothing was delivered; trying again later is safe."""

    code = "channel_unavailable"
    status = 503
    title = "Канал временно недоступен"
    way_out = "Отправка и загрузка повторятся сами, делать ничего не нужно."
    way_out_of_trial = (
        "Канал сейчас не отвечает, дело не в ключах. Они не сохранены: нажмите «Проверить снова» "
        "через минуту."
    )


class RateLimited(ChannelUnavailable):
    code = "channel_rate_limited"
    title = "Канал просит подождать: слишком много запросов"
    way_out = "Запрос повторится сам через некоторое время."
    way_out_of_trial = "Ключи не сохранены. Нажмите «Проверить снова» через несколько минут."

    def __init__(
        self, detail: str | None = None, *, retry_after_s: float | None = None, **facts: Any
    ) -> None:
        super().__init__(detail, retry_after_s=retry_after_s, **facts)
        self.retry_after_s = retry_after_s


class OutcomeUnknown(ChannelError):
    """The request began and its answer never came: the message may have been delivered."""

    code = "channel_outcome_unknown"
    status = 504
    title = "Неизвестно, дошло ли сообщение"
    way_out = "Сверяем с историей чата в канале, второй раз сообщение не уйдёт."
    retry_after_s: ClassVar[float] = 2
    """The channel's history may lag behind its sending; a look sooner could miss the message."""


class NotDelivered(ChannelError):
    """Every attempt was in vain: from here on a person decides."""

    code = "not_delivered"
    status = 504
    title = "Сообщение не доставлено"
    way_out = "Канал так и не ответил. Нажмите «Повторить»."


class PaymentRequired(ChannelError):
    """Account-wide: the tariff has no messenger. Repeating does not help."""

    code = "payment_required"
    status = 402
    title = "Канал не принял запрос: тариф не оплачен"
    way_out = (
        "Оплатите тариф в кабинете канала и нажмите «Проверить» под кнопкой канала "
        "в верхней строке."
    )
    way_out_of_trial = "Оплатите тариф в кабинете канала и нажмите «Проверить снова»."


class CredentialsRejected(ChannelError):
    code = "credentials_rejected"
    status = 422
    title = "Канал не принял ключи доступа"
    way_out = (
        "Сверьте ключи с кабинетом канала и нажмите «Проверить» под кнопкой канала "
        "в верхней строке."
    )
    way_out_of_trial = "Сверьте ключи с кабинетом канала и нажмите «Проверить снова»."


class AccessDenied(ChannelError):
    """Refused with a token that is surely fresh: rights, not expiry."""

    code = "access_denied"
    status = 422
    title = "Канал не дал доступа"
    way_out = "Проверьте права ключа: он должен принадлежать главному аккаунту компании."
    way_out_of_trial = way_out


class ChatNotFound(ChannelError):
    code = "chat_not_found"
    status = 404
    title = "Такого чата в канале нет"
    way_out = "Чат удалён или относится к другому аккаунту. Переписка здесь сохранена."


class MessageRefused(ChannelError):
    code = "message_refused"
    status = 422
    title = "Канал не принял сообщение"
    way_out = "Измените сообщение и отправьте снова. Текст сохранён."


class UnreadableWebhook(ChannelError):
    code = "unreadable_webhook"
    status = 422
    title = "Уведомление канала не удалось прочитать"
    way_out = "Пропущенное сообщение подберёт сверка с историей канала."

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason
