"""When a talk goes from the bot to a person, and what the buyer is told."""

import pytest

from besedka.simulators.avito.simulator import AvitoSimulator
from tests.assistant.talks import buyer_asks, only_conversation, sent
from tests.conftest import Client, Clock, Exchange

# Every test here has a connected account.
pytestmark = pytest.mark.usefixtures("account")


async def test_asking_for_a_person_hands_over_with_a_word_and_a_brief(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await buyer_asks(avito, exchange, clock, "Позовите менеджера, пожалуйста")

    assert sent(avito) == ["Здравствуйте. Передаю разговор менеджеру, он ответит вам здесь."]
    conversation = await only_conversation(operator)
    assert conversation["mode"] == "manager"
    assert conversation["handover"]["reason"] == "Клиент просит человека"
    assert conversation["handover"]["brief"] == {
        "wants": "Позовите менеджера, пожалуйста",
        "promised": "ничего, кроме ответа",
        "next": "ответить лично",
    }


async def test_the_card_names_the_promise_of_the_notice_and_not_the_question_before(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await avito.open_chat()
    for words in ("Хм", "Какой расход топлива у трактора?"):
        await buyer_asks(avito, exchange, clock, words, chat=chat)

    assert sent(avito)[0].endswith("?")
    brief = (await only_conversation(operator))["handover"]["brief"]
    assert sent(avito)[1] == brief["promised"] == "Уточню у менеджера и вернусь с ответом."


async def test_after_a_hand_over_the_bot_is_silent_until_the_talk_comes_back(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    chat = await buyer_asks(avito, exchange, clock, "Позовите менеджера")
    await buyer_asks(avito, exchange, clock, "Сколько стоит?", chat=chat)
    assert len(sent(avito)) == 1

    conversation = await only_conversation(operator)
    await operator.post(f"/api/v1/conversations/{conversation['id']}/return-to-bot")
    await exchange()

    assert sent(avito)[1:] == [f"Цена по объявлению: {avito.account().listings[0].price_string}."]


async def test_a_voice_message_goes_to_a_person(
    operator: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await buyer_asks(avito, exchange, clock, type="voice")

    (notice,) = sent(avito)
    assert notice.endswith("Передаю ваше сообщение менеджеру, он посмотрит и ответит здесь.")
    conversation = await only_conversation(operator)
    assert conversation["mode"] == "manager"
    assert conversation["handover"]["brief"]["wants"] == "голосовое сообщение"


async def test_the_cap_on_answers_without_a_person_hands_over(
    admin: Client, avito: AvitoSimulator, exchange: Exchange, clock: Clock
) -> None:
    await admin.put("/api/v1/agent", json={"enabled": True, "debounce_s": 0, "reply_cap": 2})
    chat = await avito.open_chat()
    for question in ("Сколько стоит?", "Ещё актуально?", "Где посмотреть?"):
        await avito.buyer_writes(chat, question)
        clock.advance(1)
        await exchange()

    assert sent(avito)[-1] == "Передаю разговор менеджеру, он ответит вам здесь."
    conversation = await only_conversation(admin)
    assert conversation["handover"]["reason"] == "Слишком много ответов подряд без человека"
