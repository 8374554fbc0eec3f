"""Avito tells us of our own messages too: they are ours, and nobody else's words."""

from collections.abc import Awaitable, Callable

import pytest

from besedka.simulators.avito.simulator import AvitoSimulator
from tests.conftest import Clock, RunJobs
from tests.inbox.desk import Desk, Talk, event_rows, event_types


@pytest.mark.parametrize("echo_first", [False, True])
async def test_the_echo_of_a_reply_is_the_reply(echo_first: bool, desk: Desk) -> None:
    talk = await desk.talk()
    desk.avito.faults(echo_first=echo_first)

    await talk.reply("Да, продаём")

    ours = [each for each in await talk.messages() if each["direction"] == "out"]
    assert [(each["author"]["kind"], each["status"]) for each in ours] == [("user", "sent")]
    assert ours[0]["external_id"] == desk.avito.sent[0].id
    assert ours[0]["recall_until"] is not None
    assert await talk.activities() == ["taken_over"]
    assert (await event_types()).count("message.sent") == 1


@pytest.mark.parametrize("echo_first", [False, True])
async def test_the_echo_of_the_agents_answer_leaves_the_talk_to_the_agent(
    echo_first: bool, desk: Desk
) -> None:
    talk = await desk.talk()
    desk.avito.faults(echo_first=echo_first)

    await talk.bot_answers("Да, в наличии")
    await desk.exchange()

    assert talk.sent == ["Да, в наличии"]
    assert (await talk.read())["mode"] == "bot"
    assert await talk.activities() == []
    assert (await talk.last())["status"] == "sent"


@pytest.mark.parametrize("echo_first", [False, True])
async def test_a_reply_that_is_only_an_address_comes_back_as_a_link_and_is_still_ours(
    echo_first: bool, desk: Desk
) -> None:
    talk = await desk.talk("Где посмотреть?")
    desk.avito.faults(echo_first=echo_first)

    await talk.bot_answers("https://example.com/catalogue")
    await desk.exchange()

    assert (await talk.read())["mode"] == "bot"
    assert len([each for each in await talk.messages() if each["direction"] == "out"]) == 1


async def test_two_equal_replies_are_two_messages_each_with_its_own_echo(desk: Desk) -> None:
    talk = await desk.talk()
    desk.avito.faults(echo_first=True)

    await talk.reply("Да", deliver=False)
    await talk.reply("Да")

    ours = [each for each in await talk.messages() if each["direction"] == "out"]
    assert [each["external_id"] for each in ours] == [each.id for each in desk.avito.sent]
    assert {each["status"] for each in ours} == {"sent"}


async def test_the_parts_of_a_long_reply_stand_in_their_order_whichever_echo_is_faster(
    desk: Desk, avito: AvitoSimulator, run_jobs: RunJobs
) -> None:
    talk = await desk.talk()
    await talk.reply(f"{'А' * 900}. {'Б' * 900}. {'В' * 900}.", deliver=False)

    avito.faults(echo_first=True)
    await desk.exchange()

    ours = [each["text"][0] for each in await talk.messages() if each["direction"] == "out"]
    assert ours == ["А", "Б", "В"]


class Rewriting:
    """What no option of the simulator does: Avito rewrites a text on its way, and its echo is
    faster than the answer to the POST."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._desk = desk
        self._deliver = desk.avito.webhooks.wait_for
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        monkeypatch.setattr(desk.avito.webhooks, "wait_for", self._wait_for)
        desk.avito.faults(echo_first=True)

    async def _wait_for(self, message_id: str) -> None:
        for parcel in self._desk.avito.webhooks.pending:
            parcel.value = parcel.value.replace("в наличии".encode(), "[скрыто]".encode())
        await self._deliver(message_id)
        await self._desk.exchange()
        if self.meanwhile is not None:
            await self.meanwhile()


async def shown(talk: Talk) -> dict[str, str]:
    """What a browser shows that was there all the time: by id, what it is and says."""
    messages: dict[str, str] = {}
    for row in await event_rows():
        told = row.payload.get("message")
        if row.subject != f"conversation:{talk.id}" or told is None:
            continue
        if row.type == "message.removed":
            messages.pop(told["id"])
        else:
            messages[told["id"]] = told["text"] or told["content"].get("action", "")
    return messages


async def test_an_echo_that_the_channel_changed_beyond_recognition_is_undone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await desk.talk()
    rewriting = Rewriting(desk, monkeypatch)

    async def look() -> None:
        assert (await talk.read())["mode"] == "manager", "it looks like a person's word for now"
        assert "[скрыто]" in " ".join((await shown(talk)).values())

    rewriting.meanwhile = look
    await talk.bot_answers("Да, в наличии")

    await desk.exchange()

    conversation = await talk.read()
    assert conversation["mode"] == "bot"
    assert await talk.activities() == []
    ours = [each for each in await talk.messages() if each["direction"] == "out"]
    assert [(each["author"]["kind"], each["text"]) for each in ours] == [("bot", "Да, в наличии")]
    assert conversation["last_message"]["id"] == ours[0]["id"]
    assert list((await shown(talk)).values()) == ["Здравствуйте", "Да, в наличии"]


async def test_undoing_an_echo_leaves_what_a_person_did_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await desk.talk()
    rewriting = Rewriting(desk, monkeypatch)
    rewriting.meanwhile = lambda: talk.act("take-over")
    await talk.bot_answers("Да, в наличии")

    await desk.exchange()

    assert (await talk.read())["mode"] == "manager"
    assert await talk.activities() == ["taken_over"]
    assert list((await shown(talk)).values()) == ["Здравствуйте", "Да, в наличии", "taken_over"]


async def test_an_old_message_with_the_same_words_is_not_taken_for_the_echo(
    desk: Desk, clock: Clock
) -> None:
    talk = await desk.talk()
    await desk.avito.seller_writes(talk.chat, "Да")
    desk.drop_webhooks()
    clock.advance(1200)
    desk.avito.faults(payment_required=True)
    reply = await talk.reply("Да")
    desk.avito.clear_faults()
    assert (await talk.last())["status"] == "failed"
    clock.advance(400)

    await desk.sweep()

    by_author = {
        each["author"]["kind"]: each["status"]
        for each in await talk.messages()
        if each["text"] == "Да"
    }
    assert by_author == {"user": "failed", "elsewhere": "sent"}
    (failed,) = [each for each in await talk.messages() if each["status"] == "failed"]
    assert failed["id"] == reply["id"]
