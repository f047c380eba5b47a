"""Pages drawn by the guarded child: the frame, the sizes, and what a page that cannot be drawn costs."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from monitor.ingest.guard import drawing as drawing_module
from monitor.ingest.guard.drawing import drawn_pages
from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.one_child import ROOT
from monitor.ingest.guard.pictures import Drawing
from monitor.ingest.pdf.door import PdfFile
from monitor.ingest.refusals import Refusal
from tests.ingest_guard.hostile import rotate_ring, too_many_pages, unknown_encryption
from tests.ingest_guard.memory import children
from tests.ingest_guard.page_frames import framed_pages, frames
from tests.ingest_guard.raw_pdf import objects, sound_pdf, stream, write_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monitor.ingest.guard.pictures import DrawnPage, Picture

SMALL = Limits(cpu_seconds=2, memory_megabytes=400, pages=300)
TWO = (Drawing("webp", width=360), Drawing("webp", width=1400))
QUICK = replace(SMALL, cpu_seconds=0.4)
TINY = (Drawing("png", width=40),)
FINE = (Drawing("png", width=900),)


def drawn(
    data: bytes,
    folder: Path,
    *,
    drawings: Sequence[Drawing] = TINY,
    pages: Sequence[int] | None = None,
    limits: Limits = SMALL,
) -> list[DrawnPage]:
    path = folder / "issue.pdf"
    path.write_bytes(data)
    return list(drawn_pages(path, drawings=drawings, limits=limits, pages=pages))


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def page_of(contents: bytes, *, media: bytes = b"[0 0 612 792]") -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox " + media + b" /Contents 4 0 R /Resources << >> >>"
    return write_pdf(objects(o3=page, o4=stream(contents)))


def deadly_pages(*deadly: int, count: int = 5) -> bytes:
    """Return pages of which some are painted by ten thousand sines for each dot: drawing those takes minutes."""
    numbers = range(100, 100 + count)
    bodies = objects(
        o2=b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % n for n in numbers) + b"] /Count %d >>" % count,
        o6=stream(b"/S sh"),
        o7=b"<< /ShadingType 1 /ColorSpace /DeviceGray /Domain [0 612 0 792] /Function 8 0 R >>",
        o8=stream(b"{ pop " + b"sin cos " * 5_000 + b"}", b"/FunctionType 4 /Domain [0 612 0 792] /Range [0 1] "),
    )
    for at, number in enumerate(numbers, 1):
        contents = b"/Contents 6 0 R /Resources << /Shading << /S 7 0 R >> >>" if at in deadly else b"/Contents 4 0 R"
        bodies[number] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] " + contents + b" >>"
    return write_pdf(bodies)


def test_a_picture_shows_things_where_the_regions_say(tmp_path: Path) -> None:
    """Of every page the black box, read as a region of the text's frame, is where the picture is black."""
    data, names = framed_pages(), [*frames(), b"inherited"]
    printed = list(PdfFile(data, Limits()).pages())
    wrong = []
    for page in drawn(data, tmp_path, drawings=[Drawing("pgm", width=400, gray=True)]):
        read, picture = printed[page.number - 1], page.pictures[0]
        (box,) = read.boxes
        across, down = picture.width / read.width, picture.height / read.height
        expected = (box.x0 * across, box.top * down, box.x1 * across, box.bottom * down)
        black = opened(picture).point(lambda value: 255 if value < 128 else 0).getbbox()
        if black is None or any(abs(is_ - should) > 1 for is_, should in zip(black, expected, strict=True)):
            wrong.append((names[page.number - 1], black, expected))
    assert (wrong, len(printed)) == ([], len(names))


def test_pages_are_drawn_in_order_at_every_size_asked_for(tmp_path: Path) -> None:
    pages = drawn(too_many_pages(3), tmp_path, drawings=TWO)
    assert [(page.number, page.total, page.failure) for page in pages] == [(1, 3, ""), (2, 3, ""), (3, 3, "")]
    for page in pages:
        assert [(picture.width, picture.height) for picture in page.pictures] == [(360, 466), (1400, 1812)]
        assert [opened(picture).format for picture in page.pictures] == ["WEBP", "WEBP"]
        assert [opened(picture).size for picture in page.pictures] == [(360, 466), (1400, 1812)]


def test_only_the_pages_asked_for_are_drawn(tmp_path: Path) -> None:
    assert [page.number for page in drawn(too_many_pages(9), tmp_path, pages=[7, 2, 7, 99, 0])] == [2, 7]
    assert drawn(too_many_pages(9), tmp_path, pages=[]) == []


@pytest.mark.parametrize(
    ("drawing", "format_", "mode", "size"),
    [
        (Drawing("pgm", dpi=300, gray=True), "PPM", "L", (2550, 3300)),
        (Drawing("pgm", dpi=36), "PPM", "RGB", (306, 396)),
        (Drawing("png", dpi=36, gray=True), "PNG", "L", (306, 396)),
        (Drawing("webp", width=100), "WEBP", "RGB", (100, 130)),
    ],
)
def test_a_drawing_has_the_form_asked_for(
    drawing: Drawing, format_: str, mode: str, size: tuple[int, int], tmp_path: Path
) -> None:
    (page,) = drawn(sound_pdf(), tmp_path, drawings=[drawing])
    picture = opened(page.pictures[0])
    assert (picture.format, picture.mode, picture.size) == (format_, mode, size)


