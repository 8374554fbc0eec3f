"""Answers and errors in the shapes that Avito gives them."""

from collections.abc import Mapping

import orjson
from starlette.responses import Response


def json_reply(
    content: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(orjson.dumps(content), status, headers=headers, media_type="application/json")


class ApiError(Exception):
    def __init__(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = headers

    def as_response(self) -> Response:
        if self.body is None:
            return Response(b"", self.status, headers=self.headers)
        return json_reply(self.body, self.status, self.headers)


def messenger_error(
    status: int, message: str, *, fields: Mapping[str, str] | None = None
) -> ApiError:
    error: dict[str, object] = {"code": status, "message": message}
    if fields is not None:
        error["fields"] = dict(fields)
    return ApiError(status, {"error": error})


def invalid(**fields: str) -> ApiError:
    return messenger_error(400, "Validation error", fields=fields)


def items_error(status: int, message: str) -> ApiError:
    return ApiError(status, {"code": str(status), "message": message})
