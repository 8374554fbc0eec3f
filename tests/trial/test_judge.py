"""The judge finds each fault that is planted, and nothing where there is none."""

import pytest

from besedka.trial.evidence import Outcome, StoredAuthor, Via
from besedka.trial.judge import Verdict, judge
from tests.trial.scene import Scene

COUNTS = ("lost", "duplicates_stored", "unanswered", "double_answers", "bot_after_person")


@pytest.fixture
def scene() -> Scene:
    return Scene()


def wrong(verdict: Verdict) -> dict[str, int]:
    return {name: value for name in COUNTS if (value := getattr(verdict, name))}


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


# Unanswered


def test_a_burst_without_answer_is_found(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)])
    scene.writes(20)

    verdict = judge(scene.evidence)

    assert (verdict.bursts, verdict.answered) == (2, 1)
    assert wrong(verdict) == {"unanswered": 1}


def test_a_message_that_came_while_the_answer_was_on_its_way_needs_its_own(scene: Scene) -> None:
    first = scene.writes(0)
    scene.answers(5.2, [first])
    scene.writes(5.1)

    verdict = judge(scene.evidence)

    assert (verdict.bursts, verdict.answered) == (2, 1)
    assert wrong(verdict) == {"unanswered": 1}


def test_a_message_that_came_while_the_answer_was_on_its_way_is_answered_next(scene: Scene) -> None:
    first = scene.writes(0)
    scene.answers(5.2, [first])
    second = scene.writes(5.1)
    scene.answers(10.3, [first, second])

    verdict = judge(scene.evidence)

    assert (verdict.bursts, verdict.answered) == (2, 2)
    assert verdict.is_clean


def test_a_hand_over_that_told_the_buyer_is_an_answer(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)], outcome=Outcome.HANDED_OVER)

    verdict = judge(scene.evidence)

    assert verdict.answered == 1
    assert verdict.is_clean


def test_a_silent_hand_over_leaves_the_buyer_unanswered(scene: Scene) -> None:
    scene.turn(5.1, [scene.writes(0)], Outcome.HANDED_OVER)

    assert wrong(judge(scene.evidence)) == {"unanswered": 1}


def test_messages_after_a_hand_over_wait_for_a_person_and_are_not_counted(scene: Scene) -> None:
    first = scene.writes(0)
    scene.answers(5.1, [first], outcome=Outcome.HANDED_OVER)
    scene.writes(5.0, needs_answer=True)
    scene.writes(30)

    verdict = judge(scene.evidence)

    assert (verdict.bursts, verdict.with_person) == (1, 2)
    assert verdict.is_clean


def test_thanks_that_the_bot_chose_not_to_answer_need_none(scene: Scene) -> None:
    thanks = scene.writes(0, needs_answer=False)
    scene.turn(5.1, [thanks], Outcome.SKIPPED)

    verdict = judge(scene.evidence)

    assert (verdict.bursts, verdict.needs_none) == (0, 1)
    assert verdict.is_clean


def test_thanks_without_any_decision_are_unanswered(scene: Scene) -> None:
    scene.writes(0, needs_answer=False)

    assert wrong(judge(scene.evidence)) == {"unanswered": 1}


def test_a_question_that_the_bot_chose_not_to_answer_is_unanswered(scene: Scene) -> None:
    question = scene.writes(0)
    scene.turn(5.1, [question], Outcome.SKIPPED)

    assert wrong(judge(scene.evidence)) == {"unanswered": 1}


def test_a_message_stored_though_its_webhook_was_cut_off_counts_as_known(scene: Scene) -> None:
    message = scene.in_channel(0, Via.BUYER)
    scene.delivered(message, 0, status=None)
    scene.stored(message, seen_at=3)
    scene.answers(8, [message])
    scene.read_in_history(20, message)

    verdict = judge(scene.evidence)

    assert verdict.answered == 1
    assert verdict.is_clean


