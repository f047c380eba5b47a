"""The peak memory of a process that reads a sample printed COPIES times over: `python -m bench.reading_memory COPIES WAY`.

WAY is `whole` for the whole reading, `bare` for text extraction alone. Prints the pages and the megabytes.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2

from bench.reading import SAMPLES, extract_text, read_issue


def printed_over(copies: int) -> tuple[int, bytes]:
    """Return the first sample as often as asked for in one file, and its number of pages."""
    source, target = pypdfium2.PdfDocument(SAMPLES[0]), pypdfium2.PdfDocument.new()
    for _ in range(copies):
        target.import_pages(source)
    kept = BytesIO()
    target.save(kept)
    return len(target), kept.getvalue()


def main(copies: str, way: str) -> None:
    pages, data = printed_over(int(copies))
    {"whole": read_issue, "bare": extract_text}[way](data)
    # Not by getrusage, whose peak is also that of whoever started this process.
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    print(pages, int(kilobytes) // 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
