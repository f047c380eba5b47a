"""Answers 304 when a page would say what the browser still has: two queries, and nothing is drawn.

A page's validator is a digest of all that decides what it says: the program, the address, who looks and how, and the
stamp of the library. It is weak, since two answers differ in the mask of their CSRF token. A page kept with an old mask
still works: the mask hides the secret of the visitor's cookie, which the digest holds as well, so that a new secret (at
each sign-in) makes every kept page stale.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache, wraps
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponseNotModified
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags

from monitor.accounts.models import User
from monitor.annotations.own_counts import own_marks
from monitor.annotations.stamps import seen_everywhere, seen_marks, seen_marks_on_issue, seen_tags
from monitor.library.stamps import library_stamp, own_places
from monitor.web.kept_pages import KeptPages

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models.expressions import Combinable
    from django.http import HttpRequest, HttpResponse

    from monitor.library.stamps import Own
    from monitor.web.access import Request

P = ParamSpec("P")
PAGES = KeptPages()
DRAWN_BY = ("Django", "django-htmx", "django-template-partials")
# Not on any page, and new with each sign-in or password.
NOT_SHOWN = {"last_login", "password"}
ASKED_FOR = ("HX-Request", "HX-History-Restore-Request", "HX-Target", "HX-Boosted")


def places_of_all(person: User | AnonymousUser, article: int) -> Combinable:
    """Say that a page shows how far its reader is in any article."""
    return own_places(person)


def place_in_article(person: User | AnonymousUser, article: int) -> Combinable:
    """Say that a page shows how far its reader is in the article of its address."""
    return own_places(person, article)


def marks_in_article(person: User | AnonymousUser, article: int) -> Combinable:
    """Say that a page shows the annotations its reader sees on the article of its address."""
    return seen_marks(person, article)


def marks_on_issue(person: User | AnonymousUser, issue: int) -> Combinable:
    """Say that a page shows the annotations its reader sees on the issue of its address as a whole."""
    return seen_marks_on_issue(person, issue)


def marks_of_all(person: User | AnonymousUser, article: int) -> Combinable:
    """Say that a page shows the annotations its reader sees, in any article or issue."""
    return seen_everywhere(person)


def tags_of_all(person: User | AnonymousUser, article: int) -> Combinable:
    """Say that a page shows the tags of what its reader sees, in any article."""
    return seen_tags(person)


def own_marks_of_all(person: User | AnonymousUser, article: int) -> Combinable:
    """Say that a page shows how many annotations its reader made in which article or issue."""
    return own_marks(person)


def told_when_unchanged(
    *own: Own,
) -> Callable[[Callable[Concatenate[Request, P], HttpResponse]], Callable[Concatenate[Request, P], HttpResponse]]:
    """Let a page of the library answer 304; `own` names what else it shows: things of one person."""

    def decorate(
        view: Callable[Concatenate[Request, P], HttpResponse],
    ) -> Callable[Concatenate[Request, P], HttpResponse]:
        @wraps(view)
        def told(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            secret = request.META.get("CSRF_COOKIE")
            if settings.DEBUG or request.method not in {"GET", "HEAD"} or _has_news(request):
                return _kept(request, view(request, *args, **kwargs), None)
            # Taken before the page is drawn: what changes in between makes the page newer than its validator says.
            etag = validator(request, *own, article=kwargs.get("pk", 0))
            # `*` means "if anything is there", which only the view itself could say: it is none of these.
            if etag in parse_etags(request.headers.get("If-None-Match", "")):
                return HttpResponseNotModified(headers={"ETag": etag})
            if kept := PAGES.find((etag, request.method)):
                return kept
            answer = view(request, *args, **kwargs)
            # A page that came with a first CSRF cookie has none yet: the digest does not hold its secret.
            answer = _kept(request, answer, etag if request.META.get("CSRF_COOKIE") == secret else None)
            if "ETag" in answer:
                PAGES.keep((etag, request.method), answer)
            return answer

        return told

    return decorate


def validator(request: Request, *own: Own, article: Any = 0) -> str:
    facts = (
        program_version(),
        request.build_absolute_uri(),
        [request.headers.get(name) for name in ASKED_FOR],
        _who_looks(request.user),
        request.META.get("CSRF_COOKIE"),
        settings.ANONYMOUS_READ,
        settings.SITE_URL,
        library_stamp(*own, person=request.user, article=article),
    )
    digest = salted_hmac("monitor.web.unchanged", repr(facts), algorithm="sha256").hexdigest()
    return f'W/"{digest[:32]}"'


def _who_looks(user: User | AnonymousUser) -> list[tuple[str, Any]]:
    """Return everything about a person but their password: role, name, look and keys are on every page."""
    if not isinstance(user, User):
        return []
    fields = user._meta.concrete_fields  # noqa: SLF001 - Django's own documented door to a model's fields
    return [(field.attname, getattr(user, field.attname)) for field in fields if field.attname not in NOT_SHOWN]


def _has_news(request: Request) -> bool:
    return len(get_messages(request)) > 0 or "sidebar" in request.GET  # which holds a grant that ends in minutes


def _kept(request: HttpRequest, answer: HttpResponse, etag: str | None) -> HttpResponse:
    """Give a page its validator; one that says a passing word is nobody's to keep."""
    said: Any = get_messages(request)
    if said.used or said.added_new:
        answer["Cache-Control"] = "private, no-store"
    elif etag and answer.status_code == HTTPStatus.OK:
        answer["ETag"] = etag
    return answer


@cache
def program_version() -> str:
    """Return a digest of all that draws pages: a new release makes every kept page stale, on all machines alike."""
    digest = hashlib.sha256(sys.version.encode())
    for name in DRAWN_BY:
        digest.update(f"{name}=={version(name)}\n".encode())
    for folder in ("monitor", "static", "templates"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
