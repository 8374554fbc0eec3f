"""What the customer has read shows as read."""

import pytest

from tests.conftest import Clock
from tests.inbox.desk import Desk, event_types


@pytest.mark.parametrize("minutes_later", [0.5, 30])
async def test_a_reply_that_the_customer_has_read_is_shown_as_read(
    minutes_later: float, desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.reply("Да")
    for _ in range(3):
        clock.advance(30)
        await desk.sweep()
    assert (await talk.last())["status"] == "sent"
    clock.advance(60 * minutes_later)

    await desk.avito.buyer_reads(talk.chat)
    clock.advance(30)
    await desk.sweep()

    assert (await talk.last())["status"] == "read"
    assert (await talk.read())["last_message"]["status"] == "read"
    events = await event_types()
    assert events.count("message.read") == 1
    clock.advance(30)
    await desk.sweep()
    assert len(await event_types()) == len(events)


async def test_earlier_replies_are_read_too_once_the_customer_writes_again(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await talk.reply("Раз")
    await talk.reply("Два")
    clock.advance(600)
    await talk.buyer("Ага")
    clock.advance(30)

    await desk.sweep()

    ours = [each for each in await talk.messages() if each["direction"] == "out"]
    assert [each["status"] for each in ours] == ["read", "read"]


async def test_a_word_from_avitos_app_is_shown_as_read_too(desk: Desk, clock: Clock) -> None:
    talk = await desk.talk()
    await talk.seller_in_app("Пять тысяч")
    await desk.avito.buyer_reads(talk.chat)
    clock.advance(30)

    await desk.sweep()

    assert (await talk.last())["status"] == "read"
