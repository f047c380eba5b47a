"""Lists of annotations as the API gives them: `python -m bench api`, or `python -m bench.api_lists`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.own_site import print_report, report_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def report() -> Iterator[str]:
    return report_of("bench.api_lists")


if __name__ == "__main__":
    print_report("bench.api_list_measures")
