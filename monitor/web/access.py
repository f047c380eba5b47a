"""Who gets to a page at all, and finding with permission: what one may not see is not there (404)."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from monitor.library.correction_models import Correction
from monitor.library.managers import sees_unpublished
from monitor.library.models import Article, Finding, Issue
from monitor.library.source_lists import is_cited
from monitor.library.source_models import Citation, Source
from monitor.web.form_addresses import page_of_form
from monitor.web.uploads import bound_uploads

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponseBase
    from django_htmx.middleware import HtmxDetails

    from monitor.accounts.models import Role, User

P = ParamSpec("P")
R = TypeVar("R", bound="HttpResponseBase")


class Request(HttpRequest):
    """A request as views behind the middleware see it: somebody is signed in, or reading is open to all."""

    user: User
    htmx: HtmxDetails
    oversized: list[str]  # names of uploaded files that were left out (see web.uploads)


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every page asks for sign-in unless it says otherwise; with ANONYMOUS_READ the reading pages do not."""

    def process_request(self, request: HttpRequest) -> None:
        bound_uploads(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if settings.ANONYMOUS_READ and getattr(view_func, "open_to_readers", False):
            return None
        response = super().process_view(request, view_func, view_args, view_kwargs)
        # htmx would follow a redirect and swap the sign-in page into a card: say 401 and let the page offer a link.
        if response is not None and request.headers.get("HX-Request"):
            return HttpResponse("Please sign in again.", status=401, content_type="text/plain")
        return response

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in {"GET", "HEAD"} or request.headers.get("HX-Request"):
            return super().handle_no_permission(request, view_func)
        # A form cannot be sent again from the sign-in page: that leads back to the page it stood on.
        messages.error(request, "You were signed out before this was sent, and nothing was changed.")
        return redirect_to_login(page_of_form(request), self.get_login_url(view_func))


def open_to_readers(
    view: Callable[Concatenate[Request, P], R],
) -> Callable[Concatenate[Request, P], R]:
    """Mark a reading page that ANONYMOUS_READ opens to visitors without an account."""
    view.open_to_readers = True  # type: ignore[attr-defined]
    return view


def role_needed(
    role: Role,
) -> Callable[[Callable[Concatenate[Request, P], HttpResponse]], Callable[Concatenate[Request, P], HttpResponse]]:
    """Let only people of this role or a higher one in; others get 403 with a sentence."""

    def decorate(
        view: Callable[Concatenate[Request, P], HttpResponse],
    ) -> Callable[Concatenate[Request, P], HttpResponse]:
        @wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_at_least(role):
                raise PermissionDenied(f"This needs the role of {role.label.lower()}.")
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def find_issue(request: Request, pk: int) -> Issue:
    issue: Issue = get_object_or_404(Issue.objects.visible_to(request.user).select_related("periodical"), pk=pk)
    return issue


def find_article(request: Request, pk: int) -> Article:
    articles = Article.objects.visible_to(request.user).select_related("issue__periodical")
    article: Article = get_object_or_404(articles, pk=pk)
    return article


def find_source(request: Request, slug: str) -> Source:
    """Return the source at this address, or the one it was joined into; 404 where nothing one may see cites it."""
    source = get_object_or_404(Source, slug=slug)
    while source.joined_into:
        source = source.joined_into
    if sees_unpublished(request.user) or is_cited(source, request.user):
        return source
    raise Http404


def find_citation(request: Request, pk: int) -> Citation:
    articles = Article.objects.visible_to(request.user)
    citations = Citation.objects.filter(article__in=articles).select_related("spelling__source", "article__issue")
    citation: Citation = get_object_or_404(citations, pk=pk)
    return citation


def find_finding(request: Request, pk: int) -> Finding:
    issues = Issue.objects.visible_to(request.user)
    finding: Finding = get_object_or_404(Finding.objects.filter(issue__in=issues).select_related("issue"), pk=pk)
    return finding


def find_correction(request: Request, pk: int) -> Correction:
    issues = Issue.objects.visible_to(request.user)
    corrections = Correction.objects.filter(issue__in=issues).select_related("issue")
    correction: Correction = get_object_or_404(corrections, pk=pk)
    return correction
