"""One talk under the judge's eye: when messages were known, what answered them, who had the talk.

- A message is *known* to the product at the start of the first webhook delivery that it
  acknowledged, or when it was told the message in a history read, whichever is earlier. If the
  product says that a webhook brought it, though its 200 came too late or never, it is known from
  the first attempt on.
- An *answer* is one bot reply at the channel; the parts of a split one are one, but the same part
  of one turn sent again is another. It *covers* the
  messages known before it. What became known in the last two seconds counts only if the turn says
  it had seen it; what is older had to be seen.
- A person's message covers what that person could have seen two seconds before writing it: in
  Avito's app what was in the channel, in ours what the live reader had been shown. What came later
  may be answered by either side. What is written in ours may reach the channel much later, when a
  killed server is back.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from besedka.trial.evidence import (
    ActKind,
    ChannelMessage,
    Evidence,
    Outcome,
    PersonAct,
    StoredAuthor,
    Turn,
    Via,
)

SILENCE_S = 5.0
IN_FLIGHT_S = 2.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A bot reply at the channel, `at` by its first part; `turn` is None if no trace names it."""

    id: str
    at: float
    message_ids: tuple[str, ...]
    turn: Turn | None


@dataclass(frozen=True, slots=True, order=True)
class PersonWrote:
    """A person's message, `at` by the time it reached the channel."""

    at: float
    written_at: float
    in_our_app: bool


@dataclass(slots=True)
class Talk:
    chat_id: str
    bought: list[ChannelMessage] = field(default_factory=list)  # the buyer's, by known time
    known: dict[str, float] = field(default_factory=dict)
    # When the live reader was shown the buyer's messages.
    shown: dict[str, float] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    people_wrote: list[PersonWrote] = field(default_factory=list)
    acts: list[PersonAct] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    # API messages that the product does not say it sent.
    unaccounted: list[ChannelMessage] = field(default_factory=list)

    @property
    def person_at(self) -> list[float]:
        return [each.at for each in self.people_wrote]

    def is_with_person(self, moment: float) -> bool:
        """Whether a person had the talk: from the first sign of that to the answered return."""
        changes = [(at, 1) for at in self.person_at]
        changes += [
            (act.requested_at, 1) if act.kind is ActKind.TAKE_OVER else (act.answered_at, 0)
            for act in self.acts
        ]
        changes += [(turn.ended_at, 1) for turn in self.hand_overs]
        before = [change for change in changes if change[0] <= moment]
        return bool(before) and max(before)[1] == 1

    def person_came(self, after: float, until: float) -> bool:
        takes = [act.requested_at for act in self.acts if act.kind is ActKind.TAKE_OVER]
        return any(after < at <= until for at in (*self.person_at, *takes))

    @property
    def hand_overs(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.outcome is Outcome.HANDED_OVER]

    def covers(self, answer: Answer, message: ChannelMessage) -> bool:
        known = self.known[message.id]
        seen = answer.turn.seen if answer.turn is not None else None
        if known >= answer.at:
            # The product may store a message whose delivery we count as failed.
            return seen is not None and message.id in seen and message.at < answer.at
        is_in_flight = answer.at - known < IN_FLIGHT_S
        return not (is_in_flight and seen is not None and message.id not in seen)

    def person_answered(self, message: ChannelMessage, before: float) -> bool:
        """Whether a person wrote before that moment who could have seen the message."""
        shown = self.shown.get(message.id, float("inf"))
        return any(
            (shown if wrote.in_our_app else message.at) <= wrote.written_at - IN_FLIGHT_S
            for wrote in self.people_wrote
            if wrote.at <= before
        )


def talks_of(evidence: Evidence) -> list[Talk]:
    """The talks, each put together from all that is known about it."""
    known = known_times(evidence)
    shown = {
        row.external_id: evidence.seen_live[row.id]
        for row in evidence.stored
        if row.external_id is not None and row.id in evidence.seen_live
    }
    talks: dict[str, Talk] = {}
    for message in sorted(evidence.messages, key=lambda each: (each.at, each.id)):
        talk = talks.setdefault(message.chat_id, Talk(message.chat_id))
        if message.via is Via.BUYER and message.id in known:
            talk.bought.append(message)
            talk.known[message.id] = known[message.id]
            if message.id in shown:
                talk.shown[message.id] = shown[message.id]
        elif message.via is Via.APP:
            talk.people_wrote.append(PersonWrote(message.at, message.at, in_our_app=False))
    for turn in sorted(evidence.turns, key=lambda each: (each.ended_at, each.outcome)):
        talks.setdefault(turn.chat_id, Talk(turn.chat_id)).turns.append(turn)
    for act in sorted(evidence.acts, key=lambda each: each.requested_at):
        talks.setdefault(act.chat_id, Talk(act.chat_id)).acts.append(act)
    _add_api_messages(talks, evidence)
    for talk in talks.values():
        talk.bought.sort(key=lambda message: (talk.known[message.id], message.at, message.id))
        talk.people_wrote.sort()
    return sorted(talks.values(), key=lambda each: each.chat_id)


