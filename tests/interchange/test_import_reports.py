"""Reports of files that came in: shown in parts, never read whole, and kept no longer than files that are taken out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from monitor.interchange.import_models import FileImport
from monitor.interchange.import_reports import Report, left_rows, tallies
from monitor.interchange.import_tasks import sweep_imports
from monitor.interchange.importing import BROKEN, KEPT_FOR
from tests.factories import make_user
from tests.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db


def line(number: int, outcome: str = "imported") -> dict[str, str]:
    return {"outcome": outcome, "label": f"row {number}.", "why": "", "address": ""}


def keep(person: User, count: int = 3, **facts: Any) -> FileImport:
    """Keep a file of so many rows; every fifth is a duplicate, and one found no home."""
    rows = [line(number, "duplicate" if number % 5 == 0 else "imported") for number in range(count)]
    whole = {"rows_done": count, "rows_total": count, "state": "done", "left_over": [{"id": 1}]}
    return FileImport.objects.create(person=person, format="jsonld", file_name="a.jsonld", report=rows, **whole | facts)


def test_a_long_report_is_shown_in_parts_and_never_read_whole(signed_in: SignIn) -> None:
    person = make_user()
    row = keep(person, 1_003)
    client, address = signed_in(person), reverse("import", args=[row.uid])
    with CaptureQueriesContext(connection) as asked:
        first = words(client.get(address).content.decode())
    assert not [one["sql"] for one in asked if '"report"' in one["sql"] or '"left_over"' in one["sql"]]
    assert ("row 0. duplicate" in first, "row 199. imported" in first, "row 200." in first) == (True, True, False)
    assert "802 imported 201 duplicate" in first.replace("1,003 rows ", "")
    assert "1,003 rows" in first
    last = words(client.get(f"{address}?page=6").content.decode())
    assert ("row 1002. imported" in last, "row 999." in last) == (True, False)
    chosen = words(client.get(f"{address}?outcome=duplicate&page=2").content.decode())
    assert ("row 1000. duplicate" in chosen, "row 1001." in chosen) == (True, False)
    assert "row 0. duplicate" in words(client.get(f"{address}?outcome=nonsense").content.decode())


def test_parts_of_a_report_are_its_rows_in_their_order() -> None:
    row = keep(make_user(), 12)
    whole = Report(row, "", 12)
    assert (len(whole), whole[0:12], whole[3:5]) == (12, row.report, row.report[3:5])
    assert Report(row, "duplicate", 3)[1:3] == [line(5, "duplicate"), line(10, "duplicate")]
    assert (tallies([row]), left_rows(row)) == ({row.pk: {"imported": 9, "duplicate": 3}}, 1)
    assert tallies([]) == {}


def test_the_list_of_files_takes_as_many_statements_however_many_there_are(signed_in: SignIn) -> None:
    person = make_user()
    client, counts = signed_in(person), []
    for more in (1, 2, 4):
        for _ in range(more):
            keep(person, 7)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("imports")).status_code == 200
        counts.append(len(asked))
        assert not [one["sql"] for one in asked if '"report"' in one["sql"]]
    assert len(set(counts)) == 1


def test_files_and_reports_are_forgotten_after_a_week() -> None:
    person = make_user()
    young, waiting = keep(person), keep(person, state="waiting", content=b"[]", rows_done=0)
    FileImport.objects.update(created=F("created") - KEPT_FOR + timedelta(hours=1))
    fresh = keep(person, state="waiting", content=b"[]")
    sweep_imports(0)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.message, waiting.content, waiting.finished is not None) == (
        "failed",
        BROKEN,
        None,
        True,
    )
    fresh.refresh_from_db()
    assert (fresh.state, FileImport.objects.count()) == ("waiting", 3)
    FileImport.objects.filter(pk=young.pk).update(created=F("created") - timedelta(hours=2))
    sweep_imports(0)
    assert set(FileImport.objects.values_list("pk", flat=True)) == {waiting.pk, fresh.pk}
