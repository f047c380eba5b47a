"""Cited outlets: the list, the passages that cite one, and which printed names are one outlet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from monitor.accounts.models import Role
from monitor.library import source_lists
from monitor.library.article_filters import SOURCE
from monitor.library.grading import CannotGrade, grade_source
from monitor.library.replicas import reads_a_replica
from monitor.library.source_models import Grade, SourceJoin, SourceSpelling
from monitor.library.sources import CannotJoin, CannotUndo, join_sources, split_spelling, undo_join
from monitor.web.access import find_citation, find_source, open_to_readers, role_needed
from monitor.web.article_list import article_list, render_list
from monitor.web.charts import citation_chart
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.sources import GRADE_WORDS, NO_GRADE, ORDER_WORDS, GradeForm, JoinForm, read_sources_asked
from monitor.web.links import web_address
from monitor.web.paging import asked_page
from monitor.web.passages import Passage, passage_around
from monitor.web.reading import block_id
from monitor.web.unchanged import own_marks_of_all, places_of_all, tags_of_all, told_when_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from monitor.library.models import Issue
    from monitor.library.source_lists import Person
    from monitor.library.source_models import Citation, Source
    from monitor.web.access import Request

SOURCES_PER_PAGE = 100
PASSAGES_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A source in the list."""

    source: Source
    cited: source_lists.Citedness
    grade: str


@require_safe
@open_to_readers
@told_when_unchanged()
@reads_a_replica
def sources(request: Request) -> HttpResponse:
    asked, person = read_sources_asked(request.GET), request.user
    rows = source_lists.cited_sources(person, name=asked.name, grades=asked.stored_grades, order=asked.order)
    page = asked_page(request.GET, rows, source_lists.ORDERS[asked.order], size=SOURCES_PER_PAGE)
    counts = source_lists.grade_counts(person, name=asked.name)
    grades = [(value, words, counts.get(_stored(value), 0)) for value, words in GRADE_WORDS.items()]
    context = {
        "here": "sources",
        "asked": asked,
        "page": page,
        "groups": _in_groups(page.rows, person, asked.order),
        "grades": [row for row in grades if row[2] or row[0] in asked.grades],
        "orders": ORDER_WORDS,
        "total": sum(n for value, _, n in grades if not asked.grades or value in asked.grades),
    }
    part = "#swapped" if request.htmx and not request.htmx.history_restore_request else ""
    status = 422 if asked.refused or page.refused else 200
    return render(request, f"sources/sources.html{part}", context, status=status)


def _stored(grade: str) -> str:
    return source_lists.UNGRADED if grade == NO_GRADE else grade


def _in_groups(found: Sequence[Any], person: Person, order: str) -> list[tuple[str, list[Listed]]]:
    """Gather sources under their letter, their grade, or, in an order of numbers, under no head."""
    cited = source_lists.citedness_of(found, person)
    rows = [Listed(row, cited[row.pk], row.present_grade.replace(source_lists.UNGRADED, "")) for row in found]
    heads = {"name": lambda row: _letter(row.source.name), "grade": lambda row: _graded(row.grade)}
    return [(head, list(group)) for head, group in groupby(rows, key=heads.get(order, lambda row: ""))]


def _graded(letter: str) -> str:
    return dict(Grade.choices)[letter].capitalize() if letter else "Not graded"


