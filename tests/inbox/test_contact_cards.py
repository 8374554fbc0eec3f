"""A contact's card: who this is, with all their talks, the notes on them and their phones."""

from besedka.core.db import Database
from besedka.simulators.avito.talks import recall
from tests.conftest import Client, JsonObject
from tests.inbox.desk import Desk, Talk
from tests.inbox.test_lists import counting_queries


async def card_of(client: Client, talk: Talk) -> JsonObject:
    contact_id = (await talk.read())["contact"]["id"]
    answer = await client.get(f"/api/v1/contacts/{contact_id}")
    assert answer.status_code == 200, answer.text
    card: JsonObject = answer.json()
    return card


async def second_talk(desk: Desk, first: Talk) -> Talk:
    """The same buyer writes about another listing."""
    chat = await desk.avito.open_chat(
        buyer_name=first.chat.buyer.name, buyer_id=first.chat.buyer.id, item_id=7463793003
    )
    await desk.avito.buyer_writes(chat, "И диван ещё есть? Звоните 8 903 000-00-01")
    await desk.exchange()
    talks = (await desk.client.get("/api/v1/conversations")).json()["items"]
    return Talk(desk, chat, talks[0]["id"])


async def test_the_card_holds_all_talks_of_the_contact_the_latest_first(
    desk: Desk, viewer: Client
) -> None:
    first = await desk.talk("Здравствуйте")
    second = await second_talk(desk, first)
    await desk.talk("Я другой", buyer_name="Руслан")

    card = await card_of(viewer, first)

    assert card == await card_of(viewer, second)
    assert card["name"] == "Сергей Волков"
    assert [talk["id"] for talk in card["talks"]] == [second.id, first.id]
    assert card["talk_count"] == 2
    assert card["talks"][0]["listing"]["title"] == "Диван угловой «Осло»"
    (identity,) = card["identities"]
    assert (identity["channel"], identity["account_name"]) == ("avito", desk.account["name"])
    assert identity["profile_url"].startswith("http")
    assert card["is_blocked"] is False


async def test_notes_of_every_talk_stand_on_the_card_the_latest_first(desk: Desk) -> None:
    first = await desk.talk("Здравствуйте")
    second = await second_talk(desk, first)
    await first.act("notes", {"text": "Просит скидку"})
    await second.act("notes", {"text": "Тот же, что с машиной"})

    notes = (await card_of(desk.client, first))["notes"]

    assert [note["text"] for note in notes] == ["Тот же, что с машиной", "Просит скидку"]
    assert notes[0]["author"]["name"] == "Ирина"


async def test_phones_that_the_contact_wrote_are_found_and_our_own_are_not(desk: Desk) -> None:
    first = await desk.talk("Мой номер +7 (916) 123-42-18")
    second = await second_talk(desk, first)
    await second.reply("Наш телефон 8 495 000-00-00, мобильный 8 999 111-22-33")

    phones = (await card_of(desk.client, first))["phones"]

    assert [phone["number"] for phone in phones] == ["+79030000001", "+79161234218"]
    assert phones[0]["conversation_id"] == second.id


async def test_a_phone_in_a_message_that_was_taken_back_is_forgotten(desk: Desk) -> None:
    talk = await desk.talk("Здравствуйте")
    message = await talk.buyer("Звоните 89161234218")
    recall(desk.avito.world, talk.chat, message)
    await desk.sweep()

    assert (await card_of(desk.client, talk))["phones"] == []


async def test_a_blocked_contact_says_so(desk: Desk) -> None:
    talk = await desk.talk("Купите рекламу")
    await talk.act("block", {"reason": "spam"})

    card = await card_of(desk.client, talk)

    assert card["is_blocked"] is True
    assert card["blocked_at"] is not None


async def test_the_card_costs_the_same_few_queries_however_much_was_said(
    desk: Desk, database: Database
) -> None:
    talk = await desk.talk("Здравствуйте")
    few = await queries_for(desk, talk, database)
    for number in range(5):
        await talk.act("notes", {"text": f"Заметка {number}"})
        await talk.buyer(f"Телефон 8916000000{number}")
    await second_talk(desk, talk)

    assert await queries_for(desk, talk, database) == few


async def queries_for(desk: Desk, talk: Talk, database: Database) -> int:
    contact_id = (await talk.read())["contact"]["id"]
    with counting_queries(database) as statements:
        await desk.client.get(f"/api/v1/contacts/{contact_id}")
    return len(statements)
