"""An alias edit in an archive of a hundred thousand articles: `python -m bench retagging`, or `python -m bench.retagging`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.own_site import print_report, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def report() -> Iterator[str]:
    return report_of("bench.retagging")


if __name__ == "__main__":
    print_report("bench.retagging_measures", durable=True)
