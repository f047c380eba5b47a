from __future__ import annotations

import pytest

from monitor.library.grading import CannotGrade, grade_source
from monitor.library.source_models import Source, SourceGrade
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    make_article("Said (Dawn, January 3).", notes=(), cited={"Dawn, January 3": "2022-01-03"})
    return Source.objects.get()


def history(source: Source) -> list[tuple[str, str]]:
    return [(given.grade, given.reason) for given in source.grades.all()]


def test_newest_grade_comes_first_and_the_earlier_ones_stay(source: Source) -> None:
    ines = make_user("analyst")
    grade_source(source=source, grade="B", reason="", by=ines)
    grade_source(source=source, grade="D", reason="Retracted twice in May.", by=ines)
    grade_source(source=source, grade="", reason="", by=ines)
    assert history(source) == [("", ""), ("D", "Retracted twice in May."), ("B", "")]


def test_the_same_grade_again_changes_nothing(source: Source) -> None:
    ines = make_user("analyst")
    first = grade_source(source=source, grade="B", reason="Checked.", by=ines)
    assert grade_source(source=source, grade="B", reason="Checked.", by=make_user("analyst", name="tomas")) == first
    assert history(source) == [("B", "Checked.")]


@pytest.mark.parametrize(
    ("grade", "reason", "sentence"),
    [
        ("G", "", "There is no such grade."),
        ("b", "", "There is no such grade."),
        ("A", "x" * 1001, "Give the reason in at most 1000 characters."),
        ("", "", "It has no grade that could be taken back."),
    ],
)
def test_what_is_no_grade_is_refused(grade: str, reason: str, sentence: str, source: Source) -> None:
    with pytest.raises(CannotGrade, match=f"^{sentence}$"):
        grade_source(source=source, grade=grade, reason=reason, by=make_user("analyst"))
    assert not SourceGrade.objects.exists()


def test_grade_outlives_the_person_who_gave_it(source: Source) -> None:
    ines = make_user("analyst")
    grade_source(source=source, grade="A", reason="", by=ines)
    ines.delete()
    assert [(given.grade, given.given_by) for given in source.grades.all()] == [("A", None)]
