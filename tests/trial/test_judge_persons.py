"""The judge finds each answer of the bot in a talk that a person has."""

from besedka.trial.judge import judge
from tests.trial.scene import Scene, wrong


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
