from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from papergen import codes
from papergen.diagnostics import Code, Diagnostics, Span
from papergen.model.nodes import Picture
from papergen.read.picture import load_picture
from papergen.world import World

FOLDER = "content/2016-02-02"
AT = Span(f"{FOLDER}/report/01-a.md", 3, 1)

Load = Callable[[str], tuple[Picture | None, list[str]]]


def picture_bytes(format: str = "PNG", size: tuple[int, int] = (6, 4), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#1F3864").save(buffer, format, **options)
    return buffer.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels, and holds none."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / FOLDER / "images"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def load(tmp_path: Path, images: Path) -> Load:
    def load(target: str) -> tuple[Picture | None, list[str]]:
        diagnostics = Diagnostics()
        found = load_picture(World(tmp_path, diagnostics), FOLDER, target, AT)
        assert all(problem.at == AT and problem.hint for problem in diagnostics)
        return found, [problem.code.id for problem in diagnostics]

    return load


@pytest.mark.parametrize(("format", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_knows_its_format_and_size(load: Load, images: Path, format: str, media_type: str) -> None:
    data = picture_bytes(format)
    (images / "map.png").write_bytes(data)

    found, problems = load("images/map.png")

    assert problems == []
    assert found is not None
    assert (found.path, found.media_type, found.data) == (f"{FOLDER}/images/map.png", media_type, data)
    assert (found.pixel_width, found.pixel_height) == (6, 4)


@pytest.mark.parametrize("target", ["images/the map.png", "images/the%20map.png", "./images/../images/the map.png"])
def test_a_name_may_hold_spaces(load: Load, images: Path, target: str) -> None:
    (images / "the map.png").write_bytes(picture_bytes())

    found, problems = load(target)

    assert problems == []
    assert found is not None
    assert found.path == f"{FOLDER}/images/the map.png"


def test_a_leading_slash_begins_in_content(load: Load, images: Path) -> None:
    (images.parent.parent / "crest.png").write_bytes(picture_bytes())

    found, problems = load("/crest.png")

    assert problems == []
    assert found is not None
    assert found.path == "content/crest.png"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("images/mpa.png", codes.PICTURE_MISSING),
        ("images", codes.PICTURE_MISSING),
        ("", codes.PICTURE_MISSING),
        ("images\\map.png", codes.PICTURE_MISSING),
        ("a\0b.png", codes.PICTURE_MISSING),
        ("images/" + "x" * 300 + ".png", codes.PICTURE_MISSING),
        ("images/" * 2000, codes.PICTURE_MISSING),
        ("https://example.org/map.png", codes.PICTURE_ADDRESS),
        ("//example.org/map.png", codes.PICTURE_ADDRESS),
        ("file:///etc/passwd", codes.PICTURE_ADDRESS),
        ("data:image/png;base64,AAAA", codes.PICTURE_ADDRESS),
        ("C:\\map.png", codes.PICTURE_ADDRESS),
        ("../../../outside.png", codes.FILE_OUTSIDE),
        ("/../../outside.png", codes.FILE_OUTSIDE),
    ],
)
def test_a_picture_that_is_not_there(load: Load, images: Path, target: str, code: Code) -> None:
    (images / "map.png").write_bytes(picture_bytes())

    assert load(target) == (None, [code.id])


def test_the_near_match_is_named(tmp_path: Path, images: Path) -> None:
    (images / "map.png").write_bytes(picture_bytes())
    diagnostics = Diagnostics()

    load_picture(World(tmp_path, diagnostics), FOLDER, "images/mpa.png", AT)

    assert [problem.hint for problem in diagnostics] == ["Did you mean “images/map.png”?"]


def test_a_link_that_leads_out_of_the_workspace(load: Load, images: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.png"
    outside.write_bytes(picture_bytes())
    (images / "map.png").symlink_to(outside)

    assert load("images/map.png") == (None, [codes.FILE_OUTSIDE.id])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"words",
        b"\x89PNG\r\n\x1a\n",
        picture_bytes()[:60],
        picture_bytes("JPEG")[:300],
        picture_bytes("GIF"),
        picture_bytes("TIFF"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png_of_size(10, 10),
        png_of_size(0, 10),
    ],
)
def test_a_file_that_is_no_picture(load: Load, images: Path, data: bytes) -> None:
    (images / "map.png").write_bytes(data)

    assert load("images/map.png") == (None, [codes.PICTURE_UNREADABLE.id])


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_with_too_many_pixels_is_not_unpacked(load: Load, images: Path, size: tuple[int, int]) -> None:
    (images / "map.png").write_bytes(png_of_size(*size))

    assert load("images/map.png") == (None, [codes.PICTURE_TOO_LARGE.id])


def test_a_picture_with_16_bits_a_shade(load: Load, images: Path) -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (8, 8)).save(buffer, "PNG")
    (images / "map.png").write_bytes(buffer.getvalue())

    assert load("images/map.png") == (None, [codes.PICTURE_UNREADABLE.id])


def test_a_picture_cut_short_is_refused_whatever_other_libraries_allow(
    load: Load, images: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (images / "map.png").write_bytes(png_of_size(10, 10))

    assert load("images/map.png") == (None, [codes.PICTURE_UNREADABLE.id])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_a_picture_stored_on_its_side(load: Load, images: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (images / "map.jpg").write_bytes(picture_bytes("JPEG", exif=exif))

    assert load("images/map.jpg") == (None, [codes.PICTURE_UNREADABLE.id])


WHOLE = [picture_bytes("PNG", (9, 7)), picture_bytes("JPEG", (9, 7))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=st.sampled_from(WHOLE), at=st.integers(0, 400), byte=st.integers(0, 255), cut=st.integers(0, 500))
def test_a_damaged_picture_is_read_or_refused(
    load: Load, images: Path, whole: bytes, at: int, byte: int, cut: int
) -> None:
    data = bytearray(whole)
    data[at % len(data)] = byte
    (images / "map.png").write_bytes(bytes(data[: max(1, len(data) - cut)] if cut < 250 else data))

    found, problems = load("images/map.png")

    assert (found is None) == bool(problems)
