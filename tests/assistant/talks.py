"""What a talk with a buyer came to: the conversation, its turns, and what was sent."""

from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Client, JsonObject

DEBOUNCE_S = 5


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
