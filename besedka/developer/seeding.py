"""Filling a company with talks, by letting buyers write as buyers do."""

import random

from besedka.core import db
from besedka.developer import stand_in
from besedka.identity.actor import Actor
from besedka.simulators.avito.dialogues import NAMES, talks_for

# Of so many talks, one is answered by a person in Avito's own app and waits for nobody.
_ANSWERED_ONE_OF = 4
_ANSWER = "Здравствуйте! Да, всё верно. Напишите, когда вам удобно приехать."


async def seed(actor: Actor, *, talks: int) -> int:
    """How many talks began. Raises NoStandIn."""
    async with db.reading() as session:
        account = await stand_in.account_of(session, actor)
    rng = random.Random()
    async with stand_in.beside(account) as avito:
        listings = await avito.listings()
        for number in range(talks):
            listing = rng.choice(listings)
            chat_id = await avito.open_chat(listing["id"], rng.choice(NAMES))
            for line in _lines(listing, rng):
                await avito.write(chat_id, line)
            if number % _ANSWERED_ONE_OF == _ANSWERED_ONE_OF - 1:
                await avito.write(chat_id, _ANSWER, author="seller")
    return talks


async def emulate(actor: Actor, *, text: str, buyer_name: str) -> None:
    """A buyer opens a talk with `text`. Raises NoStandIn."""
    async with db.reading() as session:
        account = await stand_in.account_of(session, actor)
    async with stand_in.beside(account) as avito:
        listings = await avito.listings()
        chat_id = await avito.open_chat(listings[0]["id"], buyer_name)
        await avito.write(chat_id, text)


def _lines(listing: dict[str, str], rng: random.Random) -> list[str]:
    """The words of a burst; what is no text is left out."""
    while True:
        burst = rng.choice(talks_for(listing.get("trade", ""))).bursts[0]
        words = [line for line in burst if not line.startswith("[")]
        if words:
            facts = {"title": listing["title"], "price": listing.get("price_string") or "цена"}
            return [line.format(**facts) for line in words]
