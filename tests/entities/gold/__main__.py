"""Our own gold: `python -m tests.entities.gold build` makes it, `… open` and `… sealed` hold the recogniser to it."""

from __future__ import annotations

import argparse

from tests.entities.gold.aligning import not_accepted
from tests.entities.gold.building import HALVES, build
from tests.entities.gold.measuring import NothingToMeasureError, measure


def main() -> None:
    """Do what was asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.entities.gold", description=__doc__)
    parser.add_argument("what", choices=["build", *HALVES])
    parser.add_argument("--verbose", action="store_true", help="name every error")
    parser.add_argument(
        "--ids", action="store_true", help="name actors of the gazetteer that may be missing in `accept`"
    )
    asked = parser.parse_args()
    if asked.what == "build":
        for half in HALVES:
            build(half)
        return
    if asked.ids:
        print(*not_accepted(asked.what), sep="\n")
        return
    try:
        measure(asked.what, verbose=asked.verbose)
    except NothingToMeasureError as reason:
        print(f"nothing measured: {reason}")


if __name__ == "__main__":
    main()
