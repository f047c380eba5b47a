"""One page of an issue as a curator checks it: its picture or outline, the blocks on it, and what was found there."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from monitor.ingest.corrections.correction import ROLES
from monitor.ingest.structure.bylines import same_person
from monitor.library.models import Article, ArticleText, Block, Finding, Issue
from monitor.library.page_pictures import PagePicture, pages_of
from monitor.library.queries import correctable_articles, corrections_of, findings_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from monitor.library.correction_models import Correction

# The outline of a page whose picture is not there, in points: one bar a line.
WIDTH, HEIGHT, MARGIN, PITCH, BAR = 612.0, 792.0, 48.0, 11.0, 3.2
LETTERS_A_LINE = 90
SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019)]{0,2}(?: ?\[\d{1,3}\])? (?=\S)")
OPENING = 48  # code points by which a sentence is named
MOST_CUTS = 60
MOST_FINDINGS = 6  # of an issue before publishing, on the ingest page
# Findings whose suggestion is itself the correction.
FIXES = {
    "toc_title_differs": "title",
    "toc_author_differs": "authors",
    "author_bio_name_differs": "authors",
    "issue_date_inferred": "date",
}
ROLE_NAMES = {
    "para": "paragraph",
    "heading": "heading",
    "caption": "caption",
    "pullquote": "pull quote",
    "sidebar": "sidebar",
    "table": "table",
    "list": "list",
    "quote": "quotation",
    "furniture": "no text: running head, page number",
    "bio": "about the author",
}
JOINT_NAMES = {"space": "with a space", "keep": "keeping the hyphen", "drop": "without the hyphen"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on the page, in points, and the id of what it leads to."""

    anchor: str
    label: str
    x: float
    y: float
    width: float
    height: float
    found: bool  # a finding to settle stands in it


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding of the page, the block it stands in, and the correction that its suggestion is."""

    row: Finding
    anchor: str = ""  # of its block
    fix: str = ""  # "title", "authors" or "date"
    names: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of the page with what can be done to it."""

    anchor: str
    article: Article
    row: Block
    text: str
    mark: str
    role: str
    can_join: bool
    joint: str
    cuts: tuple[str, ...]
    findings: int


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article of the issue with its facts as they can be corrected."""

    row: Article
    names: str
    mark: str
    page: int  # on which it can be looked at


@dataclass(frozen=True, slots=True)
class Waiting:
    """An issue that readers do not see yet: the page with its first finding, and what else was found."""

    issue: Issue
    page: int
    sheet: Proof
    findings: tuple[Finding, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Proof:
    """All that the page shows."""

    number: int
    count: int
    picture: PagePicture | None
    width: float
    height: float
    bars: tuple[tuple[float, float, float], ...]
    frames: tuple[Frame, ...]
    findings: tuple[ShownFinding, ...]
    remarks: tuple[ShownFinding, ...]
    blocks: tuple[ShownBlock, ...]
    articles: tuple[ShownArticle, ...]
    corrections: tuple[Correction, ...]
    open_pages: tuple[int, ...]  # with findings to settle

    @property
    def open_here(self) -> int:
        return len(self.findings)


def mark_of(text: str) -> str:
    """Return what a form carries to say which text it was shown with."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def proof_of(issue: Issue, number: int) -> Proof | None:
    """Return page `number` (from 1) of an issue; a text file has a page for each article. None beyond the last one."""
    articles = correctable_articles(issue)
    pages = pages_of(issue)
    count = len(pages) or max(len(articles), 1)
    if not 1 <= number <= count:
        return None
    blocks = _blocks(articles, number, paged=bool(pages))
    bodies = _bodies(articles)
    rows = findings_in_order(issue)
    here = [row for row in rows if _page_of(row, articles, paged=bool(pages)) == number]
    by_block = {block.pk: [row for row in here if _stands_in(row, block)] for block in blocks}
    shown = tuple(_shown(block, articles, bodies, by_block[block.pk]) for block in blocks)
    frames, bars = _drawn(shown, number, paged=bool(pages))
    signed = {row.pk: [each.author.name for each in row.authorships.all()] for row in articles}
    found = [_finding(row, shown, signed) for row in here]
    size = (pages[number - 1].width, pages[number - 1].height) if pages else (WIDTH, _height(bars))
    return Proof(
        number=number,
        count=count,
        picture=pages[number - 1] if pages else None,
        width=size[0],
        height=size[1],
        bars=bars,
        frames=frames,
        findings=tuple(each for each in found if is_to_settle(each.row)),
        remarks=tuple(each for each in found if not is_to_settle(each.row)),
        blocks=shown,
        articles=_articles(articles, paged=bool(pages)),
        corrections=tuple(corrections_of(issue)),
        open_pages=tuple(
            sorted({_page_of(row, articles, paged=bool(pages)) for row in rows if is_to_settle(row)} - {number})
        ),
    )


def waiting_proof(issue: Issue) -> Waiting | None:
    """Return an issue that waits to be published with the page that needs a look first."""
    rows = [row for row in findings_in_order(issue) if is_to_settle(row)]
    sheet = proof_of(issue, next((row.page for row in rows if row.page), 1))
    if sheet is None:
        return None
    return Waiting(issue, sheet.number, sheet, tuple(rows[:MOST_FINDINGS]), max(len(rows) - MOST_FINDINGS, 0))


def is_to_settle(row: Finding) -> bool:
    return row.decision == Finding.Decision.OPEN and row.severity != "info"


