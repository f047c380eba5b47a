"""Small readers that know the formats by their definitions alone, and refuse whatever is not quite right."""

from __future__ import annotations

import re

RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)", re.DOTALL)
RIS_TAGS = {"TY", "TI", "AU", "T2", "VL", "IS", "PY", "DA", "SP", "EP", "SN", "LA", "KW", "UR", "Y2", "ER"}
TEX_WORDS = {
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
}
TEX = re.compile(r"\\([a-z]+)\{\}|\\([&%$#_{}])|([{}])|([^&%$#_{}~^\\])|(.)", re.DOTALL)
ENTRY = re.compile(r"@article\{([a-z0-9-]+),\n((?:  [a-z]+ = [^\n]+,\n)*)\}\n\n")


def read_ris(text: str) -> list[list[tuple[str, str]]]:
    """Return each record as its tags and values, `TY` and `ER` left out."""
    assert text == "" or text.endswith("ER  - \r\n\r\n")
    lines = text.split("\r\n")
    # No reader, whatever it takes for the end of a line, may see more lines than there are.
    assert text.splitlines() == lines[:-1]
    records: list[list[tuple[str, str]]] = []
    for line in filter(None, lines):
        found = RIS_LINE.fullmatch(line)
        assert found, line
        tag, value = found[1], found[2]
        assert tag in RIS_TAGS
        assert "  -" not in value
        if tag == "TY":
            assert value == "JOUR"
            records.append([])
        elif tag == "ER":
            assert value == ""
        else:
            assert value == value.strip() != ""
            records[-1].append((tag, value))
    assert lines.count("TY  - JOUR") == lines.count("ER  - ") == len(records)
    return records


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of each entry by its key, values without their outer braces, still escaped."""
    entries: dict[str, dict[str, str]] = {}
    place = 0
    while place < len(text):
        found = ENTRY.match(text, place)
        assert found, text[place : place + 200]
        assert found[1] not in entries
        entries[found[1]] = dict(map(_field, found[2].splitlines()))
        place = found.end()
    return entries


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.strip().removesuffix(",").partition(" = ")
    if name == "month":
        assert re.fullmatch("[a-z]{3}", value)
        return name, value
    assert value[0] == "{"
    assert value[-1] == "}"
    inner = value[1:-1]
    assert_balanced(inner)
    return name, inner


def assert_balanced(text: str) -> None:
    """Count braces as BibTeX does, which does not heed a backslash before one."""
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0, text
    assert depth == 0, text


def tex_text(escaped: str) -> str:
    """Return what TeX would set; a bare command character is an error."""
    out = []
    for word, sign, _brace, plain, bare in TEX.findall(escaped):
        assert not bare, escaped
        out.append(TEX_WORDS[word] if word else sign or plain)
    return "".join(out)


def bibtex_names(authors: str) -> list[tuple[str, str, str]]:
    """Return (family or whole name, given, suffix) of each author, cut as BibTeX cuts."""
    return [_bibtex_name(name) for name in _outside_braces(authors, r" and ")]


def _bibtex_name(name: str) -> tuple[str, str, str]:
    parts = _outside_braces(name, r", ")
    family = parts[0]
    if not family.startswith("{"):
        assert " " not in family
        letter = next(filter(str.isalpha, tex_text(family)), "")
        assert not letter.islower(), f"{family} would be a particle"
    suffix, given = (parts[1], parts[2]) if len(parts) == 3 else ("", parts[1] if len(parts) == 2 else "")
    return tex_text(family), tex_text(given), tex_text(suffix)


def _outside_braces(text: str, divider: str) -> list[str]:
    parts, depth, start, place = [], 0, 0, 0
    while place < len(text):
        found = re.compile(divider, re.IGNORECASE).match(text, place) if depth == 0 else None
        if found:
            parts.append(text[start : found.start()])
            start = place = found.end()
            continue
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        place += 1
    return [*parts, text[start:]]
