from __future__ import annotations

from dataclasses import replace

from monitor.ingest.document import Region
from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.periodicals import DEFAULT
from monitor.ingest.pieces import Piece, Style
from monitor.ingest.structure.drafts import UNTITLED, Draft, Stretch, drafts, stretches, untitled
from monitor.ingest.structure.paragraphs import Setting
from monitor.ingest.structure.starts import Start
from monitor.ingest.structure.styles import Body

PLAIN = Setting(vocabulary([]), Body(None))
FALL, RISE = "The town of Lorr fell in the spring.", "It rose again in the autumn."
BIO = "Lene Orvik is a fellow of Quay House."


def pieces(*texts: str) -> tuple[Piece, ...]:
    return tuple(Piece(text, (text,)) for text in texts)


def read(*texts: str, byline: str = "Lene Orvik") -> list[Draft]:
    return list(drafts(Stretch(pieces("Salt Roads"), pieces(byline)[0], pieces(*texts)), DEFAULT, PLAIN, []))


def paragraphs(draft: Draft) -> list[str]:
    return [paragraph.piece.text for paragraph in draft.paragraphs]


def test_drafts_parts_body_biography_and_notes() -> None:
    (draft,) = read(FALL, RISE, BIO, "Notes", "[1] a.")

    assert (draft.title, draft.authors) == ("Salt Roads", ("Lene Orvik",))
    assert paragraphs(draft) == [FALL, RISE]
    assert [bio.text for bio in draft.bios] == [BIO]
    assert [(note.n, note.piece.text) for note in draft.notes] == [(1, "a.")]


def test_drafts_keeps_a_sentence_about_an_author_inside_the_text() -> None:
    (draft,) = read(FALL, "Lene Orvik is the first to say so.", RISE)

    assert paragraphs(draft) == [FALL, "Lene Orvik is the first to say so.", RISE]
    assert draft.bios == ()


def test_drafts_keeps_upright_text_that_begins_with_the_author_above_a_biography_in_italics() -> None:
    upright, slanted = Style(10.0, bold=False, italic=False), Style(10.0, bold=False, italic=True)
    text = [replace(one, style=upright) for one in pieces(FALL, "Lene Orvik has the last word in Lorr.")]
    bio = replace(pieces(BIO)[0], style=slanted)
    setting = Setting(vocabulary([]), Body(10.0))

    (draft,) = drafts(Stretch(pieces("Salt Roads"), pieces("Lene Orvik")[0], (*text, bio)), DEFAULT, setting, [])

    assert paragraphs(draft) == [one.text for one in text]
    assert [one.text for one in draft.bios] == [BIO]


def test_drafts_takes_two_biographies_and_what_goes_on_them() -> None:
    other = "Dora Heesen writes for the Post."

    (draft,) = read(FALL, BIO, "She has written two books.", other, byline="Lene Orvik and Dora Heesen")

    assert [bio.text for bio in draft.bios] == [BIO, "She has written two books.", other]
    assert paragraphs(draft) == [FALL]


def test_drafts_takes_a_biography_after_the_notes() -> None:
    (draft,) = read(FALL, "Notes", "[1] a.", BIO)

    assert [bio.text for bio in draft.bios] == [BIO]


def test_drafts_drops_the_heading_over_a_biography() -> None:
    (draft,) = read(FALL, "About the Author", BIO)

    assert paragraphs(draft) == [FALL]
    assert draft.left_over == ("About the Author",)


def test_drafts_mends_a_broken_biography() -> None:
    (draft,) = read(FALL, "Lene Orvik is a fellow of the", "Quay House in Lorr.")

    assert [bio.text for bio in draft.bios] == ["Lene Orvik is a fellow of the Quay House in Lorr."]


def test_drafts_does_not_join_a_biography_to_text_without_its_stop() -> None:
    (draft,) = read("The town of Lorr fell in the spring of that year", BIO)

    assert paragraphs(draft) == ["The town of Lorr fell in the spring of that year"]
    assert [bio.text for bio in draft.bios] == [BIO]


def test_drafts_puts_text_after_the_notes_into_an_article_of_its_own() -> None:
    first, second = read(FALL, "Notes", "[1] a.", "Corrections", RISE)

    assert [note.piece.text for note in first.notes] == ["a."]
    assert (second.title, second.named, paragraphs(second)) == ("Corrections", True, [RISE])


def test_drafts_sets_bare_lines_after_the_notes_aside() -> None:
    (draft,) = read(FALL, "Notes", "[1] a.", "Printed in Lorr")

    assert draft.left_over == ("Printed in Lorr",)


def test_drafts_spells_names_in_capitals_as_elsewhere() -> None:
    (by_bio,) = read(FALL, "Lene McOrvik is a fellow.", byline="LENE MCORVIK")
    (by_contents,) = drafts(
        Stretch(pieces("Salt"), pieces("LENE MCORVIK")[0], pieces(FALL)), DEFAULT, PLAIN, ["Lene McOrvik"]
    )

    assert by_bio.authors == by_contents.authors == ("Lene McOrvik",)


