"""Failures a client is told about, rendered once as `application/problem+json` (RFC 9457)."""

from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

log = structlog.get_logger(__name__)

PROBLEM_JSON = "application/problem+json"


class AppError(Exception):
    """A failure with a stable `code`, an HTTP status and words for the user."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "Не получилось выполнить действие"

    def __init__(self, detail: str | None = None, **facts: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.facts = facts

    def as_problem(self) -> dict[str, Any]:
        problem = {
            "type": f"urn:besedka:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
        }
        if self.detail is not None:
            problem["detail"] = self.detail
        return problem | {key: jsonable_encoder(value) for key, value in self.facts.items()}


class NotFound(AppError):
    code = "not_found"
    status = 404
    title = "Не найдено"


class Unauthenticated(AppError):
    code = "unauthenticated"
    status = 401
    title = "Нужно войти"


class Forbidden(AppError):
    code = "forbidden"
    status = 403
    title = "Недостаточно прав"


class Conflict(AppError):
    code = "conflict"
    status = 409
    title = "Состояние изменилось, обновите данные"


class Unprocessable(AppError):
    code = "unprocessable"
    status = 422
    title = "Проверьте введённые данные"


class TooManyRequests(AppError):
    code = "too_many_requests"
    status = 429
    title = "Слишком много попыток, подождите немного"


def install_error_handlers(app: FastAPI) -> None:
    @app.exception_handler(AppError)
    async def _app_error(_: Request, error: AppError) -> JSONResponse:
        wait = error.facts.get("retry_after_s")
        return _render(error.as_problem(), {"Retry-After": str(wait)} if wait else None)

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        # The rejected input stays out of the answer: it may hold a password.
        errors = [
            {
                "field": ".".join(str(part) for part in item["loc"][1:]),
                "message": item["msg"].removeprefix("Value error, "),
            }
            for item in error.errors()
        ]
        return _render(Unprocessable(errors=errors).as_problem())

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        problem = {
            "type": "about:blank",
            "title": str(error.detail),
            "status": error.status_code,
            "code": f"http_{error.status_code}",
        }
        return _render(problem, error.headers)

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("http.failed", path=request.url.path, error=type(error).__name__)
        problem = {
            "type": "urn:besedka:internal_error",
            "title": "Внутренняя ошибка. Данные сохранены, попробуйте ещё раз",
            "status": 500,
            "code": "internal_error",
        }
        return _render(problem)


def _render(problem: dict[str, Any], headers: Any = None) -> JSONResponse:
    return JSONResponse(
        problem, status_code=problem["status"], media_type=PROBLEM_JSON, headers=headers
    )
