"""What the customer and the person who takes over are told when the agent steps aside."""

from besedka.assistant.decisions import HandoverReason
from besedka.assistant.promises import promise_of
from besedka.assistant.talk import Briefing
from besedka.assistant.wishes import condensed, wish_of, with_short_links
from besedka.inbox.snapshots import HandoverBrief

_UNKNOWN = "Уточню у менеджера и вернусь с ответом."
_NOTICES = {
    HandoverReason.ASKED_FOR_PERSON: "Передаю разговор менеджеру, он ответит вам здесь.",
    HandoverReason.COMPLAINT: "Передаю ваше сообщение менеджеру, он разберётся и ответит здесь.",
    HandoverReason.BARGAINING: "Вопрос о цене решает менеджер. Передаю ему, он ответит здесь.",
    HandoverReason.READY_TO_BUY: "Передаю менеджеру, он напишет вам здесь, чтобы договориться.",
    HandoverReason.UNREADABLE: "Передаю ваше сообщение менеджеру, он посмотрит и ответит здесь.",
    HandoverReason.MISSED_CALL: "Видим пропущенный звонок. Передаю менеджеру, он ответит здесь.",
    HandoverReason.OUTSIDE_HOURS: "Сейчас нерабочее время, менеджер ответит вам здесь.",
    HandoverReason.REPLY_CAP: "Передаю разговор менеджеру, он ответит вам здесь.",
    HandoverReason.LOOP: "Передаю разговор менеджеру, он ответит вам здесь.",
    HandoverReason.UNCLEAR: "Передаю вопрос менеджеру, он ответит вам здесь.",
}
_NEXT_STEPS = {
    HandoverReason.ASKED_FOR_PERSON: "ответить лично",
    HandoverReason.COMPLAINT: "разобраться и ответить",
    HandoverReason.BARGAINING: "решить по цене и ответить",
    HandoverReason.READY_TO_BUY: "договориться о покупке или встрече",
    HandoverReason.UNKNOWN_FACT: "ответить на вопрос и дополнить документы",
    HandoverReason.OUTSIDE_HOURS: "ответить в начале рабочего дня",
    HandoverReason.UNREADABLE: "посмотреть или послушать сообщение и ответить",
    HandoverReason.MISSED_CALL: "связаться с клиентом",
    HandoverReason.LISTING_CLOSED: "сказать, есть ли замена",
    HandoverReason.MODEL_UNAVAILABLE: "ответить и проверить настройки модели",
}


def notice_for(
    reason: HandoverReason, answered: str, *, has_greeted: bool, opening: str | None = None
) -> str:
    """An honest sentence after what could be answered. It promises a person, and a time only when
    the company rests now and works again from `opening`, "завтра с 9:00".
    """
    notice = _NOTICES.get(reason, _UNKNOWN)
    if opening is not None:
        notice = f"{notice} Менеджер на связи {opening}."
    if answered:
        # A model may have said itself that a person will answer.
        is_said = "менеджер" in answered.lower() and opening is None
        return answered if is_said else f"{answered} {notice}"
    return notice if has_greeted else f"Здравствуйте. {notice}"


def brief_for(
    reason: HandoverReason,
    briefing: Briefing,
    *,
    notice: str,
    wants: str = "",
    next_step: str = "",
) -> HandoverBrief:
    """`notice` is what the customer is told with this hand-over: it may promise something."""
    promised = promise_of(briefing.earlier, notice, answer_notices=_NOTICES.values())
    return HandoverBrief(
        wants=condensed(with_short_links(wants) or wish_of(briefing.burst)),
        promised=condensed(promised),
        next=condensed(next_step or _NEXT_STEPS.get(reason, "ответить клиенту")),
    )
