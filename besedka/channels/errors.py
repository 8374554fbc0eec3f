"""What can be refused around channel accounts."""

from besedka.core.errors import AppError, Conflict, NotFound


class AccountNotFound(NotFound):
    code = "channel_account_not_found"
    title = "Такого аккаунта канала нет"


class AccountAlreadyConnected(Conflict):
    code = "channel_account_already_connected"
    title = "Этот аккаунт уже подключён"


class AccountDisconnected(Conflict):
    code = "channel_account_disconnected"
    title = "Аккаунт отключён. Подключите его снова, чтобы отвечать"


class UnknownChannelKind(AppError):
    code = "unknown_channel_kind"
    status = 422
    title = "Такой канал не поддерживается"


class WebhookTooLarge(AppError):
    code = "webhook_too_large"
    status = 413
    title = "Webhook больше 1 МиБ"
