"""What buyers write, and when."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from besedka.trial.buyers import Plan, plan_buyers
from besedka.trial.options import BadOptions, TrialOptions

LISTINGS = [
    {"id": 1, "title": "Диван", "trade": "sofa", "price_string": "38 000 ₽", "url": "http://a/1"},
    {"id": 2, "title": "Шины", "trade": "tyres", "price_string": "22 000 ₽", "url": "http://a/2"},
]


def planned(*, messages: int = 200, conversations: int = 20, seed: int = 1) -> Plan:
    options = TrialOptions(messages=messages, conversations=conversations, seed=seed)
    return plan_buyers(options, LISTINGS)


@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 1000))
def test_as_many_messages_as_asked_in_talks_of_the_plan(
    messages: int, talks: int, seed: int
) -> None:
    plan = planned(messages=messages, conversations=talks, seed=seed)

    assert len(plan.messages) == messages
    assert len(plan.talks) == talks
    assert {message.talk for message in plan.messages} <= set(range(talks))
    assert all(earlier.at_s <= later.at_s for earlier, later in pairwise(plan.messages))


def test_the_same_seed_gives_the_same_plan_and_another_gives_another() -> None:
    assert planned(seed=3) == planned(seed=3)
    assert planned(seed=3) != planned(seed=4)


def test_messages_come_at_the_rate_that_was_asked() -> None:
    plan = plan_buyers(TrialOptions(messages=2000, conversations=200, rate=50), LISTINGS)

    assert plan.messages[-1].at_s == pytest.approx(40, rel=0.1)


def test_every_talk_gets_bursts_and_pauses_long_enough_for_an_answer() -> None:
    plan = plan_buyers(TrialOptions(messages=2000, conversations=200, rate=50), LISTINGS)
    moments: dict[int, list[float]] = {}
    for message in plan.messages:
        moments.setdefault(message.talk, []).append(message.at_s)
    gaps = [later - earlier for each in moments.values() for earlier, later in pairwise(each)]

    assert len(moments) == 200
    assert sum(gap < 2.5 for gap in gaps) > 300
    assert sum(gap > 5 for gap in gaps) > 300


def test_most_messages_need_an_answer_and_thanks_do_not() -> None:
    plan = planned(messages=1000, conversations=50)
    needless = {message.fields["text"] for message in plan.messages if not message.needs_answer}

    assert "Спасибо" in needless
    assert all("?" not in text for text in needless)
    assert sum(message.needs_answer for message in plan.messages) > 800


def test_no_line_keeps_a_placeholder() -> None:
    plan = planned(messages=1000, conversations=50)
    texts = [message.fields.get("text", "") for message in plan.messages]

    assert [text for text in texts if "{" in text or "[" in text] == []


@pytest.mark.parametrize(
    "options",
    [
        {"messages": 0},
        {"messages": 5, "conversations": 6},
        {"rate": 0},
        {"drop": 1.0},
        {"duplicate": 0},
        {"kill": -1},
        {"database": "mysql://somewhere"},
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(BadOptions):
        TrialOptions(**options).checked()  # type: ignore[arg-type]  # wrong on purpose
