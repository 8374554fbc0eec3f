"""Reply templates: administrators write them, whoever answers uses them."""

import asyncio

import pytest

from tests.conftest import Client, JsonObject

URL = "/api/v1/reply-templates"
PRICE = {"shortcut": "цена", "title": "Цена", "text": "{имя}, цена {цена}"}


async def add(client: Client, **over: str) -> JsonObject:
    answer = await client.post(URL, json=PRICE | over)
    assert answer.status_code == 201, answer.text
    found: JsonObject = answer.json()
    return found


async def titles(client: Client) -> list[str]:
    return [each["title"] for each in (await client.get(URL)).json()["items"]]


async def test_an_administrator_writes_and_everybody_reads(admin: Client, operator: Client) -> None:
    made = await add(admin)
    await add(admin, shortcut="адрес", title="Адрес")

    assert (made["shortcut"], made["text"]) == ("цена", "{имя}, цена {цена}")
    assert await titles(operator) == ["Адрес", "Цена"]


async def test_a_manager_changes_nothing(admin: Client, operator: Client) -> None:
    made = await add(admin)

    answers = [
        await operator.post(URL, json=PRICE),
        await operator.put(f"{URL}/{made['id']}", json=PRICE),
        await operator.delete(f"{URL}/{made['id']}"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert await titles(operator) == ["Цена"]


async def test_a_template_is_replaced_and_deleted(admin: Client) -> None:
    made = await add(admin)

    changed = await admin.put(f"{URL}/{made['id']}", json=PRICE | {"title": "Сколько стоит"})
    assert (changed.status_code, await titles(admin)) == (200, ["Сколько стоит"])

    assert (await admin.delete(f"{URL}/{made['id']}")).status_code == 204
    assert await titles(admin) == []
    gone = await admin.delete(f"{URL}/{made['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "template_not_found")


async def test_a_shortcut_is_one_word_in_small_letters(admin: Client) -> None:
    made = await add(admin, shortcut="  ЦЕНА ")
    spaced = await admin.post(URL, json=PRICE | {"shortcut": "моя цена"})

    assert made["shortcut"] == "цена"
    assert spaced.status_code == 422


async def test_a_shortcut_belongs_to_one_template(admin: Client) -> None:
    await add(admin)
    other = await add(admin, shortcut="адрес")

    again = await admin.post(URL, json=PRICE)
    moved = await admin.put(f"{URL}/{other['id']}", json=PRICE)

    assert [(each.status_code, each.json()["code"]) for each in (again, moved)] == [
        (409, "shortcut_taken")
    ] * 2


async def test_the_same_shortcut_twice_at_once_is_one_template(admin: Client) -> None:
    answers = await asyncio.gather(*(admin.post(URL, json=PRICE) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert await titles(admin) == ["Цена"]


async def test_two_templates_given_one_shortcut_at_once_do_not_share_it(admin: Client) -> None:
    ids = [(await add(admin, shortcut=f"цена{number}"))["id"] for number in range(4)]

    answers = await asyncio.gather(*(admin.put(f"{URL}/{each}", json=PRICE) for each in ids))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


@pytest.mark.parametrize("field", ["shortcut", "title", "text"])
async def test_nothing_of_a_template_may_be_empty(field: str, admin: Client) -> None:
    answer = await admin.post(URL, json=PRICE | {field: " "})

    assert answer.status_code == 422
