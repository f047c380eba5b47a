"""What holds of every answer, whatever the text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.entities.gazetteer import Surface
from monitor.entities.recognising.compiled import compile_gazetteer
from monitor.entities.recognising.document import Document, Piece, Recognised
from monitor.entities.recognising.lexicon import english
from monitor.entities.recognising.recogniser import recognise
from tests.entities.recognising.making import compiled, gazetteer, read, regions

PARTS = st.sampled_from(
    [
        "the Islamic State",
        "IS",
        "ADF",
        "Iraq",
        "Iraq's military",
        "Kirkuk",
        "Washington",
        "Lake Chad",
        "al-Qaeda",
        "Al-Kadhimi",
        "Mustafa al-Kadhimi",
        "President",
        "Komadugu Vigilance League",
        "(KVL)",
        "(ADF)",
        "Ambazonia Defence Forces",
        "said",
        "of",
        "and",
        "in",
        "fighters",
        ", or",
        ". The",
        ".\n\n",
        "Diyarbakır",
        "Tigray’s",
        "Côte d'Ivoire",
        "U.S.",
        "1st Army Corps",
        "–",
        "é",
        "ʿ",
        "\xad",
        "\u200b",
        "Bakura has",
        "known as",
        "Georgia",
        "Operation",
        "0",
    ]
)
TEXTS = st.lists(PARTS, max_size=40).map(" ".join)
ANYTHING = st.one_of(TEXTS, st.text(max_size=300))


def checked(answer: Recognised, pieces: tuple[Piece, ...]) -> None:
    texts = {(piece.where, piece.note): piece.text for piece in pieces}
    for mention in (*answer.mentions, *answer.weak):
        printed = texts[mention.where, mention.note]
        assert 0 <= mention.start < mention.end <= len(printed)
        assert printed[mention.start : mention.end] == mention.text
        assert mention.name
        assert 0 <= mention.score <= 1
        assert mention.entity is not None or mention.status == "suggested"
    for kind in ("actor", "region"):
        for where in texts:
            spans = [one for one in answer.mentions if one.kind == kind and (one.where, one.note) == where]
            for before, after in pairwise(spans):
                assert before.end <= after.start


@settings(max_examples=30)
@given(ANYTHING, ANYTHING, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=4))
def test_mentions_are_verbatim_sorted_and_disjoint_whatever_the_text(
    body: str, note: str, pairs: list[tuple[int, int]]
) -> None:
    zones = tuple((min(pair), max(pair)) for pair in pairs)
    pieces = (Piece("body", body, zones=zones), Piece("title", body[:60]), Piece("note", note, note=3))
    answer = recognise(Document(pieces, "2022-01-28"), compiled(), english())
    checked(answer, pieces)
    for mention in answer.mentions:
        if mention.where == "body":
            assert not any(max(start, mention.start) < min(end, mention.end) for start, end in zones)
    assert recognise(Document(pieces, "2022-01-28"), compiled(), english()) == answer


@settings(max_examples=8)
@given(TEXTS)
def test_another_gazetteer_of_the_same_rows_finds_the_same(text: str) -> None:
    rows = gazetteer()
    turned = compile_gazetteer(
        type(rows)(
            rows.actors[::-1],
            rows.regions[::-1],
            rows.surfaces[::-1],
            rows.demonyms,
            rows.region_stop_words,
            rows.head_nouns,
        )
    )
    assert turned.hash == compiled().hash
    assert read(text, using=turned) == read(text)


@settings(max_examples=8)
@given(TEXTS)
def test_a_surface_added_and_taken_away_restores_the_mentions(text: str) -> None:
    before = read(text)
    more = compile_gazetteer(
        gazetteer(Surface("Komadugu Vigilance League", "fano", "actor"), Surface("Tigray", "UG", "region"))
    )
    read(text, using=more)
    assert read(text, using=compile_gazetteer(gazetteer())) == before


def test_an_added_surface_is_found() -> None:
    more = compile_gazetteer(gazetteer(Surface("Luhaiban", "IQ-KI", "region")))
    assert regions("In Iraq, men held Luhaiban", using=more) == [("Iraq", "IQ"), ("Luhaiban", "IQ-KI")]


def test_nothing_is_found_in_nothing() -> None:
    assert read("") == Recognised((), (), ())
    assert recognise(Document(()), compiled(), english()) == Recognised((), (), ())


def test_a_mention_says_in_which_piece_it_stands() -> None:
    pieces = (Piece("body", "In Iraq."), Piece("title", "Mali"), Piece("note", "See Syria.", note=4))
    found = recognise(Document(pieces), compiled(), english()).mentions
    assert [(one.entity, one.where, one.note, one.start) for one in found] == [
        ("IQ", "body", None, 3),
        ("ML", "title", None, 0),
        ("SY", "note", 4, 4),
    ]


def test_a_person_of_the_text_is_found_in_the_title_too() -> None:
    found = read("Then Mustafa al-Kadhimi spoke.", title="Al-Kadhimi Speaks").mentions
    assert [(one.where, one.name) for one in found] == [("body", "Mustafa al-Kadhimi"), ("title", "Mustafa al-Kadhimi")]


def test_an_unknown_name_is_told_with_its_neighbours() -> None:
    (mention,) = read("Last year the Lords Resistence Army fled").mentions
    assert mention.entity is None
    assert mention.candidates[0][0] == "lra"


def _salient(answer: Recognised) -> list[tuple[str | None, int, int, bool, bool]]:
    return [(one.entity, one.n, one.parts, one.in_title, one.about) for one in answer.about]


def test_about_weighs_the_title_the_beginning_and_the_spread() -> None:
    body = "Iraq. " + "word " * 300 + "Mali. " + "word " * 300 + "Mali."
    assert _salient(read(body, title="Syria")) == [
        ("SY", 1, 1, True, True),
        ("ML", 2, 2, False, True),
        ("IQ", 1, 1, False, True),
    ]


def test_about_leaves_persons_and_the_rarely_named_out() -> None:
    body = "Iraq and the Islamic State, Mustafa al-Kadhimi. " * 12 + "Mali."
    assert _salient(read(body)) == [
        ("islamic-state", 12, 8, False, True),
        ("IQ", 12, 8, False, True),
        ("ML", 1, 1, False, False),
    ]


def test_what_one_passage_names_must_be_named_more() -> None:
    body = "Iraq. " * 12 + "word " * 400 + "Mali, Mali, Mali. " + "word " * 300 + "Syria. " + "word " * 60 + "Syria."
    found = {one.entity: (one.share >= 0.12, one.about) for one in read(body).about}
    assert found == {"IQ": (True, True), "ML": (True, False), "SY": (False, False)}


def test_a_capital_that_acts_counts_for_its_country() -> None:
    found = read("Islamabad was confident. Islamabad said so. Men in Islamabad left.").about
    assert [(one.entity, one.n) for one in found] == [("PK", 2), ("gn1176615", 1)]


def test_weak_evidence_never_counts() -> None:
    assert read("Pakistani men, Turkish men").about == ()
