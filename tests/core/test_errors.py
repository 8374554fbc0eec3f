"""Failures as application/problem+json."""

from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import FastAPI
from pydantic import AfterValidator

from besedka.core.errors import Conflict, TooManyRequests, install_error_handlers
from besedka.core.ids import new_id
from besedka.core.settings import checked_time_zone


class Closed(Conflict):
    code = "closed"
    title = "Диалог закрыт"


SUBJECT_ID = new_id()


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    install_error_handlers(app)

    @app.get("/closed")
    async def closed() -> None:
        raise Closed("Откройте его снова", conversation_id=SUBJECT_ID)

    @app.get("/busy")
    async def busy() -> None:
        raise TooManyRequests(retry_after_s=30)

    @app.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("a secret: 42")

    @app.get("/zone/{name}")
    async def zone(name: Annotated[str, AfterValidator(checked_time_zone)]) -> str:
        return name

    @app.get("/number/{number}")
    async def show(number: int) -> int:
        return number

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_a_failure_has_status_code_words_and_facts(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/closed")

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:besedka:closed",
        "title": "Диалог закрыт",
        "status": 409,
        "code": "closed",
        "detail": "Откройте его снова",
        "conversation_id": str(SUBJECT_ID),
    }


async def test_a_failure_that_passes_says_when_to_come_back(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/busy")

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")


async def test_wrong_input_names_the_field_but_does_not_repeat_it(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/number/secret")

    assert (answer.status_code, answer.json()["code"]) == (422, "unprocessable")
    assert answer.json()["errors"][0]["field"] == "number"
    assert "secret" not in answer.text


async def test_what_is_wrong_with_a_value_is_told_in_our_own_words_alone(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/zone/Moscow")

    assert answer.json()["errors"][0]["message"].startswith("часового пояса «Moscow» нет")


async def test_an_unexpected_failure_tells_nothing_of_the_inside(
    browser: httpx.AsyncClient,
) -> None:
    answer = await browser.get("/broken")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_unknown_address_is_a_problem_too(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/nowhere")

    assert (answer.status_code, answer.json()["code"]) == (404, "http_404")
