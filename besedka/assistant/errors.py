"""What can go wrong around a turn."""

from besedka.core.errors import AppError, Unprocessable


class ModelUnavailable(AppError):
    """The model gave no usable decision. `code` of the cause is in `facts["cause"]`."""

    code = "model_unavailable"
    status = 503
    title = "Модель не ответила"

    def __init__(self, cause: str, *, retryable: bool = True) -> None:
        super().__init__(cause, cause=cause)
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