def test_gray_and_colour_of_one_page_come_from_one_run(tmp_path: Path) -> None:
    data = page_of(b"1 0 0 rg 0 0 612 792 re f")
    (page,) = drawn(data, tmp_path, drawings=[Drawing("png", width=40, gray=True), Drawing("png", width=80)])
    gray, colour = (opened(picture).getpixel((20, 20)) for picture in page.pictures)
    assert (gray, colour) == (76, (255, 0, 0))


def test_a_page_drawn_twice_is_the_same_bytes(tmp_path: Path) -> None:
    assert drawn(sound_pdf(), tmp_path, drawings=TWO) == drawn(sound_pdf(), tmp_path, drawings=TWO)


@pytest.mark.parametrize("media", [b"[0 0 14400 14400]", b"[0 0 1 14400]", b"[0 0 14400 1]", b"[0 0 100000 3]"])
def test_an_enormous_page_is_drawn_smaller(media: bytes, tmp_path: Path) -> None:
    limits = replace(SMALL, pixels=1_000_000)
    (page,) = drawn(page_of(b"", media=media), tmp_path, drawings=[Drawing("webp", dpi=300)], limits=limits)
    (picture,) = page.pictures
    assert picture.width * picture.height <= 1_002_000
    assert min(picture.width, picture.height) >= 1
    assert max(picture.width, picture.height) <= 16_383
    assert opened(picture).size == (picture.width, picture.height)


def test_a_page_that_never_ends_costs_itself_alone(tmp_path: Path) -> None:
    pages = drawn(deadly_pages(2), tmp_path, drawings=FINE, limits=QUICK)
    assert [bool(page.pictures) for page in pages] == [True, False, True, True, True]
    assert pages[1].failure == "Page 2 cannot be drawn: it takes more than 0.4 seconds of computing."
    assert children() == []


def test_after_three_deaths_the_rest_is_not_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing_module, "MOST_DEATHS", 1)
    pages = drawn(deadly_pages(2), tmp_path, drawings=FINE, pages=[1, 2, 4, 5], limits=QUICK)
    assert [(page.number, bool(page.pictures)) for page in pages] == [(1, True), (2, False), (4, False), (5, False)]
    assert [page.failure.startswith("Page 4 was not drawn") for page in pages] == [False, False, True, False]


def test_a_damaged_page_is_told_by_the_child_that_goes_on(tmp_path: Path) -> None:
    bodies = objects(o2=b"<< /Type /Pages /Kids [3 0 R 77 0 R 6 0 R] /Count 3 >>", o6=objects()[3])
    pages = drawn(write_pdf(bodies), tmp_path)
    assert [(page.number, page.failure) for page in pages] == [
        (1, ""),
        (2, "Page 2 is damaged and cannot be drawn."),
        (3, ""),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing", "damaged"),
        (unknown_encryption(), "unknown_encryption"),
        (too_many_pages(301), "too_many_pages"),
        (b"<html>", "not_a_pdf"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        drawn(data, tmp_path)
    assert refused.value.code == code


def test_a_text_has_no_pages_to_draw(tmp_path: Path) -> None:
    path = tmp_path / "issue.txt"
    path.write_text("Words.", encoding="utf-8")
    with pytest.raises(Refusal, match="It is not a PDF: only its pages can be drawn"):
        next(drawn_pages(path, drawings=TINY, limits=SMALL))


def test_leaving_early_ends_the_child(tmp_path: Path) -> None:
    path = tmp_path / "issue.pdf"
    path.write_bytes(too_many_pages(200))
    with closing(drawn_pages(path, drawings=TWO, limits=SMALL)) as pages:
        assert next(pages).number == 1
        assert len(children()) == 1
    assert children() == []


def test_what_hurts_the_reader_need_not_hurt_the_drawer(tmp_path: Path) -> None:
    """A ring of references for /Rotate: pdfminer follows it for ever, pdfium draws the page upright."""
    (page,) = drawn(rotate_ring(), tmp_path)
    assert (page.pictures[0].width, page.pictures[0].height) == (40, 52)


PEAK = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    "import resource\n"
    "from pathlib import Path\n"
    "from monitor.ingest.guard.limits import Limits\n"
    "from monitor.ingest.guard.pdfium import PageDrawer\n"
    "from monitor.ingest.guard.pictures import Drawing\n"
    "drawer = PageDrawer(Path(sys.argv[1]).read_bytes(), Limits())\n"
    "for number in range(1, len(drawer) + 1):\n"
    "    sizes = [len(p.data) for p in drawer.pictures(number, [Drawing('pgm', width=700)])]\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
)


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    peaks = []
    for count in (5, 100):
        path = tmp_path / f"{count}.pdf"
        path.write_bytes(too_many_pages(count))
        done = subprocess.run(
            [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True, env=dict(os.environ)
        )
        peaks.append(int(done.stdout))
    assert peaks[1] - peaks[0] < 4 * 1024  # kilobytes, for 95 pages more
