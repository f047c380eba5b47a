"""An issue as HTML for the producers that set web pages: what stands where, for any layout."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from samples.source_text import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.corpus.issue_model import Article, Block, Issue, Note, Run
    from tests.corpus.layout import Layout


class IssueHtml:
    """Writes the body of the page; `starts`, where given, are the pages the contents name."""

    def __init__(self, issue: Issue, layout: Layout, starts: Sequence[int] | None = None) -> None:
        self.issue = issue
        self.layout = layout
        self.starts = starts

    def body(self) -> str:
        """Return the masthead, the contents and all pieces."""
        pieces = [self._article(i, article) for i, article in enumerate(self.issue.articles)]
        front, contents = self._masthead(), self._contents()
        if self.layout.contents == "sidebar":
            return f"{contents}{front}{self._columns(pieces)}"
        if self.layout.titles == "column" and self.layout.contents == "list":
            return f"{front}{self._columns([contents, *pieces])}"
        return f"{front}{contents}{self._columns(pieces)}"

    def _columns(self, pieces: list[str]) -> str:
        if self.layout.titles == "column":
            return f'<div class="columns">{"".join(pieces)}</div>'
        return "".join(pieces)

    def _masthead(self) -> str:
        issue = self.issue
        return (
            f'<header><div class="name">{escape(issue.publication)}</div>'
            f'<div class="tagline">{escape(issue.tagline)}</div>'
            f'<div class="number">{escape(issue.number_line)}</div>'
            f'<div class="date">{long_date(issue.date)}</div></header>'
        )

    def _contents(self) -> str:
        dotted = self.layout.contents == "dotted"
        entries = []
        for entry in self.issue.contents:
            target = f"#a{entry.article}"
            title, people = escape(entry.title), escape(" and ".join(entry.authors))
            number = f'<a class="page" href="{target}">{self._page(entry.article)}</a>'
            entries.append(
                f'<div class="entry"><div class="row"><a class="what" href="{target}">{title}</a>{number}</div>'
                f'<div class="who">{people}</div></div>'
                if dotted
                else f'<div class="entry"><div>{number}</div><div class="what">{title}</div>'
                f'<div class="who">{people}</div></div>'
            )
        return f'<nav class="{self.layout.contents}">{"".join(entries)}</nav>'

    def _page(self, article: int) -> str:
        """Return what is printed for a page; empty where the style sheet counts it."""
        return (
            "" if self.starts is None else f"{'' if self.layout.contents == 'dotted' else 'p.'}{self.starts[article]}"
        )

    def _article(self, i: int, article: Article) -> str:
        opening = (
            f'<div class="opening"><h1 id="a{i}">{escape(article.title)}</h1>'
            f'<p class="authors">{escape(" and ".join(article.authors))}</p></div>'
        )
        text = "".join(self._block(block, first=j == 0, article=article) for j, block in enumerate(article.blocks))
        text += "".join(f'<p class="bio">{escape(bio)}</p>' for bio in article.bios)
        if article.notes and self.layout.notes == "end":
            text += '<p class="notes-heading">Notes</p>' + "".join(self._note(note) for note in article.notes)
        if self.layout.titles == "spanning":
            text = f'<div class="columns">{text}</div>'
        return f"<section>{opening}{text}</section>"

    def _block(self, block: Block, *, first: bool, article: Article) -> str:
        if block.type == "table":
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        if block.type == "sidebar":
            title, *rest = block.runs
            return f'<div class="sidebar"><b>{escape(title.text)}</b>{self._runs(rest, article)}</div>'
        if block.type == "heading":
            return f"<h2>{self._runs(block.runs, article)}</h2>"
        if block.type == "para":
            return f"<p>{self._first(block, article) if first and self.layout.drop_caps else self._runs(block.runs, article)}</p>"
        return f'<div class="{block.type}">{self._runs(block.runs, article)}</div>'

    def _first(self, block: Block, article: Article) -> str:
        """Return the text with its first letter in a span: ::first-letter with a float stops WeasyPrint."""
        start, *rest = block.runs
        return f'<span class="drop">{escape(start.text[0])}</span>{escape(start.text[1:])}{self._runs(rest, article)}'

    def _runs(self, runs: Iterable[Run], article: Article) -> str:
        return "".join(self._run(run, article) for run in runs)

    def _run(self, run: Run, article: Article) -> str:
        if run.marker is not None:
            if self.layout.notes == "foot":
                note = next(note for note in article.notes if note.n == run.marker)
                return f'<span class="footnote">{self._runs(note.runs, article)}</span>'
            return f"<sup>{run.marker}</sup>" if self.layout.superscript else f" [{run.marker}]"
        text = f"<i>{escape(run.text)}</i>" if run.italic else escape(run.text)
        return f'<a href="{escape(run.url)}">{text}</a>' if run.url else text

    def _note(self, note: Note) -> str:
        label = self.layout.label.replace("n", str(note.n))
        return f'<p class="note">{label} {"".join(self._run(run, self.issue.articles[0]) for run in note.runs)}</p>'
