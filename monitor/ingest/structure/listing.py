"""Which entry of the contents announces which article, and which articles stand under a section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.ingest.structure.bylines import AROUND, read_byline
from monitor.ingest.structure.contents import LONGEST_ENTRY, folded, reconciled, without_sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.document import ContentsEntry
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.structure.contents import RawEntry
    from monitor.ingest.structure.drafts import Draft

ARTICLE = "article"
BRIEF = "brief"
LONGEST_SECTION = 3  # words


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents set against the articles. All lists but `toc` and `places` are by article."""

    toc: tuple[ContentsEntry, ...]
    places: tuple[int | None, ...]  # by entry: the article it announces
    sections: frozenset[int]  # entries that are sections
    kinds: tuple[str, ...]
    pages: tuple[int | None, ...]  # where the contents say that the article begins
    unlisted: tuple[int, ...]  # articles that nothing announces
    beside: tuple[str, ...] = ()  # what stands beside the authors in the contents: their posts, dates


def listing_of(entries: Sequence[RawEntry], drafts: Sequence[Draft], profile: Profile) -> Listing:
    """Return the contents with their articles; an article without entry belongs to the section before it, if any."""
    titles = [folded(draft.title[:LONGEST_ENTRY]) for draft in drafts]
    authors = frozenset(folded(name) for draft in drafts for name in draft.authors)
    parted = list(without_sections(entries, titles))
    read = [reconciled(entry, titles, authors) for entry, _ in parted]
    toc = tuple(entry for entry, _ in read)
    beside = tuple(rest for (raw, _), entry in zip(parted, toc, strict=True) if (rest := beside_authors(raw, entry)))
    places = once_each([place for _, place in read])
    entry_of = {place: k for k, place in enumerate(places) if place is not None}
    known = [profile.kind_of_section(entry.title) is not None for entry in toc]
    kinds: list[str] = []
    pages: list[int | None] = []
    unlisted: list[int] = []
    sections = {k for k, (_, is_section) in enumerate(parted) if is_section}
    paged: set[int] = set()
    for index in range(len(titles)):
        k = entry_of.get(index)
        section = None if k is not None else section_over(index, entry_of, places, toc, known)
        if k is not None:
            kinds.append(profile.kind_of_section(drafts[index].title) or ARTICLE)
            pages.append(toc[k].page)
        elif section is not None:
            kinds.append(profile.kind_of_section(toc[section].title) or BRIEF)
            pages.append(toc[section].page if section not in paged else None)
            paged.add(section)
        else:
            kinds.append(profile.kind_of_section(drafts[index].title) or kind_under_section(drafts[index], profile))
            pages.append(None)
            unlisted += [index] if toc else []
    return Listing(toc, places, frozenset(sections | paged), tuple(kinds), tuple(pages), tuple(unlisted), beside)


def beside_authors(raw: RawEntry, entry: ContentsEntry) -> str:
    """Return what an entry prints after its title beside the names."""
    byline = read_byline(raw.text.removeprefix(entry.title).strip(AROUND))
    return byline.rest if byline else ""


def kind_under_section(draft: Draft, profile: Profile) -> str:
    """Return the kind of an unlisted article: that of the section printed above it where it is as short as those are."""
    if draft.brief:
        return BRIEF
    long = bool(draft.notes) or any(paragraph.role == "heading" for paragraph in draft.paragraphs)
    return (profile.kind_of_section(draft.section) if draft.section and not long else None) or ARTICLE


def once_each(places: Sequence[int | None]) -> tuple[int | None, ...]:
    """Return the places with each article announced once, by the first entry that names it."""
    taken: set[int] = set()
    result: list[int | None] = []
    for place in places:
        result.append(None if place in taken else place)
        taken |= {place} if place is not None else set()
    return tuple(result)


def section_over(
    index: int,
    entry_of: dict[int, int],
    places: Sequence[int | None],
    toc: Sequence[ContentsEntry],
    known: Sequence[bool],
) -> int | None:
    """Return the entry of the section under which an article stands that has no entry of its own.

    It lies between the entries of the listed articles around it; one whose name is `known` as a section's comes first.
    """
    before = max((k for place, k in entry_of.items() if place < index), default=-1)
    after = min((k for place, k in entry_of.items() if place > index and k > before), default=len(toc))
    free = [k for k in range(before + 1, after) if places[k] is None]
    named = [k for k in free if known[k]]
    short = [k for k in free if len(toc[k].title.split()) <= LONGEST_SECTION]
    return next(iter(named or short), None)
