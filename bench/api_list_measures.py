"""The measures of `bench.api_lists`. Django must be set up before this is imported.

The annotations on one article, in pages of up to 100 as a program walks them, through all of the site's own middleware with a
token; against a bare view behind the same middleware and the same sign-in, which reads the same rows with `.values()` (marks,
passages and tags: three statements a page) and writes them with orjson.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import orjson
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request

import monitor.urls
from bench.goals import of_rounds
from bench.page_library import invented_article, invented_issue
from monitor.accounts.models import User
from monitor.accounts.tokens import create_token
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.passages import AskedPassage
from monitor.annotations.tag_models import AnnotationTag
from monitor.api.sign_in import BearerToken
from monitor.library.importing import FileFacts, store_issue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.http import HttpRequest

    from monitor.library.models import Article

SIZES = (50, 500)
PAGE = 100
ROUNDS = 9
LIMIT = 2  # times the bare view
CHARACTERS = 35_000
MARK = (
    "pk", "uid", "created", "updated", "revision", "owner__username", "owner__name", "article_id", "visibility", "team__uid",
    "comment", "colour", "resolved", "resolved_by__username", "hidden",
)  # fmt: skip
SPAN = ("annotation_id", "quote", "prefix", "suffix", "start", "end", "note_number", "text_version", "state", "score")


def report(var: Path) -> Iterator[str]:
    call_command("migrate", verbosity=0)
    settings.API_PER_MINUTE = 10**9
    monitor.urls.urlpatterns.insert(0, path("bare/<int:pk>/", bare))
    person, article = User.objects.create_user("program", role="analyst"), _article()
    token = create_token(user=person, name="bench").secret
    client = Client(headers={"Authorization": f"Bearer {token}", "Host": "localhost"})
    ours, plain = partial(_walk, client, article), partial(_walk_bare, client, article)
    yield f"Load of the machine {os.getloadavg()[0]:.1f}; median of {ROUNDS} rounds, in turn.\n"
    yield "| annotations | API ms | `.values()` + orjson ms | ratio | least | greatest | processor: ratio |\n|---|---|---|---|---|---|---|"
    made, goals = 0, []
    for size in SIZES:
        _annotate(article, person, made, size)
        made = size
        if not (ours() == plain() == size):
            raise RuntimeError("The two do not give the same annotations.")
        pairs = [_both(ours, plain, number) for number in range(ROUNDS)]
        ratios = sorted(own[0] / theirs[0] for own, theirs in pairs)
        spent = median(own[1] / theirs[1] for own, theirs in pairs)
        api, values = (1000 * median(one[which][0] for one in pairs) for which in (0, 1))
        yield f"| {size} | {api:.1f} | {values:.1f} | {median(ratios):.2f} | {ratios[0]:.2f} | {ratios[-1]:.2f} | {spent:.2f} |"
        goals.append(of_rounds(f"list of {size}, beside `.values()`", ratios, LIMIT))
    yield ""
    yield from map(str, goals)
    connections.close_all()


def _article() -> Article:
    words = {"title": "Marked by a program", "author": "Ines Varrow", "source": "Ferry Post"}
    document = invented_issue(invented_article(CHARACTERS, **words), publication="Tidewater Letter", number=1)
    issue = store_issue(document=document, file=FileFacts("0" * 64, "invented.txt", "txt", 1)).issue
    found: Article = issue.articles.get()
    return found


def _annotate(article: Article, person: User, first: int, last: int) -> None:
    for number in range(first, last):
        passage = AskedPassage(start=60 * number, end=60 * number + 40)
        draft = Draft(article=article, passages=(passage,), comment=f"Said in **{number}** places.")
        create_annotation(uid=uuid4(), by=person, draft=draft)


def _both(ours: Callable[[], int], plain: Callable[[], int], number: int) -> tuple[tuple[float, float], ...]:
    """Return seconds by the clock and of this process, of ours and of the bare one; who goes first changes."""
    order = [(0, ours), (1, plain)]
    spent: dict[int, tuple[float, float]] = {}
    for which, walk in order[:: 1 if number % 2 else -1]:
        clock, processor = time.perf_counter(), time.process_time()
        walk()
        spent[which] = (time.perf_counter() - clock, time.process_time() - processor)
    return spent[0], spent[1]


def _walk(client: Client, article: Article) -> int:
    address, count = f"/api/v1/articles/{article.pk}/annotations/?page_size={PAGE}", 0
    while address:
        page = orjson.loads(client.get(address).content)
        count, address = count + len(page["results"]), page["next"]
    return count


# -- The bare view -----------------------------------------------------------------------------------------------------
def _walk_bare(client: Client, article: Article) -> int:
    after, count = 0, 0
    while True:
        found = orjson.loads(client.get(f"/bare/{article.pk}/?after={after}").content)
        count += len(found)
        if len(found) < PAGE:
            return count
        after = found[-1]["pk"]


@csrf_exempt
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    signed_in = BearerToken().authenticate(Request(request))
    seen = Annotation.objects.visible_to(signed_in[0] if signed_in else request.user)
    rows: list[dict[str, Any]] = list(
        seen.filter(article=pk, pk__gt=int(request.GET["after"])).order_by("pk").values(*MARK)[:PAGE]
    )
    keys = [row["pk"] for row in rows]
    spans, tags = defaultdict(list), defaultdict(list)
    for span in AnnotationSpan.objects.filter(annotation__in=keys).order_by("position").values(*SPAN):
        spans[span["annotation_id"]].append(span)
    for tag in AnnotationTag.objects.filter(annotation__in=keys).values("annotation_id", "tag__path"):
        tags[tag["annotation_id"]].append(tag["tag__path"])
    for row in rows:
        row["targets"], row["tags"] = spans[row["pk"]], tags[row["pk"]]
    return HttpResponse(orjson.dumps(rows), content_type="application/json")


bare.login_required = False  # type: ignore[attr-defined]