def _add_api_messages(talks: dict[str, Talk], evidence: Evidence) -> None:
    """Tell by the product's rows who wrote what came through the API."""
    rows = {row.external_id: row for row in evidence.stored if row.external_id is not None}
    turn_of = {turn.id: turn for turn in evidence.turns}
    written_at = {(each.chat_id, each.text): each.written_at for each in evidence.person_messages}
    answers: dict[tuple[str, str, int], list[ChannelMessage]] = {}
    repeats: Counter[tuple[str, str, int]] = Counter()
    for message in sorted(evidence.messages, key=lambda each: (each.at, each.id)):
        if message.via is not Via.API:
            continue
        row = rows.get(message.id)
        if row is not None and row.author is StoredAuthor.BOT:
            key = (message.chat_id, row.turn_id or row.id)
            repeat = repeats[*key, row.part]
            repeats[*key, row.part] += 1
            answers.setdefault((*key, repeat), []).append(message)
        elif row is not None and row.author is StoredAuthor.USER:
            at = written_at.get((message.chat_id, message.text), message.at)
            talks[message.chat_id].people_wrote.append(PersonWrote(message.at, at, in_our_app=True))
        else:
            talks[message.chat_id].unaccounted.append(message)
    for (chat_id, turn_id, repeat), sent in answers.items():
        talks[chat_id].answers.append(
            Answer(
                f"{turn_id}/{repeat}",
                sent[0].at,
                tuple(part.id for part in sent),
                turn_of.get(turn_id),
            )
        )


def known_times(evidence: Evidence) -> dict[str, float]:
    known: dict[str, float] = {}
    attempted: dict[str, float] = {}
    for delivery in evidence.deliveries:
        times = known if delivery.is_acknowledged else attempted
        times[delivery.message_id] = min(
            times.get(delivery.message_id, delivery.started), delivery.started
        )
    for read in evidence.history_reads:
        for message_id in read.message_ids:
            known[message_id] = min(known.get(message_id, read.at), read.at)
    for row in evidence.stored:
        if row.external_id in attempted and not row.is_recovered:
            at = attempted[row.external_id]
            known[row.external_id] = min(known.get(row.external_id, at), at)
    return known


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which answer first covered a message, and which answers covered nothing new."""

    answer_of: Mapping[str, Answer]
    needless: Sequence[Answer]


def coverage_of(talk: Talk) -> Coverage:
    answer_of: dict[str, Answer] = {}
    needless: list[Answer] = []
    for answer in talk.answers:
        new = [
            message
            for message in talk.bought
            if message.id not in answer_of
            and talk.covers(answer, message)
            and not talk.person_answered(message, answer.at)
        ]
        for message in new:
            answer_of[message.id] = answer
        if not new:
            needless.append(answer)
    return Coverage(answer_of, needless)


def sent_after_person(talk: Talk, sent_at: Mapping[str, float]) -> list[str]:
    """Bot messages that reached the channel while a person had the talk.

    A message of a person counts from when it reached the channel, a take-over from its 200, a
    return from its request. There is no grace window.
    """
    taken = [(at, 1) for at in talk.person_at]
    taken += [
        (act.answered_at, 1) if act.kind is ActKind.TAKE_OVER else (act.requested_at, 0)
        for act in talk.acts
    ]
    late = []
    for answer in talk.answers:
        for message_id in answer.message_ids:
            before = [change for change in taken if change[0] < sent_at[message_id]]
            if before and max(before)[1] == 1:
                late.append(message_id)
    return late


def bursts_of(talk: Talk, coverage: Coverage) -> list[list[ChannelMessage]]:
    """The buyer's messages up to the next answer, the bot's or a person's, or five seconds of
    silence."""
    bursts: list[list[ChannelMessage]] = []
    for message in talk.bought:
        previous = bursts[-1][-1] if bursts else None
        if previous is not None:
            answer = coverage.answer_of.get(previous.id)
            is_answered_apart = (
                answer is not None and coverage.answer_of.get(message.id) is not answer
            )
            since, known = talk.known[previous.id], talk.known[message.id]
            person_wrote = any(since <= at <= known for at in talk.person_at)
            if known - since <= SILENCE_S and not is_answered_apart and not person_wrote:
                bursts[-1].append(message)
                continue
        bursts.append([message])
    return bursts
