"""What schemathesis cannot know of the API from its description: loaded by schemathesis.toml."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.hook
def before_load_schema(context: Any, raw_schema: dict[str, Any]) -> None:
    """Leave cursors out: a good one only comes from an answer, and any other is refused (tests/api/test_paging.py)."""
    for path in raw_schema["paths"].values():
        for operation in path.values():
            kept = [one for one in operation.get("parameters", ()) if one["name"] != "cursor"]
            operation["parameters"] = kept