def test_a_message_whose_webhook_was_cut_off_is_known_before_the_sweep_sees_it_too(
    scene: Scene,
) -> None:
    message = scene.in_channel(0, Via.BUYER)
    scene.delivered(message, 0, status=None)
    scene.stored(message, seen_at=3)
    scene.person_writes_in_the_app(4)
    scene.returns(5)
    scene.read_in_history(20, message)

    verdict = judge(scene.evidence)

    assert verdict.with_person == 1
    assert verdict.is_clean


def test_a_webhook_that_a_kill_cut_off_before_it_was_stored_makes_nothing_known(
    scene: Scene,
) -> None:
    first = scene.writes(0)
    second = scene.in_channel(1, Via.BUYER)
    scene.delivered(second, 1, status=None)
    scene.answers(5.1, [first])
    scene.read_in_history(20, second)
    scene.stored(second, seen_at=20.1, is_recovered=True)
    scene.answers(25.2, [first, second])

    assert judge(scene.evidence).is_clean


# Double answers


def test_a_second_answer_to_the_same_burst_is_found(scene: Scene) -> None:
    burst = [scene.writes(0), scene.writes(1)]
    scene.answers(6.1, burst)
    scene.answers(6.9, burst)

    assert wrong(judge(scene.evidence)) == {"double_answers": 1}


def test_an_answer_to_each_message_of_a_burst_is_doubled_if_all_were_known(scene: Scene) -> None:
    first, second, third = (scene.writes(at) for at in (0, 0.4, 0.8))
    scene.answers(5.1, [first])
    scene.answers(5.3, [first, second])
    scene.answers(5.6, [first, second, third])

    assert wrong(judge(scene.evidence)) == {"double_answers": 2}


def test_a_turn_cannot_excuse_itself_by_not_having_looked(scene: Scene) -> None:
    first, second = scene.writes(0), scene.writes(3)
    scene.answers(5.1, [first])
    scene.answers(8.1, [first, second])

    assert wrong(judge(scene.evidence)) == {"double_answers": 1}


def test_parts_of_a_split_answer_are_one_answer(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)], parts=3)

    assert judge(scene.evidence).is_clean


def test_an_answer_posted_twice_is_found_though_the_database_has_one(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)])
    scene.in_channel(20, Via.API)

    assert wrong(judge(scene.evidence)) == {"double_answers": 1}


def test_one_turn_that_sends_its_answer_twice_is_found(scene: Scene) -> None:
    (sent,) = scene.answers(5.1, [scene.writes(0)])
    turn_id = scene.evidence.stored[-1].turn_id
    again = scene.in_channel(5.4, Via.API)
    scene.stored(again, StoredAuthor.BOT, turn_id=turn_id, status="sent")

    assert sent != again
    assert wrong(judge(scene.evidence)) == {"double_answers": 1}


def test_a_second_post_that_the_product_took_for_a_persons_is_found(scene: Scene) -> None:
    scene.answers(5.1, [scene.writes(0)])
    again = scene.in_channel(20, Via.API)
    scene.stored(again, StoredAuthor.ELSEWHERE, status="sent")

    assert wrong(judge(scene.evidence)) == {"double_answers": 1}


def test_answering_again_what_a_person_answered_is_doubled(scene: Scene) -> None:
    message = scene.writes(0)
    scene.takes_over(3)
    scene.person_writes_in_the_app(4)
    scene.returns(10)
    scene.answers(15, [message])

    assert wrong(judge(scene.evidence)) == {"double_answers": 1}


def test_the_bot_may_answer_what_the_person_in_the_app_had_not_been_shown(scene: Scene) -> None:
    scene.takes_over(0)
    message = scene.in_channel(1, Via.BUYER)
    scene.delivered(message, 1)
    scene.stored(message, seen_at=9)
    scene.person_writes_in_the_app(6)
    scene.returns(10)
    scene.answers(15, [message])

    assert judge(scene.evidence).is_clean


