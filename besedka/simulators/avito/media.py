"""Pictures and voice files at the addresses that the API gives out."""

import asyncio
import hashlib
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from besedka.simulators.avito import pictures
from besedka.simulators.avito.replies import messenger_error
from besedka.simulators.avito.state import World

VOICE_LINK_LASTS_S = 3600
FOREVER = {"cache-control": "public, max-age=86400"}


def voice_url(world: World, voice_id: str) -> str:
    expires = int(world.clock()) + VOICE_LINK_LASTS_S
    return (
        f"{world.public_url}/voice/{voice_id}.mp4?expires={expires}&sign={_sign(voice_id, expires)}"
    )


def _sign(voice_id: str, expires: int) -> str:
    return hashlib.sha256(f"{voice_id}:{expires}".encode()).hexdigest()[:32]


@cache
def _voice_file(number: int) -> bytes:
    return (files("besedka.simulators.avito") / "window" / f"voice-{number}.mp4").read_bytes()


def routes(world: World) -> list[Route]:
    async def picture(request: Request) -> Response:
        name = request.path_params["name"]
        width, _, height = request.path_params["size"].partition("x")
        if not (width.isdecimal() and height.isdecimal()) or int(width) > 1280 or int(height) > 960:
            return messenger_error(404, "Not found").as_response()
        stored = world.images.get(name)
        if stored is not None:
            return Response(stored.data, media_type=stored.media_type, headers=FOREVER)
        listing_id = name.removeprefix("item-").removesuffix(".png")
        listing = world.listings.get(int(listing_id)) if listing_id.isdecimal() else None
        trade = listing.trade if listing is not None else "photo"
        data = await asyncio.to_thread(pictures.scene, trade, int(width), int(height))
        return Response(data, media_type="image/png", headers=FOREVER)

    async def avatar(request: Request) -> Response:
        size = request.path_params["size"].partition("x")[0]
        number = request.path_params["number"].removesuffix(".png")
        if not (size.isdecimal() and number.isdecimal()):
            return messenger_error(404, "Not found").as_response()
        data = await asyncio.to_thread(pictures.avatar, int(number), max(1, int(size)))
        return Response(data, media_type="image/png", headers=FOREVER)

    async def voice(request: Request) -> Response:
        voice_id = request.path_params["name"].removesuffix(".mp4")
        expires = request.query_params.get("expires", "")
        is_signed = expires.isdecimal() and request.query_params.get("sign") == _sign(
            voice_id, int(expires)
        )
        if voice_id not in world.voices or not is_signed or int(expires) < world.clock():
            return messenger_error(403, "Forbidden").as_response()
        number = int(voice_id[:4], 16) % 2 + 1
        return Response(_voice_file(number), media_type="audio/mp4")

    return [
        Route("/img/{size}/{name}", picture),
        Route("/avatar/{size}/{number}", avatar),
        Route("/voice/{name}", voice),
    ]
