"""What a picture tells of whoever took it goes no further than the workspace."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from papergen.model.picture_files import only_drawn
from tests.support.builds import REPOSITORY, built
from tests.support.orchard import FOLDER, MEETING, PAGE, Orchard

SECRET = b"Officer Jane"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _image() -> Image.Image:
    image = Image.new("RGB", (40, 30))
    image.putdata([(x * 6, y * 8, 99) for y in range(30) for x in range(40)])
    return image


def jpeg(**options: object) -> bytes:
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()  # artist
    exif[0x010F] = SECRET.decode()  # make
    exif.get_ifd(0x8825)[2] = (52.0, 11.0, 31.0)  # latitude
    out = io.BytesIO()
    _image().save(out, "JPEG", exif=exif, comment=SECRET, icc_profile=PROFILE, dpi=(96, 96), **options)
    data = out.getvalue()
    iptc = b"Photoshop 3.0\x00" + SECRET
    xmp = b"http://ns.adobe.com/xap/1.0/\x00<x>" + SECRET + b"</x>"
    for marker, content in ((0xED, iptc), (0xE1, xmp), (0xEC, SECRET), (0xEB, SECRET)):
        data = data[:2] + bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content + data[2:]
    return data + SECRET


def png(**options: object) -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET.decode())
    told.add_text("Comment", SECRET.decode(), zip=True)
    told.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    told.add(b"tIME", b"\x07\xe0\x02\x02\x0c\x00\x00")
    told.add(b"prVt", SECRET)
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    out = io.BytesIO()
    _image().save(out, "PNG", pnginfo=told, exif=exif, dpi=(96, 96), **options)
    return out.getvalue() + SECRET


EXAMPLES = {
    "jpeg": jpeg(),
    "progressive jpeg": jpeg(progressive=True),
    "jpeg with restarts": jpeg(restart_marker_blocks=1),
    "png": png(),
    "png with a profile": png(icc_profile=PROFILE),
}


@pytest.mark.parametrize("data", EXAMPLES.values(), ids=EXAMPLES)
def test_only_what_is_drawn_is_left(data: bytes) -> None:
    left = only_drawn(data)
    assert SECRET in data
    assert SECRET not in left
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(left))
    assert after.tobytes() == before.tobytes()
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert after.info.get("dpi") == before.info.get("dpi")
    assert not dict(after.getexif())
    assert SECRET.decode() not in str(after.info)
    assert only_drawn(left) == left


def test_the_name_of_a_colour_profile_is_nobodys() -> None:
    data = png(icc_profile=PROFILE).replace(b"ICC Profile", b"OfficerJane")
    assert b"OfficerJane" in data
    assert b"OfficerJane" not in only_drawn(data)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xff", b"GIF89a", jpeg()[:300]]
)
def test_what_is_cut_short_is_no_fault(data: bytes) -> None:
    assert isinstance(only_drawn(data), bytes)


def test_pictures_without_such_things_stay_as_they_are() -> None:
    for path in (REPOSITORY / "papergen" / "starter").rglob("*.png"):
        assert Image.open(io.BytesIO(only_drawn(path.read_bytes()))).size


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["jpeg", "png"])
def test_no_paper_hands_it_out(kind: str, tmp_path: Path) -> None:
    Orchard(tmp_path)
    (tmp_path / FOLDER / "images" / f"map.{kind}").write_bytes(EXAMPLES[kind])
    page = tmp_path / PAGE
    page.write_text(f"{page.read_text(encoding='utf-8')}\n![A map](images/map.{kind})\n", encoding="utf-8")
    done = built(tmp_path, MEETING)
    assert {"panel-report.html", "panel-report.docx", "panel-report.pdf"} <= done.files.keys() or done.files
    for name in done.files:
        data = done.data(name)
        assert SECRET not in data
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert all(SECRET not in archive.read(each) for each in archive.namelist())
