"""Files below pages: each format for each person, with nothing in it that they may not see; large ones by a job."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zipfile import ZipFile

import frontmatter
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from geojson_pydantic import FeatureCollection
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.accounts.audit_models import Act, AuditEntry
from monitor.annotations.codebook import make_tag
from monitor.annotations.tag_models import AnnotationTag
from monitor.interchange.export_models import Export
from monitor.interchange.exports import BY_SLUG
from monitor.library.models import Article, State
from monitor.web.export_tasks import sweep_exports
from monitor.web.kept_exports import KEPT_FOR, MOST_AT_ONCE, write_export
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from pytest_django import Settings

    from monitor.accounts.models import User


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def sign_in(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def status(client: Client, address: str) -> int:
    """Return how an address answers, and let a file go."""
    answer: Any = client.get(address)
    b"".join(answer)
    return int(answer.status_code)


def text_in(answer: Any) -> str:
    """Return a file's text; of a zip that of all in it, with their names."""
    assert answer.status_code == 200
    data = b"".join(answer)
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())
    return data.decode()


def pages_of(house: House) -> dict[str, str]:
    """Return the address of each page of which things can be taken, by what it is."""
    return {
        "article": house.article.get_absolute_url(),
        "issue": f"/issues/{house.article.issue_id}/",
        "search": "/search/",
        "notebook": "/notebook/",
        "tag": "/tags/river/",
    }


def filled(house: House) -> None:
    """Put a word that betrays itself into everything that has readers of its own."""
    river = make_tag(name="River", by=house.curator)
    own = make_tag(name="Privatecanary", by=house.author, private=True)
    of_team = make_tag(name="Teamcanary", by=house.author, team=house.team)
    marks = (
        (house.mark(comment="Privatecanary says this"), (river, own)),
        (house.mark(comment="Teamcanary says this", visibility="team", team=house.team), (river, of_team)),
        (house.mark(comment="For all to read", visibility="everyone"), (river,)),
    )
    for mark, tags in marks:
        for tag in tags:
            AnnotationTag.objects.create(annotation=mark, tag=tag)
    hidden = make_issue(make_read_article(title="Draftcanary"), state=State.DRAFT).articles.get()
    guild = make_actor("Lamp Guild")
    name_in(hidden, {"lamps": guild}, about=True)
    name_in(
        house.article,
        {"lamps": guild, "Weir": make_region("PK", "Ardel", "country", lat=30.0, lon=70.0, coord_basis="point")},
        about=True,
    )


CITES_TAGS = {"ris", "bibtex", "csljson", "stix"}  # formats of articles that hold words of annotations


def test_no_format_of_any_page_betrays_anything(house: House) -> None:
    filled(house)
    tagged = {slug: form.of != "articles" or slug in CITES_TAGS for slug, form in BY_SLUG.items()}
    sees = {
        "author": (house.author, {"Privatecanary", "Teamcanary"}),
        "mate": (house.mate, {"Teamcanary"}),
        "outsider": (house.outsider, set()),
        "curator": (house.curator, {"Draftcanary"}),
    }
    for page, address in pages_of(house).items():
        for slug in BY_SLUG:
            found = {}
            for name, (person, mine) in sees.items():
                file = text_in(sign_in(person).get(f"{address}export/{slug}")).casefold()
                seen = {word for word in ("Privatecanary", "Teamcanary", "Draftcanary") if word.casefold() in file}
                assert seen <= mine, (page, slug, name)
                found[name] = seen
            if tagged[slug] and (page, slug) not in {("search", "csv"), ("tag", "qdc")}:
                assert found["author"] == {"Privatecanary", "Teamcanary"}, (page, slug)


def test_who_may_not_see_the_page_gets_no_file_of_it(house: House, settings: Settings) -> None:
    filled(house)
    hidden = Article.objects.get(title="Draftcanary")
    lost = [
        f"{hidden.get_absolute_url()}export/ris",
        f"/issues/{hidden.issue_id}/export/csv",
        "/tags/nothing/export/csv",
    ]
    for client in (sign_in(house.author), sign_in(house.reader)):
        answers = [
            client.get(address) for address in (*lost, "/issues/99/export/csv", f"{lost[0]}x", "/search/export/x")
        ]
        assert {answer.status_code for answer in answers} == {404}
    mine = "/tags/privatecanary/export/csv"
    assert [status(sign_in(who), mine) for who in (house.author, house.mate)] == [200, 404]
    pages = pages_of(house)
    for address in pages.values():
        assert sign_in(None).get(f"{address}export/ris").status_code == 302
    settings.ANONYMOUS_READ = True
    seen = {name: status(sign_in(None), f"{address}export/ris") for name, address in pages.items()}
    assert seen == {"article": 200, "issue": 200, "search": 200, "notebook": 302, "tag": 302}
    assert "says this" not in text_in(sign_in(None).get(f"{pages['issue']}export/markdown"))
    assert sign_in(house.author).put(f"{pages['issue']}export/csv").status_code == 405


