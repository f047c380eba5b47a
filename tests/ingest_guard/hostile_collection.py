"""Every hostile file there is, and how reading it may end.

`python tests/ingest_guard/hostile_collection.py FOLDER 200` writes all of them, reads and draws each in a guarded
child, then does so with 200 spoilt copies of every sample, and tells how they ended.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from monitor.ingest.guard.drawing import drawn_pages
from monitor.ingest.guard.limits import Limits
from monitor.ingest.guard.pictures import Drawing
from monitor.ingest.guard.sandbox import read_guarded
from monitor.ingest.refusals import Refusal
from tests.ingest_guard import (
    hostile,
    hostile_contents,
    hostile_fonts,
    hostile_pictures,
    hostile_structure,
)
from tests.ingest_guard.hostile import Hostile
from tests.ingest_guard.raw_pdf import sound_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

READ = frozenset({"read"})
# What a damaged file may be called; what is said of files at sight, or of text files, is not among it.
CALLED = frozenset(
    [
        "read",
        "damaged",
        "no_pages",
        "no_text",
        "needs_ocr",
        "nested_too_deeply",
        "too_slow",
        "too_much_memory",
        "too_much_text",
        "too_many_pages",
        "too_many_characters",
        "unreadable_pages",
        "fonts_hide_text",
        "rotated_text",
    ]
)
LOCKED = frozenset({"locked", "unknown_encryption", "damaged"})
# Nothing is wrong with these but what a reader of text need not look at, or can go round: the text must be there.
HARMLESS = [
    "xref_stream_sound",
    "xref_stream_index",
    "start_beyond_end",
    "start_before_begin",
    "xref_count",
    "trailer_size",
    "count_lies",
    "count_negative",
    "kids_itself_as_list",
    "parent_ring",
    "labels_of_large_numbers",
    "deep_dictionaries",
    "length_negative",
    "two_files_in_one",
    "text_of_odd_sizes",
    "matrices_beyond_all_numbers",
    "dashes_tiny",
    "lines_thick",
    "inline_picture_enormous",
    "pattern_of_itself",
    "pattern_of_dust",
    "shading_of_nonsense",
    "function_of_samples",
    "function_of_itself",
    "function_of_braces",
    "mask_of_itself",
    "forms_ring",
    "resources_ring",
    "optional_content_ring",
    "annotations_drawn",
    "picture_of_zeros",
    "jpeg_claims",
    "jpx_claims",
    "jbig2_claims",
    "font_is_nothing",
    "codes_beyond_all",
    "widths_of_words",
    "names_of_nonsense",
    "file_of_noise",
    "file_of_noise_compact",
    "outline_of_itself",
    "fonts_a_thousand",
]
NOT_FILES = {"page_with", "page_showing", "with_font", "xref_stream_pdf"}
TRUNCATED = tuple(range(1, 10))  # tenths that are left
SEEDS = range(12)


def _made_in(module: ModuleType) -> Iterable[Hostile]:
    """Yield a file for each function of a module that makes one."""
    for name, make in vars(module).items():
        ours = getattr(make, "__module__", "") == module.__name__ and not name.startswith("_")
        if ours and callable(make) and name not in NOT_FILES:
            ends = READ if name in HARMLESS else LOCKED if name.startswith(("locked", "encrypt")) else CALLED
            if name == "encrypt_ring":
                ends = CALLED
            yield Hostile(f"{name.replace('_', ' ')}.pdf", make, ends)


def spoilt(data: bytes, seed: int) -> bytes:
    """Return `data` with a few bytes of it changed, and with one seed always the same ones."""
    dice = random.Random(seed)  # noqa: S311 (the same files every time)
    out = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)


def cut(data: bytes, tenths: int) -> bytes:
    """Return the first tenths of `data`."""
    return data[: len(data) * tenths // 10]


def _cut_and_spoilt() -> Iterable[Hostile]:
    sources: dict[str, Callable[[], bytes]] = {"sound": sound_pdf, "newer": hostile_structure.xref_stream_sound}
    for name, make in sources.items():
        for tenths in TRUNCATED:
            yield Hostile(f"{name} cut at {tenths} tenths.pdf", lambda m=make, t=tenths: cut(m(), t), CALLED)  # type: ignore[misc]
    for seed in SEEDS:
        name, make = list(sources.items())[seed % 2]
        ends = CALLED | LOCKED
        yield Hostile(f"{name} spoilt by {seed}.pdf", lambda m=make, s=seed: spoilt(m(), s), ends)  # type: ignore[misc]


STRUCTURE, CONTENTS = tuple(_made_in(hostile_structure)), tuple(_made_in(hostile_contents))
PICTURES, FONTS = tuple(_made_in(hostile_pictures)), tuple(_made_in(hostile_fonts))
BROKEN = tuple(_cut_and_spoilt())
PDFS = hostile.PDFS + STRUCTURE + CONTENTS + PICTURES + FONTS + BROKEN


def write_all(folder: Path) -> None:
    """Write every hostile file into `folder`."""
    hostile.main(folder)
    for file in PDFS:
        (folder / file.name).write_bytes(file.make())


def how_it_ends(path: Path, limits: Limits) -> tuple[str, str]:
    """Return how reading and drawing a file end: `read` or the refusal's code; `drawn`, `partly` or its code."""
    try:
        read_guarded(path, name=path.name, limits=limits)
        read = "read"
    except Refusal as refusal:
        read = refusal.code
    try:
        with closing(drawn_pages(path, drawings=[Drawing("webp", width=200)], limits=limits)) as pages:
            drawn = "partly" if any(page.failure for page in pages) else "drawn"
    except Refusal as refusal:
        drawn = refusal.code
    return read, drawn


def main(folder: Path, copies: int) -> None:
    """Write, read and draw the collection, and `copies` spoilt copies of every sample; tell how each ended."""
    write_all(folder)
    small = Limits(cpu_seconds=2, memory_megabytes=400, pages=200)
    for file in PDFS:
        sys.stdout.write(f"{file.name}: {', '.join(how_it_ends(folder / file.name, small))}\n")
    ended: Counter[tuple[str, str]] = Counter()
    for sample in sorted(Path(__file__).resolve().parents[2].glob("samples/*.pdf")):
        for seed in range(copies):
            path = folder / "spoilt copy.pdf"
            path.write_bytes(spoilt(sample.read_bytes(), seed))
            ended[how_it_ends(path, Limits())] += 1
    for (read, drawn), count in ended.most_common():
        sys.stdout.write(f"{count:6} {read}, {drawn}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
