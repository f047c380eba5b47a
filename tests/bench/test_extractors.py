"""The comparison of extractors counts what they give, in a table for each way of finding paragraphs."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import SimpleDocTemplate, Spacer

from bench.extractors import extractors, misses, monitor_paragraphs, report, score
from bench.page_facts import PageFacts, letters_of, paragraph_facts

if TYPE_CHECKING:
    from pathlib import Path

FERRY = (
    "The ferry to Anvil Point left at noon, and nobody on the quay had seen the second boat. The harbour master, who"
    " had counted both in the morning, wrote one of them off before the tide turned and went home to his dinner."
)
TOLLS = (
    "Tolls on the upper river were raised twice in a single winter. The bargemen answered with a strike that lasted"
    " until the ice had gone, and then with a song about the minister, which outlived the tolls and the minister."
)
NEVER = "These words about lamp oil stand on no page of the file at all, and no honest extractor can find them there."


def printed() -> bytes:
    out, style = BytesIO(), getSampleStyleSheet()["BodyText"]
    story = [Printed(FERRY, style), Spacer(1, 12), Printed(TOLLS, style)]
    SimpleDocTemplate(out, title="Anvil").build(story)
    return out.getvalue()


def facts(data: bytes, way: str, *texts: str, furniture: tuple[str, ...] = ()) -> PageFacts:
    digest = hashlib.sha256(data).hexdigest()
    return PageFacts(digest, "made here", way, tuple(map(paragraph_facts, texts)), furniture)


def test_score_counts_the_paragraphs_that_come_out_whole_and_alone() -> None:
    data = printed()
    found = score(monitor_paragraphs, data, facts(data, "by eye", FERRY, TOLLS, NEVER))
    assert (found.whole, found.alone, found.furniture) == (2, 2, 0)


def test_score_does_not_call_paragraphs_alone_that_come_out_glued() -> None:
    data = printed()
    found = score(lambda _: [f"{FERRY} {TOLLS}"], data, facts(data, "by eye", FERRY, TOLLS))
    assert (found.whole, found.alone) == (2, 0)


def test_score_counts_every_running_head_that_is_left() -> None:
    data, head = printed(), "Anvil Letter 12"
    given = facts(data, "by eye", FERRY, furniture=(letters_of(head),))
    assert score(lambda _: [head, FERRY, head], data, given).furniture == 2


def test_report_has_a_table_for_each_way_and_names_files_without_facts(tmp_path: Path) -> None:
    data = printed()
    seen, proposed, strange = data, data + b"\n", data + b"\n\n"
    for name, content in (("a-seen", seen), ("b-proposed", proposed), ("c-strange", strange)):
        (tmp_path / f"{name}.pdf").write_bytes(content)
    given = (facts(seen, "by eye", FERRY, TOLLS), facts(proposed, "proposed", FERRY, NEVER))
    lines = list(report(tmp_path, {one.sha256: one for one in given}))
    rows = [line for line in lines if line.startswith(("| a-", "| b-", "| all", "\nParagraphs"))]
    assert [row.split("|")[1].strip() for row in rows if row.startswith("|")] == [
        "a-seen.pdf",
        "all",
        "b-proposed.pdf",
        "all",
    ]
    assert [row.split(":")[0] for row in rows if row.startswith("\n")] == [
        "\nParagraphs found by eye",
        "\nParagraphs found proposed",
    ]
    assert lines[-1] == "\nc-strange.pdf: no facts"
    assert all(len(row.split("|")) == len(extractors()) + 4 for row in rows if row.startswith("|"))


def test_misses_names_what_does_not_come_out_whole(tmp_path: Path) -> None:
    data = printed()
    (tmp_path / "anvil.pdf").write_bytes(data)
    given = facts(data, "by eye", FERRY, NEVER)
    assert list(misses(tmp_path, {given.sha256: given})) == [
        f"anvil.pdf: {letters_of(NEVER)[:20]}\u2026 ({len(letters_of(NEVER))} letters)"
    ]
