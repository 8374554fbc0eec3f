"""What can be refused about scheduled replies."""

from besedka.core.errors import Conflict, NotFound, Unprocessable


class ScheduledNotFound(NotFound):
    code = "scheduled_not_found"
    title = "Такого отложенного сообщения нет"


class ScheduledNotWaiting(Conflict):
    code = "scheduled_not_waiting"
    title = "Это сообщение уже отправлено или отменено"


class SendTimePassed(Unprocessable):
    code = "send_time_passed"
    title = "Это время уже прошло. Выберите другое"


class SendTimeTooFar(Unprocessable):
    code = "send_time_too_far"
    title = "Отложить можно не больше чем на год"


class TooManyScheduled(Conflict):
    code = "too_many_scheduled"
    title = "В чате уже много отложенных сообщений. Отмените лишние"
