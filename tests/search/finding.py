"""Asking the search, after it has indexed all that there is."""

from dataclasses import dataclass
from typing import Any

from besedka.search import indexing
from tests.conftest import Client, JsonObject

URL = "/api/v1/search"


@dataclass
class Finder:
    client: Client

    async def page(self, q: str, **wanted: Any) -> JsonObject:
        await indexing.catch_up()
        response = await self.client.get(URL, params={"q": q, **wanted})
        assert response.status_code == 200, response.text
        found: JsonObject = response.json()
        return found

    async def ids(self, q: str, **wanted: Any) -> list[str]:
        page = await self.page(q, **wanted)
        return [each["conversation"]["id"] for each in page["items"]]

    async def hits(self, q: str) -> list[tuple[str, list[str]]]:
        """Of the first result: where something was found, and what is marked there."""
        page = await self.page(q)
        return [
            (hit["where"], [hit["text"][each["start"] : each["end"]] for each in hit["ranges"]])
            for hit in page["items"][0]["hits"]
        ]
