"""What the sample issues promise a reader, counted by hand or by plain search in their texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from samples.source_text import SourceError, SourceIssue, read_source, runs_of
from samples.typeset import issue_of, slugs
from tests.samples.issues import SLUGS, source_text

DISCLAIMER = (
    "Sample issue of the Monitor project. The events are history; the citations and notes are illustrative "
    "and were not checked against the papers named. Authors and their institutes are invented."
)


@dataclass(frozen=True)
class Counted:
    """One article: paragraphs, heads, notes, links."""

    paragraphs: int
    heads: int
    notes: int
    links: int


COUNTS = {
    "ceasefire-quarterly-i-4": (
        Counted(4, 0, 0, 3),
        Counted(4, 0, 0, 1),
        Counted(12, 4, 6, 3),
        Counted(10, 4, 5, 3),
        Counted(10, 4, 7, 3),
    ),
    "ceasefire-quarterly-iii-2": (
        Counted(4, 0, 0, 3),
        Counted(4, 0, 0, 2),
        Counted(11, 4, 8, 4),
        Counted(10, 4, 6, 4),
        Counted(11, 4, 6, 4),
    ),
    "ceasefire-quarterly-iv-4": (
        Counted(4, 0, 0, 2),
        Counted(4, 0, 0, 2),
        Counted(10, 3, 6, 4),
        Counted(11, 4, 6, 5),
        Counted(11, 4, 6, 4),
    ),
}


def counted(issue: SourceIssue) -> tuple[Counted, ...]:
    return tuple(
        Counted(
            paragraphs=sum(block.type == "para" for block in article.blocks),
            heads=sum(block.type == "heading" for block in article.blocks),
            notes=len(article.notes),
            links=sum(run.url is not None for block in article.blocks for run in block.runs),
        )
        for article in issue.articles
    )


def test_slugs_lists_the_issues_oldest_first() -> None:
    assert slugs() == list(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_issue_holds_what_was_counted_by_hand(slug: str) -> None:
    assert counted(issue_of(slug)) == COUNTS[slug]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_issue_opens_with_two_briefs_and_three_articles_follow(slug: str) -> None:
    issue = issue_of(slug)
    listed = [entry.title for entry in issue.contents]
    assert listed == ["Briefs", *(article.title for article in issue.articles[2:])]
    assert len(issue.articles) == 5


@pytest.mark.parametrize("slug", SLUGS)
def test_each_issue_says_it_is_a_sample_right_under_its_nameplate(slug: str) -> None:
    assert source_text(slug).split("\n\n")[4] == DISCLAIMER


@pytest.mark.parametrize("slug", SLUGS)
def test_markers_run_through_the_text_in_order_and_meet_one_note_each(slug: str) -> None:
    for article in issue_of(slug).articles:
        text = " ".join(block.text for block in article.blocks)
        markers = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
        numbers = [note.n for note in article.notes]
        assert markers == numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_note_style_of_the_genre_occurs(slug: str) -> None:
    notes = [note.text for article in issue_of(slug).articles for note in article.notes]
    assert "Ibid." in notes
    assert any("interview with" in note for note in notes)
    assert any("(" in note and re.search(r"\d{4}\)\.$", note) for note in notes)
    assert any(note.endswith(".”") or re.search(r"^\S+ .*, \w+ \d{4}(, point \d\.\d)?\.$", note) for note in notes)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_author_has_a_bio_that_begins_with_the_name(slug: str) -> None:
    for article in issue_of(slug).articles:
        assert [bio.text.split()[0] for bio in article.bios] == [name.split()[0] for name in article.authors]
        assert all(bio.text.endswith(".") for bio in article.bios)


def test_one_author_signs_shorter_than_his_bio() -> None:
    article = issue_of(SLUGS[0]).articles[3]
    assert article.authors == ("Tomás Echeverri",)
    assert article.bios[0].text.startswith("Tomás Luis Echeverri is ")


def test_two_authors_share_an_article_and_a_section() -> None:
    assert issue_of(SLUGS[0]).articles[2].authors == ("Elena Marroquín", "Peter Ashgrove")
    assert issue_of(SLUGS[1]).contents[0].authors == ("Nora Lindqvist", "Gabriel Toweh")


def test_one_outlet_appears_under_several_spellings() -> None:
    text = source_text(SLUGS[0])
    assert all(name in text for name in ("([El Tiempo](", "(eltiempo.com,", "(El Tiempo,"))
    assert all(name in text for name in ("; Reuters,", "(reuters.com,", "[Reuters]("))


@pytest.mark.parametrize("slug", SLUGS)
def test_links_lead_to_front_pages_and_nowhere_deeper(slug: str) -> None:
    urls = re.findall(r"\]\(([^)]*)\)", source_text(slug))
    parts = [urlsplit(url) for url in urls]
    assert len(urls) == sum(count.links for count in COUNTS[slug])
    assert {(part.scheme, part.path, part.query, part.fragment) for part in parts} == {("https", "/", "", "")}


@pytest.mark.parametrize("slug", SLUGS)
def test_quotation_marks_are_curly_and_text_is_clean(slug: str) -> None:
    text = source_text(slug)
    assert not set("\"'\t\xa0\u00ad\r") & set(text)
    assert "  " not in text
    assert text.count("“") == text.count("”")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_runs_of_splits_links_italics_and_escapes() -> None:
    runs = runs_of(r"(about \$5; [Le Monde](https://www.lemonde.fr/), May 3) in *Survival*. [1]")
    assert [(run.text, run.url, run.italic) for run in runs] == [
        ("(about $5; ", None, False),
        ("Le Monde", "https://www.lemonde.fr/", False),
        (", May 3) in ", None, False),
        ("Survival", None, True),
        (". [1]", None, False),
    ]


SMALL = """The Paper

A tagline

VOLUME II | ISSUE 7

May 4, 2001

A sample.

p.1

One
Title

Ann Other

One Title

Ann Other

A paragraph. [1]

A Head

“Another.”

Ann Other is a writer.

Notes

[1] A note.
"""


def test_read_source_reads_the_whole_form() -> None:
    issue = read_source(SMALL)
    (article,) = issue.articles
    assert (issue.publication, issue.volume, issue.number) == ("The Paper", "II", 7)
    assert issue.date.isoformat() == "2001-05-04"
    assert issue.contents[0].title == article.title == "One Title"
    assert [(block.type, block.text) for block in article.blocks] == [
        ("para", "A paragraph. [1]"),
        ("heading", "A Head"),
        ("para", "“Another.”"),
    ]
    assert [bio.text for bio in article.bios] == ["Ann Other is a writer."]
    assert [(note.n, note.text) for note in article.notes] == [(1, "A note.")]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("p.1\n\nOne\nTitle\n\nAnn Other\n\n", "", "the contents are missing"),
        ("\n\nOne Title\n\nAnn Other\n\n", "\n\nOne Title\n\nSomebody Else\n\n", "no title and byline"),
        ("Ann Other is a writer.\n\n", "", "the bio of Ann Other is missing"),
        ("[1] A note.", "A note.", "not a note"),
        ("A paragraph. [1]", "A paragraph\nover two lines.", "a paragraph is one line"),
    ],
)
def test_read_source_refuses_another_form(old: str, new: str, complaint: str) -> None:
    broken = SMALL.replace(old, new, 1)
    assert broken != SMALL
    with pytest.raises(SourceError, match=complaint):
        read_source(broken)
