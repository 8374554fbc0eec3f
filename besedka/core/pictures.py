"""Pictures that people bring: told by their content, made safe, upright and of a sane size.

Whatever comes in, only what we have drawn anew goes on: no metadata that tells where a photograph
was taken, no second file hidden behind the first. The colours are those of sRGB, so that no profile
needs to go along.
"""

import asyncio
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from besedka.core.errors import AppError

MAX_BYTES = 24 * 2**20
"""Of a picture as it is brought."""
MAX_PIXELS = 75_000_000
LONGEST_SIDE = 2048
PREVIEW_SIDE = 640
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
_QUALITY = 88
_HEIC = (b"heic", b"heix", b"heif", b"mif1", b"hevc")
_AVIF = (b"avif", b"avis")
_COLOURED = ("RGB", "RGBA", "P")
_RESIZABLE = ("L", "LA", "RGB", "RGBA")
_SRGB = ImageCms.createProfile("sRGB")
# We look at the size ourselves, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None
# One at a time: a picture may take hundreds of megabytes while it is open.
_drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")


class PictureRefused(AppError):
    status = 422


class PictureTooLarge(PictureRefused):
    code = "picture_too_large"
    status = 413
    title = f"Картинка больше {MAX_BYTES // 2**20} МБ"

    def __init__(self) -> None:
        super().__init__("Уменьшите её и приложите снова.")


class NotAPicture(PictureRefused):
    code = "not_a_picture"
    title = "Это не картинка"

    def __init__(self) -> None:
        super().__init__("Подойдут JPEG, PNG, GIF, BMP или WEBP.")


class PictureUnsupported(PictureRefused):
    code = "picture_unsupported"
    title = "Картинку в таком формате прочитать нельзя"

    def __init__(self, kind: str) -> None:
        super().__init__(f"Это {kind}. Сохраните её как JPEG и приложите снова.")


class PictureDamaged(PictureRefused):
    code = "picture_damaged"
    title = "Картинка повреждена"

    def __init__(self) -> None:
        super().__init__("Откройте её на своём устройстве, сохраните заново и приложите снова.")


class TooManyPixels(PictureRefused):
    code = "too_many_pixels"
    title = "В картинке слишком много точек"

    def __init__(self) -> None:
        super().__init__(f"Уменьшите её до {MAX_PIXELS // 10**6} мегапикселей и приложите снова.")


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    preview: bytes
    """The same, small enough for a list."""
    media_type: str
    """Of both: image/jpeg or image/png."""
    width: int
    height: int

    @property
    def preview_size(self) -> tuple[int, int]:
        return fitted(self.width, self.height, PREVIEW_SIDE)


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """The size of a picture whose longest side is at most `side`."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


async def take_picture(file: BinaryIO) -> Picture:
    """Raises PictureRefused."""
    return await asyncio.get_running_loop().run_in_executor(_drawing, redraw, file)


def redraw(file: BinaryIO) -> Picture:
    try:
        with Image.open(file, formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise TooManyPixels
            return _redrawn(opened)
    except UnidentifiedImageError as error:
        raise _unreadable(file) from error
    # Damaged files make the decoders fail in every way there is.
    except (OSError, ValueError, SyntaxError, LookupError, TypeError, struct.error) as error:
        raise PictureDamaged from error


def _unreadable(file: BinaryIO) -> PictureRefused:
    file.seek(0)
    head = file.read(12)
    if head[4:8] == b"ftyp" and head[8:12] in _AVIF:
        return PictureUnsupported("AVIF")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return PictureUnsupported("HEIC")
    return NotAPicture()


def _redrawn(opened: Image.Image) -> Picture:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG alone heeds it
    is_photograph = opened.format not in {"PNG", "GIF"}
    profile = opened.info.get("icc_profile") if opened.mode in _COLOURED else None
    has_alpha = opened.has_transparency_data
    mode = "RGBA" if has_alpha else "RGB"
    drawn = opened if opened.mode in _RESIZABLE else opened.convert(mode)
    # Smaller before it is turned: the largest step costs the least memory first.
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    drawn = _upright(drawn).convert(mode)
    if profile:
        drawn = _in_srgb(drawn, profile)
    small = drawn.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    as_jpeg = is_photograph and not has_alpha
    return Picture(
        data=_encoded(drawn, as_jpeg=as_jpeg),
        preview=_encoded(small, as_jpeg=as_jpeg),
        media_type="image/jpeg" if as_jpeg else "image/png",
        width=drawn.width,
        height=drawn.height,
    )


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, LookupError, TypeError, struct.error):
        return image  # only what is said about the picture is damaged


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, own, _SRGB, outputMode=image.mode)
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that nothing can be made of: as if it had none
    return changed or image


def _encoded(image: Image.Image, *, as_jpeg: bool) -> bytes:
    out = BytesIO()
    image.info = {}  # where and with what it was taken would be written along
    if as_jpeg:
        image.save(out, "JPEG", quality=_QUALITY, progressive=True)
    else:
        image.save(out, "PNG")
    return out.getvalue()
