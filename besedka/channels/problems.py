"""What stands in an account's way, and what leads out of it."""

from besedka.channels.adapters.base import AccessDenied, CredentialsRejected, PaymentRequired

WEBHOOK_MISSING = "webhook_missing"

_WAYS_OUT = {
    PaymentRequired.code: (
        "Подключите тариф с доступом к API мессенджера в кабинете канала, затем нажмите "
        "«Проверить». Сообщения за это время не пропадут: сверка подберёт их."
    ),
    CredentialsRejected.code: (
        "Возьмите действующие ключи в кабинете канала и замените их в карточке аккаунта. "
        "Чаты и история останутся."
    ),
    AccessDenied.code: (
        "Ключи должны принадлежать главному аккаунту компании. Замените их в карточке аккаунта."
    ),
    WEBHOOK_MISSING: (
        "Сообщения находит сверка, с задержкой. Беседка подписывается на вебхук сама раз "
        "в несколько минут; чтобы не ждать, нажмите «Подключить вебхук». Если не помогает, "
        "проверьте публичный адрес сервера (BESEDKA_PUBLIC_URL)."
    ),
}


def way_out_of(code: str | None) -> str | None:
    return _WAYS_OUT.get(code) if code else None
