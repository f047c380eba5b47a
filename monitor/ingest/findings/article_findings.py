"""What a person should look at in the parts of an issue: numbering, rejoined halves, links, names, quotes."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from monitor.ingest.document import Finding
from monitor.ingest.findings.print_findings import character_findings
from monitor.ingest.structure.bylines import bio_names, same_person, tokens_of
from monitor.ingest.structure.contents import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monitor.ingest.apparatus.citations import Oddity
    from monitor.ingest.document import Article, ContentsEntry, Marker
    from monitor.ingest.structure.articles import Built
    from monitor.ingest.structure.drafts import Draft
    from monitor.ingest.structure.listing import Listing

STRAIGHT = "'\""
CURLY = "\u2018\u2019\u201c\u201d"
LONGEST_QUOTE = 80
MOST_NAMED = 10
# Repetitions looked at one by one; a file with more is no article with a misprint.
MOST_GAPS = 50
MOST_OF_A_KIND = 200


def bounded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, of each code at most MOST_OF_A_KIND in one article."""
    seen: Counter[tuple[str, int | None]] = Counter()
    for finding in findings:
        key = (finding.code, finding.article)
        seen[key] += 1
        if seen[key] <= MOST_OF_A_KIND:
            yield finding


def shortened(text: str) -> str:
    """Return a text as a finding quotes it."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()}\u2026"


def article_findings(index: int, built: Built, draft: Draft) -> Iterator[Finding]:
    """Yield the findings of one article, in the order of its parts."""
    article = built.article
    if not draft.named:
        yield Finding("title_missing", "This text stands under no title of its own.", index)
    if draft.recased:
        message = "The title is printed in capitals; it stands here as the contents and the text spell its words."
        yield Finding("title_case_restored", message, index, "info")
    if draft.after_notes:
        yield Finding("text_after_notes", "Text was read behind this article's notes: check its order.", index)
    yield from author_findings(index, article, draft)
    yield from joint_findings(index, built)
    yield from numbering_findings(index, article)
    yield from superscript_findings(index, built)
    yield from note_findings(index, built)
    yield from parenthesis_findings(index, built)
    yield from character_findings(index, article)
    yield from print_findings(index, article)


def author_findings(index: int, article: Article, draft: Draft) -> Iterator[Finding]:
    """Yield a finding for each author whose biography prints another form of the name."""
    for author in article.authors:
        names = [name for bio in draft.bios for name in bio_names(bio.text) if same_person(author, name)]
        if names and all(tokens_of(name) != tokens_of(author) for name in names):
            yield Finding(
                "author_bio_name_differs",
                f'The article is signed "{author}", its biography says "{names[0]}".',
                index,
                suggestion=names[0],
            )


def joint_findings(index: int, built: Built) -> Iterator[Finding]:
    """Yield one finding for each joint of a paragraph or note that the rules of words made."""
    article = built.article
    for block, count in built.oddities.joined_blocks:
        for _ in range(count):
            message = "Two printed pieces were joined into this paragraph."
            yield Finding("paragraph_rejoined", message, index, "info", block=block)
    for note, count in built.oddities.joined_notes:
        for _ in range(count):
            message = "Two printed pieces were joined into this note."
            yield Finding("note_rejoined", message, index, "info", note=article.notes[note].n)


def numbering_findings(index: int, article: Article) -> Iterator[Finding]:
    """Yield what does not agree between the markers in the text and the numbers of the notes."""
    marked = [marker.n for marker in article.markers]
    noted = [note.n for note in article.notes]
    marked_set, noted_set = set(marked), set(noted)
    for n in noted:
        if n not in marked_set:
            yield Finding("note_without_marker", f"No marker in the text leads to note {n}.", index, note=n)
    unled = (marker for marker in article.markers if marker.n not in noted_set)
    for marker in islice(unled, MOST_OF_A_KIND):
        yield marker_finding("marker_without_note", f"Marker [{marker.n}] leads to no note.", index, marker)
    yield from islice(repeated_markers(index, article, noted), MOST_OF_A_KIND)
    if noted and noted != list(range(noted[0], noted[0] + len(noted))):
        yield Finding("notes_not_consecutive", f"The notes are numbered {said(noted)}.", index)


def repeated_markers(index: int, article: Article, noted: Sequence[int]) -> Iterator[Finding]:
    """Yield the markers that come again, each with the note that it may mean instead."""
    marked = [marker.n for marker in article.markers]
    seen: set[int] = set()
    again = 0
    for at, marker in enumerate(article.markers):
        if marker.n in seen:
            again += 1
            meant = gap(marked, at, noted) if again <= MOST_GAPS else None
            message = f"Marker [{marker.n}] is printed more than once."
            yield marker_finding("marker_repeated", message, index, marker, str(meant) if meant else None)
        seen.add(marker.n)


def marker_finding(code: str, message: str, index: int, marker: Marker, suggestion: str | None = None) -> Finding:
    """Return a finding at a marker's place."""
    end = marker.offset + len(str(marker.n)) + len("[]")
    return Finding(code, message, index, block=marker.block, start=marker.offset, end=end, suggestion=suggestion)


