"""One process of `bench.archive_bulk.index_in_bulk`: `python -m bench.archive_indexing FIRST LAST`, keys of articles."""

from __future__ import annotations

import importlib
import sys

if __name__ == "__main__":
    importlib.import_module("django").setup()  # the settings come with the environment
    # The models can be imported only now.
    importlib.import_module("bench.archive_bulk").index_between(*map(int, sys.argv[1:]))
