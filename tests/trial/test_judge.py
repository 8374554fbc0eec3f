"""The judge finds each fault that is planted, and nothing where there is none."""

import pytest

from besedka.trial.evidence import StoredAuthor, Via
from besedka.trial.judge import judge
from tests.trial.scene import Scene, wrong


def test_a_burst_with_one_answer_is_clean(scene: Scene) -> None:
    burst = [scene.writes(at) for at in (0, 1, 2.5)]
    scene.answers(7.6, burst)

    verdict = judge(scene.evidence)

    assert (verdict.sent, verdict.stored, verdict.bursts, verdict.answered) == (3, 3, 1, 1)
    assert wrong(verdict) == {}
    assert verdict.is_clean


def test_a_trial_without_messages_is_clean_and_has_no_times(scene: Scene) -> None:
    verdict = judge(scene.evidence)

    assert verdict.is_clean
    assert verdict.ack_ms.p50 is None


# Lost and stored twice


def test_a_message_that_no_row_has_is_lost(scene: Scene) -> None:
    burst = [scene.writes(0), scene.writes(1)]
    scene.answers(6.1, burst)
    scene.forget_row_of(burst[0])

    verdict = judge(scene.evidence)

    assert (verdict.sent, verdict.stored) == (2, 1)
    assert wrong(verdict) == {"lost": 1}
    assert not verdict.is_clean


def test_a_message_that_never_reached_the_product_is_lost_and_no_burst(scene: Scene) -> None:
    scene.in_channel(0, Via.BUYER)

    verdict = judge(scene.evidence)

    assert verdict.bursts == 0
    assert wrong(verdict) == {"lost": 1}


def test_a_message_stored_twice_is_found(scene: Scene) -> None:
    message = scene.writes(0)
    scene.stored(message, seen_at=0.1)
    scene.answers(5.1, [message])

    assert wrong(judge(scene.evidence)) == {"duplicates_stored": 1}


def test_the_same_webhook_three_times_is_no_duplicate_if_one_row_came_of_it(scene: Scene) -> None:
    message = scene.writes(0)
    scene.delivered(message, 0.5)
    scene.delivered(message, 1.2)
    scene.answers(5.1, [message])

    assert judge(scene.evidence).is_clean


def test_a_message_recovered_from_history_is_not_lost(scene: Scene) -> None:
    message = scene.in_channel(0, Via.BUYER)
    scene.read_in_history(20, message)
    scene.stored(message, seen_at=20.1, is_recovered=True)
    scene.answers(25.2, [message])

    verdict = judge(scene.evidence)

    assert (verdict.recovered_by_sweep, verdict.answered) == (1, 1)
    assert verdict.is_clean


# What else must not happen


def test_a_persons_message_that_reached_the_channel_twice_fails_the_trial(scene: Scene) -> None:
    scene.person_writes_in_the_app(0, text="Добрый день")
    again = scene.in_channel(1, Via.API, text="Добрый день")
    scene.stored(again, StoredAuthor.USER, status="sent")

    verdict = judge(scene.evidence)

    assert verdict.failed == [
        "1 messages that a person sent from the app reached the channel 2 times"
    ]
    assert not verdict.is_clean


@pytest.mark.parametrize("status", ["queued", "failed"])
def test_an_outgoing_message_that_did_not_leave_fails_the_trial(scene: Scene, status: str) -> None:
    scene.stored(None, StoredAuthor.BOT, status=status)

    assert judge(scene.evidence).failed == [f"1 × bot message is {status} at the end"]


def test_a_message_that_the_live_reader_never_saw_fails_the_trial(scene: Scene) -> None:
    message = scene.in_channel(0, Via.BUYER)
    scene.delivered(message, 0)
    scene.stored(message)
    scene.answers(5.1, [message])

    assert judge(scene.evidence).failed == [
        "1 stored messages of buyers never reached the live reader"
    ]


def test_a_webhook_answered_500_fails_the_trial(scene: Scene) -> None:
    message = scene.writes(0)
    scene.delivered(message, 1, status=500)
    scene.answers(5.1, [message])

    assert judge(scene.evidence).failed == ["1 webhooks were answered [500]"]
