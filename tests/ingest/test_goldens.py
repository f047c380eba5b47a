"""The invented issues against their golden JSON. `python -m tests.ingest.test_goldens` writes the JSON anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from monitor.ingest.reading import read_text_issue
from monitor.ingest.serialising import from_json, to_json
from tests.ingest.invented_issue import BORDER, BRIEF, BULLETIN, DISPATCH, LEDGER, REVIEW, TESK, UPLAND

if TYPE_CHECKING:
    from pathlib import Path

ISSUES = (TESK, LEDGER, BULLETIN, REVIEW, DISPATCH, BRIEF, BORDER, UPLAND)


def golden_of(issue: Path) -> Path:
    return issue.with_suffix(".json")


def as_data(issue: Path) -> Any:
    return json.loads(json.dumps(to_json(read_text_issue(issue.read_bytes()))))


@pytest.mark.parametrize("issue", ISSUES, ids=lambda path: path.name)
def test_issue_reads_as_its_golden_json(issue: Path) -> None:
    assert as_data(issue) == json.loads(golden_of(issue).read_text("utf-8"))


@pytest.mark.parametrize("issue", ISSUES, ids=lambda path: path.name)
def test_golden_json_is_a_valid_document(issue: Path) -> None:
    document = from_json(json.loads(golden_of(issue).read_text("utf-8")))

    assert document == read_text_issue(issue.read_bytes())


def write() -> None:
    """Write the golden JSON of every issue; look at the difference before committing it."""
    for issue in ISSUES:
        lines = json.dumps(as_data(issue), ensure_ascii=False, indent=1)
        golden_of(issue).write_text(lines + "\n", "utf-8")


if __name__ == "__main__":
    write()
