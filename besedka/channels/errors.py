"""What can be refused around channel accounts."""

from typing import Any

from besedka.core.errors import AppError, Conflict, NotFound


class AccountNotFound(NotFound):
    code = "channel_account_not_found"
    title = "Такого аккаунта канала нет"


class AccountAlreadyConnected(Conflict):
    code = "channel_account_already_connected"
    title = "Этот аккаунт уже подключён"


class KeysOfAnotherAccount(Conflict):
    code = "keys_of_another_account"
    title = "Эти ключи принадлежат другому аккаунту"

    def __init__(self, **facts: Any) -> None:
        super().__init__(
            "Прежние ключи остались. Возьмите ключи того же аккаунта, "
            "а другой аккаунт подключите отдельно.",
            **facts,
        )


class AccountDisconnected(Conflict):
    code = "channel_account_disconnected"
    title = "Аккаунт отключён. Подключите его снова, чтобы отвечать"


class WebhookTooLarge(AppError):
    code = "webhook_too_large"
    status = 413
    title = "Webhook больше 1 МиБ"
