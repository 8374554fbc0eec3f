"""What holds for every trial, whatever happened in it."""

import random
from dataclasses import replace
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from besedka.trial.evidence import Evidence, Outcome, Via
from besedka.trial.judge import Verdict, judge
from tests.trial.scene import Scene

T = TypeVar("T")

# Gaps within a burst, then the pause until the next one, long enough for debounce and answer.
bursts_of_a_talk = st.lists(
    st.lists(st.floats(0.05, 4.5), min_size=0, max_size=4), min_size=1, max_size=5
)
talks = st.lists(bursts_of_a_talk, min_size=1, max_size=4)


def faultless(talks: list[list[list[float]]], *, stop_before: int | None = None) -> Scene:
    """One answer to each burst, just after the silence; `stop_before` leaves one out."""
    scene = Scene()
    number = 0
    for talk_number, bursts in enumerate(talks):
        chat = f"chat-{talk_number}"
        now = float(talk_number)
        seen: list[str] = []
        for gaps in bursts:
            seen.append(scene.writes(now, chat=chat))
            for gap in gaps:
                now += gap
                seen.append(scene.writes(now, chat=chat))
            if number != stop_before:
                scene.answers(now + 5.05, list(seen), chat=chat)
            number += 1
            now += 11
    return scene


def counts(verdict: Verdict) -> tuple[int, ...]:
    return (
        verdict.sent,
        verdict.lost,
        verdict.duplicates_stored,
        verdict.bursts,
        verdict.answered,
        verdict.unanswered,
        verdict.double_answers,
        verdict.bot_after_person,
    )


@given(talks)
def test_a_faultless_product_is_found_clean(talks: list[list[list[float]]]) -> None:
    verdict = judge(faultless(talks).evidence)

    assert verdict.is_clean
    assert verdict.bursts == verdict.answered == sum(len(bursts) for bursts in talks)


@given(talks, st.data())
def test_one_missing_answer_is_one_unanswered_burst(
    talks: list[list[list[float]]], data: st.DataObject
) -> None:
    # The last burst of a talk: an earlier one would be covered by the answer to the next.
    ends = [sum(len(bursts) for bursts in talks[: end + 1]) - 1 for end in range(len(talks))]
    missing = data.draw(st.sampled_from(ends))

    verdict = judge(faultless(talks, stop_before=missing).evidence)

    assert (verdict.unanswered, verdict.double_answers) == (1, 0)


@given(talks, st.data())
def test_one_more_answer_is_one_double_answer(
    talks: list[list[list[float]]], data: st.DataObject
) -> None:
    scene = faultless(talks)
    turn = data.draw(st.sampled_from(scene.evidence.turns))
    scene.answers(turn.ended_at + data.draw(st.floats(0.1, 5)), list(turn.seen), chat=turn.chat_id)

    verdict = judge(scene.evidence)

    assert (verdict.unanswered, verdict.double_answers) == (0, 1)


@given(talks, st.data())
def test_one_lost_row_is_one_lost_message(
    talks: list[list[list[float]]], data: st.DataObject
) -> None:
    scene = faultless(talks)
    bought = [message.id for message in scene.evidence.messages if message.via is Via.BUYER]
    scene.forget_row_of(data.draw(st.sampled_from(bought)))

    assert judge(scene.evidence).lost == 1


@given(talks, st.data())
def test_a_person_just_before_an_answer_is_one_bot_after_person(
    talks: list[list[list[float]]], data: st.DataObject
) -> None:
    scene = faultless(talks)
    last = {turn.chat_id: turn for turn in scene.evidence.turns}
    turn = data.draw(st.sampled_from(sorted(last.values(), key=lambda each: each.chat_id)))
    # The answer reaches the channel 20 ms after its turn ended.
    scene.person_writes_in_avito(
        turn.ended_at + data.draw(st.floats(0.001, 0.018)), chat=turn.chat_id
    )

    verdict = judge(scene.evidence)

    assert (verdict.bot_after_person, verdict.double_answers) == (1, 0)


@given(talks, st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(
    talks: list[list[list[float]]], order: random.Random
) -> None:
    scene = with_every_fault(talks)

    assert judge(shuffled(scene.evidence, order)) == judge(scene.evidence)


@given(talks)
def test_talks_are_judged_apart(talks: list[list[list[float]]]) -> None:
    evidence = with_every_fault(talks).evidence
    chats = {message.chat_id for message in evidence.messages}
    alone = [counts(judge(only(evidence, chat))) for chat in sorted(chats)]

    assert counts(judge(evidence)) == tuple(map(sum, zip(*alone, strict=True)))


@given(talks)
def test_counted_bursts_are_answered_or_unanswered(talks: list[list[list[float]]]) -> None:
    verdict = judge(with_every_fault(talks).evidence)

    assert verdict.bursts == verdict.answered + verdict.unanswered
    assert verdict.sent == verdict.stored + verdict.lost


def with_every_fault(talks: list[list[list[float]]]) -> Scene:
    scene = faultless(talks)
    chats = sorted({message.chat_id for message in scene.evidence.messages})
    for number, chat in enumerate(chats):
        scene.writes(500.0 + number, chat=chat)
        scene.answers(600.0 + number, [], chat=chat)
        scene.answers(610.0 + number, [], chat=chat)
        scene.takes_over(620.0 + number, chat=chat)
        scene.answers(630.0 + number, [], chat=chat, parts=2)
        scene.returns(640.0 + number, chat=chat)
        scene.in_channel(650.0 + number, Via.BUYER, chat=chat)
        thanks = scene.writes(660.0 + number, chat=chat, needs_answer=False)
        scene.turn(666.0 + number, [thanks], Outcome.SKIPPED, chat=chat)
        scene.stored(thanks, seen_at=667.0 + number)
    return scene


def shuffled(evidence: Evidence, order: random.Random) -> Evidence:
    def mixed(rows: list[T]) -> list[T]:
        return order.sample(rows, len(rows))

    return replace(
        evidence,
        messages=mixed(evidence.messages),
        deliveries=mixed(evidence.deliveries),
        history_reads=mixed(evidence.history_reads),
        stored=mixed(evidence.stored),
        turns=mixed(evidence.turns),
        acts=mixed(evidence.acts),
    )


def only(evidence: Evidence, chat: str) -> Evidence:
    ids = {message.id for message in evidence.messages if message.chat_id == chat}
    return replace(
        evidence,
        messages=[each for each in evidence.messages if each.id in ids],
        deliveries=[each for each in evidence.deliveries if each.message_id in ids],
        stored=[each for each in evidence.stored if each.external_id in ids],
        turns=[each for each in evidence.turns if each.chat_id == chat],
        acts=[each for each in evidence.acts if each.chat_id == chat],
    )
