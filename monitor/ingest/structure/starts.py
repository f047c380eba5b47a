"""Where articles begin: nothing marks an article's end, so its title must be known by what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from monitor.ingest.apparatus.notes import label_of
from monitor.ingest.structure.bylines import Byline, People, bio_names, read_byline
from monitor.ingest.structure.contents import SAME_TITLE, RawEntry, folded, joined
from monitor.ingest.structure.front import is_running
from monitor.ingest.structure.looks import is_bare, lower_case_words, words
from monitor.ingest.structure.masthead import is_date_row
from monitor.ingest.structure.styles import Body, is_title_like
from monitor.ingest.text_file.plain_text import BOLD_LINE
from monitor.ingest.text_file.splicing import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.ingest.document import ContentsEntry
    from monitor.ingest.periodicals import Profile
    from monitor.ingest.pieces import Piece
    from monitor.ingest.structure.front import Front

ENOUGH = 2
LONGEST_TITLE = 300
TITLE_ROWS = 6
COMMONEST_HEADS = frozenset(["conclusion", "conclusions", "introduction", "background", "outlook", "about the author"])


@dataclass(frozen=True, slots=True)
class Start:
    """An article's first pieces: its title (`title:title_end`), its authors, where its body begins."""

    title: int
    title_end: int
    byline: int | None
    body: int
    section: str | None = None  # the heading under which it stands with others
    above: int = 0  # pieces before the title that belong to it: that heading, a label
    brief: bool = False  # one of many short pieces that nobody signs
    kept: tuple[int, ...] = ()  # pieces between title and names that are text: a standfirst
    listed: ContentsEntry | None = None  # what the contents say of it, where the layout's titles were found by them

    @property
    def first(self) -> int:
        """The first piece that does not belong to the article before."""
        return self.title - self.above


@dataclass(frozen=True, slots=True)
class Known:
    """What may tell a title from a head: the contents, the biographies, ranks, words that are no names."""

    titles: tuple[str, ...]  # folded beginnings of entries of the contents
    author_rows: frozenset[str]
    people: People
    level: int | None  # rank of the articles' titles where the file has ranks
    small: frozenset[str]
    body: Body
    profile: Profile


def find_starts(pieces: Sequence[Piece], front: Front, profile: Profile) -> tuple[tuple[Piece, ...], list[Start]]:
    """Return the pieces after the front, titles cut from names, and the beginnings of all articles in order."""
    known = what_is_known(pieces, front, profile)
    pieces = tuple(part for piece in pieces for part in unglued(piece, known))
    starts: list[Start] = []
    at, fresh = 0, True
    section: Piece | None = None
    while at < len(pieces):
        above = pieces[at - 1] if at > (starts[-1].body if starts else 0) else None
        headed = above is not None and is_section(above, pieces[at], known)
        section = above if headed else section
        start = start_at(pieces, at, known, fresh=fresh or pieces[at].ruled, section=section)
        if start is not None:
            section = section if headed or stands_under(section, pieces[at]) else None
            starts.append(replace(start, section=section.text if section else None, above=int(headed)))
            fresh = False
            at = start.body
            continue
        piece = pieces[at]
        # After a biography or a note the next bare line is more likely a title.
        fresh = (fresh and piece.level is None and is_bare(piece.text)) or ends_article(piece, known)
        at += 1
    return pieces, starts


def is_section(piece: Piece, title: Piece, known: Known) -> bool:
    """Tell whether a piece above a title is the heading of several articles, by its name or its rank."""
    if piece.aside is not None or not is_bare(piece.text):
        return False
    if repeats_section(piece, known):
        return True
    if piece.level is None or title.level is None or known.level is None:
        return False
    return piece.level < title.level and piece.level <= known.level


def stands_under(section: Piece | None, title: Piece) -> bool:
    """Tell whether a section goes on with a title that its heading does not touch: until one of its own rank."""
    return section is not None and (section.level is None or (title.level or 0) > section.level)


