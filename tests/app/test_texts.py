"""Texts that no database keeps as they are."""

import pytest

from tests.conftest import Client, JsonObject

DOCUMENT = {"title": "Дос\0тавка", "text": "По\0 городу"}
AGENT = {"enabled": True, "instructions": "На\0 вы", "debounce_s": 5}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("POST", "documents", DOCUMENT), ("PUT", "agent", AGENT)],
)
async def test_a_character_that_no_database_keeps_is_left_out(
    method: str, path: str, body: JsonObject, admin: Client
) -> None:
    response = await admin.request(method, f"/api/v1/{path}", json=body)

    assert response.is_success
    answer = response.json()
    assert {name: answer[name] for name in body} == {
        name: value.replace("\0", "") if isinstance(value, str) else value
        for name, value in body.items()
    }


async def test_the_same_in_the_name_of_an_account(admin: Client, account: JsonObject) -> None:
    response = await admin.patch(
        f"/api/v1/channel-accounts/{account['id']}", json={"name": "Авто\0двор"}
    )

    assert response.json()["name"] == "Автодвор"


async def test_the_same_in_an_address_that_logs_in(client: Client) -> None:
    login = {"email": "irina\0@example.ru", "password": "x"}

    response = await client.post("/api/v1/auth/login", json=login)

    assert (response.status_code, response.json()["code"]) == (401, "login_refused")
