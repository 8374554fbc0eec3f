"""The list sorted by price, which follows what the channel tells of the listing."""

from besedka.simulators.avito import state
from tests.conftest import Clock, JsonObject
from tests.inbox.desk import Desk
from tests.inbox.test_filters import ids, listed


def set_price(item: state.Listing, roubles: int | None) -> None:
    item.price = roubles
    item.price_string = "Цена не указана" if roubles is None else f"{roubles} ₽"


def prices_of(rows: list[JsonObject]) -> list[int | None]:
    return [row["listing"]["price_minor"] for row in rows]


async def test_the_dearest_listing_comes_first_and_talks_without_a_price_last(desk: Desk) -> None:
    items = desk.avito.account().listings[:3]
    for item, roubles in zip(items, (480_000, None, 1_250_000), strict=True):
        set_price(item, roubles)
    talks = [await desk.talk(item_id=item.id) for item in items]
    await talks[1].act("pin")  # a pin makes nothing dearer

    rows = await listed(desk.client, sort="price", mode="bot")

    assert [row["id"] for row in rows] == [talks[2].id, talks[0].id, talks[1].id]
    assert prices_of(rows) == [125_000_000, 48_000_000, None]


async def test_of_one_price_the_latest_comes_first(desk: Desk, clock: Clock) -> None:
    first = await desk.talk()
    clock.advance(1)
    second = await desk.talk()
    assert await ids(desk.client, sort="price") == [second.id, first.id]

    clock.advance(1)
    await first.buyer("Ещё продаёте?")
    assert await ids(desk.client, sort="price") == [first.id, second.id]


async def test_a_new_price_moves_every_talk_about_the_listing(desk: Desk, clock: Clock) -> None:
    cheap, dear = desk.avito.account().listings[:2]
    set_price(cheap, 100_000)
    set_price(dear, 200_000)
    about_cheap = []
    for _ in range(2):
        about_cheap.append(await desk.talk(item_id=cheap.id))
        clock.advance(1)
    about_dear = await desk.talk(item_id=dear.id)
    before = (await about_cheap[0].read())["version"]

    set_price(cheap, 300_000)
    latest = await desk.talk(item_id=cheap.id)  # with it the channel tells the price anew

    expected = [latest.id, about_cheap[1].id, about_cheap[0].id, about_dear.id]
    assert await ids(desk.client, sort="price") == expected
    assert (await about_cheap[0].read())["version"] > before  # and the browsers heard of it
