"""Avito's answers that are failures, in whatever shape, as channel errors."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from besedka.channels.adapters.avito.fields import load_json, read_number, read_object, read_text
from besedka.channels.adapters.avito.paths import (
    DELETE_MESSAGE,
    TOKEN,
    UPLOAD_IMAGE,
    Operation,
)
from besedka.channels.adapters.base import (
    AccessDenied,
    ChannelError,
    ChannelUnavailable,
    ChatNotFound,
    CredentialsRejected,
    MessageRefused,
    OutcomeUnknown,
    PaymentRequired,
    RateLimited,
)
from besedka.core.time import now

_LONGEST_REASON = 300
_TARIFF = (
    "Messenger API на Авито входит в подписку «Максимальный», в Услугах ещё и в «Расширенный». "
    "Подключите её в кабинете Авито и нажмите "
)
_CHECK = "«Проверить» под кнопкой «Авито: …» в верхней строке."


class MessengerClosed(PaymentRequired):
    title = "Авито закрыл доступ к чатам: нет тарифа «Максимальный»"
    way_out = f"{_TARIFF}{_CHECK}"
    way_out_of_trial = f"{_TARIFF}«Проверить снова»."


class MessageNotPaidFor(PaymentRequired):
    title = "Авито не принял сообщение: нет тарифа «Максимальный»"
    way_out = f"Текст сохранён. {_TARIFF}{_CHECK}"


class KeysRejected(CredentialsRejected):
    title = "Авито не принял ключи"
    way_out = (
        "Сверьте client_id и client_secret со страницей avito.ru/professionals/api. Аккаунт, "
        f"который уже подключён, проверяет {_CHECK}"
    )
    way_out_of_trial = (
        "Сверьте client_id и client_secret со страницей avito.ru/professionals/api и нажмите "
        "«Проверить снова»."
    )


class KeysWithoutRights(AccessDenied):
    title = "Авито не дал доступа с этими ключами"
    way_out = (
        "Возьмите ключи главного аккаунта компании: ключи сотрудника не открывают чаты "
        "по объявлениям компании."
    )
    way_out_of_trial = way_out


class RecallRefused(MessageRefused):
    title = "Авито не удалил сообщение"
    way_out = "Удалить сообщение можно в течение часа после отправки."


class ImageRefused(MessageRefused):
    title = "Авито не принял картинку"
    way_out = "Подойдут JPEG, HEIC, GIF, BMP или PNG до 24 МБ."


class RequestRefused(ChannelError):
    """Refused for a reason that has no class of its own; `http_status` tells which."""

    title = "Авито отклонил запрос"

    def __init__(self, *, http_status: int, reason: str) -> None:
        super().__init__(http_status=http_status, reason=reason)
        self.http_status = http_status


def answer_of(response: httpx.Response) -> Any:
    """The JSON of the answer, or its text when it is not JSON."""
    try:
        return load_json(response.content)
    except ValueError:
        return response.text


def reason_of(answer: Any) -> str:
    """What Avito says went wrong: it has at least four places for that."""
    if isinstance(answer, str):
        return answer.strip()[:_LONGEST_REASON]
    found = (
        read_text(read_object(answer, "error"), "message")
        or read_text(read_object(answer, "result"), "message")
        or read_text(answer, "message", "error_description", "error")
    )
    return found.strip()[:_LONGEST_REASON]


def failed_status(response: httpx.Response, answer: Any) -> int | None:
    """The status of a failure, also of one that is told in the body of a 200; None when well."""
    if not response.is_success:
        return response.status_code
    result = read_object(answer, "result")
    if result.get("status") is False:
        return 403
    for holder in (read_object(answer, "error"), answer):
        code = read_number(holder, "code")
        if code is not None and 400 <= code < 600 and read_text(holder, "message"):
            return int(code)
    return None


def says_token_expired(status: int, answer: Any) -> bool:
    if status == 401:
        return True
    reason = reason_of(answer).lower()
    return status == 403 and "token" in reason and ("expired" in reason or "invalid" in reason)


def error_for(
    operation: Operation, status: int, answer: Any, headers: Mapping[str, str]
) -> ChannelError:
    reason = reason_of(answer)
    if operation.is_delivery and status in (502, 504):
        # A gateway gave up waiting; what stands behind it may still have taken the message.
        return OutcomeUnknown(reason=reason, http_status=status)
    if status == 429:
        return RateLimited(retry_after_s=retry_after_s(headers), reason=reason)
    if status == 408 or status >= 500 or 300 <= status < 400:
        return ChannelUnavailable(reason=reason, http_status=status)
    if status == 402:
        return (MessageNotPaidFor if operation.is_delivery else MessengerClosed)(reason=reason)
    if status == 401 or (operation is TOKEN and status != 404):
        return KeysRejected(reason=reason)
    if status == 403:
        return KeysWithoutRights(reason=reason)
    if status == 404 and "{chat_id}" in operation.path and "route" not in reason.lower():
        return ChatNotFound(reason=reason)
    if status in (400, 413, 415, 422):
        if operation.is_delivery:
            return MessageRefused(reason=reason)
        if operation is DELETE_MESSAGE:
            return RecallRefused(reason=reason)
        if operation is UPLOAD_IMAGE:
            return ImageRefused(reason=reason)
    return RequestRefused(http_status=status, reason=reason)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from Retry-After, else one request's share of the limit per minute."""
    value = headers.get("Retry-After", "").strip()
    seconds = header_number(headers, "Retry-After")
    if seconds is None and value:
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            moment = None
        if moment is not None:
            moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
            seconds = (moment - now()).total_seconds()
    if seconds is not None:
        return min(max(seconds, 0.0), 3600.0)
    per_minute = header_number(headers, "X-RateLimit-Limit")
    return 60 / per_minute if per_minute is not None and per_minute >= 1 else None


def header_number(headers: Mapping[str, str], name: str) -> float | None:
    return read_number({name: headers.get(name)}, name)


def server_time(headers: Mapping[str, str]) -> datetime | None:
    try:
        moment = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
