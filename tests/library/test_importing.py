from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.accounts.models import User
from monitor.ingest import document as reading
from monitor.ingest.document import Finding as ReadFinding
from monitor.ingest.document import canonical_text
from monitor.library import article_rows, importing
from monitor.library.actions import set_issue_date
from monitor.library.importing import Outcome, store_issue
from monitor.library.models import Article, ArticleText, Author, Issue, Note, Periodical, State
from monitor.library.source_models import Citation, Source
from tests.library.read_issues import FIRST, SECOND, ferry_article, file_facts, plain_article, read_issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from monitor.ingest.document import IssueDocument

pytestmark = pytest.mark.django_db


def stored(document: IssueDocument | None = None, letter: str = "a", name: str = "tidewater-12-7.pdf") -> Issue:
    return store_issue(document=document or read_issue(), file=file_facts(letter, name=name)).issue


@pytest.fixture
def tidewater() -> Issue:
    return stored()


@pytest.fixture
def newer_parser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    newer = reading.PARSER_VERSION + 1
    monkeypatch.setattr(importing, "PARSER_VERSION", newer)
    monkeypatch.setattr(article_rows, "PARSER_VERSION", newer)
    return iter(())


def test_store_issue_keeps_what_the_masthead_says() -> None:
    issue = stored()
    assert (issue.periodical.name, issue.volume, issue.number) == ("Tidewater Letter", "XII", 7)
    assert (issue.date, issue.date_basis, issue.sort_date) == (date(2021, 5, 9), "printed", date(2021, 5, 9))
    assert (issue.pages, issue.file_name, issue.label) == (8, "tidewater-12-7.pdf", "XII:7")
    assert issue.contents == [{"page": 3, "title": "The Ferry Strike", "authors": ["Ines Varrow"]}]


def test_store_issue_keeps_the_canonical_text_and_its_blocks() -> None:
    article = stored().articles.get(title="The Ferry Strike")
    body = article.texts.get(version=article.text_version).body
    assert body == f"The Strike\n\n{FIRST}\n\n{SECOND}" == canonical_text(ferry_article())
    assert [(b.type, body[b.start : b.end]) for b in article.blocks.all()] == [
        ("heading", "The Strike"),
        ("para", FIRST),
        ("para", SECOND),
    ]
    assert article.blocks.get(position=1).regions == [{"page": 2, "bbox": [10.0, 20.0, 200.0, 60.0]}]


def test_store_issue_counts_words_and_printed_pages() -> None:
    article = stored().articles.get(title="The Ferry Strike")
    assert (article.words, article.page_start, article.page_end) == (17, 3, 4)


def test_store_issue_places_markers_citations_and_links_in_the_article() -> None:
    article = stored().articles.get(title="The Ferry Strike")
    body = article.texts.get().body
    marker, link = article.markers.get(), article.links.get()
    citation = article.citations.get(note=None)
    assert body[marker.start : marker.end] == "[1]"
    assert body[link.start : link.end] == "Ardel Wire"
    assert body[citation.start : citation.end] == citation.printed == "Ardel Wire, May 3"
    assert (citation.date, citation.precision, citation.inferred) == (date(2021, 5, 3), "day", True)
    assert (citation.url, citation.linked, citation.iso) == ("https://wire.example/1", True, "2021-05-03")


@pytest.mark.usefixtures("tidewater")
def test_store_issue_places_a_citation_in_a_note() -> None:
    citation = Citation.objects.get(note__number=1)
    assert citation.note is not None
    assert citation.note.text[citation.start : citation.end] == citation.printed == "Ferry Post, May 2021"
    assert (citation.date, citation.iso) == (date(2021, 5, 1), "2021-05")


def test_store_issue_links_a_marker_and_an_ibid_to_their_note(tidewater: Issue) -> None:
    first, second = Note.objects.order_by("position")
    assert tidewater.articles.first().markers.get().note == first  # type: ignore[union-attr]
    assert second.resolves_to == first
    assert first.resolves_to is None


