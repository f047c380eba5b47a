"""The walk of docs/tour.md, step by step, with a sample issue: from the PDF to an export."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from monitor.library.correction_actions import Asked, make_correction, undo_correction
from monitor.library.files import original_name
from monitor.library.models import Article, Issue
from monitor.library.source_models import Citation
from tests.factories import make_user

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "ceasefire-quarterly-i-4.pdf"
PRINTED = "Semana, December 1"

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue(settings: Settings, tmp_path: Path) -> Issue:
    settings.MEDIA_ROOT = tmp_path / "media"
    call_command("ingest", str(SAMPLE), stdout=io.StringIO())
    return Issue.objects.get()


@pytest.fixture
def citation(issue: Issue) -> Citation:
    return Citation.objects.get(printed=PRINTED)


class TextRoot(HTMLParser):
    """Gathers what stands in the element with id `text`, as a browser's textContent would."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.links, self._depth = "", list[str](), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if self._depth or found.get("id") == "text":
            self._depth += 1
        if self._depth and tag == "a":
            self.links.append(found.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= self._depth > 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.text += data


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_reader_sees_the_citation_and_gives_it_a_year() -> None:
    said = io.StringIO()
    call_command("parse", str(SAMPLE), "--json", stdout=said)
    read: dict[str, Any] = json.loads(said.getvalue())
    (found,) = [
        (article["blocks"][c["block"]]["text"][c["start"] : c["end"]], c["iso"], c["inferred"])
        for article in read["articles"]
        for c in article["citations"]
        if c["source"] == "Semana" and c["date"] == "December 1"
    ]
    assert found == (PRINTED, "2016-12-01", True)


def test_the_library_keeps_the_passage_and_the_file(issue: Issue, citation: Citation) -> None:
    text = citation.article.texts.get(version=citation.article.text_version).body
    assert text[citation.start : citation.end] == PRINTED
    assert (citation.source.name, citation.iso, citation.inferred) == ("Semana", "2016-12-01", True)
    with default_storage.open(original_name(issue.sha256, "pdf")) as kept:
        assert kept.read() == SAMPLE.read_bytes()


def test_every_article_page_gives_its_canonical_text_and_links_its_citations(
    issue: Issue, admin_client: Client
) -> None:
    for article in Article.objects.all():
        root = TextRoot()
        root.feed(page(admin_client, article.get_absolute_url()))
        assert root.text == article.texts.get().body
        cited = article.citations.filter(note=None).select_related("spelling__source")
        assert {c.source.get_absolute_url() for c in cited} <= set(root.links)


def test_a_correction_of_the_paragraph_outlives_a_new_reading(issue: Issue, citation: Citation, client: Client) -> None:
    curator = make_user("curator")
    client.force_login(curator)
    article = citation.article
    block = article.blocks.get(start__lte=citation.start, end__gt=citation.start)
    shown = page(client, f"/issues/{issue.pk}/check/?page={block.regions[0]['page']}")
    assert f'id="b{article.pk}-{block.position}"' in shown
    words = article.texts.get().body[block.start : block.end]
    asked = Asked(article.pk, article.text_version, words, block.position)
    made = make_correction(issue=issue, kind="type", asked=asked, by=curator, text="quote")
    Issue.objects.update(parser_version=1)
    call_command("ingest", str(SAMPLE), stdout=io.StringIO())
    assert article.blocks.get(position=block.position).type == "quote"
    undo_correction(correction=made)
    assert article.blocks.get(position=block.position).type == "para"


def test_a_mark_on_the_citation_is_drawn_and_listed(citation: Citation, client: Client) -> None:
    client.force_login(make_user("analyst"))
    article = citation.article
    words = {"start": citation.start, "end": citation.end, "quote": PRINTED, "version": article.text_version}
    asked = {"uid": str(uuid4()), "article": article.pk, "passages": json.dumps([words]), "colour": "yellow"}
    assert client.post("/annotations/", {**asked, "comment": "Dated in print?"}).status_code == 302
    assert "Dated in print?" in page(client, "/notebook/")
    root = TextRoot()
    root.feed(page(client, article.get_absolute_url()))
    assert root.text == article.texts.get().body


def test_the_passage_is_found_by_its_words_and_opens_there(citation: Citation, admin_client: Client) -> None:
    shown = page(admin_client, f'/search/?q="{PRINTED}"')
    assert f'href="{citation.article.get_absolute_url()}?q=' in shown
    assert page(admin_client, f'{citation.article.get_absolute_url()}?q="{PRINTED}"').count('data-hit="1"') == 1


def test_the_source_page_leads_back_to_the_passage(citation: Citation, admin_client: Client) -> None:
    shown = page(admin_client, citation.source.get_absolute_url())
    paragraph = citation.article.blocks.get(start__lte=citation.start, end__gt=citation.start).position + 1
    assert f'{citation.article.get_absolute_url()}#p{paragraph}"' in shown


def test_a_program_with_a_token_is_told_of_the_citation(citation: Citation, client: Client) -> None:
    said = io.StringIO()
    call_command("create_token", make_user("analyst", name="tess").username, stdout=said)
    (token,) = re.findall(r"mon_\S+", said.getvalue())
    address = f"/api/v1/citations/?article={citation.article_id}&page_size=100"
    answer = client.get(address, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert PRINTED in {row["printed"] for row in answer.json()["results"]}


def test_the_passage_leaves_as_csv(citation: Citation, tmp_path: Path) -> None:
    call_command("export", "--format", "passages-csv", "--output", str(tmp_path / "passages.csv"), stderr=io.StringIO())
    with (tmp_path / "passages.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if PRINTED in row.values()]
    (row,) = rows
    assert citation.article.title in row.values()
    assert "2016-12-01" in row.values()
    assert any(f"({PRINTED})" in value for value in row.values())