def unglued(piece: Piece, known: Known) -> list[Piece]:
    """Return a piece cut around a line of names that follows its title without a blank line."""
    if len(piece.rows) < 2 or piece.aside is not None or piece.level is not None:
        return [piece]
    at = 0
    for k, row in enumerate(piece.rows[:TITLE_ROWS]):
        found = piece.text.find(row, at)
        if found < 0 or (k == 0 and not is_bare(row)):
            break
        byline = read_byline(row) if k else None
        if byline is not None and (byline.signed or is_known_author(row, byline, known)):
            rest = found + len(row)
            parts = [cut(piece, 0, found - 1), cut(piece, found, rest), cut(piece, rest + 1, len(piece.text))]
            return [part for part in parts if part.text]
        at = found + len(row)
    return [piece]


def is_known_author(row: str, byline: Byline, known: Known) -> bool:
    """Tell whether the contents or a biography name the people of a line."""
    return folded(row) in known.author_rows or any(known.people.know(name) for name in byline.names)


def what_is_known(pieces: Sequence[Piece], front: Front, profile: Profile) -> Known:
    """Gather the evidence of the whole issue."""
    people = People()
    for piece in pieces:
        if not is_bare(piece.text):
            people.add(bio_names(piece.text))
    return Known(
        titles=tuple(beginnings(front.entries)),
        author_rows=frozenset(map(folded, front.author_rows())),
        people=people,
        level=title_level(pieces),
        small=lower_case_words(piece.text[:2000] for piece in pieces if not is_bare(piece.text)),
        body=Body.of(pieces),
        profile=profile,
    )


def beginnings(entries: Sequence[RawEntry]) -> list[str]:
    """Return every title that the entries of the contents may mean, folded."""
    found: list[str] = []
    for entry in entries:
        texts = [row.text for row in entry.rows]
        # The first line may be a section's name.
        found += (folded(joined(texts[low:cut])) for low in (0, 1) for cut in range(low + 1, len(texts) + 1))
    return found


def title_level(pieces: Sequence[Piece]) -> int | None:
    """Return the rank of headings that are articles' titles: the highest with a line of names below it.

    Without such lines it is the highest rank, unless a heading of that rank only stands over other headings (the
    periodical's name, a section).
    """
    ranked = [k for k in range(len(pieces)) if (pieces[k].level or BOLD_LINE) < BOLD_LINE]
    levels = [
        level
        for k in ranked
        if (level := pieces[k].level) is not None and k + 1 < len(pieces) and names_people(pieces[k + 1])
    ]
    if levels:
        return min(levels)
    over_text = [k for k in ranked if k + 1 < len(pieces) and pieces[k + 1].level in {None, BOLD_LINE}]
    if not over_text or (ranked and any(names_people(piece) for piece in pieces[: ranked[0]])):
        return None
    return min((level for k in over_text if (level := pieces[k].level) is not None), default=None)


def names_people(piece: Piece) -> bool:
    """Tell whether a piece is nothing but a line of names; one wholly in bold must say "By", since heads are bold too."""
    if piece.level not in {None, BOLD_LINE} or piece.aside is not None or not is_bare(piece.text):
        return False
    byline = read_byline(piece.text)
    return byline is not None and (piece.level is None or byline.signed)


def ends_article(piece: Piece, known: Known) -> bool:
    """Tell whether an article may end with a piece: a biography or a note."""
    if label_of(piece.text) is not None and not is_bare(piece.text):
        return True
    return any(known.people.know(name) for name in bio_names(piece.text))


def is_ranked_title(pieces: Sequence[Piece], at: int, known: Known, section: Piece | None) -> bool:
    """Tell whether a heading has the rank of titles, or stands over names or directly under a section."""
    level = pieces[at].level
    if known.level is None or level is None:
        return False
    if level <= known.level or (section is not None and section.level is not None and level == section.level + 1):
        return True
    return level < BOLD_LINE and at + 1 < len(pieces) and names_people(pieces[at + 1])


def can_be_title(pieces: Sequence[Piece], at: int, known: Known, section: Piece | None = None) -> bool:
    """Tell whether a piece has the shape of a title."""
    piece = pieces[at]
    if piece.aside is not None or len(piece.text) > LONGEST_TITLE:
        return False
    folded_text = piece.text.strip(" :*").casefold()
    if folded_text in known.profile.notes_headings or folded_text in COMMONEST_HEADS:
        return False
    if known.level is not None and piece.level is not None:
        return is_ranked_title(pieces, at, known, section)
    if label_of(piece.text) is not None and piece.text.startswith("["):
        return False
    return is_bare(piece.text) or is_title_like(piece, known.body)


