"""What differs from one periodical to the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the contents under which several short pieces stand."""

    name: str
    kind: str  # of the pieces under it


@dataclass(frozen=True, slots=True)
class Profile:
    """How one periodical prints its issues. Names and headings are compared without regard to case."""

    name: str  # "" in the profile for periodicals nobody described
    aliases: tuple[str, ...] = ()  # other spellings seen on mastheads and in citations of itself
    tagline: str | None = None
    sections: tuple[Section, ...] = ()
    contents_headings: tuple[str, ...] = (
        "contents",
        "in this issue",
        "table of contents",
        "inside",
        "inside this issue",
        "in this number",
        "in these pages",
        "this issue",
        "contents of this issue",
        "sommaire",
        "table des mati\u00e8res",
        "dans ce num\u00e9ro",
        "inhalt",
        "inhaltsverzeichnis",
        "in diesem heft",
        "sumario",
        "\u00edndice",
        "contenido",
        "indice",
        "sum\u00e1rio",
        "inhoud",
        "spis tre\u015bci",
        "i\u00e7indekiler",
    )
    notes_headings: tuple[str, ...] = (
        "notes",
        "endnotes",
        "end notes",
        "footnotes",
        "references",
        "sources",
        "notes and references",
        "anmerkungen",
        "notas",
    )
    first_year: int | None = None  # year of volume 1
    every_days: int | None = None  # usual distance between two issues

    def names(self) -> tuple[str, ...]:
        """Return every spelling of the periodical's name, the usual one first."""
        return (self.name, *self.aliases) if self.name else ()

    def year_of(self, volume: int) -> int | None:
        """Return the year in which the given volume appears, None where the profile does not know."""
        return None if self.first_year is None else self.first_year + volume - 1

    def kind_of_section(self, title: str) -> str | None:
        """Return the kind of the pieces that stand under a section of this name, None for any other heading."""
        folded = title.strip().casefold()
        return next((section.kind for section in self.sections if section.name.casefold() == folded), None)