def test_store_issue_keeps_authors_in_printed_order(tidewater: Issue) -> None:
    article = tidewater.articles.get(title="The Ferry Strike")
    assert [a.author.name for a in article.authorships.all()] == ["Ines Varrow", "Tomas Quill"]
    assert Author.objects.get(name="Ines Varrow").slug == "ines-varrow"


def test_store_issue_keeps_findings(tidewater: Issue) -> None:
    finding = tidewater.findings.get()
    assert (finding.code, finding.message, finding.start) == ("marker_without_note", "Marker 9 has no note.", 3)
    assert finding.article == tidewater.articles.first()


def test_store_issue_twice_changes_nothing(tidewater: Issue) -> None:
    before = list(Article.objects.values()) + list(Citation.objects.values())
    again = store_issue(document=read_issue(), file=file_facts())
    assert (again.outcome, again.issue) == (Outcome.UNCHANGED, tidewater)
    assert list(Article.objects.values()) + list(Citation.objects.values()) == before


def test_store_issue_takes_a_second_issue_of_the_same_periodical(tidewater: Issue) -> None:
    second = store_issue(document=read_issue(number=8), file=file_facts("b"))
    assert second.outcome is Outcome.STORED
    assert second.issue.periodical == tidewater.periodical
    assert Periodical.objects.count() == 1


def test_store_issue_knows_a_periodical_in_any_case(tidewater: Issue) -> None:
    second = stored(read_issue(number=8, publication="TIDEWATER LETTER"), "b")
    assert second.periodical == tidewater.periodical


def test_another_file_of_the_same_issue_updates_it(tidewater: Issue) -> None:
    mended = read_issue(ferry_article(text=FIRST.replace("struck", "walked out")), plain_article("Lamps", "Lit."))
    again = store_issue(document=mended, file=file_facts("b"))
    assert (again.outcome, again.issue) == (Outcome.UPDATED, tidewater)
    assert Issue.objects.get().sha256 == "b" * 64


def test_a_text_file_does_not_replace_the_pdf_of_the_same_issue(tidewater: Issue) -> None:
    again = store_issue(document=read_issue(), file=file_facts("b", name="tidewater.txt"))
    assert (again.outcome, again.issue) == (Outcome.UNCHANGED, tidewater)
    assert again.why == "Already here from tidewater-12-7.pdf, which shows its pages as well."


def test_a_pdf_replaces_the_text_file_of_the_same_issue() -> None:
    first = stored(letter="b", name="tidewater.txt")
    again = store_issue(document=read_issue(), file=file_facts("a"))
    assert (again.outcome, again.issue.pk, again.issue.file_type) == (Outcome.UPDATED, first.pk, "pdf")


def test_an_issue_of_the_same_number_with_other_articles_is_another_issue(tidewater: Issue) -> None:
    misread = read_issue(plain_article("Salt", "Salt rose."), plain_article("Rope", "Rope fell."))
    assert store_issue(document=misread, file=file_facts("b")).outcome is Outcome.STORED
    assert Issue.objects.count() == 2


@pytest.mark.usefixtures("newer_parser")
def test_a_new_reading_of_the_file_makes_a_new_text_version() -> None:
    issue = stored()
    Issue.objects.update(parser_version=reading.PARSER_VERSION)
    changed = read_issue(ferry_article(text="Earlier: " + FIRST), plain_article("Lamps", "The lamps were lit."))
    again = store_issue(document=changed, file=file_facts())
    assert again.outcome is Outcome.UPDATED
    ferry, lamps = issue.articles.order_by("position")
    assert (ferry.text_version, lamps.text_version) == (2, 1)
    assert [text.version for text in ferry.texts.all()] == [1, 2]
    assert FIRST in ArticleText.objects.get(article=ferry, version=1).body


