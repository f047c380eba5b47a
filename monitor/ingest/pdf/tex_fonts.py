"""Fonts whose letters are named by their number alone ("/a28"): bitmaps of old TeX files, in one of TeX's encodings.

Which encoding a font uses is told by the codes it holds: ligatures stand at 11 to 15 in the old one (OT1), at 27 to 31
in the newer one (T1), and a font without any letters holds the symbols that belong to the latter (TS1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from monitor.ingest.pdf.values import dictionary, name_of, resolved, sequence

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERED = re.compile(r"^[A-Za-z]{1,3}0{0,2}([0-9]{1,3})$")
RENUMBERED = re.compile(r"^(?:a|A|c|C|char|MT)([0-9]{1,3})$")
SYMBOL_FONT = re.compile(r"(?:SY|Sy)(?:[A-Z]{0,2}|[0-9]{0,2})$")
TROFF = {
    "bu": "\u2022",
    "ru": "",
    "ul": "",
    "br": "",
    "em": "\u2014",
    "hy": "-",
    "sq": "\u25a1",
    "dg": "\u2020",
    "dd": "\u2021",
}
MOST_NAMES = 1024
LETTERS = range(97, 123)
ASCII = {code: chr(code) for code in range(33, 127)}
OT1 = ASCII | dict(
    zip(
        range(11, 33),
        [
            "ff",
            "fi",
            "fl",
            "ffi",
            "ffl",
            *"\u0131\u0237`\u00b4\u02c7\u02d8\u00af\u02da\u00b8\u00df\u00e6\u0153\u00f8\u00c6\u0152\u00d8\u0337",
        ],
        strict=True,
    )
)
OT1 |= {34: "\u201d", 39: "\u2019", 60: "\u00a1", 62: "\u00bf", 92: "\u201c", 94: "\u02c6", 95: "\u02d9", 96: "\u2018"}
OT1 |= {123: "\u2013", 124: "\u2014", 125: "\u02dd", 126: "\u02dc", 127: "\u00a8"}
T1 = ASCII | dict(
    zip(
        range(27),
        "`\u00b4\u02c6\u02dc\u00a8\u02dd\u02da\u02c7\u02d8\u00af\u02d9\u00b8\u02db\u201a\u2039\u203a\u201c\u201d\u201e\u00ab\u00bb"
        "\u2013\u2014\u200c0\u0131\u0237",
        strict=True,
    )
)
T1 |= {27: "ff", 28: "fi", 29: "fl", 30: "ffi", 31: "ffl", 32: "\u2423", 39: "\u2019", 96: "\u2018", 127: "-"}
T1 |= dict(
    enumerate(
        "\u0102\u0104\u0106\u010c\u010e\u011a\u0118\u011e\u0139\u013d\u0141\u0143\u0147\u014a\u0150\u0154"
        "\u0158\u015a\u0160\u015e\u0164\u0162\u0170\u016e\u0178\u0179\u017d\u017b\u0132\u0130\u0111\u00a7"
        "\u0103\u0105\u0107\u010d\u010f\u011b\u0119\u011f\u013a\u013e\u0142\u0144\u0148\u014b\u0151\u0155"
        "\u0159\u015b\u0161\u015f\u0165\u0163\u0171\u016f\u00ff\u017a\u017e\u017c\u0133\u00a1\u00bf\u00a3",
        start=128,
    )
)
T1 |= {code: chr(code) for code in range(192, 256)} | {215: "\u0152", 223: "SS", 247: "\u0153", 255: "\u00df"}
TS1 = {code: chr(code) for code in range(160, 256)}
TS1 |= {39: "'", 42: "*", 132: "\u2020", 133: "\u2021", 134: "\u2016", 135: "\u2030", 136: "\u2022", 137: "\u2103"}
TS1 |= {96: "`", 151: "\u2122", 191: "\u20ac", 61: "-", 45: "-"}
SYMBOLS = {
    0: "\u2212",
    1: "\u00b7",
    2: "\u00d7",
    3: "\u2217",
    4: "\u00f7",
    5: "\u22c4",
    6: "\u00b1",
    13: "\u25ef",
    15: "\u2022",
}
# Computer Modern by its own names; what its fonts leave unnamed stands in the old encoding.
MODERN = re.compile(r"(?:^|\+)(?:CM(?:R|BX|B|TI|SL|SS|TT|CSC|DUNH|FF)[A-Z]{0,4}|(?P<symbols>CM(?:SY|BSY)))\d{1,2}$")
TYPEWRITER = ASCII | {39: "\u2019", 96: "\u2018"}
UNSURE = {code: chr(code) for code in (60, 62, 95)}
FEW_CODES = 4
OLD, NEW = frozenset(range(11, 16)), frozenset({16, 17, 21, 22, *range(27, 32)})


def glyph_names(spec: Any) -> dict[int, str]:
    """Return the names that a simple font's dictionary gives its codes beside its encoding's own."""
    entries = sequence(dictionary(dictionary(spec).get("Encoding")).get("Differences"))
    found: dict[int, str] = {}
    code = 0
    for entry in entries[:MOST_NAMES]:
        value = resolved(entry)
        if isinstance(value, int):
            code = value
            continue
        found[code] = name_of(value)
        code += 1
    return found


def numbered_codes(names: Mapping[int, str]) -> frozenset[int]:
    """Return the codes that are named by nothing but their number."""
    matches = {code: NUMBERED.match(name) for code, name in names.items()}
    return frozenset(code for code, number in matches.items() if number and int(number[1]) == code)


def odd_letters(names: Mapping[int, str], font: str) -> dict[int, str]:
    """Return what names stand for that are in no list: troff's, and numbers of another encoding ("/MT51" is "3")."""
    found = {code: TROFF[name] for code, name in names.items() if name in TROFF}
    others = {code: int(match[1]) for code, name in names.items() if (match := RENUMBERED.match(name))}
    if SYMBOL_FONT.search(font):
        return found | {code: SYMBOLS[number] for code, number in others.items() if number in SYMBOLS}
    plain = all(32 <= number < 127 for number in others.values())
    return found | ({code: chr(number) for code, number in others.items()} if plain else {})


def tex_letters(codes: frozenset[int], *, typewriter: bool = False) -> Mapping[int, str]:
    """Return what a font's codes stand for, given all that it holds; `typewriter` where all are of one width."""
    if not codes:
        return {}
    if not any(code in LETTERS for code in codes) and max(codes) > 127 and not codes & NEW:
        return TS1
    old, new = len(codes & OLD), len(codes & NEW) + (max(codes) > 127)
    if new > old:
        return T1
    # Typewriter faces have no ligatures and no dashes; and a font of which nothing tells hardly holds lone accents.
    return OT1 if old else TYPEWRITER if typewriter else OT1 | UNSURE


def is_typewriter(widths: Mapping[Any, Any], codes: frozenset[int]) -> bool:
    """Tell whether all of a font's letters are of one width."""
    found = {widths.get(code) for code in codes} - {0, None}
    return len(codes) > FEW_CODES and len(found) == 1


def modern_letter(name: str, code: int) -> str | None:
    """Return what an unnamed code of a Computer Modern font stands for, None where the font is none of them."""
    found = MODERN.search(name)
    if found is None:
        return None
    return (SYMBOLS if found["symbols"] else OT1).get(code)
