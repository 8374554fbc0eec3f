"""What each failed answer, and each lost one, is taken to mean."""

import asyncio
from datetime import timedelta
from email.utils import format_datetime

import httpx
import pytest

from besedka.channels.adapters.avito import AvitoAdapter, paths
from besedka.channels.adapters.avito.paths import Operation
from besedka.channels.adapters.base import (
    ChannelError,
    ChannelUnavailable,
    ChatNotFound,
    MessageRefused,
    Outbound,
    OutcomeUnknown,
    PaymentRequired,
    RateLimited,
    UploadedImage,
)
from besedka.core.time import now
from tests.channels.adapters.avito.scripted import CHAT_ID, Naps, Reply, ScriptedAvito, adapter_for

OUTBOUND = Outbound(CHAT_ID, "Да, в наличии")


def error(status: int, message: str) -> Reply:
    return Reply(status, {"error": {"code": status, "message": message}})


async def failure_of_send(
    adapter: AvitoAdapter, scripted: ScriptedAvito, reply: Reply | Exception
) -> ChannelError:
    """The error of a send, which must have been posted exactly once."""
    scripted.on(paths.SEND_TEXT, reply)
    with pytest.raises(ChannelError) as caught:
        await adapter.send(OUTBOUND)
    assert len(scripted.asked(paths.SEND_TEXT)) == 1
    return caught.value


@pytest.mark.parametrize(
    "reply",
    [error(402, "Payment required"), Reply(402, {"code": 402, "message": "Payment required"})],
    ids=["error", "plain"],
)
async def test_a_missing_tariff_is_told_in_both_shapes(
    adapter: AvitoAdapter, scripted: ScriptedAvito, reply: Reply
) -> None:
    failure = await failure_of_send(adapter, scripted, reply)

    assert isinstance(failure, PaymentRequired)
    assert failure.title == "Авито не принял сообщение: нет тарифа «Максимальный»"
    assert failure.detail is not None
    assert failure.detail.startswith("Текст сохранён.")
    assert failure.facts == {"reason": "Payment required"}


async def test_a_missing_tariff_when_reading_speaks_of_chats(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.MESSAGES, error(402, "Payment required"))

    with pytest.raises(PaymentRequired) as caught:
        await adapter.history(CHAT_ID)

    assert caught.value.title == "Авито закрыл доступ к чатам: нет тарифа «Максимальный»"
    assert len(scripted.asked(paths.MESSAGES)) == 1


@pytest.mark.parametrize(
    "lost",
    [
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.WriteError("reset"),
        httpx.RemoteProtocolError("closed without an answer"),
        Reply(502, b"<html>Bad gateway"),
        Reply(504, b""),
        Reply(200, b"<html>"),
        Reply(200, {"created": 5}),
    ],
    ids=repr,
)
async def test_a_send_without_a_clear_answer_is_never_repeated(
    adapter: AvitoAdapter, scripted: ScriptedAvito, lost: Reply | Exception
) -> None:
    failure = await failure_of_send(adapter, scripted, lost)

    assert isinstance(failure, OutcomeUnknown)
    assert failure.code == "channel_outcome_unknown"


@pytest.mark.parametrize(
    "lost",
    [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("busy")],
    ids=repr,
)
async def test_a_send_that_never_began_may_be_tried_again_later(
    adapter: AvitoAdapter, scripted: ScriptedAvito, lost: Exception
) -> None:
    failure = await failure_of_send(adapter, scripted, lost)

    assert type(failure) is ChannelUnavailable


@pytest.mark.parametrize("status", [500, 503, 408])
async def test_a_send_answered_with_trouble_is_left_to_its_job(
    adapter: AvitoAdapter, scripted: ScriptedAvito, naps: Naps, status: int
) -> None:
    failure = await failure_of_send(adapter, scripted, error(status, "contact support"))

    assert type(failure) is ChannelUnavailable
    assert naps.taken_s == []


async def test_an_image_without_an_answer_is_never_sent_twice(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.SEND_IMAGE, httpx.ReadTimeout("slow"))

    with pytest.raises(OutcomeUnknown):
        await adapter.send(Outbound(CHAT_ID, image=UploadedImage("12345.abc")))

    assert len(scripted.asked(paths.SEND_IMAGE)) == 1


async def test_a_server_that_never_stops_answering_is_given_up() -> None:
    class Dripping(ScriptedAvito):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = await super().handle_async_request(request)
            if request.url.path.endswith("/messages"):
                await asyncio.Event().wait()
            return response

    adapter = adapter_for(Dripping(), read_timeout_s=-4.95)  # 5 s to connect, less this

    with pytest.raises(OutcomeUnknown):
        await adapter.send(OUTBOUND)
    await adapter.aclose()


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (error(400, "Validation error"), "Validation error"),
        (Reply(400, {"message": "too long", "code": 400}), "too long"),
        (Reply(413, b"<html>413</html>"), "<html>413</html>"),
        (Reply(200, {"error": {"code": 400, "message": "bad word"}}), "bad word"),
        (Reply(400, b""), ""),
    ],
    ids=["error", "plain", "html", "in-a-200", "empty"],
)
async def test_a_refused_message_tells_why(
    adapter: AvitoAdapter, scripted: ScriptedAvito, reply: Reply, reason: str
) -> None:
    failure = await failure_of_send(adapter, scripted, reply)

    assert isinstance(failure, MessageRefused)
    assert failure.facts["reason"] == reason