def _letter(name: str) -> str:
    first = name[:1].upper()
    return first if first.isalpha() else "#"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that cites the source, and where it stands."""

    citation: Citation
    passage: Passage
    address: str


@require_safe
@open_to_readers
@told_when_unchanged(places_of_all, tags_of_all, own_marks_of_all)
@reads_a_replica
def source(request: Request, slug: str) -> HttpResponse:
    shown = find_source(request, slug)
    if shown.slug != slug:
        return redirect(shown)
    return _render_source(request, shown)


def _render_source(
    request: Request,
    shown: Source,
    *,
    form: JoinForm | None = None,
    grading: GradeForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    person = request.user
    grades = list(shown.grades.select_related("given_by"))
    periodicals = source_lists.citing_periodicals(shown, person)
    context: dict[str, Any] = {
        "here": "sources",
        "source": shown,
        "spellings": source_lists.spellings_of(shown, person),
        "refused": refused,
        "grades": grades,
        "chart": citation_chart(source_lists.cited_months(shown, person)),
        "periodicals": periodicals,
        "citation_count": sum(row.citations for row in periodicals),
        "article_count": sum(row.articles for row in periodicals),
        "view": "articles" if request.GET.get("view") == "articles" else "passages",
    }
    if getattr(request.user, "is_analyst", False):
        present = {"grade": grades[0].grade, "reason": grades[0].reason} if grades else None
        context["grading"] = grading or GradeForm(initial=present)
    if getattr(request.user, "is_curator", False):
        context |= {"form": form or JoinForm(), "decisions": source_lists.decisions_about(shown)}
    if context["view"] == "articles":
        citing = source_lists.articles_citing(shown, person)
        listed = article_list(request, citing, leaving_out=[SOURCE.name], kept=["view"])
        return render_list(request, "sources/source.html", context, listed, status=status)
    page = asked_page(
        request.GET,
        source_lists.passages_citing(shown, person),
        source_lists.PASSAGE_ORDER,
        size=PASSAGES_PER_PAGE,
    )
    context |= {"page": page, "groups": _by_issue([_quoted(citation) for citation in page.rows])}
    return render(request, "sources/source.html", context, status=422 if page.refused else status)


@require_safe
@open_to_readers
@told_when_unchanged()
def citation_card(request: Request, pk: int) -> HttpResponse:
    """Show what is known of one citation, in the card beside the text."""
    shown = find_citation(request, pk)
    context = {
        "citation": shown,
        "address": web_address(shown.url),
        "grade": shown.source.grades.first(),
        "elsewhere": source_lists.citing_elsewhere(shown, request.user),
        "issue": source_lists.cited_issue(shown, request.user),
    }
    return render(request, "sources/_card.html", context)


@takes_forms
@role_needed(Role.ANALYST)
def grade(request: Request, slug: str) -> HttpResponse:
    shown = find_source(request, slug)
    form = GradeForm(request.POST)
    if not form.is_valid():
        return _render_source(request, shown, grading=form, status=422)
    try:
        given = grade_source(source=shown, by=request.user, **form.cleaned_data)
    except CannotGrade as error:
        form.add_error("grade", str(error))
        return _render_source(request, shown, grading=form, status=422)
    said = f"is graded {given.grade} now" if given.grade else "has no grade any more"
    messages.success(request, f"“{shown.name}” {said}.")
    return redirect(shown)


def _by_issue(quoted: list[Quoted]) -> list[tuple[Issue, list[Quoted]]]:
    runs = groupby(quoted, key=lambda row: row.citation.article.issue)
    return [(issue, list(rows)) for issue, rows in runs]


def _quoted(citation: Any) -> Quoted:
    """Cut the passage; `citation` carries `excerpt`, `excerpt_start` and `block` (see `passages_citing`)."""
    page = citation.article.get_absolute_url()
    if citation.note:
        text = citation.note.text
        passage = passage_around(text, citation.start, citation.end, is_begin=True, is_end=True)
        return Quoted(citation, passage, f"{page}#n{citation.note.number}")
    start, end = citation.start - citation.excerpt_start, citation.end - citation.excerpt_start
    is_end = len(citation.excerpt) < end + source_lists.EXCERPT_REACH
    passage = passage_around(citation.excerpt, start, end, is_begin=citation.excerpt_start == 0, is_end=is_end)
    return Quoted(citation, passage, f"{page}#{block_id(citation.block or 0)}")


@takes_forms
@role_needed(Role.CURATOR)
def join(request: Request, slug: str) -> HttpResponse:
    """Join another source, named in the form, into this one."""
    shown = find_source(request, slug)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _render_source(request, shown, form=form, status=422)
    other = form.cleaned_data["name"]
    try:
        join_sources(kept=shown, other=other, decided_by=request.user)
    except CannotJoin as error:
        form.add_error("name", str(error))
        return _render_source(request, shown, form=form, status=422)
    messages.success(request, f"“{other.name}” is now one with “{shown.name}”.")
    return redirect(shown)


@takes_forms
@role_needed(Role.CURATOR)
def keep_apart(request: Request, pk: int) -> HttpResponse:
    """Give a spelling a source of its own."""
    spelling = get_object_or_404(SourceSpelling.objects.select_related("source"), pk=pk)
    try:
        split = split_spelling(spelling=spelling, decided_by=request.user)
    except CannotJoin as error:
        return _render_source(request, spelling.source, refused=str(error), status=422)
    messages.success(request, f"“{spelling.printed}” is a source of its own now.")
    return redirect(split.kept)


@takes_forms
@role_needed(Role.CURATOR)
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a join or a split back."""
    decision = get_object_or_404(SourceJoin.objects.select_related("kept", "other"), pk=pk)
    try:
        undo_join(join=decision)
    except CannotUndo as error:
        return _render_source(request, decision.kept, refused=str(error), status=422)
    messages.success(request, "Undone: the spellings are back where they were.")
    return redirect(decision.kept)
