"""What stands in a developer's way."""

from besedka.core.errors import Conflict


class NoStandIn(Conflict):
    code = "no_stand_in"
    title = "Имитация Авито не отвечает или к ней не подключён аккаунт"

    def __init__(self) -> None:
        super().__init__(
            "Запустите besedka demo, либо besedka simulate avito с её адресом "
            "в BESEDKA_AVITO_BASE_URL, и подключите аккаунт. Настоящим клиентам отсюда не пишут, "
            "и настоящую переписку отсюда не удаляют."
        )


class NotConfirmed(Conflict):
    code = "not_confirmed"
    title = "Переписка не удалена: впишите название компании, чтобы подтвердить"