async def test_a_text_over_the_limit_is_refused_without_a_request(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    with pytest.raises(MessageRefused):
        await adapter.send(Outbound(CHAT_ID, "я" * 1001))

    assert scripted.requests == []


async def test_a_late_recall_is_refused_in_its_own_words(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.DELETE_MESSAGE, error(400, "too late"))

    with pytest.raises(MessageRefused) as caught:
        await adapter.recall(CHAT_ID, "m1")

    assert caught.value.title == "Авито не удалил сообщение"


async def test_a_missing_chat_and_a_missing_route_are_told_apart(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHAT, error(404, "Not found"))
    with pytest.raises(ChatNotFound):
        await adapter.chat(CHAT_ID)

    scripted.on(paths.CHAT, Reply(404, {"message": "route /messenger/v2 not found", "code": 400}))
    with pytest.raises(ChannelError) as caught:
        await adapter.chat(CHAT_ID)
    assert not isinstance(caught.value, ChatNotFound)


@pytest.mark.parametrize("chat_id", ["", ".", ".."])
async def test_an_id_that_would_change_the_path_is_no_chat(
    adapter: AvitoAdapter, scripted: ScriptedAvito, chat_id: str
) -> None:
    with pytest.raises(ChatNotFound):
        await adapter.chat(chat_id)

    assert scripted.asked(paths.CHAT) == []


async def test_ids_are_escaped_in_paths(adapter: AvitoAdapter, scripted: ScriptedAvito) -> None:
    await adapter.mark_read("u2i-~a/../b?c")

    [request] = scripted.asked(paths.READ_CHAT)
    assert b"/chats/u2i-~a%2F..%2Fb%3Fc/read" in request.url.raw_path


@pytest.mark.parametrize("trouble", [error(500, "x"), Reply(429), httpx.ReadTimeout("")], ids=repr)
async def test_reading_is_repeated_after_trouble(
    adapter: AvitoAdapter, scripted: ScriptedAvito, naps: Naps, trouble: Reply | Exception
) -> None:
    scripted.on(paths.MESSAGES, trouble, Reply(body={"messages": []}))

    assert await adapter.history(CHAT_ID) == []
    assert len(naps.taken_s) == 1
    assert 0.4 <= naps.taken_s[0] <= 0.6


async def test_reading_gives_up_after_three_repeats(
    adapter: AvitoAdapter, scripted: ScriptedAvito, naps: Naps
) -> None:
    scripted.on(paths.MESSAGES, error(500, "contact support"))

    with pytest.raises(ChannelUnavailable):
        await adapter.history(CHAT_ID)

    assert len(scripted.asked(paths.MESSAGES)) == 4
    for nap_s, expected_s in zip(naps.taken_s, [0.5, 1, 2], strict=True):
        assert expected_s * 0.8 <= nap_s <= expected_s * 1.2


@pytest.mark.parametrize(
    ("headers", "expected_s"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, 0),
        ({"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "0"}, 2),
        ({"Retry-After": "7", "X-RateLimit-Limit": "30"}, 7),
        ({"X-RateLimit-Limit": "0"}, None),
    ],
    ids=repr,
)
async def test_a_limit_says_how_long_to_wait(
    adapter: AvitoAdapter,
    scripted: ScriptedAvito,
    headers: dict[str, str],
    expected_s: float | None,
) -> None:
    failure = await failure_of_send(adapter, scripted, Reply(429, b"", headers))

    assert isinstance(failure, RateLimited)
    assert isinstance(failure, ChannelUnavailable)
    assert failure.retry_after_s == expected_s


async def test_a_limit_may_name_the_hour(adapter: AvitoAdapter, scripted: ScriptedAvito) -> None:
    moment = format_datetime(now() + timedelta(seconds=90), usegmt=True)

    failure = await failure_of_send(adapter, scripted, Reply(429, b"", {"Retry-After": moment}))

    assert isinstance(failure, RateLimited)
    assert failure.retry_after_s is not None
    assert 80 < failure.retry_after_s <= 90


async def test_after_a_long_limit_nothing_is_asked_until_it_ends(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    await failure_of_send(adapter, scripted, Reply(429, b"", {"Retry-After": "600"}))

    with pytest.raises(RateLimited) as caught:
        await adapter.mark_read(CHAT_ID)

    assert caught.value.retry_after_s is not None
    assert caught.value.retry_after_s > 590
    assert scripted.asked(paths.READ_CHAT) == []


@pytest.mark.parametrize("operation", [paths.SEND_TEXT, paths.SEND_IMAGE])
def test_only_what_a_customer_sees_is_a_delivery(operation: Operation) -> None:
    assert operation.is_delivery
    assert not operation.is_repeatable


async def test_an_unsuitable_image_is_refused_without_a_request(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    for data, media_type in [
        (b"x", "image/webp"),
        (b"x", "application/pdf"),
        (b"", "image/png"),
        (bytes(24 * 2**20 + 1), "image/png"),
    ]:
        with pytest.raises(MessageRefused) as caught:
            await adapter.upload_image(data, "photo.png", media_type)
        assert caught.value.title == "Авито не принял картинку"

    assert scripted.requests == []
