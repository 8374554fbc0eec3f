"""What can go wrong around a job."""

from besedka.core.errors import AppError, NotFound


class LeaseLost(AppError):
    """Another worker owns the job by now; whatever this one was about to write must roll back."""

    code = "job_lease_lost"
    status = 409


class TooManyLostWorkers(AppError):
    """Every worker that took this job was gone before it ended."""

    code = "job_too_many_lost_workers"
    status = 500
    title = "Задача раз за разом обрывает обработчик"


class JobNotFound(NotFound):
    code = "job_not_found"
    title = "Такой остановленной задачи нет"


class Retry(Exception):
    """Raised by a job to be run again later. Does not count as a failed attempt."""

    def __init__(self, *, after_s: float, reason: str = "") -> None:
        super().__init__(reason)
        self.after_s = after_s
        self.reason = reason
