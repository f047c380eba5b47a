"""The page on which curators check a reading and correct it, as plain forms without a script."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from monitor.ingest.document import Block, Finding, Region
from monitor.jobs.models import Ingest
from monitor.library.correction_models import Correction, Reading
from monitor.library.files import original_name
from monitor.library.models import Article, Issue, State
from monitor.web.proof import mark_of
from tests.factories import make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.ingest.document import Article as ReadArticle

    SignIn = Callable[[User | None], Client]

SIZES = ((612.0, 792.0), (612.0, 792.0))


@pytest.fixture
def curator(signed_in: SignIn) -> Client:
    return signed_in(make_user("curator", name="hedda"))


def paged(*texts: str, title: str = "Lamps on the Ardel", page: int = 1) -> ReadArticle:
    blocks = tuple(
        Block("para", text, regions=(Region(page, (60.0, 60.0 + 100 * n, 300.0, 140.0 + 100 * n)),))
        for n, text in enumerate(texts)
    )
    return replace(make_read_article("x", title=title, notes=()), blocks=blocks)


def form_of(article: Article, block: int | None = None, **fields: Any) -> dict[str, Any]:
    """Return the fields that the page sends for an article or one of its blocks."""
    body = article.texts.get(version=article.text_version).body
    words_shown = article.title
    if block is not None:
        row = article.blocks.get(position=block)
        words_shown, fields = body[row.start : row.end], {"block": block, **fields}
    facts = {"article": article.pk, "version": article.text_version, "mark": mark_of(words_shown), "page": 1}
    return {**facts, **fields}


def correct(curator: Client, issue: Issue, **fields: Any) -> Any:
    return curator.post(f"/issues/{issue.pk}/correct/", fields, follow=True)


def first(issue: Issue) -> Article:
    row: Article = issue.articles.exclude(state=State.GONE).order_by("position")[0]
    return row


def body(issue: Issue) -> str:
    article = first(issue)
    return article.texts.get(version=article.text_version).body


def test_page_shows_its_blocks_findings_and_articles(curator: Client) -> None:
    finding = Finding("x", "Note 1 is odd.", article=0, block=1, start=0, end=3)
    article = make_read_article("The lamps.\n\nThe weir (Ferry Post, January 21).", notes=())
    issue = make_issue(article, findings=[finding])
    page = curator.get(f"/issues/{issue.pk}/check/").content.decode()
    text = words(page)
    assert "Text 1 of 1" in text
    assert "1 finding here" in text
    assert "Note 1 is odd. Show Settled Ignore" in text
    assert "paragraph in “Lamps on the Ardel” The lamps. Correct" in text
    row = first(issue).blocks.get(position=1)
    anchor = f"b{row.article_id}-1"
    assert f'id="{anchor}"' in page
    assert re.search(rf'<a href="#{anchor}" data-frame="{anchor}"[^>]*><rect class="region found"', page)


def test_blocks_stand_on_the_pages_of_their_regions(curator: Client) -> None:
    issue = make_issue(
        paged("One lamp.", "Two lamps."), paged("The weir.", title="Weirs", page=2), page_sizes=SIZES, pages=2
    )
    one, two = (curator.get(f"/issues/{issue.pk}/check/?page={n}").content.decode() for n in (1, 2))
    assert "Page 1 of 2" in words(one)
    assert '<p class="proof-text">Two lamps.</p>' in one
    assert '<p class="proof-text">The weir.</p>' not in one
    assert '<p class="proof-text">The weir.</p>' in two
    assert 'viewBox="0 0 612.00 792.00"' in one
    assert 'x="57.00" y="57.00" width="246.00" height="86.00"' in one


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", "9999999"])
def test_page_that_is_not_there_is_404(curator: Client, page: str) -> None:
    issue = make_issue(paged("One lamp."), page_sizes=SIZES, pages=2)
    assert curator.get(f"/issues/{issue.pk}/check/?page={page}").status_code == 404


def test_title_authors_and_kind_are_corrected(curator: Client) -> None:
    issue = make_issue()
    correct(curator, issue, **form_of(first(issue), kind="title", title="  Lamps on  the Ard "))
    correct(curator, issue, **form_of(first(issue), kind="authors", names="Hedda Marsh\nTomas Quill, Ines Varrow"))
    correct(curator, issue, **form_of(first(issue), kind="kind", article_kind="brief"))
    article = first(issue)
    assert (article.title, article.kind) == ("Lamps on the Ard", "brief")
    names = [signed.author.name for signed in article.authorships.order_by("position")]
    assert names == ["Hedda Marsh", "Tomas Quill", "Ines Varrow"]


def test_blocks_are_joined_split_and_retyped(curator: Client) -> None:
    issue = make_issue(make_read_article("The lamps were\n\nlit. Nobody came. All slept.", notes=()))
    answer = correct(curator, issue, **form_of(first(issue), 1, kind="join", joint="space"))
    assert "The paragraphs are one now." in answer.content.decode()
    assert body(issue) == "The lamps were lit. Nobody came. All slept."
    correct(curator, issue, **form_of(first(issue), 0, kind="split", cut="Nobody came"))
    assert body(issue) == "The lamps were lit.\n\nNobody came. All slept."
    correct(curator, issue, **form_of(first(issue), 1, kind="type", role="caption"))
    assert [block.type for block in first(issue).blocks.all()] == ["para", "caption"]


def test_article_begins_at_a_block_and_is_merged_again(curator: Client) -> None:
    issue = make_issue(make_read_article("The lamps were lit.\n\nThe Weir\n\nIt broke.", notes=()))
    correct(
        curator, issue, **form_of(first(issue), 1, kind="begins", title="The Weir", names="Tomas Quill", is_line="on")
    )
    weir = issue.articles.get(title="The Weir")
    assert [a.name for a in weir.authors.all()] == ["Tomas Quill"]
    assert body(issue) == "The lamps were lit."
    correct(curator, issue, **form_of(weir, kind="goes_on"))
    assert body(issue) == "The lamps were lit.\n\nThe Weir\n\nTomas Quill\n\nIt broke."


def test_running_head_leaves_the_text(curator: Client) -> None:
    issue = make_issue(make_read_article("The lamps were lit.\n\nTidewater Letter 7\n\nNobody came.", notes=()))
    correct(curator, issue, **form_of(first(issue), 1, kind="type", role="furniture"))
    assert body(issue) == "The lamps were lit.\n\nNobody came."


def test_correction_is_undone_and_made_again(curator: Client) -> None:
    issue = make_issue()
    correct(curator, issue, **form_of(first(issue), kind="title", title="Weirs"))
    made = Correction.objects.get()
    page = curator.post(f"/corrections/{made.pk}/undo/", {"page": 1}, follow=True).content.decode()
    assert first(issue).title == "Lamps on the Ardel"
    assert "Make again" in page
    curator.post(f"/corrections/{made.pk}/redo/", {"page": 1})
    assert first(issue).title == "Weirs"


def test_page_with_an_older_text_gets_a_sentence_and_the_present_state(curator: Client) -> None:
    issue = make_issue(make_read_article("The lamps were\n\nlit.\n\nNobody came.", notes=()))
    old = form_of(first(issue), 2, kind="type", role="quote")
    correct(curator, issue, **form_of(first(issue), 1, kind="join", joint="space"))
    answer = curator.post(f"/issues/{issue.pk}/correct/", old)
    assert answer.status_code == 422
    assert "This text was changed since the page was shown." in words(answer.content.decode())
    assert "The lamps were lit." in words(answer.content.decode())
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "title", "title": " "}, "Give the title."),
        ({"kind": "type", "block": 0}, "Choose what the paragraph is."),
        (
            {"kind": "split", "block": 0, "cut": "no such words"},
            "“no such words” does not stand within this paragraph.",
        ),
        ({"kind": "join", "block": 0, "joint": "space"}, "the article has no paragraph before this one."),
        ({"kind": "goes_on"}, "it is the first article of the issue."),
        ({"kind": "join", "joint": "space"}, "Say which paragraph is meant."),
    ],
)
def test_what_cannot_be_done_says_why(curator: Client, fields: dict[str, Any], sentence: str) -> None:
    issue = make_issue()
    block = fields.pop("block", None)
    answer = curator.post(f"/issues/{issue.pk}/correct/", form_of(first(issue), block, **fields))
    assert answer.status_code == 422
    assert sentence in words(answer.content.decode())
    assert not Correction.objects.exists()


def test_suggestion_is_one_click(curator: Client) -> None:
    finding = Finding("toc_title_differs", "The contents call it so.", article=0, suggestion="Lamps of the Ardel")
    issue = make_issue(findings=[finding])
    page = curator.get(f"/issues/{issue.pk}/check/").content.decode()
    assert "Use “Lamps of the Ardel”" in page
    correct(curator, issue, **form_of(first(issue), kind="title", title="Lamps of the Ardel"))
    assert first(issue).title == "Lamps of the Ardel"
    assert not issue.findings.exists()


def test_decision_leads_back_to_the_page_it_was_made_on(curator: Client) -> None:
    issue = make_issue(findings=[Finding("x", "Odd.", article=0)])
    answer = curator.post(f"/findings/{issue.findings.get().pk}/", {"decision": "ignored", "page": "1"})
    assert answer["Location"] == f"/issues/{issue.pk}/check/?page=1"


def test_htmx_gets_the_part_alone(curator: Client) -> None:
    issue = make_issue()
    part = curator.get(f"/issues/{issue.pk}/check/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<page-proof id="check"')
    assert "<html" not in part


def test_issue_without_a_kept_reading_is_sent_to_be_read_once(curator: Client) -> None:
    issue = make_issue()
    Reading.objects.all().delete()
    default_storage.save(original_name(issue.sha256, issue.file_type), ContentFile(b"as handed in"))
    fields = form_of(first(issue), kind="title", title="Weirs")
    for _ in range(2):
        answer = curator.post(f"/issues/{issue.pk}/correct/", fields)
        assert answer.status_code == 422
        assert "Its file is read again now; try again in a minute." in words(answer.content.decode())
    job = Ingest.objects.get()
    assert (job.file_name, job.state) == (issue.file_name, "waiting")
    assert not Correction.objects.exists()


def test_issue_without_reading_and_file_says_so(curator: Client) -> None:
    issue = make_issue()
    Reading.objects.all().delete()
    answer = curator.post(f"/issues/{issue.pk}/correct/", form_of(first(issue), kind="title", title="Weirs"))
    assert "its file is not kept: hand it in again." in words(answer.content.decode())


def test_check_asks_as_much_for_three_articles_as_for_one(curator: Client) -> None:
    def issue_of(count: int) -> Issue:
        articles = [paged("One lamp.", "Two.", title=f"{n} lamps of {count}") for n in range(count)]
        finding = [Finding("x", "Odd.", article=n, block=0, start=1) for n in range(count)]
        return make_issue(*articles, page_sizes=SIZES, pages=2, findings=finding)

    for_one = queries_for(curator, f"/issues/{issue_of(1).pk}/check/")
    assert queries_for(curator, f"/issues/{issue_of(3).pk}/check/") == for_one


def test_draft_stands_before_publishing_on_the_ingest_page(curator: Client) -> None:
    finding = Finding("x", "Note 1 is odd.", article=0, severity="error")
    issue = make_issue(findings=[finding], state=State.DRAFT)
    text = words(curator.get("/ingest/").content.decode())
    assert f"Before publishing: {issue.file_name}" in text
    assert "Note 1 is odd. Show Publish Keep as draft" in text


def test_ingest_page_asks_as_much_for_four_drafts_as_for_two(curator: Client) -> None:
    def draft(number: int) -> None:
        make_issue(number=number, state=State.DRAFT, findings=[Finding("x", "Odd.", article=0)], confidence=50)

    draft(1)
    draft(2)
    for_two = queries_for(curator, "/ingest/")
    draft(3)
    draft(4)
    assert queries_for(curator, "/ingest/") == for_two
    assert "Waiting to be published Tidewater Letter XII:3 1 finding 50 %" in words(
        curator.get("/ingest/").content.decode()
    )


def test_least_sure_issues_come_first_on_the_ingest_page(curator: Client) -> None:
    for number, confidence in ((1, 90), (2, 40), (3, 70)):
        make_issue(number=number, findings=[Finding("x", "Odd.", article=0)], confidence=confidence)
    text = words(curator.get("/ingest/").content.decode())
    listed = re.findall(r"Tidewater Letter XII:(\d) 1 finding (\d\d) %", text)
    assert listed == [("2", "40"), ("3", "70"), ("1", "90")]


def test_issue_page_says_how_sure_its_reading_is(curator: Client, signed_in: SignIn) -> None:
    issue = make_issue(confidence=62, ocr_pages=3, ocr_confidence=91)
    text = words(curator.get(issue.get_absolute_url()).content.decode())
    assert "read with 62 % confidence" in text
    assert (
        "3 pages recognised from pictures , 91 % sure" in text or "3 pages recognised from pictures, 91 % sure" in text
    )
    reader = words(signed_in(make_user("reader")).get(issue.get_absolute_url()).content.decode())
    assert "confidence" not in reader


def test_name_in_the_biography_takes_the_place_of_its_author(curator: Client) -> None:
    said = Finding("author_bio_name_differs", "Signed otherwise.", article=0, suggestion="Ines Maria Varrow")
    issue = make_issue(make_read_article(authors=["Tomas Quill", "Ines Varrow"]), findings=[said])
    page = curator.get(f"/issues/{issue.pk}/check/").content.decode()
    assert 'name="names" value="Tomas Quill\nInes Maria Varrow"' in page