def test_a_file_holds_what_its_page_holds(house: House) -> None:
    filled(house)
    make_issue(make_read_article(title="Another"))
    client = sign_in(house.author)

    def rows(address: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(text_in(client.get(address)).removeprefix("\ufeff"))))

    assert [row["title"] for row in rows("/search/export/csv?q=title:another")] == ["Another"]
    assert len(rows("/search/export/csv")) == 2
    assert len(rows("/search/results.csv")) == 2
    assert len(rows("/search/export/annotations?q=lamps")) == 3
    assert len(rows("/notebook/export/csv/?whose=mine")) == 3
    assert [row["visibility"] for row in rows("/notebook/export/csv?tag=teamcanary")] == ["team"]
    assert len(rows("/tags/river/export/csv?exact=1")) == 3
    assert len(rows(f"/issues/{house.article.issue_id}/export/csv")) == 3
    assert [row["title"] for row in rows("/notebook/export/articles")] == [house.article.title]
    book = text_in(client.get("/tags/river/export/qdc"))
    assert ("River" in book, "Teamcanary" in book) == (True, False)


def test_places_are_valid_geojson(house: House) -> None:
    filled(house)
    written = text_in(sign_in(house.author).get(f"{house.article.get_absolute_url()}export/geojson"))
    found: Any = FeatureCollection.model_validate_json(written)
    assert [(one.id, one.geometry.coordinates) for one in found.features] == [("PK", (70.0, 30.0))]
    assert "crs" not in json.loads(written)


def test_front_matter_is_yaml_whatever_stands_in_it(house: House) -> None:
    filled(house)
    Article.objects.filter(pk=house.article.pk).update(title='--- "a": b\n---\n{c} \u202e 🏮 # d')
    page = text_in(sign_in(house.author).get(f"{house.article.get_absolute_url()}export/markdown"))
    name, _, file = page.partition("\n")
    found = frontmatter.loads(file)
    assert name == "2022-02-11 --- a b --- {c} 🏮 d.md"
    assert found["title"] == '--- "a": b --- {c} \u202e 🏮 # d'
    assert (found["date"].isoformat(), found["date_precision"], found["authors"]) == (
        "2022-02-11",
        "day",
        ["Ines Varrow"],
    )
    assert (found["actors"], found["regions"]) == (["Lamp Guild"], ["Ardel"])
    assert found["tags"] == ["privatecanary", "river", "teamcanary"]


def test_each_file_is_in_the_record_without_what_was_searched_for(house: House) -> None:
    assert text_in(sign_in(house.author).get("/search/export/ris?q=lamps"))
    [entry] = AuditEntry.objects.filter(act=Act.EXPORTED)
    assert (entry.who, entry.about, entry.facts["form"], entry.facts["rows"]) == ("author", "export-search", "ris", 1)
    assert "lamps" not in json.dumps(entry.facts) + entry.about


def test_queries_of_a_file_do_not_grow_with_its_rows(house: House) -> None:
    counted: dict[str, list[int]] = {}
    for more in (1, 2, 20):
        for _ in range(more):
            house.mark()
        make_issue(*(make_read_article(title=f"Lamps {n}") for n in range(more)))
        for slug in BY_SLUG:
            with CaptureQueriesContext(connection) as caught:
                text_in(sign_in(house.author).get(f"/search/export/{slug}"))
            counted.setdefault(slug, []).append(len(caught))
    assert {slug for slug, counts in counted.items() if counts[1] != counts[2]} == set()


# -- Large files --------------------------------------------------------------------------------------------------------
@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.exporting.AT_ONCE", {"articles": 0, "annotations": 1, "tags": 0})


def asked(client: Client, address: str) -> Export:
    """Ask for a large file as the page says it."""
    page = client.get(address)
    assert "A large file" in page.content.decode()
    assert client.post(address, {"write": "on"}).headers["Location"] == "/exports/"
    return Export.objects.latest("pk")


