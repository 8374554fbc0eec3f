import json

import pytest

from besedka.channels.adapters.avito import AvitoAdapter, paths
from besedka.channels.adapters.base import BlockReason, ChannelError
from tests.channels.adapters.avito.scripted import Reply, ScriptedAvito

URL = "https://crm.test/hooks/avito/s3cret"


def listed(*urls: str) -> Reply:
    return Reply(body={"subscriptions": [{"url": url, "version": "3"} for url in urls]})


async def test_connecting_subscribes_and_looks_for_exactly_this_address(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.SUBSCRIPTIONS, listed("https://other.test/", URL))

    await adapter.connect(URL)

    [request] = scripted.asked(paths.SUBSCRIBE)
    assert json.loads(request.content) == {"url": URL}


async def test_an_address_that_is_subscribed_already_is_connected(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.SUBSCRIBE, Reply(409, {"error": {"code": 409, "message": "exists"}}))
    scripted.on(paths.SUBSCRIPTIONS, listed(URL))

    await adapter.connect(URL)


async def test_a_subscription_that_is_not_listed_is_an_error(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.SUBSCRIPTIONS, listed(URL + "/"))

    with pytest.raises(ChannelError):
        await adapter.connect(URL)


async def test_disconnecting_what_is_not_connected_is_done(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.UNSUBSCRIBE, Reply(404, {"message": "not subscribed"}))

    await adapter.disconnect(URL)


async def test_blocking_names_the_reason_by_number(
    adapter: AvitoAdapter, scripted: ScriptedAvito
) -> None:
    scripted.on(paths.BLACKLIST, Reply(200, b""))

    await adapter.block("222", listing_external_id="9876543210", reason=BlockReason.INSULTS)
    await adapter.block("222", listing_external_id=None, reason=BlockReason.SPAM)

    first, second = (json.loads(each.content) for each in scripted.asked(paths.BLACKLIST))
    context = {"item_id": 9876543210, "reason_id": 3}
    assert first == {"users": [{"user_id": 222, "context": context}]}
    assert second == {"users": [{"user_id": 222, "context": {"reason_id": 1}}]}
