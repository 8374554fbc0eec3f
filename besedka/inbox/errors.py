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