def test_a_large_file_is_written_by_a_job_and_fetched_by_its_owner_alone(house: House, large: None) -> None:
    for number in range(3):
        house.mark(comment=f"Word {number}")
    client = sign_in(house.author)
    kept = asked(client, "/notebook/export/csv/?whose=mine")
    assert (kept.state, kept.total, kept.keys) == ("waiting", 3, list(kept.keys))
    [job] = ProcrastinateJob.objects.filter(task_name="write_export")
    assert job.args == {"export_id": kept.pk}
    page = client.get("/exports/").content.decode()
    assert ("waiting" in page, 'hx-trigger="every 2s"' in page) == (True, True)
    assert client.get(f"/exports/{kept.uid}/").status_code == 404
    write_export(kept.pk)
    page = client.get("/exports/", headers={"HX-Request": "true"}).content.decode()
    assert (f'href="/exports/{kept.uid}/"' in page, "hx-trigger" in page, "<html" in page) == (True, False, False)
    answer = client.get(f"/exports/{kept.uid}/")
    assert answer["Content-Disposition"].startswith('attachment; filename="annotations-')
    assert answer["Cache-Control"] == "private, no-store"
    assert text_in(answer).count("Word ") == 3
    for other in (house.mate, house.curator, make_user("admin")):
        assert sign_in(other).get(f"/exports/{kept.uid}/").status_code == 404
        assert str(kept.uid) not in sign_in(other).get("/exports/").content.decode()
    assert sign_in(None).get(f"/exports/{kept.uid}/").status_code == 302
    write_export(kept.pk)  # taken up again it changes nothing
    kept.refresh_from_db()
    assert (kept.state, kept.done, kept.file_bytes > 0) == ("ready", 3, True)


def test_what_its_owner_may_not_see_any_more_is_not_written(house: House, large: None) -> None:
    for _ in range(2):
        house.mark(by=house.mate, comment="Teamcanary", visibility="team", team=house.team)
    kept = asked(sign_in(house.author), "/notebook/export/csv?whose=team")
    house.team.memberships.filter(user=house.author).delete()
    write_export(kept.pk)
    assert "Teamcanary" not in text_in(sign_in(house.author).get(f"/exports/{kept.uid}/"))
    Export.objects.update(state="waiting")
    type(house.author).objects.filter(pk=house.author.pk).update(is_active=False)
    write_export(kept.pk)
    assert Export.objects.get().state == "failed"


def test_files_are_swept_after_a_while(house: House, large: None) -> None:
    client = sign_in(house.author)
    kept = asked(client, f"{house.article.get_absolute_url()}export/ris")
    write_export(kept.pk)
    sweep_exports(0)
    assert status(client, f"/exports/{kept.uid}/") == 200
    lost = asked(client, f"{house.article.get_absolute_url()}export/ris")
    Export.objects.update(created=F("created") - KEPT_FOR + timedelta(hours=1))
    sweep_exports(0)
    assert Export.objects.get(pk=lost.pk).state == "failed"
    Export.objects.update(created=F("created") - timedelta(hours=2))
    sweep_exports(0)
    assert client.get(f"/exports/{kept.uid}/").status_code == 404
    for _ in range(MOST_AT_ONCE + 2):
        client.post(f"{house.article.get_absolute_url()}export/ris", {"write": "on"})
    assert Export.objects.count() == MOST_AT_ONCE


def test_a_visitor_gets_no_large_file_and_nobody_an_endless_one(
    house: House, large: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ANONYMOUS_READ = True
    address = f"{house.article.get_absolute_url()}export/ris"
    assert "sign in" in sign_in(None).get(address).content.decode()
    assert sign_in(None).post(address, {"write": "on"}).status_code == 404
    monkeypatch.setattr("monitor.web.exporting.MOST", 0)
    assert sign_in(house.author).get(address).status_code == 413
    assert sign_in(house.author).post(address, {"write": "on"}).status_code == 413
    assert not Export.objects.exists()
    assert sign_in(house.author).get(f"/exports/{uuid4()}/").status_code == 404


def test_the_command_gives_every_format_of_all_or_of_a_search(house: House, tmp_path: Any, settings: Settings) -> None:
    settings.SITE_URL = "https://monitor.example"
    filled(house)
    make_issue(make_read_article(title="Another"))
    for form in (*(slug for slug in BY_SLUG if slug != "html"), "csl-json"):
        path = tmp_path / form
        call_command("export", format=form, output=path, user="author", query="lamps")
        call_command("export", format=form, output=tmp_path / "again", user="author", query="lamps")
        assert path.read_bytes() == (tmp_path / "again").read_bytes()
        assert path.stat().st_size > 0
        call_command("export", format=form, output=path)
        assert not {word for word in (b"canary", b"Canary") if word in path.read_bytes()}
    call_command("export", format="csv", output=tmp_path / "csv", user="mate", query="title:another")
    assert len((tmp_path / "csv").read_text().splitlines()) == 1
