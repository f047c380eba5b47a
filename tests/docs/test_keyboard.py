"""The table of keys says what the key map says."""

from __future__ import annotations

import re
from pathlib import Path

from monitor.accounts.key_map import ACTS
from monitor.web.keys import caps_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "keyboard.md"
ROW = re.compile(r"^\| (\w+) \| `([\w-]+)` \| (\S+(?: \S)?) \| ([^|]+) \|$", re.MULTILINE)


def test_table_lists_every_act_with_its_usual_key() -> None:
    wanted = [(act.context, act.name, " ".join(caps_of(act.stroke)), act.does) for act in ACTS]
    assert ROW.findall(PAGE.read_text(encoding="utf-8")) == wanted
