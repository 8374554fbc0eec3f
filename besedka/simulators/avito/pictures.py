"""Pictures that the simulator serves: a scene per listing, avatars, and what buyers upload."""

import struct
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO

from PIL import Image

from besedka.simulators.avito.drawing import Canvas, Colour

MAX_PIXELS = 75_000_000

INK: Colour = (45, 52, 48)
GLASS: Colour = (205, 224, 230)
WHITE: Colour = (250, 250, 248)


def _car(c: Canvas) -> None:
    c.gradient((190, 210, 224), (226, 234, 232))
    c.polygon([(0, 0.55), (0.3, 0.4), (0.55, 0.5), (0.8, 0.36), (1, 0.5), (1, 0.7), (0, 0.7)],
              (150, 176, 160))  # fmt: skip
    c.rect(0, 0.68, 1, 1, (120, 126, 122))
    body: Colour = (176, 62, 52)
    c.polygon([(0.24, 0.56), (0.34, 0.42), (0.62, 0.42), (0.74, 0.56)], body)
    c.polygon([(0.3, 0.55), (0.37, 0.45), (0.48, 0.45), (0.48, 0.55)], GLASS)
    c.polygon([(0.5, 0.55), (0.5, 0.45), (0.6, 0.45), (0.68, 0.55)], GLASS)
    c.polygon([(0.12, 0.62), (0.17, 0.55), (0.84, 0.55), (0.89, 0.63), (0.89, 0.75), (0.12, 0.75)],
              body)  # fmt: skip
    for x in (0.28, 0.73):
        c.circle((x, 0.75), 0.075, INK)
        c.circle((x, 0.75), 0.038, (200, 204, 202))


def _tyres(c: Canvas) -> None:
    c.gradient((214, 226, 236), (240, 244, 246))
    c.rect(0, 0.78, 1, 1, (228, 234, 236))
    for x, y, r in ((0.3, 0.55, 0.2), (0.68, 0.5, 0.24)):
        c.circle((x, y), r, INK)
        c.circle((x, y), r * 0.86, (66, 72, 70))
        c.circle((x, y), r * 0.6, (188, 196, 198))
        c.circle((x, y), r * 0.18, (90, 98, 100))
    for x, y in ((0.1, 0.15), (0.5, 0.1), (0.88, 0.2), (0.2, 0.3), (0.92, 0.66), (0.5, 0.9)):
        c.circle((x, y), 0.014, WHITE)


def _sofa(c: Canvas) -> None:
    c.gradient((236, 226, 212), (226, 214, 198))
    c.rect(0, 0.76, 1, 1, (176, 146, 116))
    c.rect(0.64, 0.12, 0.86, 0.36, (214, 190, 160))
    c.rect(0.66, 0.145, 0.84, 0.335, (132, 160, 150))
    back: Colour = (92, 122, 128)
    c.rect(0.14, 0.42, 0.86, 0.72, back)
    c.rect(0.1, 0.5, 0.2, 0.78, (78, 106, 112))
    c.rect(0.8, 0.5, 0.9, 0.78, (78, 106, 112))
    for left in (0.21, 0.405, 0.6):
        c.rect(left, 0.58, left + 0.185, 0.72, (112, 144, 148))
    c.polygon([(0.25, 0.5), (0.35, 0.46), (0.38, 0.58), (0.28, 0.6)], (222, 168, 98))
    for x in (0.14, 0.84):
        c.rect(x, 0.78, x + 0.02, 0.84, INK)


def _flat(c: Canvas) -> None:
    c.gradient((168, 200, 222), (226, 236, 236))
    c.rect(0, 0.84, 1, 1, (142, 170, 138))
    c.rect(0.06, 0.4, 0.34, 0.84, (206, 190, 172))
    c.rect(0.3, 0.16, 0.74, 0.84, (226, 212, 190))
    c.rect(0.7, 0.34, 0.96, 0.84, (196, 178, 160))
    for column in range(4):
        for row in range(5):
            left, top = 0.345 + column * 0.095, 0.22 + row * 0.12
            lit: Colour = (246, 214, 140) if (column + row * 3) % 4 == 0 else (120, 150, 166)
            c.rect(left, top, left + 0.055, top + 0.075, lit)


def _kitchen(c: Canvas) -> None:
    c.gradient((238, 236, 230), (230, 228, 220))
    c.rect(0, 0.84, 1, 1, (190, 168, 142))
    for left in (0.06, 0.29, 0.52, 0.75):
        c.rect(left, 0.1, left + 0.2, 0.36, (126, 156, 138))
        c.rect(left, 0.58, left + 0.2, 0.86, (104, 136, 118))
        c.rect(left + 0.08, 0.32, left + 0.12, 0.33, (232, 222, 196))
        c.rect(left + 0.08, 0.62, left + 0.12, 0.63, (232, 222, 196))
    c.rect(0.04, 0.53, 0.97, 0.58, (222, 206, 178))
    c.rect(0.33, 0.46, 0.46, 0.53, (84, 90, 88))
    c.circle((0.68, 0.48), 0.03, (214, 130, 84))


def _policy(c: Canvas) -> None:
    c.gradient((222, 232, 244), (238, 242, 246))
    c.polygon([(0.32, 0.16), (0.7, 0.16), (0.7, 0.88), (0.32, 0.88)], (206, 214, 222))
    c.polygon([(0.3, 0.13), (0.68, 0.13), (0.68, 0.85), (0.3, 0.85)], WHITE)
    for top in (0.24, 0.31, 0.38):
        c.rect(0.35, top, 0.62, top + 0.022, (196, 206, 214))
    shield = [(0.49, 0.44), (0.6, 0.49), (0.59, 0.63), (0.49, 0.75), (0.39, 0.63), (0.38, 0.49)]
    c.polygon(shield, (58, 118, 176))
    c.polygon([(0.44, 0.585), (0.48, 0.63), (0.56, 0.53), (0.545, 0.51), (0.48, 0.595),
               (0.455, 0.565)], WHITE)  # fmt: skip


