"""Draws the matter of an issue from a seed: the same house and seed give the same words."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.held_apart import words
from tests.held_apart.matter import Block, Entry, Issue, Note, Piece, Span

if TYPE_CHECKING:
    from tests.held_apart.matter import BlockType, House

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SHORT = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
PRONOUNS = ("Her", "His")
UNQUOTED = str.maketrans("", "", "“”")


def drawn(house: House, seed: int, *, articles: int = 3, briefs: int = 0, paragraphs: int = 7) -> Issue:
    """Return an issue of a house; `briefs` short pieces come first where the house has a section for them."""
    writer = Writer(house, random.Random(f"{house.publication} {seed}"))  # noqa: S311
    pieces = [writer.brief() for _ in range(briefs if house.briefs else 0)]
    pieces += [writer.article(paragraphs) for _ in range(articles)]
    listed: list[Entry] = []
    if house.contents:
        if pieces[0].kind == "brief":
            listed.append(Entry(house.briefs, pieces[0].authors, 0))
        listed += [Entry(piece.title, piece.authors, i) for i, piece in enumerate(pieces) if piece.kind == "article"]
    return Issue(house, tuple(pieces), tuple(listed))


def numbered_through(issue: Issue) -> Issue:
    """Return the issue with its notes numbered from the first piece to the last."""
    pieces, before = [], 0
    for piece in issue.pieces:
        shift = before
        blocks = tuple(
            replace(block, spans=tuple(shifted(span, shift) for span in block.spans)) for block in piece.blocks
        )
        notes = tuple(replace(note, n=note.n + shift) for note in piece.notes)
        pieces.append(replace(piece, blocks=blocks, notes=notes))
        before += len(notes)
    return replace(issue, pieces=tuple(pieces), numbers_run_on=True)


def shifted(span: Span, by: int) -> Span:
    """Return a marker with a later number, any other span as it is."""
    return replace(span, text=str(int(span.text) + by)) if span.style == "marker" else span


@dataclass(slots=True)
class Writer:
    """Writes for one house; never uses a title, head or author of articles twice."""

    house: House
    chance: random.Random
    used: set[str] | None = None

    def new(self, choices: tuple[str, ...] | list[str]) -> str:
        """Return one of the choices that was not used before."""
        used = self.used = self.used if self.used is not None else set()
        free = [choice for choice in choices if choice not in used] or list(choices)
        used.add(found := self.chance.choice(free))
        return found

    def brief(self) -> Piece:
        """Return a short piece by the editor, who signs all of them."""
        editor = self.editor()
        blocks = tuple(Block("para", self.paragraph(3)) for _ in range(self.chance.randint(2, 3)))
        return Piece("brief", self.titled(words.BRIEF_TITLES), (editor,), blocks=blocks, bio=self.bio((editor,)))

    def editor(self) -> str:
        """Return who signs the briefs."""
        return words.PEOPLE[len(self.house.publication) % len(words.PEOPLE)]

    def article(self, paragraphs: int) -> Piece:
        """Return an article with heads, notes and the asides of its house."""
        others = [name for name in words.PEOPLE if name != self.editor()]
        authors = tuple(self.new(others) for _ in range(self.chance.choice((1, 1, 2))))
        blocks: list[Block] = []
        asides = list(self.house.asides)
        notes: list[Note] = []
        heads = 0
        for k in range(paragraphs):
            if self.house.heads not in ("none", "run-in") and k in (2, paragraphs - 2):
                heads += 1
                blocks.append(Block("heading", (Span(self.head(heads)),)))
            spans = self.paragraph(self.chance.randint(3, 6))
            if self.house.markers != "none" and k != 1:
                spans = self.noted(spans, notes)
            if self.house.heads == "run-in" and k in (2, 4):
                spans = (Span(self.new(words.HEADS).rstrip("?") + ". ", "bold"), *spans)
            blocks.append(Block("para", spans))
            if asides and k in (1, 3, 5):
                blocks += self.aside(asides.pop(0), spans)
        return Piece(
            "article",
            self.titled(words.TITLES),
            authors,
            post=self.chance.choice(words.POSTS) if self.house.posts else "",
            blocks=tuple(blocks),
            bio=self.bio(authors),
            notes=tuple(notes),
        )

    def titled(self, forms: tuple[str, ...]) -> str:
        """Return a new title, its places filled in."""
        place = self.new(words.PLACES)
        body = self.chance.choice(words.BODIES).split(" (")[0]
        return self.new(forms).format(place=place[:1].upper() + place[1:], body="the" + body[3:])

    def head(self, number: int) -> str:
        """Return a head as the house prints it."""
        head = self.new(words.HEADS)
        return {"numbered": f"{number}. {head}", "capitals": head.upper()}.get(self.house.heads, head)

    def bio(self, authors: tuple[str, ...]) -> str:
        """Return one sentence or two on each author."""
        forms = (self.chance.choice(words.BIOS) for _ in authors)
        told = (
            form.format(name=name, pronoun=self.chance.choice(PRONOUNS))
            for form, name in zip(forms, authors, strict=True)
        )
        return " ".join(told) if self.house.bios else ""

    def paragraph(self, sentences: int) -> tuple[Span, ...]:
        """Return a paragraph as spans; about every second one cites."""
        spans: list[Span] = []
        cited = self.chance.randrange(sentences) if self.chance.random() < 0.6 else -1
        for k in range(sentences):
            sentence = self.sentence()
            if k == cited:
                spans += [Span(f"{sentence} ("), *self.group(), Span(").")]
            else:
                spans.append(Span(stopped(sentence)))
            spans.append(Span(" "))
        return merged(spans[:-1])

    def sentence(self) -> str:
        """Return one sentence without its stop."""
        c = self.chance
        body, person = c.choice(words.BODIES), c.choice(words.PEOPLE)
        place, other = c.sample(words.PLACES, 2)
        return c.choice(words.SENTENCES).format(
            body=body,
            Body=body[:1].upper() + body[1:],
            person=person,
            Person=person,
            place=place,
            place2=other,
            things=c.choice(words.THINGS),
            act=c.choice(words.ACTS),
            quality=c.choice(words.QUALITIES),
            month=c.choice(MONTHS),
            old=c.randint(1921, 1988),
            percent=c.randint(21, 93),
            few=c.randint(3, 9),
            millions=c.randint(2, 48),
            miles=c.randint(40, 300),
            hundreds=c.randint(200, 999),
            hundreds2=f"{c.randint(1, 4)},{c.randint(100, 999)}",
            feet=c.randint(2, 11),
        )

    def group(self) -> list[Span]:
        """Return one to three citations as they stand between parentheses."""
        spans: list[Span] = []
        for outlet, url in self.chance.sample(words.OUTLETS, self.chance.choice((1, 1, 2, 3))):
            link = Span(outlet, "link", url) if self.house.links and self.chance.random() < 0.7 else Span(outlet)
            spans += [link, Span(f", {self.day()}"), Span("; ")]
        return spans[:-1]

    def day(self) -> str:
        """Return a date before the issue, in the house's form; days without a year only where the issue has a day."""
        last = date.fromisoformat(self.house.date) if self.house.date else date(self.house.year - 1, 12, 31)
        day = last - timedelta(days=self.chance.randint(1, 250))
        bare = bool(self.house.date) and self.chance.random() < 0.5
        tail = "" if bare else f", {day.year}"
        if self.house.dates == "iso":
            return day.isoformat()
        if self.house.dates == "british":
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        names = MONTHS if self.house.dates == "long" else SHORT
        return f"{names[day.month - 1]} {day.day}{tail}"

    def noted(self, spans: tuple[Span, ...], notes: list[Note]) -> tuple[Span, ...]:
        """Return a paragraph with a marker after one of its sentences, and put its note to the notes."""
        notes.append(Note(len(notes) + 1, self.note(notes)))
        marker = Span(str(len(notes)), "marker")
        stops = [
            (i, at + 1)
            for i, span in enumerate(spans)
            for at, letter in enumerate(span.text)
            if letter == "."
            and span.style == "plain"
            and span.text[at + 1 : at + 2] in ("", " ")
            and not initial(span.text, at)
        ]
        i, at = self.chance.choice(stops or [(len(spans) - 1, len(spans[-1].text))])
        before, after = spans[i].text[:at], spans[i].text[at:]
        return (*spans[:i], Span(before), marker, *([Span(after)] if after else []), *spans[i + 1 :])

    def note(self, before: list[Note]) -> tuple[Span, ...]:
        """Return the text of one note: a work, a book, an address, an interview, a remark, the same again."""
        c = self.chance
        name, page = c.choice(words.PEOPLE), c.randint(11, 390)
        title, journal = c.choice(words.WORKS)
        kind = c.randrange(6)
        if kind == 0:
            tail = f" {c.randint(3, 48)}, no. {c.randint(1, 4)} ({c.randint(1988, self.house.year - 1)}): {page}–{page + 14}."
            return (Span(f"{name}, “{title},” "), Span(journal, "italic"), Span(tail))
        if kind == 1:
            tail = f" ({c.choice(words.HOUSES)}, {c.randint(1988, self.house.year - 1)}), {page}."
            return (Span(f"{name}, "), Span(c.choice(words.BOOKS), "italic"), Span(tail))
        if kind == 2 and self.house.links:
            url = f"https://www.soundings.example/reports/{self.house.year - 1}/dredging-and-silt-part-{page}.pdf"
            return (Span("Board of Soundings, “Annual Report,” "), Span(url, "link", url), Span("."))
        if kind == 3:
            return (Span(f"Author’s interview with {name}, {c.choice(words.PLACES)}, June {self.house.year - 1}."),)
        if kind == 4 and before and not before[-1].spans[0].text.startswith("Ibid."):
            return (Span(c.choice(("Ibid.", f"Ibid., {page}."))),)
        return (Span(stopped(self.sentence())),)

    def aside(self, kind: BlockType, spans: tuple[Span, ...]) -> list[Block]:
        """Return an aside of the kind, and for a table the caption it needs."""
        if kind == "pullquote":
            return [Block("pullquote", (Span(f"“{self.sentence().translate(UNQUOTED)}.”"),))]
        if kind == "caption":
            return [Block("caption", (Span(self.new(words.CAPTIONS)),))]
        if kind == "sidebar":
            text = " ".join(stopped(self.sentence()) for _ in range(3))
            return [Block("sidebar", (Span(text),), title=self.new(words.HEADS).rstrip("?"))]
        if kind == "table":
            c = self.chance
            places = c.sample([place for place in words.PLACES if not place.startswith("the ")], 4)
            rows = [(place, str(c.randint(100, 1900)), f"{c.randint(1, 60)}.{c.randint(0, 9)}") for place in places]
            return [Block("table", rows=(c.choice(words.TABLE_HEADS), *rows))]
        raise ValueError(kind)


def stopped(sentence: str) -> str:
    """Return a sentence with its stop, which stands before a closing quotation mark."""
    return f"{sentence[:-1]}.”" if sentence.endswith("”") else f"{sentence}."


def initial(text: str, at: int) -> bool:
    """Tell whether a stop ends an abbreviation and no sentence."""
    word = text[:at].rsplit(" ", 1)[-1]
    return f"{word}." in SHORT or len(word) < 2 or word[0].isupper()


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """Return spans with neighbours of one look joined."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].style == span.style == "plain":
            out[-1] = Span(out[-1].text + span.text)
        else:
            out.append(span)
    return tuple(out)
