"""A file that a request brings in a form."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, BinaryIO

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from besedka.core import files
from besedka.core.errors import AppError

_NAME_LENGTH = 200
_FIELD = "file"

# What FastAPI would say of a file in a form, had it read the form before asking who sends it.
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [_FIELD],
                    "properties": {_FIELD: {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


class UploadInterrupted(AppError):
    code = "upload_interrupted"
    status = 400
    title = "Загрузка прервалась"

    def __init__(self) -> None:
        super().__init__("Приложите файл снова.")


class UploadUnreadable(AppError):
    code = "upload_unreadable"
    status = 400
    title = "Не удалось прочитать файл из запроса"

    def __init__(self) -> None:
        super().__init__("Приложите один файл снова.")


class NoFileUploaded(AppError):
    code = "no_file_uploaded"
    status = 422
    title = "В запросе нет файла"


@dataclass(frozen=True, slots=True)
class Upload:
    file: BinaryIO
    name: str
    """The last part of what the browser calls it: never a path of ours."""
    size: int


@asynccontextmanager
async def received_file(request: Request) -> AsyncIterator[Upload]:
    """The one file of the form, read only now. It goes to the disk as it comes, not to memory.

    Raises UploadInterrupted, UploadUnreadable, NoFileUploaded, StorageFull.
    """
    try:
        with files.refusals():
            form = await request.form(max_files=1, max_fields=10)
    except ClientDisconnect:
        raise UploadInterrupted from None
    except HTTPException as error:
        if error.status_code != HTTPStatus.BAD_REQUEST:
            raise
        raise UploadUnreadable from error  # the reader of forms says why, but in English
    try:
        upload = form.get(_FIELD)
        if not isinstance(upload, UploadFile):
            raise NoFileUploaded
        name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
        printable = "".join(sign for sign in name if sign.isprintable()).strip()
        yield Upload(upload.file, printable[:_NAME_LENGTH], upload.size or 0)
    finally:
        await form.close()
