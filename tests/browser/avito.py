"""What buyers do in the simulated Avito, asked of it directly: faster than by its window."""

from typing import Any

import httpx

from tests.browser.conftest import Demo

MAZDA = 7463793001
SOFA = 7463793003


class Avito:
    def __init__(self, demo: Demo) -> None:
        self._url = f"{demo.avito}/_sim"

    def chat(self, name: str, *, item_id: int = MAZDA, buyer_id: int | None = None) -> str:
        body = {"item_id": item_id, "buyer_name": name, "buyer_id": buyer_id}
        return self._id_of(httpx.post(f"{self._url}/chats", json=body))

    def say(self, chat: str, text: str = "", **fields: Any) -> str:
        return self._id_of(
            httpx.post(f"{self._url}/chats/{chat}/messages", json={"text": text, **fields})
        )

    def take_back(self, chat: str, message: str) -> None:
        httpx.delete(f"{self._url}/chats/{chat}/messages/{message}").raise_for_status()

    def heard(self, chat: str) -> list[str]:
        """What our side has said in the chat."""
        messages = httpx.get(f"{self._url}/chats/{chat}").raise_for_status().json()["messages"]
        return [each["text"] for each in messages if each["author"] == "seller"]

    @staticmethod
    def _id_of(answer: httpx.Response) -> str:
        found: str = answer.raise_for_status().json()["id"]
        return found
