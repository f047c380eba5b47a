"""Where hits stand, and the stretches around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.search import compiled as c
from monitor.search import hit_places
from monitor.search.hit_places import Finder, Tokens, hits_in, joined, wanted_texts
from monitor.search.query_tree import Near, Phrase, Prefix, Word
from monitor.search.snippets import DOTS, LONGEST, snippet_of
from monitor.search.writings import expanded

TEXT = "The prison break in Kirkuk. Prisons were broken; a break\nwas made, in a prison, by al-Qaeda's men."


def hits(text: str, *nodes: Word | Prefix | Phrase | Near) -> list[str]:
    return [text[start:end] for start, end in hits_in(text, [expanded(node) for node in nodes])]


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (Word("prison"), ["prison", "Prisons", "prison"]),
        (Phrase(("prison", "break")), ["prison break"]),
        (Prefix("Kir"), ["Kirkuk"]),
        (Prefix("br"), ["break", "broken", "break"]),
        (Near(Word("break"), Word("made"), 2), ["break", "made"]),
        (Near(Word("made"), Word("break"), 2), ["break", "made"]),
        (Near(Word("break"), Word("Qaeda"), 2), []),
        (Word("Qaeda"), ["Qaeda's"]),
        (Word("absent"), []),
    ],
)
def test_what_a_leaf_finds_is_where_it_stands(node: Word | Prefix | Phrase | Near, found: list[str]) -> None:
    assert [one.removeprefix("al-") for one in hits(TEXT, node)] == found


def test_several_leaves_are_marked_together_and_neighbours_are_one_hit() -> None:
    assert hits(TEXT, Word("prison"), Word("break"), Word("Kirkuk")) == [
        "prison break", "Kirkuk", "Prisons", "break", "prison",
    ]  # fmt: skip
    assert hits("", Word("x")) == []
    assert joined("a\nb", [(0, 1), (2, 3)]) == [(0, 1), (2, 3)]


some_words = st.sampled_from(["prison", "prisons", "break", "al-Qaeda", "Qaeda", "PKK/KCK", "kck", "it's", "-", "U.S."])
some_sides = st.one_of(
    some_words.map(Word),
    st.sampled_from(["pri", "q", "=pri"]).map(Prefix),
    st.lists(some_words, min_size=2, max_size=3).map(lambda words: Phrase(tuple(words))),
)
some_nodes = st.one_of(some_sides, st.builds(Near, some_sides, some_sides, st.integers(1, 4)))


@settings(deadline=None)  # the machine may be busy
@given(st.lists(some_nodes, max_size=3), st.lists(st.tuples(some_words, st.sampled_from([" ", "  ", "\n\n"]))))
def test_passing_over_what_is_not_asked_for_finds_what_looking_at_every_word_finds(
    nodes: list[Word | Prefix | Phrase | Near], pieces: list[tuple[str, str]]
) -> None:
    text = "".join(word + blank for word, blank in pieces)
    wanted, tokens = [expanded(node) for node in nodes], Tokens(text)
    assert hits_in(text, wanted) == joined(text, sorted({span for words in wanted for span in tokens.spans(words)}))


def test_a_finder_remembers_no_more_words_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hit_places, "MOST_KEPT", 4)
    looking = Finder([expanded(Word("prison"))])
    assert [len(looking.hits(f"{TEXT} {word}")) for word in ("prison", "weir", "prisons")] == [4, 3, 4]
    assert len(looking.kept) <= 4


def test_what_speaks_against_an_article_is_no_hit() -> None:
    lamp, weir, gate = (c.Text(c.Words(((c.Lexeme(word),),))) for word in ("lamp", "weir", "gate"))
    passage = c.Annotated(c.And((c.Passage(gate.words), c.Tags((1,)))))
    tree = c.And((c.Or((lamp, c.Not(weir))), c.Not(c.Not(weir)), c.Choice(c.Facet.KIND, c.Kinds(("brief",))), passage))
    assert wanted_texts(tree) == [lamp, weir, gate]


TEXTS = st.text(st.sampled_from("ab \n.é"), min_size=1, max_size=900)


@given(TEXTS, st.data())
def test_a_snippet_is_short_a_part_of_the_text_and_holds_its_hit(text: str, data: st.DataObject) -> None:
    edges = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=12))))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    first = data.draw(st.integers(0, max(len(spans) - 1, 0)))
    shown = snippet_of(text, spans, first=first)
    body = [piece for piece in shown if piece.text != DOTS]
    assert "".join(piece.text for piece in body) in text
    if spans:
        start, end = spans[first]
        assert text[start:end] in [piece.text for piece in shown if piece.is_hit]
        assert sum(len(piece.text) for piece in body) <= max(LONGEST, end - start)
    assert all(piece.text for piece in shown)
    marked = [piece.text for piece in shown if piece.is_hit]
    assert len(marked) <= len(spans)


def test_a_snippet_begins_and_ends_between_words_and_says_what_it_leaves_out() -> None:
    text = " ".join(f"word{number}" for number in range(200))
    at = text.index("word100")
    shown = snippet_of(text, [(at, at + 7)])
    said = "".join(piece.text for piece in shown)
    assert said.startswith(DOTS + "word")
    assert said.endswith(DOTS)
    assert set(said.strip(DOTS).split()) <= set(text.split())
    assert [piece.text for piece in shown if piece.is_hit] == ["word100"]
