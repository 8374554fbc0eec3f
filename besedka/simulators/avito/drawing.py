"""A small PNG painter, so that the simulator has pictures without an image library."""

import math
import struct
import zlib
from collections.abc import Sequence

Colour = tuple[int, int, int]
Point = tuple[float, float]


# Each row is painted as four thinner ones and averaged at the end, which smooths flat edges;
# steep edges are smoothed where a span begins and ends. Both are cheap enough to paint on request.
FINENESS = 4


class Canvas:
    """Coordinates are fractions of the width and height, so one drawing fits every size."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height * FINENESS
        self.rows = [bytearray(width * 3) for _ in range(self.height)]

    def gradient(self, top: Colour, bottom: Colour, start: float = 0, end: float = 1) -> None:
        first, last = int(start * self.height), max(int(end * self.height), 1)
        for y in range(first, last):
            share = (y - first) / max(1, last - first - 1)
            colour = bytes(int(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
            self.rows[y][:] = colour * self.width

    def _span(self, y: int, left: float, right: float, colour: bytes) -> None:
        left, right = max(0.0, left), min(float(self.width), right)
        if right <= left:
            return
        row = self.rows[y]
        first, last = math.ceil(left), math.floor(right)
        if last > first:
            row[first * 3 : last * 3] = colour * (last - first)
        if first > left:
            _blend(row, first - 1, colour, first - left)
        if right > last:
            _blend(row, last, colour, right - last)

    def ellipse(self, centre: Point, radii: Point, colour: Colour) -> None:
        cx, cy = centre[0] * self.width, centre[1] * self.height
        rx, ry = radii[0] * self.width, radii[1] * self.height
        paint = bytes(colour)
        for y in range(max(0, int(cy - ry)), min(self.height, int(cy + ry) + 1)):
            inside = 1 - ((y + 0.5 - cy) / ry) ** 2
            if inside > 0:
                half = rx * math.sqrt(inside)
                self._span(y, cx - half, cx + half, paint)

    def circle(self, centre: Point, radius: float, colour: Colour) -> None:
        """`radius` is a fraction of the width."""
        self.ellipse(centre, (radius, radius * self.width * FINENESS / self.height), colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        corners = [(x * self.width, y * self.height) for x, y in points]
        paint = bytes(colour)
        top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        for y in range(max(0, int(top)), min(self.height, int(bottom) + 1)):
            level = y + 0.5
            crossings = sorted(
                x0 + (level - y0) * (x1 - x0) / (y1 - y0)
                for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True)
                if (y0 <= level) != (y1 <= level)
            )
            for left, right in zip(crossings[::2], crossings[1::2], strict=False):
                self._span(y, left, right, paint)

    def rect(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def png(self) -> bytes:
        rows = [bytes(row) for row in self.rows]
        while len(rows) * FINENESS > self.height:
            rows = [_mean(*pair) for pair in zip(rows[::2], rows[1::2], strict=True)]
        raw = b"".join(b"\x00" + row for row in rows)
        header = struct.pack(">IIBBBBB", self.width, len(rows), 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _blend(row: bytearray, x: int, colour: bytes, share: float) -> None:
    for channel in range(3):
        at = x * 3 + channel
        row[at] = int(row[at] + (colour[channel] - row[at]) * share)


def _mean(upper: bytes, lower: bytes) -> bytes:
    """The mean of two rows, all bytes at once: shared bits plus half of the differing ones."""
    a, b = int.from_bytes(upper), int.from_bytes(lower)
    halves = int.from_bytes(b"\xfe" * len(upper))
    return ((a & b) + (((a ^ b) & halves) >> 1)).to_bytes(len(upper))