def _workshop(c: Canvas) -> None:
    c.gradient((86, 98, 108), (120, 132, 140))
    c.rect(0, 0.8, 1, 1, (70, 76, 80))
    c.rect(0.1, 0.16, 0.9, 0.24, (222, 156, 62))
    for left in (0.14, 0.78):
        c.rect(left, 0.24, left + 0.06, 0.8, (172, 60, 52))
    c.polygon([(0.3, 0.46), (0.38, 0.34), (0.62, 0.34), (0.7, 0.46)], (206, 214, 218))
    c.rect(0.22, 0.45, 0.78, 0.58, (206, 214, 218))
    c.rect(0.16, 0.62, 0.84, 0.655, (222, 156, 62))
    for x in (0.34, 0.66):
        c.circle((x, 0.585), 0.05, INK)


def _phone(c: Canvas) -> None:
    c.gradient((232, 226, 238), (246, 240, 240))
    c.rect(0, 0.82, 1, 1, (220, 210, 222))
    c.rect(0.38, 0.12, 0.62, 0.88, INK)
    c.rect(0.392, 0.14, 0.608, 0.86, (92, 84, 168))
    c.ellipse((0.5, 0.44), (0.1, 0.2), (142, 128, 214))
    c.ellipse((0.5, 0.7), (0.09, 0.12), (214, 148, 176))
    c.rect(0.46, 0.15, 0.54, 0.18, INK)


def _cot(c: Canvas) -> None:
    c.gradient((246, 236, 220), (240, 226, 214))
    c.rect(0, 0.8, 1, 1, (206, 184, 158))
    wood: Colour = (190, 142, 98)
    c.rect(0.18, 0.58, 0.82, 0.68, WHITE)
    for x in (0.16, 0.82):
        c.rect(x, 0.28, x + 0.03, 0.86, wood)
    c.rect(0.16, 0.36, 0.85, 0.4, wood)
    c.rect(0.16, 0.7, 0.85, 0.75, wood)
    for step in range(1, 9):
        left = 0.17 + step * 0.075
        c.rect(left, 0.4, left + 0.014, 0.7, (206, 162, 118))
    c.circle((0.7, 0.18), 0.04, (236, 190, 96))


def _photo(c: Canvas) -> None:
    """What a buyer "photographed": a landscape."""
    c.gradient((246, 202, 158), (250, 232, 206))
    c.circle((0.72, 0.32), 0.07, (252, 246, 222))
    c.polygon([(0, 0.6), (0.22, 0.36), (0.46, 0.62), (0.66, 0.42), (1, 0.66), (1, 1), (0, 1)],
              (126, 152, 150))  # fmt: skip
    c.polygon([(0, 0.76), (0.3, 0.64), (0.6, 0.78), (1, 0.68), (1, 1), (0, 1)], (84, 118, 104))


SCENES: dict[str, Callable[[Canvas], None]] = {
    "car": _car,
    "tyres": _tyres,
    "sofa": _sofa,
    "flat": _flat,
    "kitchen": _kitchen,
    "policy": _policy,
    "workshop": _workshop,
    "phone": _phone,
    "cot": _cot,
}

AVATAR_COLOURS: tuple[Colour, ...] = (
    (124, 143, 176),
    (176, 136, 124),
    (138, 124, 176),
    (124, 176, 154),
    (176, 162, 124),
    (109, 154, 133),
    (176, 124, 156),
    (124, 166, 176),
    (31, 111, 84),
)


@lru_cache(maxsize=256)
def scene(name: str, width: int, height: int) -> bytes:
    draw = SCENES.get(name, _photo)
    canvas = Canvas(width, height)
    draw(canvas)
    return canvas.png()


@lru_cache(maxsize=256)
def avatar(number: int, size: int) -> bytes:
    edge = min(size, 256)
    colour = AVATAR_COLOURS[number % len(AVATAR_COLOURS)]
    canvas = Canvas(edge, edge)
    canvas.gradient(colour, colour)
    light: Colour = (
        min(255, colour[0] + 72),
        min(255, colour[1] + 72),
        min(255, colour[2] + 72),
    )
    canvas.circle((0.5, 0.4), 0.18, light)
    canvas.ellipse((0.5, 0.95), (0.34, 0.32), light)
    return canvas.png()


def media_type_of(data: bytes) -> str | None:
    """One of the five formats that Avito takes, by the first bytes."""
    for start, media_type in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"BM", "image/bmp"),
    ):
        if data.startswith(start):
            return media_type
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"hevc"}:
        return "image/heic"
    return None


def pixels_of(data: bytes) -> int:
    """Width by height; 0 for HEIC, which hides it deeper."""
    width = height = 0
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
    elif data.startswith(b"GIF8") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
    elif data.startswith(b"BM") and len(data) >= 26:
        width, height = struct.unpack("<ii", data[18:26])
    elif data.startswith(b"\xff\xd8\xff"):
        try:
            with Image.open(BytesIO(data), formats=["JPEG"]) as opened:
                width, height = opened.size
        except (OSError, SyntaxError):
            return 0
    return abs(int(width) * int(height))
