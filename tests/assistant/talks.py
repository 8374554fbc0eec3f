"""What a talk with a buyer came to: the conversation, its turns, and what was sent."""

from typing import Any

from besedka.simulators.avito.simulator import AvitoSimulator
from besedka.simulators.avito.state import Chat
from tests.conftest import Client, Clock, Exchange, JsonObject

DEBOUNCE_S = 5


async def buyer_asks(
    avito: AvitoSimulator,
    exchange: Exchange,
    clock: Clock,
    *words: str,
    chat: Chat | None = None,
    **message: Any,
) -> Chat:
    """A buyer writes these messages, in a new chat if in none, and the agent has its say."""
    chat = chat or await avito.open_chat()
    for text in words or ("",):
        await avito.buyer_writes(chat, text, **message)
    await exchange()
    clock.advance(DEBOUNCE_S)
    await exchange()
    return chat


async def only_conversation(client: Client) -> JsonObject:
    found: list[JsonObject] = []
    for mode in ("bot", "manager"):
        found += (await client.get(f"/api/v1/conversations?mode={mode}")).json()["items"]
    (conversation,) = found
    return conversation


async def turns_of(client: Client, conversation: JsonObject) -> list[JsonObject]:
    response = await client.get(f"/api/v1/conversations/{conversation['id']}/turns")
    traces: list[JsonObject] = response.json()
    return traces


def sent(avito: AvitoSimulator) -> list[str]:
    return [message.text for message in avito.sent]