@pytest.mark.usefixtures("newer_parser")
def test_a_new_reading_keeps_the_ids_of_articles_and_notes() -> None:
    issue = stored()
    Issue.objects.update(parser_version=reading.PARSER_VERSION)
    articles, notes = list(issue.articles.values_list("id", "uid", "slug")), list(Note.objects.values_list("id", "uid"))
    store_issue(document=read_issue(), file=file_facts())
    assert list(issue.articles.values_list("id", "uid", "slug")) == articles
    assert list(Note.objects.values_list("id", "uid")) == notes


@pytest.mark.usefixtures("newer_parser")
def test_an_article_that_the_new_reading_lacks_is_set_aside_and_comes_back() -> None:
    issue = stored()
    lamps = issue.articles.get(title="Lamps")
    Issue.objects.update(parser_version=1)
    store_issue(document=read_issue(ferry_article()), file=file_facts())
    lamps.refresh_from_db()
    assert lamps.state == State.GONE
    Issue.objects.update(parser_version=1)
    store_issue(document=read_issue(), file=file_facts())
    lamps.refresh_from_db()
    assert (lamps.state, lamps.position) == (State.PUBLISHED, 1)


@pytest.mark.usefixtures("newer_parser")
def test_articles_may_change_places_in_a_new_reading() -> None:
    issue = stored()
    Issue.objects.update(parser_version=1)
    store_issue(document=read_issue(*reversed(read_issue().articles)), file=file_facts())
    assert [a.title for a in issue.articles.order_by("position")] == ["Lamps", "The Ferry Strike"]


@pytest.mark.usefixtures("newer_parser")
def test_a_withdrawn_article_stays_withdrawn_after_a_new_reading() -> None:
    issue = stored()
    issue.articles.filter(title="Lamps").update(state=State.WITHDRAWN)
    Issue.objects.update(parser_version=1)
    store_issue(document=read_issue(), file=file_facts())
    assert issue.articles.get(title="Lamps").state == State.WITHDRAWN


def test_an_issue_with_an_error_waits_for_a_curator() -> None:
    broken = replace(read_issue(), findings=(ReadFinding("page_unreadable", "Page 3 is damaged.", severity="error"),))
    assert stored(broken).state == State.DRAFT


def test_a_text_that_names_no_periodical_waits_for_a_curator() -> None:
    nameless = (ReadFinding("masthead_missing", "The name of the periodical was not found."),)
    assert stored(replace(read_issue(), findings=nameless)).state == State.DRAFT


def test_articles_of_one_title_are_kept_apart() -> None:
    twins = read_issue(plain_article("Notes", "One."), plain_article("Notes", "Two."))
    assert stored(twins).articles.count() == 2


def test_an_entered_date_that_is_new_reads_the_same_file_again(tidewater: Issue) -> None:
    entered = read_issue(date="2021-05-12", date_basis="entered")
    again = store_issue(document=entered, file=file_facts())
    assert (again.outcome, again.issue.date) == (Outcome.UPDATED, date(2021, 5, 12))


def test_spellings_of_one_outlet_are_one_source() -> None:
    text = "(France24.com, May 1; france24.com, May 2; Al-Jazeera, May 3; aljazeera.com, May 4; al-Jazeera.net, May 5)"
    names = ["France24.com", "france24.com", "Al-Jazeera", "aljazeera.com", "al-Jazeera.net"]
    citations = tuple(
        replace(
            ferry_article().citations[0],
            start=text.index(name),
            end=text.index(name) + len(f"{name}, May 1"),
            source=name,
            date=f"May {n}",
            block=0,
        )
        for n, name in enumerate(names, 1)
    )
    stored(read_issue(plain_article("Press", text, citations=citations)))
    assert sorted(s.spellings.count() for s in Source.objects.all()) == [2, 3]


