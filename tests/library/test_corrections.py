"""Corrections of curators: made at once, kept over new readings, taken back without a trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from monitor.ingest.document import Block, Finding
from monitor.library.correction_actions import (
    Asked,
    CannotCorrect,
    TextChanged,
    make_correction,
    redo_correction,
    undo_correction,
)
from monitor.library.correction_models import Correction
from monitor.library.importing import store_issue
from monitor.library.models import Article, Issue, State
from tests.factories import make_user
from tests.library.read_issues import FIRST, SECOND, ferry_article, file_facts, plain_article, read_issue

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.ingest.document import IssueDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def hedda() -> User:
    return make_user("curator", name="hedda")


@pytest.fixture
def issue() -> Issue:
    return store_issue(document=read_issue(), file=file_facts()).issue


def at_block(article: Article, block: int, offset: int = 0) -> Asked:
    row = article.blocks.get(position=block)
    return Asked(article.pk, article.text_version, body(article)[row.start : row.end], block, offset)


def at_title(article: Article) -> Asked:
    return Asked(article.pk, article.text_version, article.title)


def body(article: Article) -> str:
    return article.texts.get(version=article.text_version).body


def first(issue: Issue) -> Article:
    row: Article = issue.articles.exclude(state=State.GONE).order_by("position")[0]
    return row


def read_anew(document: IssueDocument) -> None:
    """Store another reading of the same file, as by a newer parser."""
    Issue.objects.update(parser_version=1)
    store_issue(document=document, file=file_facts())


def test_title_is_corrected_and_the_article_stays_the_same_one(issue: Issue, hedda: User) -> None:
    before = first(issue)
    make_correction(issue=issue, kind="title", asked=at_title(before), by=hedda, text="The Ferry Strikes")
    after = first(issue)
    assert (after.pk, after.uid, after.slug, after.title) == (before.pk, before.uid, before.slug, "The Ferry Strikes")


def test_authors_and_kind_are_corrected(issue: Issue, hedda: User) -> None:
    article = first(issue)
    make_correction(issue=issue, kind="authors", asked=at_title(article), by=hedda, names=("Hedda Marsh",))
    make_correction(issue=issue, kind="kind", asked=at_title(article), by=hedda, text="brief")
    assert [a.name for a in first(issue).authors.all()] == ["Hedda Marsh"]
    assert first(issue).kind == "brief"


def test_join_makes_a_new_text_version_with_every_span_in_its_place(issue: Issue, hedda: User) -> None:
    make_correction(issue=issue, kind="join", asked=at_block(first(issue), 2), by=hedda, text="space")
    article = first(issue)
    assert article.text_version == 2
    assert body(article) == f"The Strike\n\n{FIRST} {SECOND}"
    citation = article.citations.get(note=None)
    assert body(article)[citation.start : citation.end] == citation.printed == "Ardel Wire, May 3"
    marker = article.markers.get()
    assert body(article)[marker.start : marker.end] == "[1]"
    assert [region["page"] for region in article.blocks.get(position=1).regions] == [2, 3]


def test_type_changes_without_a_new_text(issue: Issue, hedda: User) -> None:
    make_correction(issue=issue, kind="type", asked=at_block(first(issue), 2), by=hedda, text="quote")
    assert first(issue).blocks.get(position=2).type == "quote"
    assert first(issue).text_version == 1


def test_article_begins_at_a_block_and_goes_on_again(issue: Issue, hedda: User) -> None:
    asked = at_block(first(issue), 2)
    made = make_correction(issue=issue, kind="begins", asked=asked, by=hedda, text=SECOND, names=("Tomas Quill",))
    titles = [row.title for row in issue.articles.exclude(state=State.GONE).order_by("position")]
    assert titles == ["The Ferry Strike", SECOND, "Lamps"]
    undo_correction(correction=made)
    assert body(first(issue)) == f"The Strike\n\n{FIRST}\n\n{SECOND}"
    gone = issue.articles.get(title=SECOND)
    assert gone.state == State.GONE
    redo_correction(correction=made)
    assert issue.articles.get(title=SECOND).pk == gone.pk


def test_article_goes_on_the_one_before(issue: Issue, hedda: User) -> None:
    lamps = issue.articles.get(title="Lamps")
    make_correction(issue=issue, kind="goes_on", asked=at_title(lamps), by=hedda)
    assert body(first(issue)).endswith(f"{SECOND}\n\nLamps\n\nThe lamps were lit.")
    lamps.refresh_from_db()
    assert lamps.state == State.GONE


def test_undo_brings_back_what_was_and_redo_what_was_made(issue: Issue, hedda: User) -> None:
    made = make_correction(issue=issue, kind="join", asked=at_block(first(issue), 2), by=hedda, text="space")
    joined = body(first(issue))
    undo_correction(correction=made)
    assert body(first(issue)) == f"The Strike\n\n{FIRST}\n\n{SECOND}"
    assert Correction.objects.get().undone is not None
    redo_correction(correction=made)
    assert body(first(issue)) == joined
    assert Correction.objects.get().undone is None


def test_undo_twice_changes_nothing_more(issue: Issue, hedda: User) -> None:
    made = make_correction(issue=issue, kind="join", asked=at_block(first(issue), 2), by=hedda, text="space")
    undo_correction(correction=made)
    version = first(issue).text_version
    undo_correction(correction=made)
    assert first(issue).text_version == version


def test_corrections_outlive_a_new_reading_of_the_file(issue: Issue, hedda: User) -> None:
    article = first(issue)
    make_correction(issue=issue, kind="title", asked=at_title(article), by=hedda, text="The Ferry Strikes")
    make_correction(issue=issue, kind="join", asked=at_block(first(issue), 2), by=hedda, text="space")
    make_correction(issue=issue, kind="type", asked=at_block(first(issue), 0), by=hedda, text="para")
    read_anew(read_issue())
    now = first(issue)
    assert (now.pk, now.title, body(now)) == (article.pk, "The Ferry Strikes", f"The Strike\n\n{FIRST} {SECOND}")
    assert now.blocks.get(position=0).type == "para"
    assert set(Correction.objects.values_list("found", flat=True)) == {True}


def test_corrections_outlive_a_reading_that_cuts_paragraphs_otherwise(issue: Issue, hedda: User) -> None:
    make_correction(issue=issue, kind="type", asked=at_block(first(issue), 2), by=hedda, text="quote")
    strike = ferry_article()
    # Another parser takes the heading and the last two paragraphs otherwise.
    whole = Block("para", f"{FIRST} {SECOND}")
    other = replace(strike, blocks=(strike.blocks[0], whole))
    read_anew(read_issue(other, plain_article("Lamps", "The lamps were lit.")))
    blocks = [(b.type, body(first(issue))[b.start : b.end]) for b in first(issue).blocks.all()]
    assert blocks == [("heading", "The Strike"), ("para", FIRST), ("quote", SECOND)]


def test_correction_without_a_place_is_kept_and_marked(issue: Issue, hedda: User) -> None:
    make_correction(issue=issue, kind="type", asked=at_block(first(issue), 2), by=hedda, text="quote")
    strike = ferry_article()
    read_anew(read_issue(replace(strike, blocks=strike.blocks[:2]), plain_article("Lamps", "The lamps were lit.")))
    assert Correction.objects.get().found is False
    read_anew(read_issue())
    assert Correction.objects.get().found is True


def test_entered_date_and_corrections_hold_together(issue: Issue, hedda: User) -> None:
    Issue.objects.update(date="2023-06-01", date_basis="entered")
    make_correction(issue=issue, kind="join", asked=at_block(first(issue), 2), by=hedda, text="space")
    issue.refresh_from_db()
    assert (str(issue.date), issue.date_basis) == ("2023-06-01", "entered")
    assert first(issue).citations.get(note=None).iso == "2023-05-03"


def test_page_with_an_older_text_is_refused(issue: Issue, hedda: User) -> None:
    old = at_block(first(issue), 1)
    make_correction(issue=issue, kind="join", asked=at_block(first(issue), 2), by=hedda, text="space")
    with pytest.raises(TextChanged, match="was changed since"):
        make_correction(issue=issue, kind="type", asked=old, by=hedda, text="quote")
    assert Correction.objects.count() == 1


def test_title_that_was_changed_meanwhile_is_refused(issue: Issue, hedda: User) -> None:
    old = at_title(first(issue))
    make_correction(issue=issue, kind="title", asked=old, by=hedda, text="The Ferry Strikes")
    with pytest.raises(TextChanged):
        make_correction(issue=issue, kind="title", asked=old, by=hedda, text="Another")


@pytest.mark.parametrize(("kind", "block"), [("join", 0), ("goes_on", None)])
def test_what_comes_to_nothing_is_refused_and_not_kept(issue: Issue, hedda: User, kind: str, block: int | None) -> None:
    asked = at_title(first(issue)) if block is None else at_block(first(issue), block)
    with pytest.raises(CannotCorrect):
        make_correction(issue=issue, kind=kind, asked=asked, by=hedda, text="space")  # type: ignore[arg-type]
    assert not Correction.objects.exists()


def test_what_did_not_change_keeps_its_rows(issue: Issue, hedda: User) -> None:
    citations = list(first(issue).citations.values_list("pk", flat=True))
    lamps = issue.articles.get(title="Lamps")
    make_correction(issue=issue, kind="title", asked=at_title(lamps), by=hedda, text="The Lamps")
    assert list(first(issue).citations.values_list("pk", flat=True)) == citations


def test_finding_that_a_correction_settles_is_gone(hedda: User) -> None:
    said = Finding("title_missing", "This text stands under no title of its own.", article=1)
    issue = store_issue(document=replace(read_issue(), findings=(said,)), file=file_facts()).issue
    lamps = issue.articles.get(title="Lamps")
    made = make_correction(issue=issue, kind="title", asked=at_title(lamps), by=hedda, text="The Lamps")
    assert not issue.findings.exists()
    undo_correction(correction=made)
    assert issue.findings.get().code == "title_missing"
