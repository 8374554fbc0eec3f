"""The browser app: files that the build left in besedka/web_dist."""

from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from besedka.core.settings import Settings

WEB_DIST = Path(__file__).parents[1] / "web_dist"

# What the build puts beside a file, the smallest first.
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

_NOT_BUILT = """<!doctype html>
<html lang="ru"><meta charset="utf-8"><title>Беседка</title>
<p>Сервер работает, но веб-приложение не собрано. Соберите его командой <code>make web</code>
и обновите страницу.</p>
"""


class WebApp:
    """Answers what no route answers. Addresses inside the app all get index.html."""

    def __init__(self, settings: Settings) -> None:
        self._files = StaticFiles(directory=WEB_DIST, check_dir=False)
        self._policy = content_security_policy(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/api/", "/hooks/")):
            raise HTTPException(404)
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405)
        response = await self._file(scope)
        headers = MutableHeaders(raw=response.raw_headers)
        headers["Content-Security-Policy"] = self._policy
        headers["X-Frame-Options"] = "DENY"
        await response(scope, receive, send)

    async def _file(self, scope: Scope) -> Response:
        path = scope["path"].lstrip("/")
        try:
            response = await self._smallest(path, scope)
        except HTTPException:
            if path.startswith("assets/"):
                raise
            return await self._index(scope)
        # The build puts a hash of the content into the names under assets/.
        is_hashed = path.startswith("assets/")
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if is_hashed else "no-cache"
        )
        return response

    async def _smallest(self, path: str, scope: Scope) -> Response:
        """The file as compressed as the build made it and the browser takes it."""
        plain = await self._files.get_response(path, scope)
        plain.headers["Vary"] = "Accept-Encoding"
        if plain.status_code != 200 or "range" in Headers(scope=scope):
            return plain
        accepted = accepted_encodings(Headers(scope=scope).get("accept-encoding", ""))
        for encoding, suffix in _ENCODINGS:
            if encoding not in accepted:
                continue
            try:
                response = await self._files.get_response(path + suffix, scope)
            except HTTPException:  # too small to be worth it
                continue
            response.headers["Vary"] = "Accept-Encoding"
            if response.status_code == 200:  # and not "not modified"
                response.headers["Content-Encoding"] = encoding
                response.headers["Content-Type"] = plain.headers["Content-Type"]
            return response
        return plain

    async def _index(self, scope: Scope) -> Response:
        try:
            response = await self._smallest("index.html", scope)
        except HTTPException:
            response = Response(_NOT_BUILT, 503, media_type="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response


def accepted_encodings(header: str) -> set[str]:
    """Those that Accept-Encoding names, but for what it forbids with `;q=0`."""
    accepted = set()
    for each in header.lower().split(","):
        name, _, weight = each.partition(";")
        if weight.strip() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            accepted.add(name.strip())
    return accepted


def content_security_policy(settings: Settings) -> str:
    # Pictures and voice come from the channel's own servers; a simulator has no https.
    channel = urlsplit(settings.avito_base_url)
    media = "https:" if channel.scheme == "https" else f"https: {channel.scheme}://{channel.netloc}"
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data: blob: {media}",
            f"media-src 'self' blob: {media}",
            "style-src 'self' 'unsafe-inline'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
