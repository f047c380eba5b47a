"""Who gets what: people x objects x actions. A cell that is missing fails, and so does an endpoint without a row."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import URLPattern, get_resolver, reverse

from monitor.library.correction_actions import Asked, make_correction
from monitor.library.files import keep_picture, original_name
from monitor.library.models import Finding, State
from monitor.library.source_models import Source
from monitor.library.sources import join_sources
from monitor.web.urls import urlpatterns
from tests.factories import make_issue, make_people, make_read_article, make_read_document, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User
    from monitor.library.models import Issue

    SignIn = Callable[[User | None], Client]

PEOPLE = ("anonymous", "disabled", "reader", "analyst", "curator", "admin")
SIGN_IN, OK, FORBIDDEN, HIDDEN, DONE = 302, 200, 403, 404, "done"


def row(anonymous: object, disabled: object, reader: object, analyst: object, curator: object, admin: object) -> dict:  # type: ignore[type-arg]
    return dict(zip(PEOPLE, (anonymous, disabled, reader, analyst, curator, admin), strict=True))


READING = row(SIGN_IN, SIGN_IN, OK, OK, OK, OK)
UNPUBLISHED = row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, OK, OK)
CURATING = row(SIGN_IN, SIGN_IN, FORBIDDEN, FORBIDDEN, DONE, DONE)
CURATORS_PAGE = row(SIGN_IN, SIGN_IN, FORBIDDEN, FORBIDDEN, OK, OK)
OPEN = row(OK, OK, OK, OK, OK, OK)

# (name of the address, object, method) -> what each person gets
MATRIX: dict[tuple[str, str, str], dict[str, object]] = {
    ("shelf", "", "get"): READING,
    ("articles", "", "get"): READING,
    ("mark-read", "published", "post"): row(SIGN_IN, SIGN_IN, DONE, DONE, DONE, DONE),
    ("mark-read", "draft", "post"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, DONE, DONE),
    ("mark-read", "withdrawn", "post"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, DONE, DONE),
    ("mark-read", "unknown", "post"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ("sources", "", "get"): READING,
    ("help", "", "get"): READING,
    ("keyboard", "", "get"): READING,
    # Nobody serves its client here; tests/hypothesis_api asks with one.
    ("hypothesis-app", "", "get"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ("issue", "published", "get"): READING,
    ("issue", "draft", "get"): UNPUBLISHED,
    ("issue", "withdrawn", "get"): UNPUBLISHED,
    ("issue", "unknown", "get"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ("original", "published", "get"): READING,
    ("original", "draft", "get"): UNPUBLISHED,
    ("original", "withdrawn", "get"): UNPUBLISHED,
    ("page-picture", "published", "get"): READING,
    ("page-picture", "draft", "get"): UNPUBLISHED,
    ("page-picture", "withdrawn", "get"): UNPUBLISHED,
    ("page-picture", "unknown", "get"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ("article", "published", "get"): READING,
    ("article", "draft", "get"): UNPUBLISHED,
    ("article", "withdrawn", "get"): UNPUBLISHED,
    ("article-by-number", "published", "get"): row(SIGN_IN, SIGN_IN, 301, 301, 301, 301),
    ("article-by-number", "draft", "get"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, 301, 301),
    ("place", "published", "post"): row(SIGN_IN, SIGN_IN, 204, 204, 204, 204),
    ("place", "draft", "post"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, 204, 204),
    ("place", "withdrawn", "post"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, 204, 204),
    ("place", "unknown", "post"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ("read-state", "published", "post"): row(SIGN_IN, SIGN_IN, DONE, DONE, DONE, DONE),
    ("read-state", "draft", "post"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, DONE, DONE),
    ("author", "published", "get"): READING,
    ("author", "draft", "get"): UNPUBLISHED,
    ("source", "published", "get"): READING,
    ("source", "draft", "get"): UNPUBLISHED,
    ("citation", "published", "get"): READING,
    ("citation", "draft", "get"): UNPUBLISHED,
    ("citation", "withdrawn", "get"): UNPUBLISHED,
    ("citation", "unknown", "get"): row(SIGN_IN, SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN),
    ("grade", "published", "post"): row(SIGN_IN, SIGN_IN, FORBIDDEN, DONE, DONE, DONE),
    ("grade", "draft", "post"): row(SIGN_IN, SIGN_IN, FORBIDDEN, HIDDEN, DONE, DONE),
    ("publish", "published", "post"): CURATING,
    ("publish", "draft", "post"): CURATING,
    ("withdraw", "published", "post"): CURATING,
    ("set-date", "published", "post"): CURATING,
    ("decide", "published", "post"): CURATING,
    ("check", "published", "get"): CURATORS_PAGE,
    ("check", "draft", "get"): CURATORS_PAGE,
    ("check", "unknown", "get"): row(SIGN_IN, SIGN_IN, FORBIDDEN, FORBIDDEN, HIDDEN, HIDDEN),
    ("correct", "published", "post"): CURATING,
    ("correct", "draft", "post"): CURATING,
    ("undo-correction", "published", "post"): CURATING,
    ("redo-correction", "published", "post"): CURATING,
    ("join", "published", "post"): CURATING,
    ("keep-apart", "published", "post"): CURATING,
    ("undo", "published", "post"): CURATING,
    ("ingest", "", "get"): CURATORS_PAGE,
    ("ingest", "", "post"): CURATING,
    ("ingest-again", "published", "post"): CURATING,
    ("look", "", "post"): row(SIGN_IN, SIGN_IN, DONE, DONE, DONE, DONE),
    ("healthz", "", "get"): OPEN,
    ("readyz", "", "get"): row(*[503] * 6),  # no worker runs in the tests; that it answers is the point
}
OURS = {name for name, _, _ in MATRIX}


@dataclass(frozen=True)
class Scene:
    """Issues in every state, and what belongs to them."""

    issues: dict[str, Issue]
    finding: Finding
    decision: int
    correction: int

    def arguments(self, name: str, state: str) -> list[object]:
        if not state or name == "mark-read":
            return []
        if state == "unknown":
            return [999_999, 1, "large"] if name == "page-picture" else [999_999]
        issue = self.issues[state]
        article = issue.articles.get()
        spelling = article.citations.get().spelling
        return {
            "article": [article.pk, article.slug],
            "article-by-number": [article.pk],
            "place": [article.pk],
            "read-state": [article.pk],
            "author": [article.authors.get().slug],
            "source": [spelling.source.slug],
            "join": [spelling.source.slug],
            "grade": [spelling.source.slug],
            "citation": [article.citations.get().pk],
            "keep-apart": [spelling.pk],
            "decide": [self.finding.pk],
            "page-picture": [issue.pk, 1, "large"],
            "undo": [self.decision],
            "undo-correction": [self.correction],
            "redo-correction": [self.correction],
            "ingest-again": [uuid.UUID(int=issue.pk)],
        }.get(name, [issue.pk])  # type: ignore[return-value]

    def body(self, name: str, state: str) -> dict[str, object]:
        """Return what a form sends; what is marked as read stands in it, not in the address."""
        if name != "mark-read":
            return dict(BODIES.get(name, {}))
        return {"read_issue": self.issues[state].pk if state in self.issues else 999_999}


BODIES: dict[str, dict[str, object]] = {
    "place": {"paragraph": "1"},
    "read-state": {"read": "yes"},
    "set-date": {"day": "2022-02-10"},
    "decide": {"decision": "settled"},
    "grade": {"grade": "B", "reason": "Two of three checked."},
    "look": {"theme": "dark", "text_size": "large"},
}


@pytest.fixture
def scene(db: None) -> Scene:
    issues = {}
    for state in (State.PUBLISHED, State.DRAFT, State.WITHDRAWN):
        article = make_read_article(
            f"A word ({state} Post, January 3).",
            title=f"The {state} one",
            authors=[f"Author {state}"],
            cited={f"{state} Post, January 3": "2022-01-03"},
            notes=(),
        )
        issues[str(state)] = make_issue(article, state=state, pages=1, page_sizes=((612.0, 792.0),))
        name = original_name(issues[str(state)].sha256, issues[str(state)].file_type)
        default_storage.save(name, ContentFile(b"as handed in"))
        keep_picture(issues[str(state)].sha256, 1, "large", b"RIFF")
    other = make_issue(make_read_article("B (Other Post, May 1).", cited={"Other Post, May 1": "2021-05-01"}, notes=()))
    kept = issues["published"].articles.get().citations.get().spelling.source
    joined = other.articles.get().citations.get().spelling.source
    decision = join_sources(kept=kept, other=joined, decided_by=None)
    published = issues["published"].articles.get()
    asked = Asked(published.pk, published.text_version, published.title)
    curator = make_user("curator", name="corrector")
    correction = make_correction(issue=issues["published"], kind="kind", asked=asked, by=curator, text="brief")
    finding = Finding.objects.create(issue=issues["published"], code="x", message="Look.")
    return Scene(issues, finding, decision.pk, correction.pk)


@pytest.mark.parametrize(
    ("endpoint", "wanted"), MATRIX.items(), ids=lambda value: "-".join(value) if isinstance(value, tuple) else ""
)
def test_each_person_gets_what_the_table_says(
    endpoint: tuple[str, str, str], wanted: dict[str, object], scene: Scene, signed_in: SignIn
) -> None:
    name, state, method = endpoint
    assert set(wanted) == set(PEOPLE)
    people: dict[str, User | None] = {**make_people(), "anonymous": None}
    address = reverse(name, args=scene.arguments(name, state))
    before = Source.objects.count()
    got: dict[str, object] = {}
    # Those who may do least come first, so that nobody finds the work done already.
    for person in PEOPLE:
        client = signed_in(people[person])
        body = scene.body(name, state)
        answer = getattr(client, method)(address, body)
        answer.getvalue()  # a file is closed at its end
        got[person] = DONE if _is_done(answer.status_code, answer.get("Location", "")) else answer.status_code
        if wanted[person] in {SIGN_IN, FORBIDDEN, HIDDEN}:
            assert Source.objects.count() == before
    assert got == wanted


def _is_done(status: int, location: str) -> bool:
    """Return whether a POST got as far as its action: it led on, or the action or its form said no."""
    return status == 422 or (status == 302 and "/account/login/" not in location)


def test_every_address_of_these_pages_has_a_row() -> None:
    named = {p.name for p in urlpatterns if isinstance(p, URLPattern)}
    assert named == OURS


def test_no_page_outside_the_known_rooms_is_mounted() -> None:
    mounted = {str(p.pattern) for p in get_resolver().url_patterns}
    assert "admin/" not in mounted


@pytest.mark.parametrize("endpoint", [key for key, wanted in MATRIX.items() if wanted is READING])
def test_anonymous_reading_opens_the_reading_pages(
    endpoint: tuple[str, str, str], scene: Scene, signed_in: SignIn, settings: Settings
) -> None:
    settings.ANONYMOUS_READ = True
    name, state, _ = endpoint
    answer = signed_in(None).get(reverse(name, args=scene.arguments(name, state)))
    answer.getvalue()
    assert answer.status_code == 200


@pytest.mark.parametrize("endpoint", [key for key, wanted in MATRIX.items() if wanted is UNPUBLISHED])
def test_anonymous_reading_does_not_open_what_is_unpublished(
    endpoint: tuple[str, str, str], scene: Scene, signed_in: SignIn, settings: Settings
) -> None:
    settings.ANONYMOUS_READ = True
    name, state, _ = endpoint
    assert signed_in(None).get(reverse(name, args=scene.arguments(name, state))).status_code == 404


@pytest.mark.parametrize(
    "endpoint",
    [
        key
        for key, wanted in MATRIX.items()
        if wanted in (CURATING, CURATORS_PAGE) or key[0] in {"look", "place", "read-state"}
    ],
)
def test_anonymous_reading_opens_nothing_else(
    endpoint: tuple[str, str, str], scene: Scene, signed_in: SignIn, settings: Settings
) -> None:
    settings.ANONYMOUS_READ = True
    name, state, method = endpoint
    answer = getattr(signed_in(None), method)(reverse(name, args=scene.arguments(name, state)))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


HIDDEN_ADDRESSES = [
    ("issue", "draft"),
    ("original", "withdrawn"),
    ("page-picture", "draft"),
    ("article", "draft"),
    ("source", "draft"),
    ("author", "draft"),
]


@pytest.mark.parametrize(("name", "state"), HIDDEN_ADDRESSES)
def test_hidden_looks_exactly_like_unknown(name: str, state: str, scene: Scene, signed_in: SignIn) -> None:
    reader = signed_in(make_people()["reader"])
    reader.cookies["csrftoken"] = "a" * 32
    hidden = reverse(name, args=scene.arguments(name, state))
    unknown = hidden.replace(str(scene.arguments(name, state)[0]), "987654" if name != "source" else "nobody")
    bodies = [_without_token(reader.get(address).content.decode(), address) for address in (hidden, unknown)]
    assert bodies[0] == bodies[1]


def _without_token(page: str, address: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "token", page)
    return page.replace(address, "ADDRESS")


CANARY = "Xylographer"


def test_word_of_a_draft_is_on_no_page_of_a_reader(scene: Scene, signed_in: SignIn) -> None:
    document = make_read_document(
        make_read_article(
            f"{CANARY} ({CANARY} Post, January 3).",
            title=f"{CANARY} title",
            authors=[f"{CANARY} Author"],
            notes=[f"{CANARY} note."],
            cited={f"{CANARY} Post, January 3": "2022-01-03"},
        ),
        publication=f"{CANARY} Letter",
    )
    issue = make_issue(*document.articles, publication=f"{CANARY} Letter", state=State.DRAFT)
    article = issue.articles.get()
    people = make_people()
    addresses = ["/", "/sources/", f"/?periodical={issue.periodical.slug}", f"/sources/?q={CANARY}", "/help/"]
    addresses += [
        "/articles/",
        "/articles/?author=xylographer-author&source=xylographer-post&periodical=xylographer-letter",
    ]
    addresses += [issue.get_absolute_url(), article.get_absolute_url(), "/sources/xylographer-post/"]
    addresses += [other.get_absolute_url() for other in scene.issues.values()]
    for person in ("reader", "analyst"):
        for address in addresses:
            page = signed_in(people[person]).get(address).content.decode()
            assert CANARY not in page.replace(f"“{CANARY}” in the name", "").replace(f'value="{CANARY}"', "").replace(
                f"q={CANARY}", ""
            )
    assert CANARY in signed_in(people["curator"]).get("/").content.decode()
