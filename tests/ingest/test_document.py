from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.document import Article, Block, block_offsets, canonical_text


def article(*texts: str) -> Article:
    return Article("article", "Salt", blocks=tuple(Block("para", text) for text in texts))


def test_canonical_text_parts_blocks_by_a_blank_line() -> None:
    assert canonical_text(article("It fell.", "The Price", "It rose.")) == "It fell.\n\nThe Price\n\nIt rose."
    assert block_offsets(article("It fell.", "The Price", "It rose.")) == [0, 10, 21]
    assert (canonical_text(article()), block_offsets(article())) == ("", [])


@given(st.lists(st.text(max_size=20), max_size=6))
def test_every_block_stands_at_its_offset(texts: list[str]) -> None:
    whole = canonical_text(article(*texts))

    for text, at in zip(texts, block_offsets(article(*texts)), strict=True):
        assert whole[at : at + len(text)] == text
