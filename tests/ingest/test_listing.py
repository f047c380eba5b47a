from __future__ import annotations

import pytest

from monitor.ingest.apparatus.endnotes import PrintedNote
from monitor.ingest.periodicals import DEFAULT, Profile, Section
from monitor.ingest.pieces import Piece
from monitor.ingest.structure.contents import RawEntry, Row
from monitor.ingest.structure.drafts import Draft
from monitor.ingest.structure.listing import Listing, listing_of, once_each
from monitor.ingest.structure.paragraphs import Paragraph

SALT, ROPE, TAR = Draft("Salt Roads of Lorr", ("Lene Orvik",)), Draft("Rope Walks"), Draft("Tar and Feathers")


def listing(
    *entries: tuple[int, str], drafts: tuple[Draft, ...] = (SALT, ROPE, TAR), profile: Profile = DEFAULT
) -> Listing:
    raw = [RawEntry(page, (Row(title, k),)) for k, (page, title) in enumerate(entries)]
    return listing_of(raw, drafts, profile)


def test_listing_of_sets_entries_against_articles() -> None:
    found = listing((1, "Salt Roads of Lorr"), (3, "Rope Walks"), (5, "Tar and Feathers"))

    assert (found.places, found.pages) == ((0, 1, 2), (1, 3, 5))
    assert found.kinds == ("article", "article", "article")
    assert (found.sections, found.unlisted) == (frozenset(), ())


def test_listing_of_puts_articles_under_the_section_before_the_next_entry() -> None:
    found = listing((1, "Briefs"), (5, "Tar and Feathers"))

    assert found.kinds == ("brief", "brief", "article")
    assert found.pages == (1, None, 5)
    assert (found.places, found.sections, found.unlisted) == ((None, 2), frozenset({0}), ())


def test_listing_of_knows_a_section_after_an_article() -> None:
    found = listing((1, "Salt Roads of Lorr"), (5, "In Brief"))

    assert (found.kinds, found.pages) == (("article", "brief", "brief"), (1, 5, None))


def test_listing_of_takes_a_short_unknown_entry_for_a_section() -> None:
    found = listing((1, "Dispatches"), (5, "Tar and Feathers"))

    assert found.kinds == ("brief", "brief", "article")


def test_listing_of_takes_the_kind_from_the_profile() -> None:
    profile = Profile(name="Observer", sections=(Section("Letters", "letter"),))

    assert listing((1, "Letters"), (5, "Tar and Feathers"), profile=profile).kinds == ("letter", "letter", "article")


def test_listing_of_gives_a_section_with_text_of_its_own_its_kind() -> None:
    drafts = (SALT, Draft("News in Brief"))

    assert listing((1, "Salt Roads of Lorr"), (9, "News in Brief"), drafts=drafts).kinds == ("article", "brief")
    assert listing(drafts=drafts).kinds == ("article", "brief")


def test_listing_of_reports_articles_that_nothing_announces() -> None:
    found = listing((1, "Salt Roads of Lorr"), (3, "A Long Title of Another Make Altogether"))

    assert found.unlisted == (1, 2)
    assert found.kinds == ("article", "article", "article")
    assert found.places == (0, None)


def test_listing_of_without_contents_reports_nothing() -> None:
    assert listing() == Listing((), (), frozenset(), ("article",) * 3, (None,) * 3, ())


def test_once_each_announces_an_article_once() -> None:
    assert once_each([0, 1, 0, None, 1]) == (0, 1, None, None, None)


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        (Draft("Salt", section="In Brief"), "brief"),
        (Draft("Salt", section="Strikes"), "article"),
        (Draft("Salt", section="In Brief", notes=(PrintedNote(1, Piece("a", ()), "n."),)), "article"),
        (Draft("Salt", section="In Brief", paragraphs=(Paragraph(Piece("The Price", ()), "heading"),)), "article"),
        (Draft("Salt", brief=True), "brief"),
    ],
)
def test_without_contents_the_section_above_an_article_tells_its_kind(draft: Draft, kind: str) -> None:
    assert listing_of([], [draft], DEFAULT).kinds == (kind,)


def test_the_contents_come_before_the_section_above_an_article() -> None:
    assert listing((1, "Rope Walks"), drafts=(Draft("Rope Walks", section="In Brief"),)).kinds == ("article",)


def test_listing_of_takes_a_named_section_before_a_short_unknown_one() -> None:
    found = listing((1, "Dispatches"), (2, "In Brief"), (5, "Tar and Feathers"))

    assert (found.kinds, found.pages, found.sections) == (("brief", "brief", "article"), (2, None, 5), frozenset({1}))


def test_listing_of_takes_no_entry_of_four_words_for_a_section() -> None:
    assert listing((1, "Dispatches from the Quay"), (5, "Tar and Feathers")).kinds == ("article",) * 3
    assert listing((1, "From the Quay"), (5, "Tar and Feathers")).kinds == ("brief", "brief", "article")


def test_listing_of_looks_for_a_section_only_between_the_entries_around_an_article() -> None:
    found = listing((1, "Salt Roads of Lorr"), (3, "Tar and Feathers"), (9, "In Brief"))

    assert (found.kinds, found.unlisted) == (("article", "article", "article"), (1,))


def test_listing_of_parts_sections_printed_above_listed_articles() -> None:
    raw = [RawEntry(5, (Row("Articles", 0), Row("Salt Roads of Lorr", 0))), RawEntry(9, (Row("Rope Walks", 1),))]

    found = listing_of(raw, (SALT, ROPE), DEFAULT)

    assert [(entry.page, entry.title) for entry in found.toc] == [
        (None, "Articles"),
        (5, "Salt Roads of Lorr"),
        (9, "Rope Walks"),
    ]
    assert (found.places, found.sections, found.kinds) == ((None, 0, 1), frozenset({0}), ("article", "article"))
    assert (found.pages, found.unlisted) == ((5, 9), ())


def test_listing_of_keeps_what_the_contents_say_beside_the_authors() -> None:
    raw = [
        RawEntry(1, (Row("Salt Roads of Lorr", 0), Row("By Lene Orvik, senior fellow", 1))),
        RawEntry(3, (Row("Rope Walks, Dora Heesen, University of Lorr", 2),)),
    ]

    found = listing_of(raw, (SALT, ROPE), DEFAULT)

    assert [entry.authors for entry in found.toc] == [("Lene Orvik",), ("Dora Heesen",)]
    assert found.beside == ("senior fellow", "University of Lorr")
