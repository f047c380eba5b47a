"""Icons, covers, counts in words, and the other small things that pages share."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.html import format_html, format_html_join

from monitor.library.models import DateBasis
from monitor.web import act_buttons, covers
from monitor.web.icons import icon_html
from monitor.web.marks import written_tag
from monitor.web.printed_notes import note_items
from monitor.web.reading import block_id
from monitor.web.reading_marks import undo_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.contrib.messages.storage.base import Message
    from django.http import QueryDict
    from django.utils.safestring import SafeString

    from monitor.annotations.rendering import Html
    from monitor.library.models import Article, Finding, Issue
    from monitor.library.source_models import Citation
    from monitor.web.marks import Place
    from monitor.web.reading import PrintedNote
    from monitor.web.reading_marks import Undo

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of shared/_icons.html; the words beside it, or the control's label, say what it means."""
    return icon_html(name)


@register.filter
def items(notes: Sequence[PrintedNote]) -> Html:
    """Draw endnotes as the items of their list."""
    return note_items(notes)


@register.filter
def note_keys(places: Sequence[Place]) -> str:
    """Return `n1:81 n2:82 `: the keys of an article's notes by their fragments, for scripts that mark in them."""
    return "".join(f"{place.id}:{place.note} " for place in places if place.note)


@register.filter
def tag_name(path: str, name: str) -> str:
    """Return a tag as it is read: "violence / raid" for one below another."""
    return written_tag(path, name)


@register.filter
def counted(number: int, noun: str) -> str:
    """Return `1,846 articles`, `1 article`, `no articles`."""
    return f"{number:,} {noun}" if number == 1 else f"{number or 'no':{',' if number else ''}} {noun}s"


@register.inclusion_tag("issues/_cover.html")
def cover(issue: Issue) -> dict[str, Any]:
    return {"issue": issue, "cover": covers.cover_of(issue)}


@register.filter
@lru_cache(maxsize=512)
def drawn(strokes: tuple[covers.Stroke, ...]) -> SafeString:
    """Return the strokes of a cover as SVG elements."""
    rows = ((s.element, format_html_join("", ' {}="{}"', s.attributes)) for s in strokes)
    return format_html_join("", "<{}{}/>", rows)


@register.filter
def spoken(day: date) -> str:
    """Return `October 9, 2021`."""
    return f"{day:%B} {day.day}, {day.year}"


@register.filter
def cited_date(citation: Citation) -> str:
    """Return the date a citation means as precisely as it was printed: `2021`, `November 2021`, `November 5, 2021`."""
    if citation.date is None:
        return ""
    return {"year": f"{citation.date.year}", "month": f"{citation.date:%B %Y}"}.get(
        citation.precision, spoken(citation.date)
    )


@register.filter
def issue_day(issue: Issue) -> str:
    """Return when an issue came out, as well as we know it: a day, a span of days, or nothing."""
    if issue.date:
        return spoken(issue.date)
    if issue.date_from and issue.date_to:
        return spoken(issue.date_from) if issue.date_from == issue.date_to else _span(issue.date_from, issue.date_to)
    return ""


def _span(first: date, last: date) -> str:
    begin = spoken(first) if first.year != last.year else f"{first:%B} {first.day}"
    return f"between {begin} and {spoken(last)}"


@register.filter
def cover_day(issue: Issue) -> str:
    """Return what fits on a cover: the day, or the month and year of an inferred span's end."""
    if issue.date or not issue.date_to:
        return issue_day(issue)
    return f"{issue.date_to:%B %Y}"


@register.filter
def cited_day(issue: Issue) -> str:
    """Return the day as a citation gives it: in brackets where it was worked out, `[February 2022]`."""
    day = cover_day(issue)
    return f"[{day}]" if day and issue.date_basis == DateBasis.INFERRED else day


@register.filter
def issue_title(issue: Issue) -> str:
    """Return `Volume XII, Issue 7`, as the head of an issue's page says it."""
    if issue.volume and issue.number is not None:
        return f"Volume {issue.volume}, Issue {issue.number}"
    return issue.label


@register.filter
def page_range(article: Article) -> str:
    """Return `p. 5`, or `pp. 5-8` with an en dash, nothing if the page is not known."""
    if article.page_start is None:
        return ""
    if article.page_end is None or article.page_end <= article.page_start:
        return f"p. {article.page_start}"
    return f"pp. {article.page_start}–{article.page_end}"  # noqa: RUF001 (an en dash between pages)


@register.filter
def bylines(article: Article) -> SafeString:
    """Return the authors as links: `A`, `A and B`, `A, B and C`."""
    names = [
        format_html('<a href="{}">{}</a>', signed.author.get_absolute_url(), signed.author.name)
        for signed in article.authorships.all()
    ]
    if len(names) < 2:
        return format_html_join("", "{}", ((name,) for name in names))
    return format_html("{} and {}", format_html_join(", ", "{}", ((name,) for name in names[:-1])), names[-1])


@register.filter
def author_names(article: Article) -> str:
    """Return the authors' names as a citation gives them."""
    names = [signed.author.name for signed in article.authorships.all()]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


@register.filter
def place(finding: Finding) -> str:
    """Return the fragment at which a finding's note or paragraph stands in its article, if it is known."""
    if finding.note_number is not None:
        return f"#n{finding.note_number}"
    block = getattr(finding, "block", None)
    return "" if block is None else f"#{block_id(block)}"


@register.filter
def megabytes(size: int) -> str:
    """Return a file's size as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"


@register.simple_tag(takes_context=True)
def with_place(context: template.Context, name: str, place: str) -> str:
    """Return the query of this page's address for the page `after` or `before` a place in its list."""
    return f"?{_without_place(context, **{name: place})}"


@register.simple_tag(takes_context=True)
def from_start(context: template.Context) -> str:
    """Return the query of this page's address for the first page of its list."""
    return f"?{_without_place(context)}"


@register.simple_tag(takes_context=True)
def with_view(context: template.Context, view: str) -> str:
    """Return the query of this page's address for another view of the same list, "" for the first one."""
    query: QueryDict = context["request"].GET.copy()
    for name in ("after", "before", "view"):
        query.pop(name, None)
    if view:
        query["view"] = view
    return f"?{query.urlencode()}"


def _without_place(context: template.Context, **named: str) -> str:
    query: QueryDict = context["request"].GET.copy()
    for name in ("after", "before", "page"):
        query.pop(name, None)
    for name, value in named.items():
        query[name] = value
    return query.urlencode()


@register.filter
def act_in(message: Message, turn: str) -> str:
    """Return the act that a message's button undoes or does again, "" where it has none."""
    return act_buttons.act_in(message, turn)


@register.filter
def undo_of(message: Message) -> Undo | None:
    """Return what takes back the marking of articles that a message tells of, None for other messages."""
    return undo_in(message.extra_tags)