def test_drafts_takes_footnotes_out_of_the_text() -> None:
    foot = Piece("[1] a of the", (), aside="footnote")
    flow = (*pieces(FALL), foot, *pieces("town.", RISE))

    (draft,) = drafts(Stretch(pieces("Salt"), None, flow), DEFAULT, PLAIN, [])

    assert paragraphs(draft) == [FALL, RISE]
    assert [(note.n, note.piece.text, note.footnote) for note in draft.notes] == [(1, "a of the town.", True)]


def test_drafts_drops_a_heading_over_nothing_but_footnotes() -> None:
    foot = Piece("[1] a.", (), aside="footnote")

    (draft,) = drafts(Stretch(pieces("Salt"), None, (*pieces(FALL, "Notes"), foot)), DEFAULT, PLAIN, [])

    assert paragraphs(draft) == [FALL]


def test_drafts_leaves_an_unlabelled_foot_in_the_text() -> None:
    foot = Piece("The author thanks Quay House.", (), aside="footnote")

    (draft,) = drafts(Stretch(pieces("Salt"), None, (*pieces(FALL), foot)), DEFAULT, PLAIN, [])

    assert paragraphs(draft) == [FALL, "The author thanks Quay House."]
    assert draft.notes == ()


def test_untitled_takes_a_bare_first_line_for_its_title() -> None:
    titled = untitled(pieces("Salt Roads", FALL), DEFAULT, PLAIN)
    bare = untitled(pieces(FALL), DEFAULT, PLAIN)

    assert (titled.title, titled.named, paragraphs(titled)) == ("Salt Roads", True, [FALL])
    assert (bare.title, bare.named, paragraphs(bare)) == (UNTITLED, False, [FALL])


def test_untitled_reads_notes_and_loses_nothing_after_them() -> None:
    draft = untitled(pieces("Salt", FALL, "Notes", "[1] a.", "Printed in Lorr."), DEFAULT, PLAIN)

    assert paragraphs(draft) == [FALL, "Printed in Lorr."]
    assert [note.n for note in draft.notes] == [1]


def test_stretches_end_where_the_next_begins() -> None:
    flow = pieces("A", "By B C", "one", "D", "two", "three")

    found = list(stretches(flow, [Start(0, 1, 1, 2), Start(3, 4, None, 4)]))

    assert [(s.title[0].text, s.byline.text if s.byline else None, [p.text for p in s.pieces]) for s in found] == [
        ("A", "By B C", ["one"]),
        ("D", None, ["two", "three"]),
    ]
    assert list(stretches(flow, [])) == []


def test_stretches_sets_sections_and_dates_around_a_title_aside() -> None:
    flow = pieces("Salt Roads", "Lene Orvik", FALL, "In Brief", "Rope", "May 3, 2020", "By Dora Heesen", RISE)
    begins = [Start(0, 1, 1, 2), Start(4, 5, 6, 7, section="In Brief", above=1)]

    first, second = stretches(flow, begins)

    assert [piece.text for piece in first.pieces] == [FALL]
    assert (second.around, second.section) == (("In Brief", "May 3, 2020"), "In Brief")
    assert [piece.text for piece in second.pieces] == [RISE]


def test_drafts_sets_the_authors_posts_aside() -> None:
    (draft,) = read(FALL, byline="By Lene Orvik, senior fellow")

    assert (draft.authors, draft.left_over) == (("Lene Orvik",), ("senior fellow",))


def test_untitled_keeps_page_and_rank_of_what_it_finds() -> None:
    region = (Region(4, (0.0, 0.0, 1.0, 1.0)),)
    headed = untitled([Piece("Salt", ("Salt",), level=2, regions=region), Piece(FALL, (FALL,))], DEFAULT, PLAIN)
    plain = untitled([Piece(FALL, (FALL,), regions=region), Piece(RISE, (RISE,))], DEFAULT, PLAIN)

    assert (headed.title, headed.page, headed.title_level) == ("Salt", 4, 2)
    assert (plain.title, plain.page, plain.title_level) == (UNTITLED, 4, 0)


def test_untitled_takes_no_table_for_a_title() -> None:
    draft = untitled([Piece("Day Event", (), aside="table"), Piece(FALL, (FALL,))], DEFAULT, PLAIN)

    assert (draft.title, paragraphs(draft)) == (UNTITLED, ["Day Event", FALL])


def test_drafts_reads_an_article_that_is_nothing_but_a_biography() -> None:
    (draft,) = read(BIO)

    assert (paragraphs(draft), [bio.text for bio in draft.bios], draft.title_level) == ([], [BIO], 0)