def _bodies(articles: Sequence[Article]) -> dict[int, str]:
    texts = ArticleText.objects.filter(article__in=articles, version=F("article__text_version"))
    return dict(texts.values_list("article", "body"))


def _blocks(articles: Sequence[Article], number: int, *, paged: bool) -> list[Block]:
    """Return the blocks that stand, wholly or in part, on a page."""
    if not paged:
        articles = articles[number - 1 : number]
    rows = Block.objects.filter(article__in=articles).order_by("article__position", "position")
    return [row for row in rows if not paged or any(region["page"] == number for region in row.regions)]


def _page_of(row: Finding, articles: Sequence[Article], *, paged: bool) -> int:
    """Return the page on which a finding is shown; what is about the whole issue stands on the first one."""
    if paged:
        return row.page or 1
    return next((at for at, article in enumerate(articles, 1) if article.pk == row.article_id), 1)


def _stands_in(row: Finding, block: Block) -> bool:
    place = row.article_id == block.article_id and row.note_number is None and row.start is not None
    return place and block.start <= (row.start or 0) <= block.end


def anchor_of(block: Block) -> str:
    return f"b{block.article_id}-{block.position}"


def _shown(
    block: Block, articles: Sequence[Article], bodies: dict[int, str], findings: Sequence[Finding]
) -> ShownBlock:
    article = next(row for row in articles if row.pk == block.article_id)
    body = bodies.get(article.pk, "")
    text, before = body[block.start : block.end], body[: block.start].rstrip("\n")
    return ShownBlock(
        anchor=anchor_of(block),
        article=article,
        row=block,
        text=text,
        mark=mark_of(text),
        role=ROLE_NAMES.get(block.type, block.type),
        can_join=block.position > 0,
        joint="drop" if before.endswith("-") and text[:1].islower() else "space",
        cuts=tuple(text[at : at + OPENING].strip() for at in _sentences(text)),
        findings=sum(is_to_settle(row) for row in findings),
    )


def _sentences(text: str) -> list[int]:
    return [found.end() for found in SENTENCE_END.finditer(text)][:MOST_CUTS]


def _finding(row: Finding, blocks: Iterable[ShownBlock], signed: Mapping[int, Sequence[str]]) -> ShownFinding:
    anchor = next((block.anchor for block in blocks if _stands_in(row, block.row)), "")
    fix = FIXES.get(row.code)
    if not fix or not row.suggestion or not is_to_settle(row):
        return ShownFinding(row, anchor)
    names = "\n".join(_names_of(row, signed.get(row.article_id or 0, ()))) if fix == "authors" else ""
    return ShownFinding(row, anchor, fix, names, mark_of(row.article.title) if row.article else "")


def _names_of(row: Finding, signed: Sequence[str]) -> list[str]:
    """Return the authors as a finding suggests them: all of them, or one in the form of the biography."""
    if row.code == "author_bio_name_differs":
        return [row.suggestion if same_person(name, row.suggestion) else name for name in signed]
    return row.suggestion.split(", ")


def _articles(articles: Sequence[Article], *, paged: bool) -> tuple[ShownArticle, ...]:
    firsts = _first_pages(articles) if paged else {}
    return tuple(
        ShownArticle(
            article,
            "\n".join(signed.author.name for signed in article.authorships.all()),
            mark_of(article.title),
            firsts.get(article.pk, 1) if paged else at,
        )
        for at, article in enumerate(articles, 1)
    )


def _first_pages(articles: Sequence[Article]) -> dict[int, int]:
    rows = Block.objects.filter(article__in=articles).order_by("article", "position").values_list("article", "regions")
    firsts: dict[int, int] = {}
    for article, regions in rows:
        if regions:
            firsts.setdefault(article, regions[0]["page"])
    return firsts


def _drawn(
    blocks: Sequence[ShownBlock], number: int, *, paged: bool
) -> tuple[tuple[Frame, ...], tuple[tuple[float, float, float], ...]]:
    """Return the frames of the blocks and the bars that stand for their lines where there is no picture."""
    frames: list[Frame] = []
    bars: list[tuple[float, float, float]] = []
    y = MARGIN
    for block in blocks:
        boxes = [tuple(region["bbox"]) for region in block.row.regions if region["page"] == number]
        if not paged:
            lines = -(-len(block.text) // LETTERS_A_LINE) or 1
            boxes = [(MARGIN, y, WIDTH - MARGIN, y + lines * PITCH)]
            y += (lines + 1) * PITCH
        label = f"{block.role}: {block.text[:OPENING]}"
        for x0, top, x1, bottom in boxes:
            box = {"x": x0 - 3, "y": top - 3, "width": x1 - x0 + 6, "height": bottom - top + 6}
            frames.append(Frame(block.anchor, label, **box, found=block.findings > 0))
            bars += _bars(x0, top, x1, bottom)
    return tuple(frames), tuple(bars)


def _bars(x0: float, top: float, x1: float, bottom: float) -> list[tuple[float, float, float]]:
    lines = max(int((bottom - top) / PITCH), 1)
    width = max(x1 - x0, 1.0)
    return [(x0, top + n * PITCH + PITCH / 3, width if n < lines - 1 else width * 0.7) for n in range(lines)]


def _height(bars: Sequence[tuple[float, float, float]]) -> float:
    return max(HEIGHT, (bars[-1][1] if bars else 0.0) + 2 * MARGIN)


def choices() -> dict[str, Any]:
    """Return what the selects of the page offer."""
    return {"roles": [(role, ROLE_NAMES[role]) for role in ROLES], "joints": list(JOINT_NAMES.items())}
