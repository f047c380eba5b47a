from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitor.interchange.csv import read_rows
from monitor.library.models import Article, State
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.interchange.readers import read_bibtex, read_ris

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = "https://monitor.example"


def export(form: str, **options: Any) -> str:
    """Return what the command prints."""
    out = io.StringIO(newline="")
    call_command("export", format=form, stdout=out, **options)
    return out.getvalue()


def exported_titles(**options: Any) -> list[str]:
    return [item["title"] for item in json.loads(export("csl-json", **options))]


def test_export_prints_each_format() -> None:
    article = make_article(title="Lamps")
    at = f"https://monitor.example{article.get_absolute_url()}"
    [ris] = read_ris(export("ris"))
    [bibtex] = read_bibtex(export("bibtex")).values()
    [csl] = json.loads(export("csl-json"))
    headings, passage = read_rows(export("passages-csv").splitlines(keepends=True))
    assert (dict(ris)["UR"], bibtex["url"], csl["URL"]) == (at, at, at)
    assert dict(zip(headings, passage, strict=True))["url"] == f"{at}#p3"


@pytest.mark.parametrize("form", ["ris", "bibtex", "csl-json", "passages-csv"])
def test_export_twice_gives_the_same_text(form: str) -> None:
    make_issue(*(make_read_article(title=f"Piece {n}") for n in range(3)))
    assert export(form) == export(form)


@pytest.mark.parametrize(("form", "empty"), [("ris", ""), ("bibtex", ""), ("csl-json", "[]\n")])
def test_export_of_an_empty_library_is_well_formed(form: str, empty: str) -> None:
    assert export(form) == empty


def test_export_reads_as_the_named_person() -> None:
    make_article(title="Published")
    make_article(title="Draft", state=State.DRAFT)
    make_user("reader", name="Ines")
    make_user("curator", name="Quill")
    assert exported_titles() == ["Published"]
    assert exported_titles(user="ines") == ["Published"]
    assert sorted(exported_titles(user="QUILL")) == ["Draft", "Published"]


def test_export_leaves_out_what_the_newest_reading_lacks() -> None:
    make_user("admin", name="Ada")
    make_article(title="Stands")
    Article.objects.filter(pk=make_article(title="Went").pk).update(state=State.GONE)
    assert exported_titles(user="Ada") == ["Stands"]


def test_export_can_be_of_one_periodical() -> None:
    make_issue(make_read_article(title="Here"), publication="Quay Mail")
    make_issue(make_read_article(title="There"))
    assert exported_titles(periodical="quay-mail") == ["Here"]
    rows = read_rows(export("passages-csv", periodical="quay-mail").splitlines(keepends=True))
    assert [row[14] for row in rows] == ["article_title", "Here"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"user": "nobody"}, "There is no account named nobody."),
        ({"user": "gone"}, "The account gone is disabled and may read nothing."),
        ({"periodical": "no-such"}, "There is no periodical no-such. There are: tidewater-letter."),
    ],
)
def test_export_says_what_it_does_not_know(options: dict[str, str], sentence: str) -> None:
    make_article()
    make_user("admin", name="gone", is_active=False)
    with pytest.raises(CommandError) as refused:
        export("ris", **options)
    assert str(refused.value) == sentence


def test_export_needs_a_format_it_knows() -> None:
    with pytest.raises(CommandError, match="invalid choice: 'pdf'"):
        call_command("export", "--format", "pdf")


def test_export_says_when_records_carry_no_links(settings: Settings) -> None:
    settings.SITE_URL = ""
    make_article()
    said = io.StringIO()
    [item] = json.loads(export("csl-json", stderr=said))
    assert "URL" not in item
    assert said.getvalue() == "SITE_URL is not set, so the records carry no links to this site.\n"


def test_export_leaves_the_mark_for_excel_out_when_told() -> None:
    assert export("passages-csv").startswith('\ufeff"id"')
    assert export("passages-csv", no_bom=True).startswith('"id"')


def test_export_writes_a_file_whole(tmp_path: Path) -> None:
    make_article()
    assert export("ris", output=tmp_path / "all.ris") == ""
    assert (tmp_path / "all.ris").read_bytes().decode() == export("ris")
    assert [path.name for path in tmp_path.iterdir()] == ["all.ris"]


def test_export_keeps_the_older_file_when_it_fails(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match=r"Nothing was written: .*folder is not a file"):
        export("ris", output=tmp_path / "folder")
    with pytest.raises(CommandError, match=r"Nothing was written: .*No such file or directory"):
        export("ris", output=tmp_path / "missing" / "all.ris")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_export_stops_quietly_when_nobody_reads_on() -> None:
    make_article()
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", closefd=True) as closed:
        call_command("export", format="ris", stdout=closed)
        with pytest.raises(BrokenPipeError):
            closed.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), closed.fileno())


@pytest.mark.parametrize("form", ["ris", "passages-csv", "articles", "stix", "geojson"])
def test_queries_of_an_export_do_not_grow_with_what_it_holds(form: str) -> None:
    counted = []
    for more in (1, 2, 20):
        make_issue(*(make_read_article(title=f"Piece {n}") for n in range(more)))
        with CaptureQueriesContext(connection) as caught:
            export(form)
        counted.append(len(caught))
    assert counted[0] == counted[1] == counted[2]
