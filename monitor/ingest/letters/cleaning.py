"""What a stored text leaves out of the printed one: double spaces, invisible characters, ligatures, odd composition."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from monitor.ingest.layout.line_ends import at_seam
from monitor.ingest.text_file.splicing import Edit, Traced, edited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.ingest.letters.hyphens import Vocabulary

LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# Spaces and line ends; then what is never shown: controls, soft hyphen, zero-width space, marks of byte order,
# halves of surrogate pairs.
ODD = re.compile(
    "(?P<space>[\\s\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x1c-\x1f\x85]+)"
    "|(?P<pair>[\ud800-\udbff][\udc00-\udfff])"
    "|(?P<unseen>[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]+)"
    "|(?P<ligature>[\ufb00-\ufb06])"
)
LINE_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
# Longer runs of combining marks exist only to hurt; they are composed by parts.
LONGEST_CLUSTER = 32
TAIL = 400  # characters on either side of a line's end that may matter


def cleaned(raw: Traced, known: Vocabulary) -> tuple[Traced, list[str]]:
    """Return printed lines as one line of stored text, and the words whose line-end hyphen was a guess."""
    guesses: list[str] = []
    edits = list(odd_edits(raw.text, known, guesses))
    line = edited(raw, edits)
    line = stripped(line)
    if not unicodedata.is_normalized("NFC", line.text):
        line = edited(line, list(composing_edits(line.text)))
    return line, guesses


def stripped(line: Traced) -> Traced:
    """Return a line without the spaces around it."""
    start = len(line.text) - len(line.text.lstrip(" "))
    end = len(line.text.rstrip(" "))
    edits = [edit for edit in (Edit(0, start), Edit(max(end, start), len(line.text))) if edit.end > edit.start]
    return edited(line, edits)


def odd_edits(text: str, known: Vocabulary, guesses: list[str]) -> Iterator[Edit]:
    """Yield the edits that make spaces single and drop what is not shown."""
    for found in ODD.finditer(text):
        start, end = found.span()
        if found["space"] is not None:
            if LINE_BREAK.search(found["space"]) and start:
                yield from break_edits(text, start, end, known, guesses)
            elif found["space"] != " ":
                yield Edit(start, end, " ")
        elif found["pair"] is not None:
            yield Edit(start, end, found["pair"].encode("utf-16", "surrogatepass").decode("utf-16"))
        elif found["ligature"] is not None:
            yield Edit(start, end, LIGATURES[found["ligature"]])
        else:
            yield Edit(start, end)


def break_edits(text: str, start: int, end: int, known: Vocabulary, guesses: list[str]) -> Iterator[Edit]:
    """Yield the edit for a line break: a space, or nothing after a hyphen or inside an address."""
    last, before = text[start - 1], text[start - 2 : start - 1]
    if last == "\\" and before != "\\":
        # Markdown's hard line break.
        yield Edit(start - 1, end, " ")
        return
    found = at_seam(
        text[max(0, start - TAIL) : start], text[end : end + TAIL].partition(" ")[0].partition("\n")[0], known
    )
    if found.guess:
        guesses.append(found.guess)
    if found.seam == "shorten" and last == "\u00ad":
        # The soft hyphen itself goes with the unseen characters.
        yield Edit(start, end)
    elif found.seam == "shorten":
        yield Edit(start - 1, end)
    else:
        yield Edit(start, end, " " if found.seam == "space" else "")


def composing_edits(text: str) -> Iterator[Edit]:
    """Yield the edits that bring a text into composed form (NFC), a letter with its marks at a time."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and end - at < LONGEST_CLUSTER and goes_with_letter(text[end]):
            end += 1
        cluster = text[at:end]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            yield Edit(at, end, composed)
        at = end


def goes_with_letter(character: str) -> bool:
    """Tell whether a character may melt into the one before it: marks, and the parts of a Korean syllable."""
    return (
        unicodedata.combining(character) > 0
        or "\u1160" <= character <= "\u11ff"
        or unicodedata.category(character) == "Mc"
    )
