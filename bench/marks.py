"""An article with 2,000 annotations in Chromium: `python -m bench marks`, or `python -m bench.marks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.own_site import print_report, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def report() -> Iterator[str]:
    return report_of("bench.marks")


if __name__ == "__main__":
    print_report("bench.mark_measures")
