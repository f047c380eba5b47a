"""What is looked for among annotations is found by an index, also where the index holds the filled rows alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from monitor.annotations.log_models import Operation
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.tag_models import AnnotationTag, Tag

if TYPE_CHECKING:
    from django.db.models import Model

pytestmark = pytest.mark.django_db

HISTORY_BY = {
    Annotation: "pgh_obj",
    Reply: "pgh_obj",
    Tag: "pgh_obj",
    AnnotationSpan: "annotation",
    AnnotationTag: "annotation",
}


def plan_of(model: Any, **condition: Any) -> str:
    """Return how the rows are found by somebody who may read the whole table only at a price."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    plan: str = model.objects.filter(**condition).order_by().explain()
    return plan


@pytest.mark.parametrize(
    ("model", "column"),
    [
        *((Annotation, name) for name in ("owner", "team", "article", "issue", "hidden_by", "resolved_by")),
        *((Reply, name) for name in ("owner", "team", "annotation", "hidden_by")),
        *((AnnotationSpan, name) for name in ("annotation", "note")),
        *((AnnotationTag, name) for name in ("annotation", "tag", "added_by")),
        (Operation, "person"),
    ],
)
def test_rows_of_a_person_team_or_text_are_found_by_an_index(model: type[Model], column: str) -> None:
    assert "Seq Scan" not in plan_of(model, **{column: 7})
    assert "Seq Scan" not in plan_of(model, **{f"{column}__in": [7, 8]})


@pytest.mark.parametrize(("model", "column"), HISTORY_BY.items())
def test_the_history_of_a_row_is_found_by_an_index(model: Any, column: str) -> None:
    assert "Seq Scan" not in plan_of(model.pgh_event_model, **{column: 7})


@pytest.mark.parametrize("model", HISTORY_BY)
def test_history_is_written_into_two_indexes(model: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_indexes where tablename = %s", [model.pgh_event_model._meta.db_table])
        assert cursor.fetchone() == (2,)
