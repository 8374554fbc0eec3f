"""The times of the report."""

from besedka.trial.evidence import Delivery, StoredAuthor, Via
from besedka.trial.judge import judge
from besedka.trial.timings import Spread
from tests.trial.scene import Scene


def test_percentiles_are_values_that_occurred() -> None:
    spread = Spread.of_seconds([number / 1000 for number in range(1, 101)])

    assert (spread.p50, spread.p95, spread.p99, spread.max) == (50, 95, 99, 100)


def test_percentiles_of_one_value_are_that_value() -> None:
    assert Spread.of_seconds([0.0421]) == Spread(42.1, 42.1, 42.1, 42.1)


def test_the_acknowledgement_is_timed_from_the_post_to_its_answer(scene: Scene) -> None:
    scene.writes(0, ack_s=0.030)
    scene.writes(1, ack_s=0.090)

    assert judge(scene.evidence).ack_ms.max == 90


def test_a_post_that_ran_out_of_time_counts_and_one_to_a_dead_server_does_not(
    scene: Scene,
) -> None:
    message = scene.writes(0, ack_s=0.030)
    scene.evidence.deliveries.append(Delivery(message, 10, 12, None, has_timed_out=True))
    scene.evidence.deliveries.append(Delivery(message, 20, 29, None))

    assert judge(scene.evidence).ack_ms.max == 2000


def test_a_message_is_visible_when_its_live_event_came(scene: Scene) -> None:
    message = scene.in_channel(0, Via.BUYER)
    scene.delivered(message, 0.2)
    scene.delivered(message, 0.1)
    scene.stored(message, seen_at=0.25)

    assert judge(scene.evidence).visible_ms.max == 150


def test_a_message_that_only_the_sweep_brought_has_no_time_to_be_visible(scene: Scene) -> None:
    message = scene.in_channel(0, Via.BUYER)
    scene.read_in_history(20, message)
    scene.delivered(message, 21)
    scene.stored(message, seen_at=20.1)

    assert judge(scene.evidence).visible_ms.max is None


def test_the_overhead_of_an_answer_is_what_debounce_and_model_leave(scene: Scene) -> None:
    burst = [scene.writes(0), scene.writes(2)]
    scene.answers(7.9, burst, model_s=0.6)

    assert judge(scene.evidence).answer_overhead_ms.max == 300


def test_an_answer_that_a_kill_held_up_has_no_overhead(scene: Scene) -> None:
    scene.answers(25, [scene.writes(0)])
    scene.killed(4, ready_at=7)

    assert judge(scene.evidence).answer_overhead_ms.max is None


def test_an_answer_to_a_recovered_message_has_no_overhead(scene: Scene) -> None:
    message = scene.in_channel(0, Via.BUYER)
    scene.read_in_history(20, message)
    scene.stored(message, StoredAuthor.CUSTOMER, seen_at=20.1)
    scene.answers(26, [message])

    assert judge(scene.evidence).answer_overhead_ms.max is None
