"""Annotations made through the site at once by many: `python -m bench creating`, or `python -m bench.creating`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.own_site import print_report, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def report() -> Iterator[str]:
    return report_of("bench.creating")


if __name__ == "__main__":
    print_report("bench.creating_measures", durable=True)
