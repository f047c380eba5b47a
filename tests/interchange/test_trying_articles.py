"""Every format of a small archive that tries them all, read by the public reader or validator of each.

Titles with diacritics, quotes and signs, one in Turkish and one in letters from right to left; several authors, one, a
body, nobody; a day, a month, a year, no date; passages and tags in the same letters.
"""
# ruff: noqa: RUF001 - letters of many alphabets

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import feedparser
import frontmatter
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc.source.json import CiteProcJSON
from django.test import Client
from geojson_pydantic import FeatureCollection
from hyputils.hypothesis import HypothesisAnnotation

from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation
from monitor.annotations.passages import AskedPassage
from monitor.annotations.tag_models import Tag
from monitor.entities.models import Actor
from monitor.interchange.csv import read_rows
from monitor.interchange.exports import BY_SLUG, Wanted
from monitor.interchange.web_annotation_turtle import turtle
from monitor.library.models import Article, ArticleText
from tests.anno.known_contexts import graph_of_json_ld, graph_of_turtle
from tests.anno.model import check_collection
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_issue, make_read_article, make_user
from tests.interchange.examples import HOSTILE
from tests.interchange.test_stix import must_be_valid

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
SITE = "https://monitor.example"
WORDS = "Çığlık’ın ardından “Işık” söndü 🌊, Đorđe’s naïve señorial ærø; مصابيح stayed lit."
QUOTES = ("Çığlık’ın", "“Işık” söndü 🌊", "naïve señorial ærø", "مصابيح")
TAGS = ("Şiddet/Baskın “gece”", "Đorđe's", "مصابيح")
# Title, authors, the issue's day as printed, whether a curator entered it.
TRYING: tuple[tuple[str, tuple[str, ...], dict[str, Any]], ...] = (
    ("Çığlık: Şam’da “Işık” İçin", ("Doğu Perinçek", "Ayman al-Zawahiri", "Ludo van der Berg"), {"date": "2022-02-11"}),
    ('Đorđe’s "Lamps" — naïve & señorial ærø', ("Jean-Luc Ødegård",), {"date": "2022-03-01", "date_basis": "inferred"}),
    ("The $5 Lamp_Post: 40% #1 ~ {Weirs} <b> ^ \\", (), {"date": None}),
    ("مصابيح أردل / 灯", ("The Editors",), {"date": "2021-10-09"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trying:
    person: User
    articles: list[Article]

    def taken(self, slug: str) -> bytes:
        """Return the file of this format of the whole archive."""
        kinds: dict[str, Any] = {"articles": Article, "annotations": Annotation, "tags": Tag}
        form, file = BY_SLUG[slug], io.BytesIO()
        keys = kinds[form.of].objects.order_by("pk").values_list("pk", flat=True)
        form.write(list(keys), Wanted(person=self.person, site=SITE, title="Arşiv “1”"), file)
        return file.getvalue()


@pytest.fixture
def trying() -> Trying:
    person = make_user("admin", name="zia")
    person.name = "Zıya “Z” Đ"
    person.save()
    ardel = make_region("TR", "Türkiye", "country", countries=["TR"], lat=39.0, lon=35.0)
    guild = make_actor("Işık Örgütü", "IÖ", kind="armed_group", countries=["TR"])
    tags = tuple(make_tag(name=name, by=person) for name in TAGS)
    articles = []
    for title, authors, facts in TRYING:
        made = make_read_article(WORDS, title=title, authors=authors, cited={}, notes=())
        article: Article = make_issue(made, **facts).articles.get()
        articles.append(article)
        name_in(article, {"Çığlık": guild, "Işık": ardel}, about=True)
        text = ArticleText.objects.get(article=article, version=article.text_version).body
        for quote in QUOTES:
            at = text.index(quote)
            passage = AskedPassage(at, at + len(quote))
            draft = Draft(article=article, passages=(passage,), comment=f"İşte: {quote}\n> {title}", tags=tags)
            create_annotation(uid=uuid4(), by=person, draft=draft)
    return Trying(person, articles)


def test_managers_of_citations_read_them(trying: Trying) -> None:
    titles = [article.title for article in trying.articles]
    ris = rispy.loads(trying.taken("ris").decode())
    assert [one["title"] for one in ris] == titles
    assert [one.get("date", "").rstrip("/") for one in ris] == ["2022/02/11", "2022/03", "", "2021/10/09"]
    assert [len(one.get("authors", ())) for one in ris] == [3, 1, 0, 1]
    library = parse_string(trying.taken("bibtex").decode())
    assert (library.failed_blocks, len(library.entries)) == ([], 4)
    items = json.loads(trying.taken("csljson"))
    assert [item["title"] for item in items] == titles
    assert [item.get("issued", {}).get("date-parts", [[]])[0] for item in items] == [
        [2022, 2, 11], [2022, 3], [], [2021, 10, 9],
    ]  # fmt: skip
    assert list(CiteProcJSON(items)) == [item["id"] for item in items]


def test_readers_of_linked_data_read_them(trying: Trying) -> None:
    told = json.loads(trying.taken("jsonld"))
    check_collection(told)
    items = told["first"]["items"]
    assert [item["target"]["selector"][0]["exact"] for item in items] == [*QUOTES] * 4
    for item in items[:4]:
        whole = {"@context": told["@context"], **item}
        assert graph_of_json_ld(whole) == graph_of_turtle(turtle(whole))


def test_programs_of_the_sidebar_read_them(trying: Trying) -> None:
    told = json.loads(trying.taken("hypothesis"))["annotations"]
    read = [HypothesisAnnotation(row) for row in told]
    assert [one.exact for one in read] == [*QUOTES] * 4
    assert [one.doc_title for one in read[::4]] == [title.replace('"', "'") for title, _, _ in TRYING]
    assert {tuple(one.tags) for one in read} == {TAGS}


def table(trying: Trying) -> list[dict[str, str]]:
    head, *rows = read_rows(io.StringIO(trying.taken("csv").decode(), newline=""))
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_tables_and_notes_are_read(trying: Trying) -> None:
    rows = table(trying)
    paths = {*Tag.objects.filter(children=None).values_list("path", flat=True)}
    assert all({*row["tags"].split("|")} == paths for row in rows)
    assert [row["quote"] for row in rows] == [*QUOTES] * 4
    assert [row["article_title"] for row in rows[::4]] == [title for title, _, _ in TRYING]
    with zipfile.ZipFile(io.BytesIO(trying.taken("markdown"))) as archive:
        notes = [frontmatter.loads(archive.read(name).decode()) for name in archive.namelist()]
    assert {note["title"] for note in notes} == {title for title, _, _ in TRYING}
    assert {note["title"]: tuple(note.get("authors", ())) for note in notes} == {
        title: names for title, names, _ in TRYING
    }
    assert sorted(str(note.get("date", "")) for note in notes) == ["", "2021-10-09", "2022-02-11", "2022-03-01"]


def test_readers_of_threats_and_maps_read_them(trying: Trying) -> None:
    found = must_be_valid(trying.taken("stix").decode())
    assert [one["name"] for one in found["report"]] == [title for title, _, _ in TRYING]
    assert (len(found["note"]), found["threat-actor"][0]["name"]) == (16, "Işık Örgütü")
    places: Any = FeatureCollection.model_validate_json(trying.taken("geojson"))
    assert [(place.id, place.properties["name"], place.properties["articles"]) for place in places.features] == [
        ("TR", "Türkiye", 4)
    ]


def test_readers_of_feeds_read_them(trying: Trying) -> None:
    client = Client()
    client.force_login(trying.person)
    for address in ("issues", f"actors/{Actor.objects.get().slug}", "regions/turkiye"):
        answer = client.get(f"/feeds/{address}.atom")
        assert answer.status_code == 200, address
        read = feedparser.parse(answer.content)
        assert not read.bozo, read.get("bozo_exception")
        assert len(read.entries) == 4
    assert {entry.title for entry in read.entries} == {title for title, _, _ in TRYING}


def test_heads_of_pages_say_them(trying: Trying) -> None:
    client = Client()
    client.force_login(trying.person)
    for article, (title, names, _) in zip(trying.articles, TRYING, strict=True):
        page = client.get(article.get_absolute_url()).content.decode()
        (block,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
        said = json.loads(block)
        assert (said["headline"], [one["name"] for one in said.get("author", [])]) == (title, [*names])
        assert page.count('name="citation_author"') == len(names)


def test_what_no_format_expects_harms_none(trying: Trying) -> None:
    for number, words in enumerate(HOSTILE):
        clean = words.replace("\0", "").replace("\ud83d", "")
        Article.objects.filter(pk=trying.articles[number % 4].pk).update(title=clean)
        Annotation.objects.filter(article=trying.articles[number % 4]).update(comment=clean)
        if number % 4 < 3:
            continue
        assert len(rispy.loads(trying.taken("ris").decode())) == 4
        assert parse_string(trying.taken("bibtex").decode()).failed_blocks == []
        assert len(json.loads(trying.taken("csljson"))) == 4
        check_collection(json.loads(trying.taken("jsonld")))
        assert len(json.loads(trying.taken("hypothesis"))["annotations"]) == 16
        assert len(table(trying)) == 16
