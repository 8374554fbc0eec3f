"""The browser app: files that the build left in besedka/web_dist."""

from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from besedka.core.settings import Settings

WEB_DIST = Path(__file__).parents[1] / "web_dist"

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
            response = await self._files.get_response(path, scope)
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

    async def _index(self, scope: Scope) -> Response:
        try:
            response = await self._files.get_response("index.html", scope)
        except HTTPException:
            response = Response(_NOT_BUILT, 503, media_type="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response


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
