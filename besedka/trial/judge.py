"""The verdict: compares what happened in the channel with what the product recorded and did.

Pure: evidence in, verdict out. The words are defined in `talks` (known, answer, covers, burst)
and here:

- *lost*: a buyer's message in the channel that no row has.
- *duplicates_stored*: rows above one for the same account and channel message.
- *bursts*: those that were the bot's to answer: `answered` + `unanswered`. Not counted are bursts
  that came while a person had the talk, or that a person took before the bot answered; and those
  that need no answer, if the trial itself meant them so and a trace row says the bot decided so.
- *answered*: covered by an answer, or by a hand-over whose notice reached the buyer.
- *double_answers*: an answer that covers no message which an earlier answer, or a person, had not
  covered; and an API message that the product does not name as its own.
- *bot_after_person*: see `talks.sent_after_person`.
- *recovered_by_sweep*: buyer's messages that the product says it found in the channel's history
  and of which it acknowledged no webhook.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from besedka.trial.evidence import (
    ChannelMessage,
    Delivery,
    Evidence,
    Outcome,
    StoredAuthor,
    StoredMessage,
    Via,
)
from besedka.trial.talks import (
    Coverage,
    Talk,
    bursts_of,
    coverage_of,
    known_times,
    sent_after_person,
    talks_of,
)
from besedka.trial.timings import Spread, ack_spread, overhead_spread, visible_spread

# A person who comes later than this finds a burst that the bot should have answered long ago.
PERSON_WITHIN_S = 60.0

_UNSENT = frozenset({"queued", "failed"})


class Fate(StrEnum):
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    WITH_PERSON = "with_person"
    NEEDS_NONE = "needs_none"


@dataclass(frozen=True, slots=True)
class Verdict:
    sent: int
    stored: int
    lost: int
    duplicates_stored: int
    bursts: int
    answered: int
    unanswered: int
    double_answers: int
    bot_after_person: int
    recovered_by_sweep: int
    ack_ms: Spread
    visible_ms: Spread
    answer_overhead_ms: Spread
    failed: list[str]
    # Beyond the counts: which they were, to look them up. And what was left out of `bursts`.
    with_person: int
    needs_none: int
    details: list[str]

    @property
    def is_clean(self) -> bool:
        wrong = (
            self.lost,
            self.duplicates_stored,
            self.unanswered,
            self.double_answers,
            self.bot_after_person,
        )
        return not any(wrong) and not self.failed


def judge(evidence: Evidence) -> Verdict:
    talks = talks_of(evidence)
    coverages = {talk.chat_id: coverage_of(talk) for talk in talks}
    sent_at = {message.id: message.at for message in evidence.messages}
    known = known_times(evidence)
    bought = [message for message in evidence.messages if message.via is Via.BUYER]
    stored_ids = {row.external_id for row in evidence.stored if row.external_id is not None}
    lost = sorted(message.id for message in bought if message.id not in stored_ids)
    fates: Counter[Fate] = Counter()
    doubles: list[str] = []
    late: list[str] = []
    details = [f"lost: message {message_id}" for message_id in lost]
    for talk in talks:
        talk_late = sent_after_person(talk, sent_at)
        talk_doubles = _double_answers(talk, coverages[talk.chat_id], talk_late)
        for burst in bursts_of(talk, coverages[talk.chat_id]):
            fate = fate_of(talk, coverages[talk.chat_id], burst)
            fates[fate] += 1
            if fate is Fate.UNANSWERED:
                details.append(
                    f"unanswered: chat {talk.chat_id}, {len(burst)} messages, last {burst[-1].id}"
                )
        details += [f"bot after person: chat {talk.chat_id}, message {each}" for each in talk_late]
        details += [f"double answer: chat {talk.chat_id}, message {each}" for each in talk_doubles]
        late += talk_late
        doubles += talk_doubles
    return Verdict(
        sent=len(bought),
        stored=len(bought) - len(lost),
        lost=len(lost),
        duplicates_stored=_duplicates(evidence.stored),
        bursts=fates[Fate.ANSWERED] + fates[Fate.UNANSWERED],
        answered=fates[Fate.ANSWERED],
        unanswered=fates[Fate.UNANSWERED],
        double_answers=len(doubles),
        bot_after_person=len(late),
        recovered_by_sweep=_recovered(evidence, bought),
        ack_ms=ack_spread(evidence),
        visible_ms=visible_spread(evidence, known),
        answer_overhead_ms=overhead_spread(evidence, talks, coverages),
        failed=[*evidence.failed, *_failures(evidence)],
        with_person=fates[Fate.WITH_PERSON],
        needs_none=fates[Fate.NEEDS_NONE],
        details=details,
    )


def fate_of(talk: Talk, coverage: Coverage, burst: list[ChannelMessage]) -> Fate:
    last = burst[-1]
    known = talk.known[last.id]
    if all(message.id in coverage.answer_of for message in burst):
        return Fate.ANSWERED
    if talk.is_with_person(known) or talk.person_came(known, known + PERSON_WITHIN_S):
        return Fate.WITH_PERSON
    open_ids = {message.id for message in burst if message.id not in coverage.answer_of}
    hand_overs = [turn for turn in talk.hand_overs if turn.ended_at > known]
    if any(not open_ids & turn.seen for turn in hand_overs):
        return Fate.WITH_PERSON  # handed over for an earlier burst while this one was coming in
    if not any(message.needs_answer for message in burst if message.id in open_ids):
        skipped = [turn.seen for turn in talk.turns if turn.outcome is Outcome.SKIPPED]
        if open_ids <= frozenset().union(*skipped):
            return Fate.NEEDS_NONE
    return Fate.UNANSWERED


def _double_answers(talk: Talk, coverage: Coverage, late: list[str]) -> list[str]:
    needless = [
        answer.message_ids[0]
        for answer in coverage.needless
        if not set(answer.message_ids) & set(late)  # counted there already
    ]
    return needless + [message.id for message in talk.unaccounted]


def _duplicates(stored: list[StoredMessage]) -> int:
    rows = Counter((row.account_id, row.external_id) for row in stored if row.external_id)
    return sum(count - 1 for count in rows.values())


def _recovered(evidence: Evidence, bought: list[ChannelMessage]) -> int:
    recovered = {row.external_id for row in evidence.stored if row.is_recovered}
    recovered -= {each.message_id for each in evidence.deliveries if each.is_acknowledged}
    return sum(message.id in recovered for message in bought)


def _failures(evidence: Evidence) -> list[str]:
    """What no count of the report shows and still must not happen."""
    found = []
    unsent = Counter(
        f"{row.author} message is {row.status}"
        for row in evidence.stored
        if row.status in _UNSENT and row.author in {StoredAuthor.BOT, StoredAuthor.USER}
    )
    found += [f"{count} × {what} at the end" for what, count in sorted(unsent.items())]
    found += _person_messages_not_sent_once(evidence)
    refused = [
        each for each in evidence.deliveries if each.status is not None and not each.is_acknowledged
    ]
    if refused:
        statuses = sorted({each.status for each in refused if each.status is not None})
        found.append(f"{len(refused)} webhooks were answered {statuses}")
    slow = [
        each for each in evidence.deliveries if each.has_timed_out and not _was_down(evidence, each)
    ]
    if slow:
        found.append(f"{len(slow)} webhooks were not answered within 2 s by a running server")
    customers = [row for row in evidence.stored if row.author is StoredAuthor.CUSTOMER]
    unseen = sum(row.id not in evidence.seen_live for row in customers)
    if unseen:
        found.append(f"{unseen} stored messages of buyers never reached the live reader")
    return found


def _person_messages_not_sent_once(evidence: Evidence) -> list[str]:
    in_channel = Counter(
        (message.chat_id, message.text) for message in evidence.messages if message.via is Via.API
    )
    wrong = Counter(
        count
        for each in evidence.person_messages
        if (count := in_channel[each.chat_id, each.text]) != 1
    )
    return [
        f"{times} messages that a person sent from the app reached the channel {count} times"
        for count, times in sorted(wrong.items())
    ]


def _was_down(evidence: Evidence, delivery: Delivery) -> bool:
    return any(
        delivery.started <= downtime.ready_at and delivery.finished >= downtime.killed_at
        for downtime in evidence.downtimes
    )