def test_a_failure_half_way_leaves_nothing() -> None:
    impossible = replace(ferry_article().citations[0], iso="2021-02-31", block=0)
    broken = read_issue(ferry_article(), plain_article("Lamps", FIRST, citations=(impossible,)))
    with pytest.raises(ValueError, match="day"):
        stored(broken)
    assert Periodical.objects.count() == Issue.objects.count() == Source.objects.count() == Article.objects.count() == 0


@pytest.mark.usefixtures("newer_parser")
def test_a_withdrawn_article_stays_withdrawn_when_it_was_lacking_for_a_while() -> None:
    issue = stored()
    lamps = issue.articles.get(title="Lamps")
    issue.articles.filter(pk=lamps.pk).update(state=State.WITHDRAWN)
    for document in (read_issue(ferry_article()), read_issue(ferry_article()), read_issue()):
        Issue.objects.update(parser_version=1)
        store_issue(document=document, file=file_facts())
        lamps.refresh_from_db()
        assert (lamps.state, lamps.position) == (State.WITHDRAWN, 1)


@pytest.mark.usefixtures("newer_parser")
def test_an_article_that_is_gone_does_not_come_back_for_one_that_stands() -> None:
    issue = stored(read_issue(plain_article("Notes", "One."), plain_article("Notes", "Two.")))
    first, second = issue.articles.order_by("position")
    for text in ("Two.", "Two, mended."):
        Issue.objects.update(parser_version=1)
        store_issue(document=read_issue(plain_article("Notes", text)), file=file_facts())
    states = dict(issue.articles.values_list("pk", "state"))
    assert states == {first.pk: State.GONE, second.pk: State.PUBLISHED}


@pytest.mark.usefixtures("newer_parser")
def test_what_a_curator_decided_on_a_finding_outlives_a_new_reading() -> None:
    issue = stored()
    curator = User.objects.create_user("cur", role="curator")
    issue.findings.update(decision="ignored", decided_by=curator)
    Issue.objects.update(parser_version=1)
    other = ReadFinding("marker_without_note", "Marker 8 has no note.", article=0)
    document = read_issue()
    store_issue(document=replace(document, findings=(other, *document.findings)), file=file_facts())
    told = issue.findings.values_list("message", "decision", "decided_by__username")
    assert list(told) == [("Marker 8 has no note.", "open", None), ("Marker 9 has no note.", "ignored", "cur")]


def test_an_entered_date_outlives_another_file_of_the_issue(tidewater: Issue) -> None:
    set_issue_date(issue=tidewater, day=date(2020, 12, 1))
    again = store_issue(document=read_issue(date=None, date_basis="inferred"), file=file_facts("b"))
    assert (again.outcome, again.issue.date, again.issue.date_basis) == (Outcome.UPDATED, date(2020, 12, 1), "entered")
    assert Citation.objects.get(printed="Ardel Wire, May 3").date == date(2020, 5, 3)


