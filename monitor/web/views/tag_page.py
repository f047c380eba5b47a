"""One tag: what it means, what bears it, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from monitor.annotations import codebook
from monitor.annotations.codebook_queries import find_tag, of_same_codebook, pinned, scope_word, tagged
from monitor.annotations.models import Annotation
from monitor.annotations.permissions import may_keep
from monitor.annotations.pinning import DIGITS
from monitor.annotations.queries import mark_rows
from monitor.annotations.refusals import CannotAnnotate, Stale
from monitor.annotations.tag_models import Tag
from monitor.annotations.tag_names import written_names
from monitor.library.keyset import Key
from monitor.library.models import Article, Issue
from monitor.web.act_buttons import undo_tags
from monitor.web.form_addresses import takes_forms
from monitor.web.forms.tags import DescribeForm, MergeForm, MoveForm, RenameForm, RevisedForm, SplitForm
from monitor.web.marks import cards_of
from monitor.web.paging import asked_page
from monitor.web.tags import address_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from django import forms
    from django.http import QueryDict

    from monitor.web.access import Request
    from monitor.web.marks import Card

PASSAGES_PER_PAGE = 50
NEWEST = (Key("created", "moment", descending=True), Key("pk", "number", descending=True))


@dataclass(frozen=True, slots=True)
class Tagged:
    """An annotation in the list of a tag, and the text it is on as far as one may read that."""

    card: Card
    about: Article | Issue | None
    bears_it: bool  # the tag itself, not one below it


@require_safe
def tag(request: Request, path: str) -> HttpResponse:
    scope = request.GET.get("of", "")
    found = find_tag(request.user, path, scope) or find_tag(request.user, _as_addresses_are(path), scope)
    if found is None:
        raise Http404
    if found.path != path:
        return redirect(address_of(found))
    return _render(request, found)


def _as_addresses_are(path: str) -> str:
    """Return the path of a tag whose name somebody wrote into an address: "Night Raid" is at `night-raid`."""
    return codebook.STEP.join(slugify(step, allow_unicode=True) or step for step in path.split(codebook.STEP))


def _render(
    request: Request, found: Tag, *, refused: dict[str, forms.Form] | None = None, status: int = 200, stale: str = ""
) -> HttpResponse:
    person, exact = request.user, "exact" in request.GET
    rows = tagged(found, person, exact=exact)
    page = asked_page(request.GET, rows, NEWEST, size=PASSAGES_PER_PAGE)
    steps = found.path.split(codebook.STEP)
    context: dict[str, Any] = {
        "here": "tags",
        "tag": found,
        "above": _above(found, steps),
        "address": address_of(found),
        "for_whom": {"shared": "Shared codebook", "mine": "Only yours"}.get(scope_word(found)) or str(found.team),
        "scope": scope_word(found),
        "exact": exact,
        "asking": f"of={scope_word(found)}" + ("&exact=1" if exact else ""),
        "page": page,
        "uses": rows.count(),
        "passages": _tagged(request, page.rows, found),
        "written": written_names([found.pk], person).get(found.pk, found.path),
        "digit": pinned(person).get(found.pk),
        "digits": DIGITS,
        "may_keep": may_keep(found, person),
        "forms": _forms(found) | (refused or {}),
        "stale": stale,
        "open": next(iter(refused or {}), ""),
    }
    return render(request, "tags/tag.html", context, status=status)


def _above(found: Tag, steps: Sequence[str]) -> list[tuple[str, str]]:
    """Return the tags above it, each as its words and its address."""
    paths = [codebook.STEP.join(steps[:depth]) for depth in range(1, len(steps))]
    words = [step.replace("-", " ") for step in steps]
    scope = scope_word(found)
    return [(word, f"{reverse('tag', args=[path])}?of={scope}") for word, path in zip(words, paths, strict=False)]


def _tagged(request: Request, rows: Sequence[Annotation], found: Tag) -> list[Tagged]:
    person = request.user
    marks = {row["uid"]: row for row in mark_rows(Annotation.objects.filter(pk__in=[r.pk for r in rows]), person)}
    cards = {card.uid: card for card in cards_of(marks.values(), person)}
    # One's own annotations stay when their text is withdrawn; its name and address do not.
    wanted = {row.article_id for row in rows}
    articles = Article.objects.visible_to(person).select_related("issue__periodical").in_bulk(wanted - {None})
    issues = Issue.objects.visible_to(person).select_related("periodical").in_bulk({r.issue_id for r in rows} - {None})
    return [
        Tagged(
            cards[str(row.uid)],
            articles.get(row.article_id) or issues.get(row.issue_id),
            any(shown.pk == found.pk for shown in cards[str(row.uid)].tags),
        )
        for row in rows
    ]


def _forms(found: Tag) -> dict[str, forms.Form]:
    facts = {
        "revision": found.revision,
        "definition": found.definition,
        "example": found.example,
        "colour": found.colour,
        "parent": found.parent.uid if found.parent else "",
    }
    named = {"rename": {"name": found.name}}
    return {
        verb: _with_choices(form(initial=facts | named.get(verb, {}), auto_id=_ids_of(verb)), found)
        for verb, form in FORMS.items()
    }


def _ids_of(verb: str) -> str:
    """Return how the fields of a form are called: several stand on the page."""
    return f"{verb}-%s"


def _with_choices(form: forms.Form, found: Tag) -> forms.Form:
    choices = of_same_codebook(found)
    for name in ("parent", "into"):
        if name in form.fields:
            form.fields[name].queryset = choices  # type: ignore[attr-defined]
    return form


FORMS: dict[str, type[forms.Form]] = {
    "describe": DescribeForm,
    "rename": RenameForm,
    "move": MoveForm,
    "merge": MergeForm,
    "split": SplitForm,
    "delete": RevisedForm,
}
ACTS: dict[str, tuple[Callable[..., Tag], str]] = {
    "describe": (codebook.describe_tag, "Saved."),
    "rename": (codebook.rename_tag, "Renamed. The old address leads here."),
    "move": (codebook.move_tag, "Moved. The old address leads here."),
    "merge": (codebook.merge_tags, "Merged. The old address leads here."),
    "split": (codebook.split_tag, "Split."),
    "delete": (codebook.delete_tag, "Deleted."),
}


@takes_forms
def act(request: Request, uid: UUID, verb: str) -> HttpResponse:
    """Change a tag. Who comes second sees how it stands now beside the words they sent."""
    tags = Tag.objects.visible_to(request.user).select_related("team", "owner", "parent")
    found: Tag = get_object_or_404(tags, uid=uid)
    if verb not in ACTS:
        raise Http404
    codebook.must_keep(found, request.user)
    form = _with_choices(FORMS[verb](request.POST, auto_id=_ids_of(verb)), found)
    if not form.is_valid():
        return _render(request, found, refused={verb: form}, status=422)
    do, said = ACTS[verb]
    try:
        done = do(tag=found, by=request.user, **form.cleaned_data)
    except Stale as stale:
        # Sending it again means: mine, knowing the other.
        sent = _with(request.POST, revision=stale.current.revision)
        form = _with_choices(FORMS[verb](sent, auto_id=_ids_of(verb)), found)
        return _render(request, found, refused={verb: form}, status=HTTPStatus.PRECONDITION_FAILED, stale=str(stale))
    except CannotAnnotate as refusal:
        form.add_error(None, str(refusal))
        return _render(request, found, refused={verb: form}, status=422)
    messages.success(request, said, extra_tags=undo_tags())
    return redirect(reverse("tags") if verb == "delete" else address_of(found if verb == "split" else done))


def _with(sent: QueryDict, **changed: object) -> QueryDict:
    fields = sent.copy()
    for name, value in changed.items():
        fields[name] = str(value)
    return fields
