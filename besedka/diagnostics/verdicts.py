"""What the same facts mean to the doctor and to the page of a running server.

How to mend it depends on who reads, so it comes with the call.
"""

from datetime import datetime

from besedka.channels import connections
from besedka.channels.models import ChannelAccount
from besedka.core import crypto, time
from besedka.core.addresses import is_of_this_machine
from besedka.core.settings import Settings
from besedka.diagnostics.finding import Finding, Place, broken, fine, warning

_JOBS_LATE_S = 120


def of_jobs(
    dead: int, oldest_due_at: datetime | None, *, mend_late: str, mend_dead: str
) -> Finding:
    late_s = (time.now() - oldest_due_at).total_seconds() if oldest_due_at else 0
    if late_s > _JOBS_LATE_S:
        return broken(f"Фоновые задания ждут уже {late_s / 60:.0f} мин", mend_late)
    if dead:
        return warning(f"Остановленных заданий: {dead}", mend_dead, Place.JOBS)
    return fine("Фоновые задания выполняются вовремя")


def of_keys(account: ChannelAccount, *, mend: str) -> Finding | None:
    """None when they can be read."""
    try:
        connections.credentials_of(account)
    except crypto.SecretUnreadable:
        return broken(f"Ключи аккаунта «{account.name}» не расшифровать", mend, Place.CHANNELS)
    return None


def of_address(account: ChannelAccount, settings: Settings) -> Finding | None:
    """None when the account's channel can reach us at our public address."""
    is_channel_near = is_of_this_machine(settings.channel_base_url(account.kind))
    if is_channel_near or not is_of_this_machine(settings.public_url):
        return None
    return broken(
        f"Канал не доставит сообщения «{account.name}»: адрес {settings.public_url} "
        "виден только самому серверу",
        "Дайте серверу адрес в интернете с HTTPS и задайте BESEDKA_PUBLIC_URL. "
        "Пока его нет, сообщения находит сверка, с задержкой.",
    )
