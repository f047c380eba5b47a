from __future__ import annotations

import pytest

from monitor.ingest.document import Origin
from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.pieces import Piece, Style
from monitor.ingest.text_file.breaks import joined_over_breaks


@pytest.mark.parametrize(
    ("halves", "seen", "whole"),
    [
        (["the salt", "roads"], "", "the salt roads"),
        (["the salt roads"], "", "the salt roads"),
        (["the river-", "borne men"], "river-borne now", "the river-borne men"),
        (["the govern-", "ment"], "the government now", "the government"),
        (["the govern-", "ment"], "", "the government"),
        (["the karva-", "nian men"], "", "the karva-nian men"),
        (["see https://example.org/a-", "b. It"], "", "see https://example.org/a-b. It"),
        (["the Counter-", "Smuggling men"], "", "the Counter-Smuggling men"),
        (["the quay/", "harbor"], "", "the quay/harbor"),
        (["the salt -", "roads"], "", "the salt - roads"),
        (["a", "b", "c-", "d"], "c-d now", "a b c-d"),
    ],
)
def test_joined_over_breaks_puts_halves_together(halves: list[str], seen: str, whole: str) -> None:
    assert joined_over_breaks([Piece(text, ()) for text in halves], vocabulary([seen])).text == whole


def test_joined_over_breaks_follows_the_patterns_in_print_only() -> None:
    halves = [Piece(text, (), style=Style(10)) for text in ("the karva-", "nian")]

    assert joined_over_breaks(halves, vocabulary([])).text == "the karvanian"


def test_joined_over_breaks_keeps_the_origin_without_the_hyphen() -> None:
    halves = [Piece("govern-", (), origin=(Origin(0, 10, 7),)), Piece("ment", (), origin=(Origin(0, 30, 4),))]

    whole = joined_over_breaks(halves, vocabulary(["government now"]))

    assert whole.origin == (Origin(0, 10, 6), Origin(6, 30, 4))
