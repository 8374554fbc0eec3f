"""The judge finds each answer too many, and lets stand what was not known when it was written."""

from besedka.trial.evidence import StoredAuthor, Via
from besedka.trial.judge import judge
from tests.trial.scene import Scene, wrong


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
