"""Regions of turned and straightened pages, back on the page as it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.ingest.document import Article, Block, IssueDocument, IssueFacts, Note, Region
from monitor.ingest.scans.region_frames import ReadingFrame, as_drawn

BOX = (100.0, 200.0, 300.0, 250.0)


def document() -> IssueDocument:
    article = Article(
        "article",
        "Salt",
        blocks=(Block("para", "Salt rose.", regions=(Region(1, BOX), Region(2, BOX))),),
        notes=(Note(1, "Interview.", regions=(Region(2, BOX),)),),
    )
    return IssueDocument(IssueFacts("Letter", page_sizes=((600, 800), (800, 600))), articles=(article,))


def test_only_the_pages_that_were_turned_change() -> None:
    drawn = as_drawn(document(), {2: ReadingFrame(800, 600, 90)})
    (article,) = drawn.articles
    # Turned by 90 degrees clockwise the left edge was up: what stood 200 from the top had been 200 from the left.
    back = (200.0, 500.0, 250.0, 700.0)
    assert [region.bbox for region in article.blocks[0].regions] == [BOX, back]
    assert [region.bbox for region in article.notes[0].regions] == [back]
    assert drawn.issue.page_sizes == ((600, 800), (600, 800))


def test_nothing_changes_without_turned_pages() -> None:
    assert as_drawn(document(), {}) == document()


@pytest.mark.parametrize(
    ("turn", "box"),
    [
        (0, BOX),
        (90, (200.0, 500.0, 250.0, 700.0)),
        (180, (500.0, 350.0, 700.0, 400.0)),
        (270, (350.0, 100.0, 400.0, 300.0)),
    ],
)
def test_quarter_turns_lead_back(turn: int, box: tuple[float, ...]) -> None:
    assert ReadingFrame(800, 600, turn).on_page(BOX) == box


def test_a_box_on_a_page_askew_grows_to_hold_the_text_that_falls() -> None:
    # The middle is (400, 300); 0.02 a point: the left end stands 6 points higher, the right end 2 points.
    assert ReadingFrame(800, 600, 0, 0.02).on_page(BOX) == (101.0, 194.0, 302.0, 248.0)


@given(
    st.floats(-0.3, 0.3),
    st.sampled_from([0, 90, 180, 270]),
    st.tuples(st.floats(0, 800), st.floats(0, 600), st.floats(0, 800), st.floats(0, 600)),
)
def test_a_region_never_leaves_the_page(slope: float, turn: int, corners: tuple[float, float, float, float]) -> None:
    frame = ReadingFrame(800, 600, turn, slope)
    box = (min(corners[::2]), min(corners[1::2]), max(corners[::2]), max(corners[1::2]))
    x0, top, x1, bottom = frame.on_page(box)
    width, height = frame.size
    assert 0 <= x0 <= width
    assert 0 <= x1 <= width
    assert 0 <= top <= height
    assert 0 <= bottom <= height
