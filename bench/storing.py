"""Storing read issues, against the reading they follow and against COPY of the same rows: `python -m bench storing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.own_site import print_report, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def report() -> Iterator[str]:
    return report_of("bench.storing")


if __name__ == "__main__":
    print_report("bench.storing_measures", durable=True)