def start_at(
    pieces: Sequence[Piece], at: int, known: Known, *, fresh: bool, section: Piece | None = None
) -> Start | None:
    """Return the article that begins with piece `at`, None where none does. `fresh`: one may be expected here."""
    if not can_be_title(pieces, at, known, section):
        return None
    ranked = is_ranked_title(pieces, at, known, section)
    for end in (at + 1, at + 2):
        if end >= len(pieces) or (end == at + 2 and not can_be_title(pieces, at + 1, known)):
            break
        k = after_date(pieces, end)
        byline = byline_at(pieces, k, known)
        if byline is None:
            continue
        title = joined(piece.text for piece in pieces[at:end])
        if end == at + 2 and not belongs_together(pieces[at], pieces[at + 1], title, known):
            continue
        score = title_evidence(pieces[at], title, known, ranked=ranked)
        score += byline_evidence(pieces[k], byline, known) + fresh
        if score >= ENOUGH and not repeats_section(pieces[at], known):
            return Start(at, end, k, after_date(pieces, k + 1))
    # A section that holds text and no signed pieces is a piece of its own.
    own = 2 if fresh and repeats_section(pieces[at], known) else 0
    score = title_evidence(pieces[at], pieces[at].text, known, ranked=ranked) + own
    if score >= ENOUGH and stands_over_text(pieces, at, known):
        return Start(at, at + 1, None, after_date(pieces, at + 1))
    return None


def after_date(pieces: Sequence[Piece], at: int) -> int:
    """Return the place after a line that is nothing but a date, `at` itself where none stands there."""
    dated = at + 1 < len(pieces) and pieces[at].aside is None and is_date_row(pieces[at].text)
    return at + 1 if dated else at


def byline_at(pieces: Sequence[Piece], k: int, known: Known) -> Byline | None:
    """Return the names a piece holds, where it can be an article's line of authors and text follows it."""
    if k + 1 >= len(pieces):
        return None
    piece = pieces[k]
    if piece.aside is not None or piece.level not in {None, BOLD_LINE}:
        return None
    if is_title_like(piece, known.body) and piece.style == pieces[k - 1].style:
        return None
    byline = read_byline(piece.text)
    return byline if byline and (piece.level is None or byline.signed) else None


def belongs_together(first: Piece, second: Piece, title: str, known: Known) -> bool:
    """Tell whether two lines above the names are one title: set alike, or so in the contents."""
    if listed(title, known):
        return True
    if first.style is not None or first.level is not None:
        return first.style == second.style and first.level == second.level
    return False


def listed(title: str, known: Known) -> bool:
    """Tell whether the contents announce a title."""
    if not known.titles:
        return False
    return process.extractOne(folded(title), known.titles, scorer=fuzz.ratio, score_cutoff=SAME_TITLE) is not None


def title_evidence(piece: Piece, title: str, known: Known, *, ranked: bool) -> int:
    """Return how sure the look of a line and the contents make it that it is a title."""
    score = 2 if ranked else 0
    if is_title_like(piece, known.body):
        score += 2
    return score + (3 if listed(title, known) else 0)


def byline_evidence(piece: Piece, byline: Byline, known: Known) -> int:
    """Return how sure it is that a line names authors."""
    if byline.signed or is_known_author(piece.text, byline, known):
        return 3
    plain = all(any(word.casefold() not in known.small for word in words(name)) for name in byline.names)
    wholly_italic = any(end - start >= len(piece.text) - 1 for start, end in piece.italics)
    return plain + (1 if wholly_italic else 0)


def repeats_section(piece: Piece, known: Known) -> bool:
    """Tell whether a line is a section's name and no title."""
    return known.profile.kind_of_section(piece.text) is not None


def stands_over_text(pieces: Sequence[Piece], at: int, known: Known) -> bool:
    """Tell whether an unsigned title has text of its own below it before any other title."""
    if at + 1 >= len(pieces):
        return False
    below = pieces[at + 1]
    if repeats_section(pieces[at], known):
        return is_running(below)
    if below.level is None or known.level is None:
        return True
    # A heading over another article's title is a section's.
    return below.level > known.level and not (at + 2 < len(pieces) and names_people(pieces[at + 2]))
