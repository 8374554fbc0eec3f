"""What every adapter must do, each against its own simulator."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Protocol

import httpx
import pytest

from besedka.channels import adapters
from besedka.channels.adapters.base import (
    BlockReason,
    ChannelAdapter,
    ChannelUnavailable,
    ChatNotFound,
    CredentialsRejected,
    InboundAuthor,
    MessageRefused,
    MessageType,
    Outbound,
    OutcomeUnknown,
    PaymentRequired,
    UnreadableWebhook,
)
from besedka.core.time import now
from besedka.simulators.avito import AvitoSimulator

WEBHOOK_URL = "https://crm.test/hooks/x/s3cret"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0\x1f\x15\xc4\x89"
    b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)


class Stage(Protocol):
    """A simulated channel with one account, as this test sees all of them."""

    adapter: ChannelAdapter
    webhooks: list[bytes]

    def adapter_with_wrong_keys(self) -> ChannelAdapter: ...
    async def open_chat(self, buyer: str) -> str: ...
    async def buyer_writes(self, chat_id: str, text: str) -> str: ...
    async def buyer_sends_voice(self, chat_id: str) -> str: ...
    async def person_answers_in_the_channels_app(self, chat_id: str, text: str) -> str: ...
    async def buyer_reads(self, chat_id: str) -> None: ...
    async def settle(self) -> None: ...
    def texts_sent(self) -> list[str]: ...
    def stop_the_tariff(self) -> None: ...
    def fail_always(self) -> None: ...
    def accept_sends_without_an_answer(self) -> None: ...
    def lose_faults(self) -> None: ...
    async def aclose(self) -> None: ...


class AvitoStage:
    def __init__(self) -> None:
        self.webhooks: list[bytes] = []
        self._avito = AvitoSimulator(seed=1, webhook_transport=httpx.MockTransport(self._receive))
        self.adapter = self._adapter("demo-secret")

    def _adapter(self, secret: str) -> ChannelAdapter:
        return adapters.create_adapter(
            "avito",
            {"client_id": "demo-client", "client_secret": secret},
            base_url="http://avito.test",
            requests_per_s=1000,
            transport=httpx.ASGITransport(self._avito.app),
        )

    def _receive(self, request: httpx.Request) -> httpx.Response:
        self.webhooks.append(request.content)
        return httpx.Response(200)

    def adapter_with_wrong_keys(self) -> ChannelAdapter:
        return self._adapter("wrong")

    async def open_chat(self, buyer: str) -> str:
        return (await self._avito.open_chat(buyer_name=buyer)).id

    async def buyer_writes(self, chat_id: str, text: str) -> str:
        return (await self._avito.buyer_writes(chat_id, text)).id

    async def buyer_sends_voice(self, chat_id: str) -> str:
        return (await self._avito.buyer_writes(chat_id, type="voice")).id

    async def person_answers_in_the_channels_app(self, chat_id: str, text: str) -> str:
        return (await self._avito.seller_writes(chat_id, text)).id

    async def buyer_reads(self, chat_id: str) -> None:
        await self._avito.buyer_reads(chat_id)

    async def settle(self) -> None:
        await self._avito.settle()

    def texts_sent(self) -> list[str]:
        return [message.text for message in self._avito.sent]

    def stop_the_tariff(self) -> None:
        self._avito.faults(payment_required=True)

    def fail_always(self) -> None:
        self._avito.faults(status_500=1.0)

    def accept_sends_without_an_answer(self) -> None:
        self._avito.faults(accept_then_timeout=1.0)

    def lose_faults(self) -> None:
        self._avito.clear_faults()

    async def aclose(self) -> None:
        await self.adapter.aclose()
        await self._avito.aclose()


STAGES = {"avito": AvitoStage}


@pytest.fixture(params=sorted(STAGES))
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    stage: Stage = STAGES[request.param]()
    yield stage
    await stage.aclose()


def test_every_adapter_has_a_stage_here() -> None:
    assert set(STAGES) == set(adapters.kinds())


def test_an_unknown_channel_has_no_adapter() -> None:
    with pytest.raises(adapters.UnknownChannelKind):
        adapters.create_adapter("pigeon", {}, base_url="https://post.test")


async def test_check_names_the_account(stage: Stage) -> None:
    profile = await stage.adapter.check()

    assert profile.external_id
    assert profile.name


async def test_keys_that_are_taken_authorise(stage: Stage) -> None:
    await stage.adapter.authorise()


async def test_wrong_keys_are_rejected(stage: Stage) -> None:
    adapter = stage.adapter_with_wrong_keys()

    for ask in (adapter.authorise, adapter.check):
        with pytest.raises(CredentialsRejected):
            await ask()
    await adapter.aclose()


async def test_connecting_twice_is_connecting_once_and_disconnecting_ends_it(stage: Stage) -> None:
    assert not await stage.adapter.is_connected(WEBHOOK_URL)

    await stage.adapter.connect(WEBHOOK_URL)
    await stage.adapter.connect(WEBHOOK_URL)
    assert await stage.adapter.is_connected(WEBHOOK_URL)
    assert not await stage.adapter.is_connected(WEBHOOK_URL + "x")

    await stage.adapter.disconnect(WEBHOOK_URL)
    await stage.adapter.disconnect(WEBHOOK_URL)
    assert not await stage.adapter.is_connected(WEBHOOK_URL)


async def test_a_webhook_and_history_tell_the_same_message(stage: Stage) -> None:
    await stage.adapter.connect(WEBHOOK_URL)
    chat_id = await stage.open_chat("Мария")
    message_id = await stage.buyer_writes(chat_id, "Ещё продаёте?")
    await stage.settle()

    [from_webhook] = [each for body in stage.webhooks for each in stage.adapter.parse(body)]
    [from_history] = await stage.adapter.history(chat_id)

    for message in (from_webhook, from_history):
        assert (message.external_id, message.chat_external_id) == (message_id, chat_id)
        assert (message.type, message.text) == (MessageType.TEXT, "Ещё продаёте?")
        assert message.author is InboundAuthor.CUSTOMER
    assert from_webhook.chat_type == from_history.chat_type
    assert from_webhook.author_external_id == from_history.author_external_id
    assert abs(from_webhook.sent_at - from_history.sent_at) < timedelta(seconds=1)


async def test_echoes_and_people_elsewhere_are_our_side(stage: Stage) -> None:
    await stage.adapter.connect(WEBHOOK_URL)
    chat_id = await stage.open_chat("Мария")
    sent_id = await stage.adapter.send(Outbound(chat_id, "Здравствуйте"))
    typed_id = await stage.person_answers_in_the_channels_app(chat_id, "Я на связи")
    await stage.settle()

    echoes = [each for body in stage.webhooks for each in stage.adapter.parse(body)]

    assert {each.external_id for each in echoes} == {sent_id, typed_id}
    assert {each.author for each in echoes} == {InboundAuthor.OWN}


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b'{"a": 1}'])
async def test_junk_is_unreadable(stage: Stage, body: bytes) -> None:
    with pytest.raises(UnreadableWebhook):
        stage.adapter.parse(body)


async def test_an_empty_object_carries_nothing(stage: Stage) -> None:
    assert stage.adapter.parse(b"{}") == []


async def test_what_is_sent_arrives_once_and_stands_in_history(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    await stage.buyer_writes(chat_id, "Ещё продаёте?")

    message_id = await stage.adapter.send(Outbound(chat_id, "Да, продаём"))

    assert stage.texts_sent() == ["Да, продаём"]
    history = await stage.adapter.history(chat_id)
    assert [each.text for each in history] == ["Ещё продаёте?", "Да, продаём"]
    assert history[1].external_id == message_id
    assert history[1].author is InboundAuthor.OWN


async def test_reading_by_the_buyer_is_seen(stage: Stage) -> None:
    if not stage.adapter.capabilities.reports_read:
        pytest.skip("the channel does not tell")
    chat_id = await stage.open_chat("Мария")
    await stage.adapter.send(Outbound(chat_id, "Да, продаём"))
    await stage.buyer_reads(chat_id)

    [message] = await stage.adapter.history(chat_id)

    assert message.read_at is not None


async def test_a_send_that_lost_its_answer_is_found_and_not_repeated(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    stage.accept_sends_without_an_answer()
    outbound = Outbound(chat_id, "Да,  продаём", attempted_at=now())

    with pytest.raises(OutcomeUnknown):
        await stage.adapter.send(outbound)
    stage.lose_faults()

    message_id = await stage.adapter.find_sent(outbound)
    [message] = await stage.adapter.history(chat_id)
    assert message_id == message.external_id
    assert len(stage.texts_sent()) == 1
    already_matched = Outbound(
        chat_id, outbound.text, outbound.attempted_at, frozenset({message.external_id})
    )
    assert await stage.adapter.find_sent(already_matched) is None


async def test_a_text_over_the_limit_is_refused(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    limit = stage.adapter.capabilities.max_text_length

    await stage.adapter.send(Outbound(chat_id, "я" * limit))
    with pytest.raises(MessageRefused):
        await stage.adapter.send(Outbound(chat_id, "я" * (limit + 1)))

    assert stage.texts_sent() == ["я" * limit]


async def test_an_unknown_chat_is_not_found(stage: Stage) -> None:
    with pytest.raises(ChatNotFound):
        await stage.adapter.chat("u2i-nothing")
    with pytest.raises(ChatNotFound):
        await stage.adapter.send(Outbound("u2i-nothing", "Да"))


async def test_a_missing_tariff_is_payment_required(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    stage.stop_the_tariff()

    with pytest.raises(PaymentRequired):
        await stage.adapter.send(Outbound(chat_id, "Да"))
    with pytest.raises(PaymentRequired):
        await stage.adapter.history(chat_id)


async def test_trouble_at_a_send_is_raised_and_nothing_is_sent(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    stage.fail_always()

    with pytest.raises(ChannelUnavailable):
        await stage.adapter.send(Outbound(chat_id, "Да"))

    assert stage.texts_sent() == []


async def test_a_chat_tells_its_contact_and_its_listing(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    await stage.buyer_writes(chat_id, "Ещё продаёте?")

    chat = await stage.adapter.chat(chat_id)

    assert (chat.external_id, chat.contact_name) == (chat_id, "Мария")
    assert chat.contact_external_id
    assert chat.last_message is not None
    assert chat.last_message.text == "Ещё продаёте?"
    if chat.listing is not None:
        assert chat.listing.title
        assert chat.listing.is_ours


async def test_chats_come_newest_first_and_stop_at_the_older_ones(stage: Stage) -> None:
    chat_ids = [await stage.open_chat(f"Покупатель {number}") for number in range(3)]
    for chat_id in chat_ids:
        await stage.buyer_writes(chat_id, "Ещё продаёте?")

    found = [chat async for chat in stage.adapter.chats(updated_since=None)]

    assert [chat.external_id for chat in found[:3]] == chat_ids[::-1]
    later = datetime.now(UTC) + timedelta(minutes=1)  # noqa: TID251 - the simulator's own clock
    assert [chat async for chat in stage.adapter.chats(updated_since=later)] == []


async def test_a_recalled_message_stays_as_deleted(stage: Stage) -> None:
    if stage.adapter.capabilities.delete_window is None:
        pytest.skip("the channel has no recall")
    chat_id = await stage.open_chat("Мария")
    message_id = await stage.adapter.send(Outbound(chat_id, "Ошибся"))

    await stage.adapter.recall(chat_id, message_id)

    [message] = await stage.adapter.history(chat_id)
    assert (message.external_id, message.type) == (message_id, MessageType.DELETED)


async def test_a_voice_message_has_an_address(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    await stage.buyer_sends_voice(chat_id)
    [message] = await stage.adapter.history(chat_id)

    urls = await stage.adapter.voice_urls([message.content["voice_id"]])

    assert urls[message.content["voice_id"]].startswith("http")


async def test_an_image_is_uploaded_and_sent(stage: Stage) -> None:
    if not stage.adapter.capabilities.can_send_images:
        pytest.skip("the channel takes no images")
    chat_id = await stage.open_chat("Мария")

    image = await stage.adapter.upload_image(PNG, "фото.png", "image/png")
    assert await stage.adapter.history(chat_id) == [], "an upload is seen by nobody"
    message_id = await stage.adapter.send(Outbound(chat_id, image=image))

    [message] = await stage.adapter.history(chat_id)
    assert (message.external_id, message.type) == (message_id, MessageType.IMAGE)
    assert message.author is InboundAuthor.OWN
    assert message.content["sizes"]


async def test_an_image_that_lost_its_answer_is_found_among_others_and_not_repeated(
    stage: Stage,
) -> None:
    if not stage.adapter.capabilities.can_send_images:
        pytest.skip("the channel takes no images")
    chat_id = await stage.open_chat("Мария")
    first, second = [
        await stage.adapter.upload_image(PNG, f"{number}.png", "image/png") for number in range(2)
    ]
    first_id = await stage.adapter.send(Outbound(chat_id, image=first))
    stage.accept_sends_without_an_answer()
    outbound = Outbound(chat_id, attempted_at=now(), image=second)
    assert await stage.adapter.find_sent(Outbound(chat_id, "Фотография")) is None

    with pytest.raises(OutcomeUnknown):
        await stage.adapter.send(outbound)
    stage.lose_faults()

    found = await stage.adapter.find_sent(outbound)
    assert found == (await stage.adapter.history(chat_id))[1].external_id != first_id
    assert len(stage.texts_sent()) == 2


async def test_trouble_at_an_upload_is_raised_and_nothing_is_sent(stage: Stage) -> None:
    if not stage.adapter.capabilities.can_send_images:
        pytest.skip("the channel takes no images")
    chat_id = await stage.open_chat("Мария")
    stage.fail_always()

    with pytest.raises(ChannelUnavailable):
        await stage.adapter.upload_image(PNG, "фото.png", "image/png")
    stage.lose_faults()

    assert await stage.adapter.history(chat_id) == []


async def test_what_the_channel_cannot_take_is_refused_before_the_upload(stage: Stage) -> None:
    capabilities = stage.adapter.capabilities
    if not capabilities.can_send_images:
        pytest.skip("the channel takes no images")
    assert {"image/jpeg", "image/png"} <= capabilities.image_types, "what the inbox keeps"

    for data, media_type in (
        (b"", "image/png"),
        (b"x", "text/html"),
        (bytes(capabilities.image_max_bytes + 1), "image/png"),
    ):
        with pytest.raises(MessageRefused):
            await stage.adapter.upload_image(data, "фото", media_type)


async def test_reading_and_blocking_are_taken(stage: Stage) -> None:
    chat_id = await stage.open_chat("Мария")
    await stage.buyer_writes(chat_id, "Ещё продаёте?")
    chat = await stage.adapter.chat(chat_id)
    assert chat.contact_external_id is not None

    await stage.adapter.mark_read(chat_id)
    await stage.adapter.block(
        chat.contact_external_id,
        listing_external_id=chat.listing.external_id if chat.listing else None,
        reason=BlockReason.SPAM,
    )

    [message] = await stage.adapter.history(chat_id)
    assert message.is_read


async def test_listings_are_listed_and_found_one_by_one(stage: Stage) -> None:
    listings = [listing async for listing in stage.adapter.listings()]

    assert listings
    assert all(listing.title and listing.status == "active" for listing in listings)
    one = await stage.adapter.listing(listings[0].external_id)
    assert one is not None
    assert (one.title, one.price_minor) == (listings[0].title, listings[0].price_minor)
    assert await stage.adapter.listing("1") is None
