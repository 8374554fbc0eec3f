"""Made-up trials: what a faultless product leaves behind, and single faults planted into it."""

from dataclasses import replace
from itertools import count

from besedka.trial.evidence import (
    ActKind,
    ChannelMessage,
    Delivery,
    Downtime,
    Evidence,
    HistoryRead,
    Outcome,
    PersonAct,
    PersonMessage,
    StoredAuthor,
    StoredMessage,
    Turn,
    Via,
)
from besedka.trial.judge import Verdict

ACCOUNT = "account"
COUNTS = ("lost", "duplicates_stored", "unanswered", "double_answers", "bot_after_person")


class Scene:
    """Builds evidence act by act; every act leaves the traces that it leaves in a real trial."""

    def __init__(self) -> None:
        self.evidence = Evidence()
        self._numbers = count(1)

    def _id(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers)}"

    def writes(
        self, at: float, *, chat: str = "chat", needs_answer: bool = True, ack_s: float = 0.02
    ) -> str:
        """A buyer's message that a webhook brought at once."""
        message_id = self.in_channel(at, Via.BUYER, chat=chat, needs_answer=needs_answer)
        self.delivered(message_id, at, ack_s=ack_s)
        self.stored(message_id, seen_at=at + 0.1)
        return message_id

    def in_channel(
        self,
        at: float,
        via: Via,
        *,
        chat: str = "chat",
        text: str = "",
        needs_answer: bool = True,
    ) -> str:
        message_id = self._id(via.value)
        self.evidence.messages.append(ChannelMessage(message_id, chat, via, at, text, needs_answer))
        return message_id

    def delivered(
        self, message_id: str, at: float, *, ack_s: float = 0.02, status: int | None = 200
    ) -> None:
        self.evidence.deliveries.append(Delivery(message_id, at, at + ack_s, status))

    def read_in_history(self, at: float, *message_ids: str) -> None:
        self.evidence.history_reads.append(HistoryRead(at, frozenset(message_ids)))

    def stored(
        self,
        external_id: str | None,
        author: StoredAuthor = StoredAuthor.CUSTOMER,
        *,
        seen_at: float | None = None,
        turn_id: str | None = None,
        part: int = 0,
        status: str = "received",
        is_recovered: bool = False,
    ) -> str:
        row_id = self._id("row")
        self.evidence.stored.append(
            StoredMessage(row_id, ACCOUNT, author, status, external_id, turn_id, part, is_recovered)
        )
        if seen_at is not None:
            self.evidence.seen_live[row_id] = seen_at
        return row_id

    def answers(
        self,
        at: float,
        seen: list[str],
        *,
        chat: str = "chat",
        parts: int = 1,
        outcome: Outcome = Outcome.ANSWERED,
        model_s: float = 0,
    ) -> list[str]:
        """A bot's answer, or a hand-over with its notice, that reached the channel."""
        turn_id = self.turn(at - 0.02, seen, outcome, chat=chat, model_s=model_s)
        sent = [self.in_channel(at + part * 0.05, Via.API, chat=chat) for part in range(parts)]
        for part, message_id in enumerate(sent):
            self.stored(message_id, StoredAuthor.BOT, turn_id=turn_id, part=part, status="sent")
        return sent

    def turn(
        self,
        at: float,
        seen: list[str],
        outcome: Outcome,
        *,
        chat: str = "chat",
        model_s: float = 0,
    ) -> str:
        turn_id = self._id("turn")
        self.evidence.turns.append(Turn(turn_id, chat, outcome, at, frozenset(seen), model_s))
        return turn_id

    def person_writes_in_avito(self, at: float, *, chat: str = "chat") -> str:
        message_id = self.in_channel(at, Via.APP, chat=chat)
        self.delivered(message_id, at)
        self.stored(message_id, StoredAuthor.ELSEWHERE, status="sent")
        return message_id

    def person_writes_in_the_app(
        self,
        at: float,
        *,
        chat: str = "chat",
        text: str = "Добрый день, я менеджер",
        reached_at: float | None = None,
    ) -> str:
        message_id = self.in_channel(reached_at or at, Via.API, chat=chat, text=text)
        self.stored(message_id, StoredAuthor.USER, status="sent")
        self.evidence.person_messages.append(PersonMessage(chat, text, at))
        return message_id

    def takes_over(self, at: float, *, chat: str = "chat") -> None:
        self.evidence.acts.append(PersonAct(chat, ActKind.TAKE_OVER, at, at + 0.05))

    def returns(self, at: float, *, chat: str = "chat") -> None:
        self.evidence.acts.append(PersonAct(chat, ActKind.RETURN, at, at + 0.05))

    def killed(self, at: float, *, ready_at: float) -> None:
        self.evidence.downtimes.append(Downtime(at, ready_at))

    def forget_row_of(self, external_id: str) -> None:
        kept = [row for row in self.evidence.stored if row.external_id != external_id]
        self.evidence = replace(self.evidence, stored=kept)


def wrong(verdict: Verdict) -> dict[str, int]:
    return {name: value for name in COUNTS if (value := getattr(verdict, name))}
