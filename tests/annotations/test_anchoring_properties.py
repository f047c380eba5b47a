"""What holds of every text, quote and change."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st

from monitor.annotations.anchoring import Folded, Position, Quote, Revision, Selector, anchor, same_words
from monitor.annotations.anchoring.folding import narrow

WORDS = [
    "the",
    "army",
    "of",
    "Oman",
    "Amman",
    "said",
    "12",
    "in",
    "café",
    "İzmir",
    "oﬃce",
    "\U0001f30a",
    "-",
    "“no”",
    "\n\n",
    "re-\nsign",
    "قال",
    "代表",
]
prose = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
texts = prose | anything


@dataclass(frozen=True)
class Marked:
    text: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        return self.text[self.start : self.end]

    @property
    def selector(self) -> Selector:
        before, after = self.text[max(0, self.start - 32) : self.start], self.text[self.end : self.end + 32]
        return Selector(Quote(self.quote, before, after), Position(self.start, self.end))


@st.composite
def marked(draw: st.DrawFn) -> Marked:
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return Marked(text, start, draw(st.integers(start + 1, len(text))))


@given(marked())
def test_anchor_on_the_same_text_is_the_identity(mark: Marked) -> None:
    assume(mark.quote.strip())
    placed = anchor(mark.selector, Revision(Folded(mark.text), Folded(mark.text)))
    assert (placed.status, placed.start, placed.end, placed.score) == ("exact", mark.start, mark.end, 1.0)


@given(marked(), texts, st.data())
def test_anchor_of_a_passage_follows_an_insertion_elsewhere(mark: Marked, put: str, data: st.DataObject) -> None:
    assume(mark.quote.strip())
    place = data.draw(st.integers(0, mark.start) | st.integers(mark.end, len(mark.text)))
    # At the very edge, or joined to what stands there, it would make other words of it.
    new = f"{mark.text[:place]} {put} {mark.text[place:]}"
    shift = len(put) + 2 if place <= mark.start else 0
    revision = Revision(Folded(new), Folded(mark.text))
    assume(revision.new.ends_letter(mark.start + shift) and revision.new.ends_letter(mark.end + shift))
    placed = anchor(mark.selector, revision)
    assert placed.status == "exact"
    assert placed.start is not None
    assert placed.end is not None
    assert same_words(new[placed.start : placed.end], mark.quote)
    if narrow(mark.text).count(narrow(mark.quote)) == narrow(new).count(narrow(mark.quote)) == 1:
        assert (placed.start, placed.end) == (mark.start + shift, mark.end + shift)


@given(
    st.builds(Quote, texts, texts, texts) | st.none(),
    st.builds(Position, st.integers(-3, 80), st.integers(-3, 80)) | st.none(),
    texts,
    texts | st.none(),
)
def test_anchor_is_exact_only_for_the_same_words_and_always_inside_the_text(
    quote: Quote | None, position: Position | None, new: str, old: str | None
) -> None:
    revision = Revision(Folded(new), None if old is None else Folded(old))
    placed = anchor(Selector(quote, position), revision)
    assert placed == anchor(Selector(quote, position), Revision(Folded(new), None if old is None else Folded(old)))
    assert 0 <= placed.score <= 1
    for place in (*placed.choices, *([placed.candidate] if placed.candidate else [])):
        assert 0 <= place.start < place.end <= len(new)
    if placed.start is None or placed.end is None:
        assert (placed.status, placed.start, placed.end) == ("orphan", None, None)
        return
    assert 0 <= placed.start < placed.end <= len(new)
    wanted = quote.exact if quote is not None else None
    if wanted is None and old is not None and position is not None:
        wanted = old[position.start : position.end]
    assert (placed.status == "exact") == (wanted is not None and same_words(wanted, new[placed.start : placed.end]))


@given(marked(), texts)
def test_anchor_without_the_old_text_never_calls_other_words_exact(mark: Marked, new: str) -> None:
    placed = anchor(mark.selector, Revision(Folded(new)))
    if placed.status == "exact":
        assert placed.start is not None
        assert placed.end is not None
        assert narrow(new[placed.start : placed.end]).replace("-", "") == narrow(mark.quote).replace(
            "-", ""
        ) or "\u00ad" in narrow(mark.quote + new)


@given(marked())
def test_anchor_again_on_its_own_result_changes_nothing(mark: Marked) -> None:
    new = f"First. {mark.text} Last."
    placed = anchor(mark.selector, Revision(Folded(new), Folded(mark.text)))
    assume(placed.start is not None and placed.end is not None)
    assert placed.start is not None
    assert placed.end is not None
    again = Marked(new, placed.start, placed.end)
    twice = anchor(again.selector, Revision(Folded(new), Folded(new)))
    assert (twice.status, twice.start, twice.end) == ("exact", placed.start, placed.end)


@given(st.lists(marked(), min_size=2, max_size=2), texts)
def test_anchor_keeps_the_order_of_passages_where_only_an_insertion_was_made(pair: list[Marked], put: str) -> None:
    text = pair[0].text
    assume(pair[1].start < len(text))
    other = Marked(text, pair[1].start, min(pair[1].end, len(text)))
    marks = sorted([pair[0], other], key=lambda mark: (mark.start, mark.end))
    assume(all(mark.quote.strip() for mark in marks))
    revision = Revision(Folded(f"{put}\n\n{text}"), Folded(text))
    assume(all(revision.new.ends_letter(at + len(put) + 2) for mark in marks for at in (mark.start, mark.end)))
    first, second = (anchor(mark.selector, revision) for mark in marks)
    assert first.start is not None
    assert second.start is not None
    assert first.start <= second.start


@given(texts, texts)
def test_fold_maps_every_letter_back_into_the_text_in_order(text: str, more: str) -> None:
    for fold in (Folded(text + more).wide, Folded(text + more).narrow):
        assert len(fold.text) == len(fold.starts) == len(fold.ends)
        assert list(fold.starts) == sorted(fold.starts)
        assert all(start < end for start, end in zip(fold.starts, fold.ends, strict=True))
        assert not fold.ends or fold.ends[-1] <= len(text + more)


@given(texts, texts)
def test_equal_narrow_folds_have_equal_wide_folds(one: str, other: str) -> None:
    if same_words(one, other):
        assert Folded(one).wide.text == Folded(other).wide.text
    assert same_words(one, one)
    assert same_words(one, other) == same_words(other, one)
