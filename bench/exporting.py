"""Annotations as CSV, a hundred thousand rows of them: `python -m bench exporting`, or `python -m bench.exporting`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.own_site import print_report, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def report() -> Iterator[str]:
    return report_of("bench.exporting")


if __name__ == "__main__":
    print_report("bench.exporting_measures")
