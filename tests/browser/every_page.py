"""A small library with something of everything, and the address of every kind of page over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from monitor.accounts.models import Membership, Team
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.passages import AskedPassage
from monitor.ingest.document import Finding
from monitor.interchange.export_models import Export
from monitor.interchange.import_models import FileImport
from monitor.interchange.import_rows import Outcome
from monitor.jobs.models import Ingest
from tests.entity_rows import make_actor, make_region, name_in, relate
from tests.factories import PASSWORD, make_issue, make_read_article, make_user

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from monitor.accounts.models import User
    from monitor.library.models import Article

TEXT = (
    "The lamps were lit before dusk.[1] Twice.[1]\n\n## The Weir\n\nNobody held the gate (Ferry Post, January 21).\n\n"
    "| Port | 2021\nKessmouth | 14\n\n> Hold the gate!\n\n- One\n\n- Two\n\n! Aside. Told.\n\n^ A map\n\n### By night\n\nEnd."
)
LONG = "Donaudampfschifffahrtsgesellschaft" * 4
CITED = {"Ferry Post, January 21": "2022-01-21"}
ARABIC = "أغلقت ثلاثة موانئ على طول الساحل"


@dataclass(frozen=True, slots=True)
class Library:
    """What was stored, and where it is shown: addresses by the name of their page."""

    addresses: dict[str, str]
    article: Article
    author: User


def fill_library() -> Library:
    """Store issues with every kind of block, overlong words, findings, a draft, hand-ins, a team and annotations."""
    first = make_read_article(TEXT, notes=("Report, 2015.", "Ibid."), resolves={2: 1}, cited=CITED)
    issue = make_issue(
        first,
        make_read_article(title="A very long title that goes on about the Upper Ardel and its Weir", kind="brief"),
        make_read_article(
            f"Nobody ({LONG}, January 21).[1]",
            title=f"{LONG} {LONG}",
            authors=(LONG,),
            notes=(LONG,),
            cited={f"{LONG}, January 21": "2022-01-21"},
            bio=LONG,
        ),
        make_read_article(
            f"{ARABIC}.[1]\n\n> {ARABIC}\n\n- {ARABIC}\n\n| {ARABIC} | 2021", title=ARABIC, notes=(ARABIC,), cited={}
        ),
        number=7,
        findings=[
            Finding("x", "Note 1 is odd.", article=0, note=1),
            Finding("y", "A date is inferred.", severity="info"),
        ],
        publication="Tidewater Letter",
    )
    draft = make_issue(
        publication="Canal Dispatches", number=1, state="draft", date=None, date_range=("2022-01-24", "2022-02-11")
    )
    for state in ("waiting", "reading", "stored", "refused"):
        name = f"{state}-{'long-' * 12}name.pdf"
        Ingest.objects.create(file_name=name, file_bytes=10, state=state, pages_total=9, message="It is so")
    article = issue.articles.get(position=0)
    author = make_user("analyst", name="oren")
    team = Team.objects.create(name="Rivers")
    Membership.objects.create(team=team, user=author, is_team_admin=True)
    mark = _annotate(article, author)
    _name(article)
    by_position = {each.position: each.get_absolute_url() for each in issue.articles.all()}
    addresses = {
        "shelf": "/",
        "filtered": "/?periodical=tidewater-letter&year=2022",
        "listed": "/?view=list",
        "empty": "/?year=1999",
        "articles": "/articles/?sort=title",
        "no articles": "/articles/?author=ines-varrow&from=2099-01-01",
        "issue": issue.get_absolute_url(),
        "draft": draft.get_absolute_url(),
        "check": f"{issue.get_absolute_url()}check/",
        "article": by_position[0],
        "hits": f"{by_position[0]}?q=gate",
        "on paper": f"{by_position[0]}?print=all",
        "overlong": by_position[2],
        "right to left": by_position[3],
        "author": "/authors/ines-varrow/",
        "sources": "/sources/",
        "source": "/sources/ferry-post/",
        "citing": "/sources/ferry-post/?view=articles",
        "actors": "/actors/?q=NH",
        "actor": "/actors/nobody-hall/?wider=members",
        "coverage": "/actors/coverage/",
        "regions": "/regions/",
        "region": "/regions/kessmouth/?view=with",
        "edited actor": "/actors/lamp-guard/edit/",
        "two actors": "/actors/nobody-hall/same/?other=actor:lamp-guard",
        "parted actor": "/actors/nobody-hall/split/",
        "edited region": "/regions/kessmouth/edit/",
        "new region": "/regions/new/?in=kessmouth",
        "subjects": f"/subjects/{article.pk}/",
        "suggestions": "/review/names/",
        "annotation": f"/annotations/{mark}/",
        "tags": "/tags/",
        "tag": "/tags/water/weir/",
        "notebook": "/notebook/",
        "notebook by tag": "/notebook/?by=tag&whose=all&q=gate",
        "occurrences": f"/occurrences/?phrase=gate&tags=water%2Fweir&article={article.pk}",
        "search": "/search/?q=gate+actor:nobody&periodical=tidewater-letter",
        "search gone wrong": "/search/?q=(gate+aktor:NH+zeppelin",
        "passages": "/search/?q=gate+OR+report&view=passages",
        "annotations": "/search/?q=gate&view=annotations",
        "saved": "/saved/",
        "to be saved": "/saved/new/?q=gate",
        "review": "/review/",
        "notices": "/notices/",
        "imports": "/notebook/import/",
        "import": f"/notebook/import/{_imported(author)}/",
        "trash": "/trash/",
        "ingest": "/ingest/",
        "people": "/people/",
        "person": f"/people/{author.pk}/",
        "record": "/people/record/",
        "teams": "/teams/",
        "team": f"/teams/{team.pk}/",
        "account": "/account/",
        "own keys": "/account/keys/",
        "tokens": "/account/tokens/",
        "address": "/account/email/",
        "feeds": "/feeds/",
        "exports": _exported(author),
        "large file": "/notebook/export/csv/",
        "help": "/help/",
        "keys": "/help/keyboard/",
        "missing": "/nowhere/",
        "forbidden": "/ingest/",
        "sign in": "/account/login/",
        "lost password": "/account/password/reset/",
    }
    return Library(addresses, article, author)


def pages_after_forms(page: Page) -> Iterator[str]:
    """Send forms one after the other, and name each page that answers one."""
    page.goto("/account/tokens/new/")
    yield "who is there"
    page.locator("main input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What is it for?").wait_for()
    yield "new token"
    page.get_by_label("What is it for?").fill(LONG[:60])
    page.get_by_role("button", name="Make the token").click()
    page.get_by_role("heading", level=1).filter(has_not_text="A new token").wait_for()
    yield "token made"
    nothing = {"name": f"{LONG}.qdc", "mimeType": "application/xml", "buffer": b"<nothing/>"}
    for name, address, action in (
        ("refused codebook", "/tags/", "/codebook/import/"),
        ("refused import", "/notebook/import/", "/notebook/import/"),
    ):
        page.goto(address)
        form = page.locator(f'form[enctype][action="{action}"]')
        form.locator("input[type=file]").set_input_files(nothing)  # type: ignore[arg-type]
        form.evaluate("form => form.requestSubmit()")
        page.locator("main .error").first.wait_for(state="attached")
        yield name


def _exported(person: User) -> str:
    """Keep asked-for files of every state; returns the address of their list."""
    for state in Export.State.values:
        Export.objects.create(
            owner=person, form="csv", name="notebook", title=LONG, keys=[1, 2], total=2, done=1, state=state,
            finished="2022-02-11T12:00Z" if state in {"ready", "failed"} else None,
        )  # fmt: skip
    return "/exports/"


def _imported(person: User) -> str:
    """Keep the report of a file with rows of every end; returns its id."""
    words = ("held the gate", LONG, ARABIC)
    rows = [
        {"outcome": end.value, "label": words[n % 3], "why": "It is so.", "address": "/trash/"}
        for n, end in enumerate(Outcome)
    ]
    row = FileImport.objects.create(
        person=person, format="jsonld", file_name=f"{LONG}.jsonld", state="done", rows_total=len(rows), rows_done=len(rows),
        report=rows, left_over=[{}],
    )  # fmt: skip
    return str(row.uid)


def _annotate(article: Article, author: User) -> str:
    """Mark two passages, one over a part of the other, and return the id of the first."""
    body = article.texts.get().body
    tag = make_tag(name="water/weir", by=author, colour="teal")
    ids = []
    for words, comment, colour in (
        ("held the gate", "Who held it **before**?", "teal"),
        ("the gate (Ferry", "", "red"),
    ):
        start = body.index(words)
        draft = Draft(
            article=article,
            passages=(AskedPassage(start, start + len(words)),),
            comment=comment,
            colour=colour,
            visibility="everyone",
            tags=(tag,),
        )
        ids.append(str(create_annotation(uid=uuid4(), by=author, draft=draft)[0].uid))
    return ids[0]


def _name(article: Article) -> None:
    """Name actors and regions in the text: with relations of every kind, an acronym of two, an overlong name."""
    hall, other = make_actor("Nobody Hall", "NH", countries=["PK"]), make_actor(f"New {LONG}", "NH")
    guard = make_actor("Lamp Guard", kind="state_force", notes=LONG, sources=["https://example.org/", LONG])
    relate(hall, "member_of", other, valid_from="2021-03")
    relate(guard, "faction_of", hall, valid_to="2019")
    relate(guard, "member_of", hall)
    coast = make_region("coast", "South Coast", "macro")
    land = make_region("PK", "Pakistan", "country", coast, countries=["PK"])
    port = make_region("gn1", "Kessmouth", "city", land, lat=25, lon=67, coord_basis="point", countries=["PK"])
    make_region("gn2", LONG[:120], "admin2", port)
    name_in(article, {"Nobody": hall, "lamps": guard, "gate": other, "Kessmouth": port}, about=True)
    name_in(article, {"dusk": other}, status="suggested", score=0.6, candidates=[["nobody-hall", 88]])
