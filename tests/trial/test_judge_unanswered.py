"""The judge finds each burst that nobody answered, and excuses those that need no answer."""

from besedka.trial.evidence import Outcome, Via
from besedka.trial.judge import judge
from tests.trial.scene import Scene, wrong


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
