"""Corrections drawn at random from what a document has, each made on the state that the ones before it left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from monitor.ingest.corrections.correcting import corrected
from monitor.ingest.corrections.correction import JOINTS, ROLES, Correction
from monitor.ingest.corrections.loose_parts import put_together, taken_apart
from monitor.ingest.corrections.places import squeezed, target_of_article, target_of_block

if TYPE_CHECKING:
    from monitor.ingest.corrections.correction import CorrectionKind
    from monitor.ingest.document import IssueDocument

TITLES = ("The Ferry at Dusk", "Salt and Silt", "Toll Wars (Part 2)")
NAMES = ("Ines Varrow", "Tomas Quill", "Hedda Marsh")
OF_ARTICLES: tuple[CorrectionKind, ...] = ("title", "authors", "kind", "goes_on")
OF_BLOCKS: tuple[CorrectionKind, ...] = ("begins", "join", "type")


def gaps(text: str) -> list[int]:
    """Return where words of a text begin, but the first one."""
    return [at for at in range(1, len(text)) if text[at - 1] == " " and text[at] != " "]


@st.composite
def drawn(draw: st.DrawFn, document: IssueDocument, kinds: tuple[CorrectionKind, ...] = ()) -> Correction:
    """Draw one correction of what the document holds."""
    articles = taken_apart(document).articles
    wanted = kinds or (*OF_ARTICLES, *OF_BLOCKS, "split")
    article = draw(st.integers(0, len(articles) - 1))
    kind = draw(st.sampled_from(wanted))
    if kind in OF_ARTICLES or not articles[article].blocks:
        kind = kind if kind in OF_ARTICLES else "kind"
        target = target_of_article(articles, article)
        text = {"title": draw(st.sampled_from(TITLES)), "kind": draw(st.sampled_from(("article", "brief")))}
        names = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)))
        return Correction(kind, target, text=text.get(kind, ""), names=names if kind == "authors" else ())
    block = draw(st.integers(0, len(articles[article].blocks) - 1))
    whole = articles[article].blocks[block].text
    if kind == "split" and gaps(whole):
        offset = draw(st.sampled_from(gaps(whole)))
        return Correction("split", target_of_block(articles, article, block, offset))
    target = target_of_block(articles, article, block)
    if kind == "begins":
        return Correction("begins", target, text=whole, is_line=True)
    if kind == "join":
        return Correction("join", target, text=draw(st.sampled_from(JOINTS)))
    return Correction("type", target, text=draw(st.sampled_from(ROLES)))


@st.composite
def sequences(draw: st.DrawFn, document: IssueDocument, *, most: int = 5) -> tuple[Correction, ...]:
    """Draw corrections as a curator makes them: each on what the ones before it made of the document."""
    made: list[Correction] = []
    for _ in range(draw(st.integers(1, most))):
        made.append(draw(drawn(corrected(document, made).document)))
    return tuple(made)


@st.composite
def cut_otherwise(draw: st.DrawFn, document: IssueDocument) -> IssueDocument:
    """Return the document as another parser would give it: paragraphs cut and joined at other places."""
    issue = taken_apart(document)
    changes: list[Correction] = []
    for _ in range(draw(st.integers(1, 6))):
        now = corrected(document, changes).document
        change = draw(drawn(now, ("join", "split")))
        if change.kind in {"join", "split"}:
            changes.append(replace(change, text="keep" if change.kind == "join" else ""))
    return corrected(put_together(issue), changes).document


def letters(document: IssueDocument) -> str:
    """Return the letters of all that a document holds, sorted: what must not vanish.

    One person's name and biography count once: over two articles that become one they are printed twice.
    """
    texts = [*document.furniture]
    for article in document.articles:
        texts += [article.title, *(block.text for block in article.blocks), *(note.text for note in article.notes)]
    people = {name for article in document.articles for name in (*article.authors, article.bio or "")}
    return "".join(sorted(squeezed("".join([*texts, *people]))))
