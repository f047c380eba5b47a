"""How long pages take, how many queries, how much a browser fetches: `python -m bench pages`, or `python -m bench.pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.own_site import print_report, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def report() -> Iterator[str]:
    return report_of("bench.pages")


if __name__ == "__main__":
    print_report("bench.page_measures")
