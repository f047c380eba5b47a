"""Other programs are installed from the package registry: `PEERS=yes make test ARGS=tests/bench` asks for that."""

from __future__ import annotations

import os

collect_ignore = [] if os.environ.get("PEERS") else ["test_peers_driven.py"]