def test_a_reply_that_waited_for_a_restart_covers_only_what_stood_when_it_was_written(
    scene: Scene,
) -> None:
    scene.takes_over(0)
    scene.person_writes_in_the_app(1, reached_at=9)
    message = scene.writes(4)
    scene.returns(10)
    scene.answers(15, [message])

    assert judge(scene.evidence).is_clean


def test_a_person_in_avito_has_seen_what_is_in_the_channel(scene: Scene) -> None:
    message = scene.in_channel(1, Via.BUYER)
    scene.delivered(message, 1)
    scene.stored(message, seen_at=9)
    scene.person_writes_in_avito(6)
    scene.returns(10)
    scene.answers(15, [message])

    assert wrong(judge(scene.evidence)) == {"double_answers": 1}


def test_what_came_while_a_person_had_the_talk_may_be_answered_after_the_return(
    scene: Scene,
) -> None:
    scene.takes_over(0)
    scene.person_writes_in_the_app(1)
    message = scene.writes(4)
    scene.returns(10)
    scene.answers(15, [message])

    assert judge(scene.evidence).is_clean


# A person


def test_an_answer_after_a_person_wrote_in_avito_is_found(scene: Scene) -> None:
    message = scene.writes(0)
    scene.person_writes_in_avito(5.1)
    scene.answers(5.12, [message])

    assert wrong(judge(scene.evidence)) == {"bot_after_person": 1}


def test_an_answer_after_a_person_wrote_in_the_app_is_found(scene: Scene) -> None:
    message = scene.writes(0)
    scene.person_writes_in_the_app(5.1)
    scene.answers(5.12, [message])

    assert wrong(judge(scene.evidence)) == {"bot_after_person": 1}


def test_an_answer_after_a_take_over_was_confirmed_is_found(scene: Scene) -> None:
    message = scene.writes(0)
    scene.takes_over(5.0)
    scene.answers(5.06, [message])

    assert wrong(judge(scene.evidence)) == {"bot_after_person": 1}


def test_an_answer_while_the_take_over_is_being_asked_for_is_the_bots_right(scene: Scene) -> None:
    message = scene.writes(0)
    scene.takes_over(5.0)
    scene.answers(5.04, [message])

    assert judge(scene.evidence).is_clean


def test_the_bot_may_answer_after_the_talk_was_returned(scene: Scene) -> None:
    scene.person_writes_in_avito(0)
    scene.returns(10)
    scene.answers(25.1, [scene.writes(20)])

    verdict = judge(scene.evidence)

    assert verdict.answered == 1
    assert verdict.is_clean


def test_a_return_before_the_person_wrote_allows_nothing(scene: Scene) -> None:
    scene.takes_over(0)
    scene.returns(10)
    scene.person_writes_in_avito(12)
    scene.answers(25.1, [scene.writes(20)])

    assert wrong(judge(scene.evidence)) == {"bot_after_person": 1}


def test_bursts_that_a_person_took_are_not_the_bots(scene: Scene) -> None:
    scene.writes(0)
    scene.takes_over(2)
    scene.writes(30)

    verdict = judge(scene.evidence)

    assert (verdict.bursts, verdict.with_person) == (0, 2)
    assert verdict.is_clean


def test_a_persons_answer_ends_a_burst_as_the_bots_does(scene: Scene) -> None:
    scene.takes_over(0)
    scene.writes(0.5)
    scene.person_writes_in_the_app(3)
    scene.returns(3.2)
    after = scene.writes(4)
    scene.answers(9.1, [after])

    verdict = judge(scene.evidence)

    assert (verdict.with_person, verdict.answered) == (1, 1)
    assert verdict.is_clean


def test_a_person_who_comes_minutes_later_does_not_excuse_the_bot(scene: Scene) -> None:
    scene.writes(0)
    scene.takes_over(200)

    assert wrong(judge(scene.evidence)) == {"unanswered": 1}


def test_a_burst_after_the_return_is_the_bots_again(scene: Scene) -> None:
    scene.takes_over(0)
    scene.returns(10)
    scene.writes(20)

    assert wrong(judge(scene.evidence)) == {"unanswered": 1}


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
