"""Words are looked for in what the database keeps folded, by its index, whoever wrote the row and however."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.models import TextField, Value
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from monitor.annotations.actions import change_annotation
from monitor.annotations.folded_words import Folded, with_words
from monitor.annotations.models import Annotation, AnnotationSpan
from tests.annotations.people_and_texts import House, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def found(words: str) -> list[str]:
    marks = Annotation.objects.filter(with_words(words)).order_by("pk")
    return list(marks.values_list("comment", flat=True))


def test_words_are_found_in_comments_and_passages_without_case_and_accents(house: House) -> None:
    house.mark("lamps were lit", comment="À propos: “Soft\u00adly” CAFÉ")
    house.mark("gate", comment="harbour")
    assert found("cafe") == found("CAFÉ softly") == found("lamps propos") == ["À propos: “Soft\u00adly” CAFÉ"]
    assert found("harb") == found("gate") == ["harbour"]
    assert found("ate") == found("lamps harbour") == []
    assert found('"lamps were"') == ["À propos: “Soft\u00adly” CAFÉ"]
    assert found('"were lamps"') == []


def test_what_is_changed_by_any_way_is_found_as_it_is_now(house: House) -> None:
    mark = house.mark(comment="Quay")
    change_annotation(mark=mark, by=house.author, revision=1, comment="Weír")
    assert (found("quay"), found("weir")) == ([], ["Weír"])
    Annotation.objects.update(comment="Déjà")
    AnnotationSpan.objects.update(quote="Brücke")
    assert (found("weir"), found("lamps"), found("deja"), found("brucke")) == ([], [], ["Déjà"], ["Déjà"])


def test_each_term_is_looked_for_by_an_index(house: House) -> None:
    house.mark()
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    plan = Annotation.objects.filter(with_words("harbour")).explain()
    assert [f"{table}_folded_words" in plan for table in ("monitor_annotation", "monitor_annotationspan")] == [True] * 2


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_what_is_kept_is_folded_as_everything_else(text: str) -> None:
    value: Any = Folded(Value(text, TextField()))
    compiler = Annotation.objects.all().query.get_compiler("default")
    sql, params = value.resolve_expression(compiler.query).as_sql(compiler, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"select monitor_folded(%s::text), {sql}", [text, *params])
        kept, folded = cursor.fetchone() or ("", None)
    assert kept == folded
