"""BibTeX and BibLaTeX: one `@article` per record, in UTF-8."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from monitor.interchange.cite_keys import cite_key
from monitor.interchange.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from monitor.interchange.names import PersonName
    from monitor.interchange.records import ArticleRecord

MEDIA_TYPE = "application/x-bibtex; charset=utf-8"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_UNPAIRED = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_APART = {sign + sign: f"{{}}{sign}" for sign in "-'`,<>"}
_DIVIDES_NAMES = re.compile(r"[,=]|\band\b", re.IGNORECASE)
# Everything that may stand in an address; braces, backslashes and blanks may not.
_IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~-._"


def bibtex_entries(records: Iterable[ArticleRecord]) -> Iterator[str]:
    """Yield each record as text that is complete in itself."""
    return map(to_bibtex, records)


def to_bibtex(record: ArticleRecord) -> str:
    """Return one entry, a blank line after it. The doubled braces keep the title's capitals as printed."""
    title = escaped(record.title)
    fields = {
        "author": _value(" and ".join(filter(None, map(_name, record.authors)))),
        "title": _value(title and f"{{{title}}}"),
        "journal": _value(escaped(record.periodical)),
        "volume": _value(escaped(record.volume)),
        "number": _value("" if record.number is None else str(record.number)),
        "year": _value(record.year),
        "month": MONTHS[int(record.date[5:7]) - 1] if record.date[5:7] else "",
        "day": _value(record.date[8:].lstrip("0")),
        "pages": _value(record.pages("--")),
        "issn": _value(escaped(record.issn)),
        "language": _value(escaped(record.language)),
        "keywords": _value(", ".join(filter(None, map(_keyword, record.keywords)))),
        "url": _value(quote(one_line(record.permalink), safe=_IN_ADDRESSES)),
        "urldate": _value(record.accessed),
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value]
    return f"@article{{{cite_key(record)},\n{''.join(lines)}}}\n\n"


def escaped(text: str) -> str:
    r"""Return `text` on one line, every sign that TeX reads as a command escaped.

    BibTeX counts braces without heeding the backslash before them, so `\{` is good only where it has its partner.
    Two hyphens or quotes in a row, of which TeX would make one sign, are held apart.
    """
    line = one_line(text)
    unpaired = _unpaired_braces(line)
    return "".join(
        _UNPAIRED[sign]
        if place in unpaired
        else _APART.get(line[max(place - 1, 0) : place + 1], _ESCAPES.get(sign, sign))
        for place, sign in enumerate(line)
    )


def _unpaired_braces(text: str) -> set[int]:
    opened: list[int] = []
    unpaired = set()
    for place, sign in enumerate(text):
        if sign == "{":
            opened.append(place)
        elif sign == "}" and opened:
            opened.pop()
        elif sign == "}":
            unpaired.add(place)
    return unpaired.union(opened)


def _value(text: str) -> str:
    return text and f"{{{text}}}"


def _name(name: PersonName) -> str:
    """Return `Family, Suffix, Given`, in braces what BibTeX would cut or take for a particle."""
    if name.literal or not name.family:
        return _value(escaped(name.literal))
    family = escaped(name.family)
    first_letter = next(filter(str.isalpha, name.family), "")
    parts = [_value(family) if " " in family or first_letter.islower() else _in_one_piece(name.family)]
    if name.suffix:
        parts.append(_in_one_piece(name.suffix))
    if name.suffix or name.given:
        parts.append(_in_one_piece(name.given))
    return ", ".join(parts)


def _keyword(word: str) -> str:
    """Return a keyword; commas and semicolons divide them, so none may stand in one."""
    return escaped(" ".join(word.replace(",", " ").replace(";", " ").split()))


def _in_one_piece(text: str) -> str:
    """Return part of a name; some readers lose an `and` that follows a command, so those go in braces too."""
    written = escaped(text)
    return _value(written) if _DIVIDES_NAMES.search(written) or "\\" in written else written
