"""Health, metrics, headers and the browser app."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from besedka.app import web
from besedka.app.main import create_app
from besedka.core import db
from besedka.core.db import schema
from besedka.core.settings import Settings
from besedka.live.stream import Live
from tests.conftest import Client


async def test_a_process_that_works_is_alive_and_ready(client: Client) -> None:
    alive = await client.get("/healthz")
    ready = await client.get("/readyz")

    assert alive.json() == {"status": "alive"}
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "broken": []})


async def test_an_outdated_schema_is_not_ready(client: Client) -> None:
    async with db.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    ready = await client.get("/readyz")

    async with db.transaction() as session:
        await session.execute(text(f"UPDATE alembic_version SET version_num = '{schema.head()}'"))
    assert (ready.status_code, ready.json()["broken"]) == (503, ["migrations"])


async def test_a_feed_that_stopped_is_not_ready(app: FastAPI, client: Client) -> None:
    live: Live = app.state.live
    await live.feed.stop()

    ready = await client.get("/readyz")

    assert (ready.status_code, ready.json()["broken"]) == (503, ["events"])


async def test_requests_are_counted_by_route_and_not_by_address(client: Client) -> None:
    await client.get("/api/v1/streams/some-strangers-word")
    await client.get("/wp-admin/setup.php")
    await client.request("STRANGERS-WORD", "/")

    metrics = (await client.get("/metrics")).text

    assert 'route="/api/v1/streams/{topic}"' in metrics
    assert 'route="other"' in metrics
    assert "strangers-word" not in metrics.lower()
    assert 'method="other"' in metrics
    assert "wp-admin" not in metrics


async def test_a_failure_that_nobody_foresaw_is_counted_too(owner: Client) -> None:
    async with db.transaction() as session:
        await session.execute(text("ALTER TABLE knowledge_documents RENAME TO documents_away"))
    try:
        with pytest.raises(DBAPIError):
            await owner.get("/api/v1/documents")
    finally:
        async with db.transaction() as session:
            await session.execute(text("ALTER TABLE documents_away RENAME TO knowledge_documents"))

    metrics = (await owner.get("/metrics")).text

    assert 'method="GET",route="/api/v1/documents",status="500"' in metrics


@pytest.mark.parametrize("is_declared", [True, False])
async def test_a_body_over_the_limit_is_refused(is_declared: bool, client: Client) -> None:
    body = b'{"email": "' + b"x" * 4 * 2**20

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 2**16):
            yield body[start : start + 2**16]

    answer = await client.post(
        "/api/v1/auth/login",
        content=body if is_declared else pieces(),
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


async def test_answers_of_the_api_are_not_taken_for_anything_else(client: Client) -> None:
    answer = await client.get("/api/v1/me")

    assert answer.headers["x-content-type-options"] == "nosniff"


# The browser app


@pytest.fixture
def web_dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built browser app; the real one takes a minute to build."""
    folder = tmp_path / "web_dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Беседка</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-B1a2C3d4.js").write_text("let x")
    monkeypatch.setattr(web, "WEB_DIST", folder)
    return folder


@pytest.mark.parametrize("path", ["/", "/inbox", "/inbox/01a1fa63?mode=bot", "/index.html"])
async def test_every_address_inside_the_app_gets_its_page(
    path: str, web_dist: Path, client: Client
) -> None:
    answer = await client.get(path)

    assert (answer.status_code, answer.text) == (200, "<title>Беседка</title>")
    assert answer.headers["cache-control"] == "no-cache"
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


async def test_files_named_by_their_content_are_kept_by_the_browser(
    web_dist: Path, client: Client
) -> None:
    hashed = await client.get("/assets/index-B1a2C3d4.js")
    other = await client.get("/favicon.svg")
    missing = await client.get("/assets/index-0ld.js")

    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert hashed.headers["content-type"].startswith("text/javascript")
    assert other.headers["cache-control"] == "no-cache"
    assert missing.status_code == 404


@pytest.fixture
def compressed(web_dist: Path) -> Path:
    """The build puts compressed copies beside what is large enough."""
    for file in ("index.html", "assets/index-B1a2C3d4.js"):
        (web_dist / f"{file}.br").write_bytes(b"br of " + file.encode())
        (web_dist / f"{file}.gz").write_bytes(gzip.compress((web_dist / file).read_bytes()))
    return web_dist


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("deflate", None),
        ("", None),
    ],
)
async def test_a_file_comes_compressed_as_the_browser_takes_it(
    accepted: str, encoding: str | None, compressed: Path, client: Client
) -> None:
    url, asked = "/assets/index-B1a2C3d4.js", {"accept-encoding": accepted}

    async with client.stream("GET", url, headers=asked) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
    again = await client.get(url, headers=asked | {"if-none-match": answer.headers["etag"]})

    suffix = {"br": ".br", "gzip": ".gz", None: ""}[encoding]
    assert body == (compressed / f"assets/index-B1a2C3d4.js{suffix}").read_bytes()
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-length"] == str(len(body))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (again.status_code, again.content) == (304, b"")


async def test_pages_come_compressed_and_a_part_of_a_file_does_not(
    compressed: Path, client: Client
) -> None:
    page = await client.get("/inbox/01a1fa63", headers={"accept-encoding": "gzip"})
    part = await client.get(
        "/assets/index-B1a2C3d4.js", headers={"accept-encoding": "gzip", "range": "bytes=0-2"}
    )
    small = await client.get("/favicon.svg", headers={"accept-encoding": "gzip"})

    assert (page.text, page.headers["content-encoding"]) == ("<title>Беседка</title>", "gzip")
    assert page.headers["content-type"].startswith("text/html")
    assert (part.status_code, part.text) == (206, "let")
    assert "content-encoding" not in part.headers
    assert small.text == "<svg/>"


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/nothing", "/hooks/avito"])
async def test_an_unknown_address_of_the_api_is_not_a_page(
    path: str, web_dist: Path, client: Client
) -> None:
    answer = await client.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_no_file_outside_of_the_app_is_served(web_dist: Path, client: Client) -> None:
    (web_dist.parent / "secret.key").write_text("secret")

    answer = await client.get("/..%2fsecret.key")

    assert "secret" not in answer.text


@pytest.fixture
def no_web_dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "WEB_DIST", tmp_path / "nowhere")


async def test_without_a_built_app_the_page_says_how_to_build_it(
    no_web_dist: None, client: Client
) -> None:
    answer = await client.get("/")

    assert answer.status_code == 503
    assert "make web" in answer.text


def test_pictures_of_a_simulated_channel_are_allowed() -> None:
    simulated = web.content_security_policy(Settings(avito_base_url="http://127.0.0.1:8010"))
    real = web.content_security_policy(Settings())

    assert "img-src 'self' data: blob: https: http://127.0.0.1:8010" in simulated
    assert "http:" not in real


# The description of the API


def test_operations_have_short_names_that_are_all_different(settings: Settings) -> None:
    paths = create_app(settings).openapi()["paths"]
    names = [
        operation["operationId"] for methods in paths.values() for operation in methods.values()
    ]

    assert len(names) == len(set(names))
    assert all(name.replace("_", "").isalpha() for name in names)


def test_the_description_says_what_failures_look_like(settings: Settings) -> None:
    description = create_app(settings).openapi()

    assert "HTTPValidationError" not in description["components"]["schemas"]
    answers = description["paths"]["/api/v1/me"]["get"]["responses"]
    assert set(answers) == {"200", "default"}
    assert "application/problem+json" in answers["default"]["content"]
