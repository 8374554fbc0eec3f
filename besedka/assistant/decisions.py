"""What a model may decide about a burst of messages. The same shape for every provider."""

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Action(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    HAND_OVER = "hand_over"
    NO_ANSWER = "no_answer"


class HandoverReason(StrEnum):
    ASKED_FOR_PERSON = "asked_for_person"
    COMPLAINT = "complaint"
    BARGAINING = "bargaining"
    READY_TO_BUY = "ready_to_buy"
    UNKNOWN_FACT = "unknown_fact"
    UNCLEAR = "unclear"
    UNREADABLE = "unreadable"
    MISSED_CALL = "missed_call"
    LISTING_CLOSED = "listing_closed"
    REPLY_CAP = "reply_cap"
    OUTSIDE_HOURS = "outside_hours"
    LOOP = "loop"
    GUARD = "guard"
    MODEL_UNAVAILABLE = "model_unavailable"
    FAILURE = "failure"


ModelHandoverReason = Literal[
    HandoverReason.ASKED_FOR_PERSON,
    HandoverReason.COMPLAINT,
    HandoverReason.BARGAINING,
    HandoverReason.READY_TO_BUY,
    HandoverReason.UNKNOWN_FACT,
    HandoverReason.UNCLEAR,
    HandoverReason.UNREADABLE,
    HandoverReason.LISTING_CLOSED,
]

REASON_TITLES: dict[HandoverReason, str] = {
    HandoverReason.ASKED_FOR_PERSON: "Клиент просит человека",
    HandoverReason.COMPLAINT: "Жалоба или конфликт",
    HandoverReason.BARGAINING: "Просит скидку или другую цену",
    HandoverReason.READY_TO_BUY: "Готов купить или договориться о встрече",
    HandoverReason.UNKNOWN_FACT: "Ответа нет ни в объявлении, ни в документах",
    HandoverReason.UNCLEAR: "Вопрос остался неясным",
    HandoverReason.UNREADABLE: "Сообщение, которое ассистент не умеет читать",
    HandoverReason.MISSED_CALL: "Пропущенный звонок",
    HandoverReason.LISTING_CLOSED: "Объявление снято с публикации",
    HandoverReason.REPLY_CAP: "Слишком много ответов подряд без человека",
    HandoverReason.OUTSIDE_HOURS: "Нерабочее время",
    HandoverReason.LOOP: "Клиент повторяет одно и то же",
    HandoverReason.GUARD: "Ответ ассистента не прошёл проверку",
    HandoverReason.MODEL_UNAVAILABLE: "Модель недоступна",
    HandoverReason.FAILURE: "Внутренняя ошибка",
}


class Decision(BaseModel):
    """Что сделать с сообщениями покупателя."""

    model_config = ConfigDict(extra="ignore")

    action: Action = Field(
        description="answer: ответить по источникам; clarify: задать один уточняющий вопрос; "
        "hand_over: передать человеку; no_answer: ответ не нужен (благодарность, прощание)"
    )
    text: str = Field(
        description="Текст покупателю. При hand_over: то, на что ответить можно, или пусто",
    )
    source_ids: list[str] = Field(
        default_factory=list, description="Номера использованных источников: listing, d1, d2"
    )
    reason: ModelHandoverReason | None = Field(
        default=None, description="Почему нужен человек, только при hand_over"
    )
    wants: str = Field(default="", description="Для менеджера: чего хочет покупатель")
    next: str = Field(default="", description="Для менеджера: следующий шаг")
