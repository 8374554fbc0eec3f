import asyncio
from datetime import timedelta

import httpx
import pytest

from besedka.channels.adapters.avito import AvitoAdapter, paths
from besedka.channels.adapters.base import (
    AccessDenied,
    ChannelUnavailable,
    CredentialsRejected,
    Outbound,
    PaymentRequired,
)
from besedka.core.time import reset_clock, shift_clock
from tests.channels.adapters.avito.scripted import (
    CHAT_ID,
    EXPIRED,
    Naps,
    Reply,
    ScriptedAvito,
    adapter_for,
)

UNAUTHORIZED = Reply(401, {"error": {"code": 401, "message": "Unauthorized"}})
FORBIDDEN = Reply(403, {"error": {"code": 403, "message": "Forbidden"}})
CHATS = Reply(body={"chats": []})


def bearer(request: httpx.Request) -> str:
    return request.headers["Authorization"]


async def read_chats(adapter: AvitoAdapter) -> None:
    assert [chat async for chat in adapter.chats(updated_since=None)] == []


async def test_a_token_is_asked_for_once_and_kept(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    await read_chats(adapter)
    await read_chats(adapter)

    [request] = scripted.asked(paths.TOKEN)
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert dict(httpx.QueryParams(request.content.decode())) == {
        "grant_type": "client_credentials",
        "client_id": "id",
        "client_secret": "secret",
    }


async def test_twenty_callers_share_one_refresher(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    await asyncio.gather(*(read_chats(adapter) for _ in range(20)))

    assert len(scripted.asked(paths.TOKEN)) == 1
    assert len(scripted.asked(paths.CHATS)) == 20


async def test_twenty_callers_with_one_expired_token_renew_it_once(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    await read_chats(adapter)
    scripted.expired_tokens.add("token-1")

    await asyncio.gather(*(read_chats(adapter) for _ in range(20)))

    assert len(scripted.asked(paths.TOKEN)) == 2


@pytest.mark.parametrize("refusal", [UNAUTHORIZED, EXPIRED], ids=["401", "403"])
async def test_a_refused_token_is_renewed_once_and_the_call_repeated(
    adapter: AvitoAdapter, scripted: ScriptedAvito, refusal: Reply
) -> None:
    scripted.on(paths.CHATS, refusal, CHATS)

    await read_chats(adapter)

    assert [bearer(each) for each in scripted.asked(paths.CHATS)] == [
        "Bearer token-1",
        "Bearer token-2",
    ]


async def test_a_send_refused_for_its_token_is_sent_once_with_a_new_one(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.SEND_TEXT, EXPIRED, Reply(body={"id": "m1"}))

    assert await adapter.send(Outbound(CHAT_ID, "Да")) == "m1"
    assert len(scripted.asked(paths.SEND_TEXT)) == 2


async def test_a_token_that_is_refused_again_means_wrong_keys(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, UNAUTHORIZED)

    with pytest.raises(CredentialsRejected) as caught:
        await read_chats(adapter)

    assert caught.value.facts == {"reason": "Unauthorized"}
    assert len(scripted.asked(paths.CHATS)) == 2


async def test_a_fresh_token_that_is_forbidden_has_no_rights(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.CHATS, FORBIDDEN)

    with pytest.raises(AccessDenied) as caught:
        await read_chats(adapter)

    assert caught.value.title == "Авито не дал доступа с этими ключами"
    assert (len(scripted.asked(paths.CHATS)), len(scripted.asked(paths.TOKEN))) == (1, 1)


async def test_an_old_token_that_is_forbidden_is_renewed_before_rights_are_blamed(
    adapter: AvitoAdapter, scripted: ScriptedAvito, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(reset_clock)
    await read_chats(adapter)
    shift_clock(timedelta(hours=1))
    scripted.on(paths.CHATS, FORBIDDEN)

    with pytest.raises(AccessDenied):
        await read_chats(adapter)

    assert (len(scripted.asked(paths.CHATS)), len(scripted.asked(paths.TOKEN))) == (3, 2)


async def test_a_token_is_renewed_before_it_expires(
    adapter: AvitoAdapter, scripted: ScriptedAvito, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(reset_clock)
    await read_chats(adapter)

    shift_clock(timedelta(hours=23, minutes=54))
    await read_chats(adapter)
    assert len(scripted.asked(paths.TOKEN)) == 1

    shift_clock(timedelta(minutes=2))
    await read_chats(adapter)
    assert len(scripted.asked(paths.TOKEN)) == 2


@pytest.mark.parametrize(
    "reply",
    [
        Reply(401, {"error": "invalid_client", "error_description": "no such client"}),
        Reply(400, {"error": {"code": 400, "message": "no such client"}}),
        Reply(403, {"message": "no such client"}),
        Reply(200, {"error": "invalid_client", "error_description": "no such client"}),
        Reply(200, {"result": {"status": False, "message": "no such client"}}),
    ],
    ids=["401", "400", "403", "200", "200-result"],
)
async def test_wrong_keys_are_told_as_wrong_keys(
    adapter: AvitoAdapter, scripted: ScriptedAvito, reply: Reply
) -> None:
    scripted.on(paths.TOKEN, reply)

    with pytest.raises(CredentialsRejected) as caught:
        await adapter.check()

    assert caught.value.title == "Авито не принял ключи"
    assert caught.value.facts["reason"] == "no such client"
    assert len(scripted.asked(paths.TOKEN)) == 1


@pytest.mark.parametrize("life", [None, "nonsense", -5, "600"], ids=repr)
async def test_a_token_without_a_usable_life_is_used(
    adapter: AvitoAdapter, scripted: ScriptedAvito, life: object
) -> None:
    scripted.on(paths.TOKEN, Reply(body={"access_token": "t", "expires_in": life}))

    await read_chats(adapter)
    await read_chats(adapter)

    assert len(scripted.asked(paths.TOKEN)) == 1


async def test_a_token_is_asked_for_again_after_a_500_and_a_lost_connection(
    adapter: AvitoAdapter, scripted: ScriptedAvito, naps: Naps
) -> None:
    scripted.on(
        paths.TOKEN,
        Reply(503, b""),
        httpx.ReadTimeout(""),
        Reply(body={"access_token": "t", "expires_in": 60}),
    )

    await read_chats(adapter)

    assert len(naps.taken_s) == 2


async def test_a_token_answer_that_is_not_json_is_an_unavailable_channel(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.TOKEN, Reply(200, b"<html>"))

    with pytest.raises(ChannelUnavailable):
        await adapter.check()


async def test_a_tariff_can_be_missing_at_the_token_too(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.TOKEN, Reply(402, {"code": 402, "message": "Payment required"}))

    with pytest.raises(PaymentRequired):
        await adapter.check()


def test_empty_keys_are_refused_before_any_request(scripted: ScriptedAvito) -> None:
    with pytest.raises(CredentialsRejected):
        AvitoAdapter(
            {"client_id": " ", "client_secret": "x"},
            base_url="https://avito.test",
            requests_per_s=1,
            transport=scripted,
        )


async def test_the_user_id_is_learned_when_it_was_not_given(scripted: ScriptedAvito) -> None:
    adapter = adapter_for(scripted, user_id="")

    await adapter.mark_read(CHAT_ID)
    await adapter.mark_read(CHAT_ID)

    assert len(scripted.asked(paths.SELF)) == 1
    assert "/accounts/111000111/" in scripted.asked(paths.READ_CHAT)[0].url.path
    await adapter.aclose()
