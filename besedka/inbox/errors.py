"""What can be refused in the inbox."""

from besedka.core.errors import AppError, Conflict, NotFound


class ConversationNotFound(NotFound):
    code = "conversation_not_found"
    title = "Такого чата нет"


class MessageNotFound(NotFound):
    code = "message_not_found"
    title = "Такого сообщения нет"


class CursorOfAnotherSort(AppError):
    code = "cursor_of_another_sort"
    status = 400
    title = "Указатель страницы взят из списка с другим порядком"


class ConversationClosed(Conflict):
    code = "conversation_closed"
    title = "Чат закрыт. Откройте его снова, чтобы ответить"


class ConversationPutAway(Conflict):
    code = "conversation_put_away"
    title = "Чат закрыт. Сначала откройте его снова"


class AssigneeNotFound(AppError):
    code = "assignee_not_found"
    status = 422
    title = "Этому человеку чат не назначить: он не отвечает клиентам вашей компании"


class SnoozeTimeRefused(AppError):
    code = "snooze_time_refused"
    status = 422
    title = "Отложить можно на время в будущем, самое большее на год"


class ContactBlocked(Conflict):
    code = "contact_blocked"
    title = "Клиент в чёрном списке: написать ему нельзя"


class EmptyMessage(AppError):
    code = "empty_message"
    status = 422
    title = "Сообщение пустое"


class MessageNotRecallable(Conflict):
    code = "message_not_recallable"
    title = "Это сообщение нельзя отозвать"


class RecallWindowPassed(Conflict):
    code = "recall_window_passed"
    title = "Отозвать сообщение можно только в течение часа после отправки"


class MessageAlreadyLeft(Conflict):
    code = "message_already_left"
    title = "Сообщение уже уходит клиенту, остановить его нельзя. Его можно отозвать после отправки"


class MessageNotCancellable(Conflict):
    code = "message_not_cancellable"
    title = "Остановить можно только ответ менеджера, который ещё не ушёл"


class MessageNotFailed(Conflict):
    code = "message_not_failed"
    title = "Повторить можно только неотправленное сообщение"


class NotAVoiceMessage(NotFound):
    code = "not_a_voice_message"
    title = "В этом сообщении нет голосовой записи"


class TurnSuperseded(Conflict):
    """A person wrote, the mode changed or a new message came while the agent was thinking."""

    code = "turn_superseded"
    title = "Ответ ассистента устарел"


class ListingNotFound(NotFound):
    code = "listing_not_found"
    title = "Такого объявления нет"


class AttachmentNotFound(NotFound):
    code = "attachment_not_found"
    title = "Такого вложения нет"


class AttachmentAlreadySent(Conflict):
    code = "attachment_already_sent"
    title = "Эта картинка уже отправлена. Приложите её снова"


class PicturesNotTaken(Conflict):
    code = "pictures_not_taken"
    title = "Канал не принимает картинки"