def test_a_date_entered_later_replaces_one_entered_before(tidewater: Issue) -> None:
    set_issue_date(issue=tidewater, day=date(2020, 12, 1))
    again = store_issue(document=read_issue(date="2021-05-12", date_basis="entered"), file=file_facts("b"))
    assert again.issue.date == date(2021, 5, 12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kabul Post", "\u212aabul Post"),
        ("\u03b8 Letter", "\u03f4 Letter"),
        ("África", "ÁFRICA"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_that_differ_in_case_alone_are_one_periodical_in_every_database(one: str, other: str) -> None:
    first, second = stored(read_issue(publication=one)), stored(read_issue(publication=other, number=8), "b")
    assert second.periodical == first.periodical


def test_a_volume_too_long_to_store_is_still_recognised() -> None:
    issue = stored(read_issue(volume="V" * 30))
    assert stored(read_issue(volume="V" * 30), "b") == issue


def test_markers_and_citations_printed_twice_at_one_place_are_kept_once() -> None:
    article = ferry_article()
    cited, empty = article.citations[0], replace(article.citations[0], end=article.citations[0].start)
    twice = replace(
        article, markers=article.markers * 2, citations=(empty, *article.citations, *article.citations, cited)
    )
    row = stored(read_issue(twice)).articles.get()
    assert (row.markers.count(), row.citations.count()) == (1, 2)


def test_a_name_that_is_blank_signs_nothing() -> None:
    row = stored(
        read_issue(plain_article("Lamps", "Lit.", authors=("", "Ines Varrow", " ", "Ines Varrow")))
    ).articles.get()
    assert [author.name for author in row.authors.all()] == ["Ines Varrow"]


def test_what_is_too_long_for_its_column_is_cut() -> None:
    long = "n" * 400
    text = f"Salt rose ({long}, May 3)."
    cited = replace(
        ferry_article().citations[0], source=long, start=11, end=11 + 400 + 7, block=0, date="May 3", iso="2021-05-03"
    )
    article = plain_article("Title " * 2000, text, authors=(long + "a", long + "b"), citations=(cited,), bio=long * 50)
    row = stored(read_issue(article, publication=long, tagline=long, volume=long), name=long + ".txt").articles.get()
    assert (row.title, row.citations.get().printed) == ("Title " * 2000, f"{long}, May 3")
    assert (row.authors.get().name, row.citations.get().source.name) == (long[:200], long[:300])
    assert (row.issue.periodical.name, row.issue.volume) == (long[:200], long[:20])


def test_names_without_latin_letters_get_addresses_that_work() -> None:
    names = ("Инес Варроу", "渡船", "إيناس")  # noqa: RUF001
    issue = stored(read_issue(plain_article("Забастовка", "Соль.", authors=names), publication="Прилив"))
    assert sorted(author.slug for author in issue.articles.get().authors.all()) == ["author", "author-2", "author-3"]
    assert (issue.periodical.slug, issue.articles.get().slug) == ("periodical", "untitled")


def test_a_page_beyond_all_numbers_is_cut() -> None:
    region = reading.Region(9, (0.0, 0.0, 1.0, 1.0))
    blocks = (
        reading.Block("para", "One.", regions=(replace(region, page=1),)),
        reading.Block("para", "Two.", regions=(region,)),
    )
    row = stored(read_issue(replace(plain_article("Lamps"), blocks=blocks, page_start=2**31 - 2))).articles.get()
    assert row.page_end == 2**31 - 1


def many(number: int) -> IssueDocument:
    """Return an issue with one article of so many paragraphs, notes, citations and authors, all different."""
    texts = [f"Salt rose (Paper {letters(n)}, May 3). [1]" for n in range(number)]
    citations = tuple(
        replace(ferry_article().citations[0], source=f"Paper {letters(n)}", start=11, end=text.index(")"), block=n)
        for n, text in enumerate(texts)
    )
    notes = tuple(reading.Note(n + 1, f"Note {n}.", resolves_to=n or None) for n in range(number))
    authors = tuple(f"Ines {letters(n)}" for n in range(number))
    return read_issue(plain_article("Salt", *texts, citations=citations, notes=notes, authors=authors))


def letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def test_storing_takes_as_many_queries_for_many_things_as_for_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with CaptureQueriesContext(connection) as few:
        stored(many(2))
    with django_assert_max_num_queries(len(few)):
        stored(replace(many(60), issue=replace(many(60).issue, number=8)), "b")


@pytest.mark.usefixtures("newer_parser")
def test_reading_again_takes_as_many_queries_for_many_things_as_for_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    stored(many(2))
    Issue.objects.update(parser_version=1)
    with CaptureQueriesContext(connection) as few:
        stored(many(2))
    stored(replace(many(60), issue=replace(many(60).issue, number=8)), "b")
    Issue.objects.update(parser_version=1)
    with django_assert_max_num_queries(len(few)):
        stored(replace(many(60), issue=replace(many(60).issue, number=8)), "b")
