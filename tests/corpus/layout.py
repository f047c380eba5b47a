"""What a page may look like, as independent choices, and a dozen looks with a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Case = Literal["plain", "caps", "small_caps", "spaced"]


@dataclass(frozen=True, slots=True)
class Layout:
    """One look of a periodical. Sizes are points; every choice goes with every other."""

    columns: int = 2
    paper: Literal["letter", "a4"] = "letter"
    margin: float = 54
    gutter: float = 20
    size: float = 10
    leading: float = 1.25  # of the size
    serif: bool = True
    titles: Literal["column", "spanning"] = "column"
    starts: Literal["flow", "page"] = "flow"  # spanning titles in a flow stand over balanced bands
    contents: Literal["list", "sidebar", "dotted"] = "list"
    indent: float = 0  # of the first line, em; without it paragraphs are parted by white
    justified: bool = True
    hyphenated: bool = True
    notes: Literal["end", "foot"] = "end"
    through: bool = False  # notes are numbered through the issue, else through each article
    superscript: bool = False  # markers raised, else in brackets
    label: Literal["[n]", "n."] = "[n]"  # of endnotes
    hanging: bool = False  # endnotes with hanging indents
    drop_caps: bool = False
    title_case: Case = "plain"
    author_case: Case = "plain"
    italic_bios: bool = True
    asides: tuple[str, ...] = ()
    floating: bool = False  # asides stand at a column's head or foot, where the producer can do that
    breaking: bool = False  # asides may be cut where a column ends
    ruled: bool = True  # tables have their cells drawn
    running: Literal["alternating", "same", "none"] = "alternating"
    rule: bool = False  # between columns
    rotate: int = 0  # /Rotate of every page; the text stands upright all the same
    shifted: bool = False  # the media box does not begin at 0, 0
    cropped: bool = False  # a crop box within the media box


ALL_ASIDES = ("pullquote", "sidebar", "caption", "table")
BREAKABLE = ("table", "sidebar", "caption")

NAMED: dict[str, Layout] = {
    "sidebar_contents": Layout(contents="sidebar", justified=False, hyphenated=False, titles="spanning", starts="page"),
    "titles_in_column": Layout(),
    "titles_spanning": Layout(titles="spanning", starts="page", contents="dotted", running="same"),
    "one_column": Layout(columns=1, margin=90, size=11, leading=1.35, hyphenated=False, contents="dotted"),
    "page_foot_notes": Layout(notes="foot", superscript=True, titles="spanning", starts="page"),
    "notes_through": Layout(notes="foot", superscript=True, through=True, indent=1.3, columns=1, margin=100, size=11),
    "indents": Layout(indent=1.4, paper="a4", label="n.", italic_bios=False),
    "balanced_bands": Layout(titles="spanning", starts="flow", hanging=True),
    "drop_caps": Layout(drop_caps=True, indent=1.2, titles="spanning", starts="page", author_case="small_caps"),
    "asides": Layout(asides=ALL_ASIDES, titles="spanning", starts="page", author_case="spaced"),
    "floating_asides": Layout(asides=ALL_ASIDES, floating=True, indent=1.2),
    "three_columns": Layout(columns=3, size=8.5, gutter=14, margin=42, indent=1, superscript=True, label="n."),
    "broken_boxes": Layout(asides=BREAKABLE, breaking=True, ruled=False, margin=42),
    "ragged_small_caps": Layout(justified=False, title_case="small_caps", author_case="caps", superscript=True),
    "rotated": Layout(rotate=90, title_case="spaced", running="same"),
    "broken_tables": Layout(asides=BREAKABLE, breaking=True, ruled=False, columns=3, size=9, gutter=14, margin=48),
    "shifted_and_cropped": Layout(shifted=True, cropped=True, indent=1.2, rule=True, serif=False),
}
