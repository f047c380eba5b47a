"""What the API says of rows, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.api.links import stamp
from monitor.api.rows.actors import ACTORS, actors_meant
from monitor.api.rows.articles import ARTICLES
from monitor.api.rows.ingests import INGESTS
from monitor.api.rows.mentions import MENTIONS, SUGGESTIONS
from monitor.api.rows.periodicals import ISSUES, PERIODICALS
from monitor.api.rows.printed import CITATIONS, NOTES
from monitor.api.rows.regions import REGIONS, regions_meant
from monitor.api.rows.sources import AUTHORS, SOURCES
from monitor.entities.mention_models import Mention
from monitor.entities.merging import judge_actors
from monitor.entities.models import Actor
from monitor.jobs.models import Ingest
from monitor.library.models import Author, Note, Periodical, State
from monitor.library.source_models import Citation, Source
from tests.api.described import LINKS, listed, make_archive, said
from tests.entity_rows import make_actor, name_in, relate
from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.api.rows.kinds import Kind
    from tests.api.described import Archive

BASE = "https://tide.example"
PRINTED: list[Kind] = [PERIODICALS, ISSUES, ARTICLES, NOTES, SOURCES, CITATIONS, AUTHORS, MENTIONS]


@pytest.fixture
def archive(db: None) -> Archive:
    return make_archive()


@pytest.fixture
def reader(db: None) -> User:
    return make_user("reader")


def stamps(row: Any) -> dict[str, str]:
    row.refresh_from_db(fields=["created", "updated"])
    return {"created": stamp(row.created), "updated": stamp(row.updated), "uid": str(row.uid)}


def test_article_is_told_in_lists(archive: Archive, reader: User) -> None:
    article, issue, periodical = archive.article, archive.issue, archive.issue.periodical
    author = Author.objects.get()
    assert listed(ARTICLES, reader) == [
        {
            "id": article.pk,
            "url": f"{BASE}/api/v1/articles/{article.pk}/",
            "html_url": f"{BASE}/articles/{article.pk}/lamps-on-the-ardel/",
            **stamps(article),
            "title": "Lamps on the Ardel",
            "kind": "article",
            "authors": [
                {
                    "id": author.pk,
                    "name": "Ines Varrow",
                    "slug": "ines-varrow",
                    "url": f"{BASE}/api/v1/authors/{author.pk}/",
                }
            ],
            "periodical": {
                "id": periodical.pk,
                "name": "Tidewater Letter",
                "slug": "tidewater-letter",
                "url": f"{BASE}/api/v1/periodicals/{periodical.pk}/",
            },
            "issue": {
                "id": issue.pk,
                "url": f"{BASE}/api/v1/issues/{issue.pk}/",
                "volume": "XII",
                "number": 3,
                "date": "2022-02-11",
                "date_basis": "printed",
            },
            "page_start": 5,
            "page_end": None,
            "words": 16,
            "state": "published",
            "text_version": 1,
            "text_url": f"{BASE}/api/v1/articles/{article.pk}/text/",
        }
    ]


def test_single_article_says_more(archive: Archive, reader: User) -> None:
    whole = said(ARTICLES, reader, pk=archive.article.pk)
    assert whole is not None
    (short,) = listed(ARTICLES, reader)
    more = {name: value for name, value in whole.items() if name not in short}
    at = f"{BASE}/api/v1/articles/{archive.article.pk}"
    guard, sundmark, vastra = archive.guard, archive.sundmark, archive.vastra
    assert {name: whole[name] for name in short} == short
    assert more == {
        "bio": "Ines Varrow writes on river law.",
        "actors": [
            {
                "id": guard.pk,
                "name": guard.name,
                "slug": guard.slug,
                "mentions": 1,
                "about": True,
                "url": f"{BASE}/api/v1/actors/{guard.pk}/",
            }
        ],
        "regions": [
            {
                "id": region.pk,
                "name": region.name,
                "slug": region.slug,
                "code": region.code,
                "mentions": 1,
                "about": True,
                "url": f"{BASE}/api/v1/regions/{region.pk}/",
            }
            for region in (sundmark, vastra)
        ],
        "note_count": 1,
        "citation_count": 1,
        **{f"{part}_url": f"{at}/{part}/" for part in ("notes", "citations", "mentions", "annotations")},
    }


def test_merged_actors_are_one_in_an_article(archive: Archive, reader: User) -> None:
    name_in(archive.article, {"Nobody": archive.front})
    judge_actors(one=archive.front, other=archive.guard, verdict="same", keep=archive.guard, by=make_user("curator"))
    whole = said(ARTICLES, reader, pk=archive.article.pk)
    assert whole is not None
    assert [(one["id"], one["mentions"], one["about"]) for one in whole["actors"]] == [(archive.guard.pk, 2, True)]


def test_issue_and_periodical_are_told(archive: Archive, reader: User) -> None:
    issue, periodical = archive.issue, archive.issue.periodical
    shelf = {"id": periodical.pk, "name": "Tidewater Letter", "slug": "tidewater-letter"}
    assert listed(ISSUES, reader) == [
        {
            "id": issue.pk,
            "url": f"{BASE}/api/v1/issues/{issue.pk}/",
            "html_url": f"{BASE}/issues/{issue.pk}/",
            **stamps(issue),
            "periodical": {**shelf, "url": f"{BASE}/api/v1/periodicals/{periodical.pk}/"},
            "volume": "XII",
            "number": 3,
            "date": "2022-02-11",
            "date_basis": "printed",
            "date_from": None,
            "date_to": None,
            "pages": issue.pages,
            "state": "published",
            "file_name": issue.file_name,
            "file_type": "txt",
            "file_bytes": issue.file_bytes,
            "sha256": issue.sha256,
            "article_count": 1,
        }
    ]
    assert listed(PERIODICALS, reader) == [
        {
            **shelf,
            "url": f"{BASE}/api/v1/periodicals/{periodical.pk}/",
            "html_url": f"{BASE}/?periodical=tidewater-letter",
            **stamps(periodical),
            "tagline": periodical.tagline,
            "issn": "",
            "issue_count": 1,
        }
    ]


def test_note_and_citation_are_told(archive: Archive, reader: User) -> None:
    note, citation, source = Note.objects.get(), Citation.objects.get(), Source.objects.get()
    article = {"id": archive.article.pk, "url": f"{BASE}/api/v1/articles/{archive.article.pk}/"}
    assert listed(NOTES, reader) == [
        {
            "id": note.pk,
            "url": f"{BASE}/api/v1/notes/{note.pk}/",
            "html_url": f"{BASE}/articles/{archive.article.pk}/lamps-on-the-ardel/#n1",
            **stamps(note),
            "article": article,
            "number": 1,
            "kind": "source",
            "text": "Assembly of the Ardel, Report on Dues, 2015.",
            "resolves_to": None,
        }
    ]
    assert listed(CITATIONS, reader) == [
        {
            "id": citation.pk,
            "url": f"{BASE}/api/v1/citations/{citation.pk}/",
            "html_url": f"{BASE}/citations/{citation.pk}/",
            **stamps(citation),
            "article": article,
            "note": None,
            "source": {
                "id": source.pk,
                "name": "Ferry Post",
                "slug": "ferry-post",
                "url": f"{BASE}/api/v1/sources/{source.pk}/",
            },
            "start": 71,
            "end": 93,
            "printed": "Ferry Post, January 21",
            "printed_date": "January 21",
            "date": "2022-01-21",
            "inferred": True,
            "link": "",
        }
    ]


@pytest.mark.parametrize(("precision", "date"), [("day", "2022-01-21"), ("month", "2022-01"), ("year", "2022")])
def test_date_is_as_precise_as_it_was_printed(archive: Archive, reader: User, precision: str, date: str) -> None:
    Citation.objects.update(precision=precision)
    assert [one["date"] for one in listed(CITATIONS, reader)] == [date]


def test_source_and_author_are_told(archive: Archive, reader: User) -> None:
    source, author = Source.objects.get(), Author.objects.get()
    assert said(SOURCES, reader, slug="ferry-post") == {
        "id": source.pk,
        "url": f"{BASE}/api/v1/sources/{source.pk}/",
        "html_url": f"{BASE}/sources/ferry-post/",
        **stamps(source),
        "name": "Ferry Post",
        "slug": "ferry-post",
        "grade": None,
        "citation_count": 1,
        "spellings": ["Ferry Post"],
    }
    source.grades.create(grade="B")
    assert [one["grade"] for one in listed(SOURCES, reader)] == ["B"]
    assert listed(AUTHORS, reader) == [
        {
            "id": author.pk,
            "url": f"{BASE}/api/v1/authors/{author.pk}/",
            "html_url": f"{BASE}/authors/ines-varrow/",
            **stamps(author),
            "name": "Ines Varrow",
            "slug": "ines-varrow",
            "given": author.given,
            "family": author.family,
            "literal": author.literal,
            "article_count": 1,
        }
    ]


def test_actor_is_told_with_names_and_relations(archive: Archive, reader: User) -> None:
    guard, front = archive.guard, archive.front
    relation = guard.relations.get()
    brief = {
        "id": guard.pk,
        "url": f"{BASE}/api/v1/actors/{guard.pk}/",
        "html_url": f"{BASE}/actors/{guard.slug}/",
        **stamps(guard),
        "name": guard.name,
        "slug": guard.slug,
        "kind": "armed_group",
        "status": "active",
        "countries": ["XA"],
        "tags": [],
        "wikidata": "",
        "valid_from": "",
        "valid_to": "",
        "article_count": 1,
    }
    assert listed(ACTORS, reader)[1] == brief
    name = {"kind": "name", "lang": "", "script": "", "valid_from": "", "valid_to": ""}
    assert said(ACTORS, reader, slug=guard.slug) == {
        **brief,
        "sources": [],
        "notes": "",
        "aliases": [{**name, "name": guard.name}, {**name, "name": "WG", "kind": "acronym"}],
        "relations": [
            {
                "uid": str(relation.uid),
                "type": "member_of",
                "valid_from": "2020",
                "valid_to": "",
                "source": "",
                **{
                    end: {
                        "id": one.pk,
                        "name": one.name,
                        "slug": one.slug,
                        "url": f"{BASE}/api/v1/actors/{one.pk}/",
                    }
                    for end, one in (("from", guard), ("to", front))
                },
            }
        ],
        "merged": [],
    }


def test_merged_actor_leads_to_the_one_it_was_merged_into(archive: Archive, reader: User) -> None:
    guard, front = archive.guard, archive.front
    judge_actors(one=guard, other=front, verdict="same", keep=front, by=make_user("curator"))
    for key in (guard.slug, str(guard.pk), front.slug, str(front.pk)):
        whole = ACTORS.single(actors_meant(reader, key), reader, LINKS)
        assert whole is not None
        assert (whole["id"], whole["merged"], whole["relations"]) == (front.pk, [guard.slug], [])
        assert {one["name"] for one in whole["aliases"]} == {guard.name, "WG", front.name}
        assert whole["article_count"] == 1
    assert [one["id"] for one in listed(ACTORS, reader)] == [front.pk]


def test_actor_of_drafts_alone_is_known_to_nobody_else(archive: Archive, reader: User) -> None:
    hidden = make_actor("Lamp Ring", status="provisional")
    relate(archive.guard, "allied_with", hidden)
    draft = make_article("The Lamp Ring met.", state=State.DRAFT, notes=(), cited={})
    name_in(draft, {"Lamp Ring": hidden})
    for person, seen in ((reader, False), (make_user("analyst"), False), (make_user("curator"), True)):
        assert actors_meant(person, hidden.slug).exists() is seen
        assert (hidden.pk in [one["id"] for one in listed(ACTORS, person)]) is seen
        whole = said(ACTORS, person, pk=archive.guard.pk)
        assert whole is not None
        assert (hidden.slug in {one["to"]["slug"] for one in whole["relations"]}) is seen


def test_region_is_told_with_what_it_lies_in(archive: Archive, reader: User) -> None:
    vastra, sundmark, ardel = archive.vastra, archive.sundmark, archive.ardel
    whole = said(REGIONS, reader, code=vastra.code)
    assert whole == {
        "id": vastra.pk,
        "url": f"{BASE}/api/v1/regions/{vastra.pk}/",
        "html_url": f"{BASE}/regions/{vastra.slug}/",
        **stamps(vastra),
        "code": vastra.code,
        "name": vastra.name,
        "slug": vastra.slug,
        "kind": "city",
        "countries": [],
        "population": 0,
        "lat": 1.5,
        "lon": 2.5,
        "coord_basis": "",
        "named_count": 1,
        "aliases": [],
        "lies_in": [
            {
                "id": one.pk,
                "code": one.code,
                "name": one.name,
                "depth": depth,
                "url": f"{BASE}/api/v1/regions/{one.pk}/",
            }
            for depth, one in ((1, sundmark), (2, ardel))
        ],
    }
    (other,) = [one for one in listed(REGIONS, reader) if one["id"] == sundmark.pk]
    assert other["named_count"] == 1
    for key in (vastra.slug, vastra.code, vastra.code.lower(), str(vastra.pk)):
        assert [row.pk for row in regions_meant(reader, key)] == [vastra.pk]
    sundmark.retired = True
    sundmark.save()
    assert not regions_meant(reader, sundmark.code)


def test_mention_is_told(archive: Archive, reader: User) -> None:
    first = Mention.objects.get(actor=archive.guard)
    told = listed(MENTIONS, reader)
    assert [one["text"] for one in told] == ["Weir Guard", "Sundmark", "Vastra"]
    made = stamp(archive.article.texts.get().created)
    assert told[0] == {
        "id": first.pk,
        "url": f"{BASE}/api/v1/mentions/{first.pk}/",
        "html_url": f"{BASE}/mentions/{first.pk}/",
        "created": made,
        "updated": made,
        "article": {"id": archive.article.pk, "url": f"{BASE}/api/v1/articles/{archive.article.pk}/"},
        "note": None,
        "where": "body",
        "text": "Weir Guard",
        "start": 4,
        "end": 14,
        "kind": "actor",
        "tier": "name",
        "metonym": False,
        "method": "gazetteer",
        "score": 1.0,
        "status": "auto",
        "actor": {
            "id": archive.guard.pk,
            "name": archive.guard.name,
            "slug": archive.guard.slug,
            "url": f"{BASE}/api/v1/actors/{archive.guard.pk}/",
        },
        "region": None,
    }
    assert told[1]["region"]["code"] == archive.sundmark.code


def test_suggestions_are_shown_to_who_decides_on_them(archive: Archive, reader: User) -> None:
    asked: dict[str, Any] = {"status": "suggested", "score": 0.5, "candidates": [[archive.guard.slug, 50]]}
    (waiting,) = name_in(archive.article, {"Nobody": archive.guard}, **asked)
    analyst = make_user("analyst")
    assert (listed(SUGGESTIONS, reader), said(MENTIONS, reader, pk=waiting.pk)) == ([], None)
    (told,) = listed(SUGGESTIONS, analyst)
    at = f"{BASE}/api/v1/suggestions/{waiting.pk}/"
    assert told["candidates"] == [{"key": archive.guard.slug, "likeness": 0.5}]
    assert (told["url"], told["accept_url"], told["reject_url"]) == (at, f"{at}accept/", f"{at}reject/")
    mention = said(MENTIONS, analyst, pk=waiting.pk)
    assert mention is not None
    assert (mention["status"], mention["url"]) == ("suggested", told["mention_url"])
    assert waiting.pk not in [one["id"] for one in listed(MENTIONS, analyst)]


def test_files_handed_in_are_told_to_who_hands_in(archive: Archive, reader: User) -> None:
    curator = make_user("curator", name="cleo")
    file = Ingest.objects.create(file_name="a.pdf", file_bytes=7, handed_in_by=curator)
    assert (listed(INGESTS, reader), listed(INGESTS, make_user("analyst"))) == ([], [])
    (told,) = listed(INGESTS, curator)
    assert (told["id"], told["state"], told["is_open"], told["issue"], told["handed_in_by"]) == (
        file.pk,
        "waiting",
        True,
        None,
        "cleo",
    )
    file.finish(Ingest.State.STORED, "Stored.", issue=archive.issue)
    (told,) = listed(INGESTS, make_user("admin"))
    assert (told["state"], told["is_open"], told["message"]) == ("stored", False, "Stored.")
    assert told["issue"] == {"id": archive.issue.pk, "url": f"{BASE}/api/v1/issues/{archive.issue.pk}/"}
    assert told["updated"] > told["created"]


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_hidden_issue_leaves_nothing_behind(db: None, state: str) -> None:
    make_archive(state=state)
    for person in (make_user("reader"), make_user("analyst"), AnonymousUser(), make_user("admin", is_active=False)):
        assert [listed(kind, person) for kind in PRINTED] == [[]] * len(PRINTED)  # type: ignore[arg-type]
        assert [kind.seen(person).count() for kind in PRINTED] == [0] * len(PRINTED)
    curator = make_user("curator")
    assert [len(listed(kind, curator)) for kind in PRINTED] == [1, 1, 1, 1, 1, 1, 1, 3]


def test_counts_leave_out_what_one_may_not_see(archive: Archive, reader: User) -> None:
    hidden = make_archive(state=State.DRAFT, number=4)
    curator = make_user("curator")
    counted = {PERIODICALS: "issue_count", SOURCES: "citation_count", AUTHORS: "article_count"}
    assert [listed(kind, reader)[0][name] for kind, name in counted.items()] == [1, 1, 1]
    assert [listed(kind, curator)[0][name] for kind, name in counted.items()] == [2, 2, 2]
    for person, count in ((reader, 0), (curator, 1)):
        actor, region = said(ACTORS, person, pk=hidden.guard.pk), said(REGIONS, person, pk=hidden.vastra.pk)
        assert actor is not None
        assert region is not None
        assert (actor["article_count"], region["named_count"]) == (count, count)


def test_lists_take_one_statement_however_long(archive: Archive) -> None:
    analyst = make_user("analyst")
    kinds = [*PRINTED, ACTORS, REGIONS]

    def statements() -> list[int]:
        counted = []
        for kind in kinds:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                listed(kind, analyst)
            counted.append(len(asked))
        return counted

    once = statements()
    for number in (5, 6):
        make_archive(number=number)
    assert (once, statements()) == ([1] * len(kinds), [1] * len(kinds))
    assert (Periodical.objects.count(), Actor.objects.count()) == (1, 6)