def said(numbers: Sequence[int]) -> str:
    """Return numbers as a finding lists them."""
    listed = ", ".join(map(str, numbers[:MOST_NAMED]))
    return f"{listed} \u2026" if len(numbers) > MOST_NAMED else listed


def gap(marked: Sequence[int], at: int, noted: Sequence[int]) -> int | None:
    """Return the one note without marker whose number fits between the markers before and after this one."""
    before = max(marked[:at], default=0)
    after = min((n for n in marked[at + 1 :] if n > before), default=max(noted, default=0) + 1)
    fitting = [n for n in noted if before < n < after and n not in marked]
    return fitting[0] if len(fitting) == 1 else None


def superscript_findings(index: int, built: Built) -> Iterator[Finding]:
    """Yield the raised numbers that no note bears and that go on no run of markers."""
    for block, start, end in built.oddities.superscripts:
        message = f'The raised "{built.article.blocks[block].text[start:end]}" leads to no note; it is read as printed.'
        yield Finding("superscript_unmatched", message, index, "info", block=block, start=start, end=end)


def note_findings(index: int, built: Built) -> Iterator[Finding]:
    """Yield the references of notes that stay open, and labels in another form than the rest."""
    notes = built.article.notes
    for k in built.oddities.short_open:
        message = f'It is not clear which earlier note "{shortened(notes[k].text)}" means.'
        yield Finding("short_form_unresolved", message, index, note=notes[k].n)
    for k in built.oddities.ibid_open:
        yield Finding("ibid_unresolved", "It is not clear which note this ibid. means.", index, note=notes[k].n)
    for k, form in built.oddities.label_variants:
        label = form.replace("n", str(notes[k].n), 1)
        message = f'Note {notes[k].n} is labelled "{label}", unlike the others.'
        yield Finding("note_label_variant", message, index, "info", note=notes[k].n)


def parenthesis_findings(index: int, built: Built) -> Iterator[Finding]:
    """Yield what reads like a citation and is not a whole one."""
    article, oddities = built.article, built.oddities
    for block, odd in oddities.in_blocks:
        yield parenthesis_finding(odd, article.blocks[block].text, index, block=block)
    for note, odd in oddities.in_notes:
        yield parenthesis_finding(odd, article.notes[note].text, index, note=article.notes[note].n)


def parenthesis_finding(
    odd: Oddity, text: str, index: int, *, block: int | None = None, note: int | None = None
) -> Finding:
    """Return the finding for one oddity in parentheses."""
    printed = shortened(text[odd.start : odd.end])
    empty = odd.code == "citation_source_empty"
    message = f'"{printed}" names no source.' if empty else f'"{printed}" is not the name of a source and a date.'
    return Finding(odd.code, message, index, block=block, note=note, start=odd.start, end=odd.end)


def print_findings(index: int, article: Article) -> Iterator[Finding]:
    """Yield links without an address (one finding for all) and quotation marks of two kinds."""
    empty = sum(link.url is None for link in article.links)
    if empty:
        yield Finding("link_without_target", f"{empty} links of this article have no address.", index, "info")
    texts = [block.text for block in article.blocks]
    straight = any(mark in text for text in texts for mark in STRAIGHT)
    if straight and any(mark in text for text in texts for mark in CURLY):
        yield Finding("quotes_mixed", "Straight and curly quotation marks stand side by side.", index, "info")


def contents_findings(listing: Listing, articles: Sequence[Article]) -> Iterator[Finding]:
    """Yield what does not agree between contents and articles."""
    for k, (entry, place) in enumerate(zip(listing.toc, listing.places, strict=True)):
        if place is not None:
            yield from entry_findings(entry, place, articles[place])
        elif k not in listing.sections:
            yield Finding("toc_entry_unmatched", f'The contents announce "{entry.title}", which was not found.')
    for index in listing.unlisted:
        yield Finding("article_not_in_toc", "The contents do not announce this article.", index)
    for index, article in enumerate(articles):
        if article.page_start is None and listing.toc:
            yield Finding("page_start_unknown", "The page on which this article begins is not known.", index, "info")


def entry_findings(entry: ContentsEntry, index: int, article: Article) -> Iterator[Finding]:
    """Yield what an entry of the contents says otherwise than its article: title, authors, page."""
    if folded(entry.title) != folded(article.title):
        message = f'The contents call this article "{entry.title}".'
        yield Finding("toc_title_differs", message, index, suggestion=entry.title)
    if entry.authors and not agree(entry.authors, article.authors):
        named = ", ".join(entry.authors)
        yield Finding("toc_author_differs", f"The contents name as its authors {named}.", index, suggestion=named)
    if entry.page is not None and article.page_start is not None and entry.page != article.page_start:
        message = f"The contents announce this article on page {entry.page}, it begins on {article.page_start}."
        yield Finding("toc_page_differs", message, index, suggestion=str(entry.page))


def agree(listed: Sequence[str], signed: Sequence[str]) -> bool:
    """Tell whether two lists name the same people, a middle name or an initial left aside."""
    return len(listed) == len(signed) and all(map(same_person, listed, signed))
