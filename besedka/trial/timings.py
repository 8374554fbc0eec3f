"""The three times of the report, in milliseconds."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from besedka.trial.evidence import Evidence, StoredAuthor
from besedka.trial.talks import SILENCE_S, Answer, Coverage, Talk


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles by nearest rank: each is a value that occurred. None where there were none."""

    p50: float | None
    p95: float | None
    p99: float | None
    max: float | None

    @classmethod
    def of_seconds(cls, values: Iterable[float]) -> "Spread":
        ordered = sorted(values)

        def at(share: float) -> float | None:
            if not ordered:
                return None
            return round(ordered[math.ceil(share * len(ordered)) - 1] * 1000, 1)

        return cls(at(0.50), at(0.95), at(0.99), at(1))


def ack_spread(evidence: Evidence) -> Spread:
    """From the start of a webhook POST until its answer was read, as the simulator measured it.

    A POST that was cut off after two seconds counts with those; one that met no server does not.
    """
    return Spread.of_seconds(
        each.finished - each.started
        for each in evidence.deliveries
        if each.status is not None or each.has_timed_out
    )


def visible_spread(evidence: Evidence, known: Mapping[str, float]) -> Spread:
    """From the start of the webhook POST that first brought a message to its live event.

    Messages that a history read brought before any webhook are left out.
    """
    brought: dict[str, float] = {}
    for each in evidence.deliveries:
        if each.is_acknowledged:
            brought[each.message_id] = min(brought.get(each.message_id, each.started), each.started)
    return Spread.of_seconds(
        evidence.seen_live[row.id] - brought[row.external_id]
        for row in evidence.stored
        if row.author is StoredAuthor.CUSTOMER
        and row.external_id in brought
        and row.id in evidence.seen_live
        and brought[row.external_id] <= known[row.external_id]
    )


def overhead_spread(
    evidence: Evidence, talks: Sequence[Talk], coverages: Mapping[str, Coverage]
) -> Spread:
    """From the end of the debounce (last message that the answer covers, known, plus five
    seconds) to the answer's POST at the channel, less the model's time.

    Left out are answers between whose first message and POST the server was down or a person had
    the talk, and those to messages that no webhook brought at once.
    """
    live = {each.message_id for each in evidence.deliveries if each.is_acknowledged}
    live -= {each.message_id for each in evidence.deliveries if not each.is_acknowledged}
    overheads = []
    for talk in talks:
        for answer, known, message_ids in _answered(talk, coverages[talk.chat_id]):
            was_down = any(
                down.killed_at <= answer.at and down.ready_at >= min(known)
                for down in evidence.downtimes
            )
            had_person = talk.person_came(min(known), answer.at) or talk.is_with_person(min(known))
            if message_ids <= live and not was_down and not had_person:
                model_s = answer.turn.model_s if answer.turn is not None else 0
                overheads.append(answer.at - (max(known) + SILENCE_S) - model_s)
    return Spread.of_seconds(overheads)


def _answered(talk: Talk, coverage: Coverage) -> list[tuple[Answer, list[float], set[str]]]:
    return [
        (answer, [talk.known[message_id] for message_id in message_ids], message_ids)
        for answer in talk.answers
        if (
            message_ids := {
                message.id
                for message in talk.bought
                if coverage.answer_of.get(message.id) is answer
            }
        )
    ]
