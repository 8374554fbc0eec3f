"""What can go wrong around a turn."""

from besedka.core.errors import AppError, Unprocessable

_SETTINGS = "на странице «Ассистент», вкладка «Настройки»"
_WAYS_OUT = {
    "key_missing": f"У модели нет ключа. Введите его {_SETTINGS}.",
    "key_unreadable": f"Ключ модели не расшифровать. Введите его заново {_SETTINGS}.",
    "key_rejected": f"Ключ модели не подошёл. Замените его {_SETTINGS}.",
    "quota_exceeded": "У поставщика модели кончился лимит или баланс. Пополните счёт у него.",
    "model_not_found": f"У поставщика нет такой модели. Исправьте её название {_SETTINGS}.",
    "misconfigured": f"Поставщик модели не принимает её настройки. Проверьте их {_SETTINGS}.",
    "rate_limited": "Поставщик модели просит подождать. Попробуйте ещё раз через минуту.",
    "timeout": "Она думала слишком долго. Попробуйте ещё раз.",
    "connection": (
        "С её поставщиком нет связи. Попробуйте ещё раз; если не помогает, проверьте, что сервер "
        f"выходит в интернет, и адрес модели {_SETTINGS}."
    ),
}
_OTHER_WAY_OUT = f"Попробуйте ещё раз. Если не помогает, проверьте модель {_SETTINGS}."


class ModelUnavailable(AppError):
    """The model gave no usable decision. `cause` is a code, `detail` what it means for people."""

    code = "model_unavailable"
    status = 503
    title = "Модель не ответила"

    def __init__(self, cause: str, *, retryable: bool = True) -> None:
        super().__init__(_WAYS_OUT.get(cause, _OTHER_WAY_OUT), cause=cause)
        self.cause = cause
        self.is_retryable = retryable


class NoAnswerInTime(AppError):
    code = "no_answer_in_time"
    status = 504
    title = "Ассистент думает слишком долго"

    def __init__(self) -> None:
        super().__init__("Ответьте сами или попробуйте ещё раз.")


class ModelMisconfigured(Unprocessable):
    code = "model_misconfigured"
    title = "Проверьте настройки модели"
