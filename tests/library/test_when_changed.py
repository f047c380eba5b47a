"""When rows of the library and of the authority files were last changed: kept by triggers, whoever writes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from monitor.library.models import Article, Author, Issue, Note, Periodical
from monitor.library.source_models import Citation, Source
from tests.entity_rows import make_actor, make_region, relate
from tests.factories import make_article

if TYPE_CHECKING:
    from collections.abc import Callable

LONG_AGO = datetime(2001, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


def printed(model: Any) -> Callable[[], Any]:
    def made() -> Any:
        make_article()
        return model.objects.get()

    return made


ROWS: dict[str, tuple[Callable[[], Any], dict[str, Any]]] = {
    "periodical": (printed(Periodical), {"tagline": "New words"}),
    "issue": (printed(Issue), {"state": "withdrawn"}),
    "article": (printed(Article), {"title": "New words"}),
    "author": (printed(Author), {"name": "New words"}),
    "note": (printed(Note), {"text": "New words"}),
    "source": (printed(Source), {"name": "New words"}),
    "citation": (printed(Citation), {"inferred": False}),
    "actor": (lambda: make_actor("Weir Guard"), {"notes": "New words"}),
    "region": (lambda: make_region("XA", "Ardel", "country"), {"population": 7}),
    "relation": (lambda: relate(make_actor("Weir Guard"), "member_of", make_actor("River Front")), {"source": "New"}),
}


@pytest.mark.parametrize("name", ROWS)
def test_row_says_when_it_was_last_changed(db: None, name: str) -> None:
    make, change = ROWS[name]
    row = make()
    rows = type(row).objects.filter(pk=row.pk)
    rows.update(created=LONG_AGO, updated=LONG_AGO)  # whoever gives the time has it stand
    assert rows.values_list("created", "updated").get() == (LONG_AGO, LONG_AGO)
    rows.update(**{field: getattr(row, field) for field in change})  # says what it said before
    assert rows.values_list("updated", flat=True).get() == LONG_AGO
    rows.update(**change)
    created, updated = rows.values_list("created", "updated").get()
    assert created == LONG_AGO
    assert updated > LONG_AGO
