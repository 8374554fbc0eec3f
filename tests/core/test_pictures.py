"""What goes on of a picture that somebody brought."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from besedka.core import pictures
from besedka.core.pictures import PictureRefused, fitted, redraw
from tests.factories import picture

ORIENTATION, MAKER, PLACE = 0x0112, 0x010F, 0x8825


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("BMP", "RGB", "image/jpeg"),
        ("WEBP", "RGB", "image/jpeg"),
        ("WEBP", "RGBA", "image/png"),
        ("PNG", "RGBA", "image/png"),
        ("PNG", "P", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("GIF", "P", "image/png"),
    ],
)
def test_every_usual_kind_becomes_one_that_each_channel_takes(
    kind: str, mode: str, media_type: str
) -> None:
    taken = redraw(BytesIO(picture(kind, (300, 200), mode)))

    assert (taken.media_type, taken.width, taken.height) == (media_type, 300, 200)
    for data in (taken.data, taken.preview):
        with Image.open(BytesIO(data)) as drawn:
            assert (Image.MIME[drawn.format or ""], drawn.size) == (media_type, (300, 200))


def test_a_photograph_is_turned_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    facts = Image.Exif()
    facts[ORIENTATION], facts[MAKER] = 6, "Phone"
    facts.get_ifd(PLACE)[1] = "N"
    brought = picture("JPEG", (400, 300), exif=facts, comment=b"secret")

    taken = redraw(BytesIO(brought))

    assert (taken.width, taken.height) == (300, 400)
    with Image.open(BytesIO(taken.data)) as drawn:
        assert dict(drawn.getexif()) == {}
        assert "comment" not in drawn.info


def swapped_profile() -> bytes:
    """A profile whose first colour is the second: of D50 with the columns of sRGB exchanged."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"xXYZ").replace(b"gXYZ", b"rXYZ").replace(b"xXYZ", b"gXYZ")


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P")])
def test_colours_of_another_profile_are_shown_alike_and_the_profile_goes_nowhere(
    kind: str, mode: str
) -> None:
    out = BytesIO()
    Image.new("RGB", (40, 30), (250, 10, 10)).convert(mode).save(
        out, kind, icc_profile=swapped_profile(), quality=100
    )

    taken = redraw(BytesIO(out.getvalue()))

    for data in (taken.data, taken.preview):
        with Image.open(BytesIO(data)) as drawn:
            assert "icc_profile" not in drawn.info
            red, green, _ = drawn.convert("RGB").tobytes()[:3]
            assert (red < 60, green > 200) == (True, True)


def test_a_profile_that_is_none_changes_nothing() -> None:
    taken = redraw(BytesIO(picture("PNG", icc_profile=b"where I live")))

    assert taken.width == 40
    assert b"where I live" not in taken.data


def test_who_brings_an_unreadable_format_is_told_which_it_is() -> None:
    for brand, kind in ((b"avif", "AVIF"), (b"heic", "HEIC")):
        with pytest.raises(PictureRefused, match=kind):
            redraw(BytesIO(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1"))


def test_a_large_picture_is_made_smaller_and_its_preview_smaller_still() -> None:
    taken = redraw(BytesIO(picture("JPEG", (4000, 3000))))

    assert (taken.width, taken.height) == (2048, 1536)
    with Image.open(BytesIO(taken.preview)) as preview:
        assert preview.size == fitted(taken.width, taken.height, 640) == (640, 480)


def test_what_hides_behind_a_picture_is_left_behind() -> None:
    taken = redraw(BytesIO(picture("PNG") + b"<script>alert(1)</script>"))

    assert b"script" not in taken.data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_picture"),
        (b"%PDF-1.7", "not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "picture_unsupported"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "picture_unsupported"),
        (picture("JPEG", (200, 200))[:300], "picture_damaged"),
        (picture("PNG", (200, 200))[:60], "picture_damaged"),
        (picture("PNG", (9000, 9000), "1"), "too_many_pixels"),
    ],
)
def test_what_is_no_sound_picture_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        redraw(BytesIO(data))

    assert (refused.value.code, refused.value.status) == (code, 422)
    assert refused.value.detail


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = picture("PNG", (12_000, 12_000), "1")
    assert len(bomb) < 100_000

    with pytest.raises(pictures.TooManyPixels):
        redraw(BytesIO(bomb))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # the library says so aloud
def test_damaged_words_about_a_picture_do_not_keep_it_out() -> None:
    whole = picture("JPEG", (60, 40), exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff broken")

    assert redraw(BytesIO(whole)).width == 60
