"""The order of work: the place it was, the same letters, letters much alike, an orphan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.annotations.anchoring.alignment import Found, likely_places
from monitor.annotations.anchoring.context import Agreement, agreement
from monitor.annotations.anchoring.folding import DASHES, Folded, same_words
from monitor.annotations.anchoring.names_and_numbers import changed_names
from monitor.annotations.anchoring.occurrences import AS_GOOD, Occurrence, best, find_all, occurrences
from monitor.annotations.anchoring.selectors import Anchor, Place, Position, Selector
from monitor.annotations.anchoring.wanted import Wanted, complete, told_apart, twin_context
from monitor.annotations.anchoring.word_edges import cuts_word, whole_words

if TYPE_CHECKING:
    from monitor.annotations.anchoring.revision import Revision

FLOOR, FLOOR_IN_CONTEXT = 0.8, 0.6  # likeness of its own letters that a passage needs
TELLING = 24  # letters besides changed names that tell a passage in its context
TELLING_SHARE = 0.6
_OTHERS = 0.15  # by how much a place must agree better with another passage to be that one's
_WHOLLY_AGREED = 1.1  # of 1.2: no other passage can agree better
_MOST_CHOICES = 20
_NOT_QUITE = 0.99  # likeness of a passage with its letters but not its words: another case, lost accents
_LONGEST_WORD = 24
_UNPROVEN = 0.5  # a range without a quote, of a text nobody has


@dataclass(frozen=True, slots=True)
class _Candidate:
    found: Found
    agreement: Agreement

    @property
    def rank(self) -> float:
        return self.found.likeness + self.agreement.total


def anchor(selector: Selector, revision: Revision) -> Anchor:
    """Return where the passage is in the new text; offsets in code points.

    The same arguments give the same answer. Raises `UnusableText` if the quote holds half of a surrogate pair;
    whatever else is wrong with a selector makes an orphan.
    """
    if selector.quote is None and revision.old is None:
        return _unproven(selector.position, revision.new)
    wanted = complete(selector, revision)
    if wanted is None:
        return Anchor("orphan", None, None, 0.0)
    kept = _kept(wanted, revision)
    if kept is not None:
        return kept
    if not wanted.key:
        return _punctuation(wanted, revision.new)
    return _searched(told_apart(wanted, revision.old), revision)


def _unproven(position: Position | None, new: Folded) -> Anchor:
    if position is None or not 0 <= position.start < position.end <= len(new.text):
        return Anchor("orphan", None, None, 0.0)
    return Anchor("fuzzy", position.start, position.end, _UNPROVEN)


def _kept(wanted: Wanted, revision: Revision) -> Anchor | None:
    """Keep the place if all the text before it, or all after it, is as it was."""
    if wanted.place is None:
        return None
    new = revision.new
    same = revision.same_place(wanted.place.start, wanted.place.end)
    if same is None or (revision.old is not None and revision.old.text == new.text):
        return _placed(wanted, new, *same, 1.0) if same else None
    cut = (wanted.edges[0] and cuts_word(new.text, same[0])) or (wanted.edges[1] and cuts_word(new.text, same[1]))
    if cut or not new.ends_letter(same[1]) or not new.ends_letter(same[0]):
        return None
    return _placed(wanted, new, *same, 1.0)


def _placed(wanted: Wanted, new: Folded, start: int, end: int, score: float) -> Anchor:
    if same_words(wanted.quote.text, new.text[start:end]):
        return Anchor("exact", start, end, 1.0)
    return Anchor("fuzzy", start, end, min(score, _NOT_QUITE))


def _punctuation(wanted: Wanted, new: Folded) -> Anchor:
    """Place a quote without a letter that the wide fold keeps, a dash: only where the narrow one has it once."""
    key, fold = wanted.quote.narrow.text, new.narrow
    at = fold.text.find(key) if key else -1
    if at < 0 or fold.text.find(key, at + 1) >= 0:
        return Anchor("orphan", None, None, 0.0)
    return _placed(wanted, new, *fold.source_range(at, at + len(key)), 1.0)


def _searched(wanted: Wanted, revision: Revision) -> Anchor:
    new = revision.new
    found = occurrences(new, wanted.key, wanted.context, wanted.edges, near=wanted.expected)
    chosen, others = best(found, new.wide, wanted.expected)
    if chosen is not None and _sure(wanted, revision, chosen):
        return _same_letters(wanted, revision, chosen, others)
    likely = None if wanted.short else _likely(wanted, revision)
    if (
        likely is not None
        and likely.status == "fuzzy"
        and (chosen is None or _better(likely, wanted, revision, chosen))
    ):
        return likely
    if chosen is not None and _acceptable(wanted, revision, chosen, alone=len(found) == 1):
        return _same_letters(wanted, revision, chosen, others)
    if chosen is None:
        return likely or Anchor("orphan", None, None, 0.0)
    candidate = Place(*new.wide.source_range(chosen.start, chosen.end), 1.0)
    return Anchor("orphan", None, None, 1.0, candidate=candidate)


def _sure(wanted: Wanted, revision: Revision, chosen: Occurrence) -> bool:
    if not wanted.context.given:
        return True
    return chosen.agreement.speaks_for and not _is_twin(wanted, revision, chosen.start, chosen.end, chosen.total)


def _better(likely: Anchor, wanted: Wanted, revision: Revision, chosen: Occurrence) -> bool:
    """Tell whether the passage, changed, stands where its context is, while its letters stand where it is not."""
    assert likely.start is not None and likely.end is not None  # noqa: S101, PT018 - it is fuzzy
    place = revision.new.wide.folded_range(likely.start, likely.end)
    there = agreement(wanted.context, revision.new, *place)
    return there.speaks_for and there.total > chosen.total + _OTHERS


def _acceptable(wanted: Wanted, revision: Revision, chosen: Occurrence, *, alone: bool) -> bool:
    """Tell whether the same letters in other surroundings are the passage."""
    if wanted.short:
        return False
    if revision.old is None or wanted.place is None:
        return alone or wanted.size >= 2 * TELLING
    return not _is_twin(wanted, revision, chosen.start, chosen.end, chosen.total)


def _is_twin(wanted: Wanted, revision: Revision, start: int, end: int, own: float) -> bool:
    """Tell whether a place is rather that of another passage of the old text with the same letters."""
    old = revision.old
    if old is None or own > _WHOLLY_AGREED:
        return False
    contexts = (twin_context(old, twin, wanted.context) for twin in wanted.twins)
    return any(agreement(context, revision.new, start, end).total > own + _OTHERS for context in contexts)


def _same_letters(wanted: Wanted, revision: Revision, chosen: Occurrence, others: list[Occurrence]) -> Anchor:
    new = revision.new
    start, end = _with_dashes(wanted, new, *new.wide.source_range(chosen.start, chosen.end))
    placed = _placed(wanted, new, start, end, 1.0)
    tied = others if wanted.place is None else []
    choices = [Place(*new.wide.source_range(one.start, one.end), placed.score) for one in tied[:_MOST_CHOICES]]
    return replace(placed, choices=tuple(choices))


def _with_dashes(wanted: Wanted, new: Folded, start: int, end: int) -> tuple[int, int]:
    """Take in the dashes with which a quote begins or ends; the wide fold has none."""
    words = wanted.quote.narrow.text
    left, right = start, end
    if words.startswith("-"):
        left = start - (len(new.text[:start]) - len(new.text[:start].rstrip(_BLANKS_AND_DASHES)))
    if words.endswith("-"):
        right = end + len(new.text[end : end + 8]) - len(new.text[end : end + 8].lstrip(_BLANKS_AND_DASHES))
    if (left, right) != (start, end) and same_words(wanted.quote.text, new.text[left:right]):
        blank = len(new.text[left:right]) - len(new.text[left:right].lstrip())
        return left + blank, left + len(new.text[left:right].rstrip())
    return start, end


_BLANKS_AND_DASHES = f" \t\r\n{DASHES}"


def _likely(wanted: Wanted, revision: Revision) -> Anchor | None:
    """Return the place most like the passage, as fuzzy where that is enough, else as an orphan's candidate."""
    new = revision.new
    candidates = [
        _Candidate(found, agreement(wanted.context, new, found.start, found.end))
        for found in likely_places(wanted, new)
    ]
    if not candidates:
        return None
    candidates.sort(key=lambda one: (-one.rank, one.found.start))
    for candidate in candidates:
        if _is_enough(candidate, wanted, revision):
            return _fuzzy(candidate, candidates, wanted, new)
    likest = candidates[0].found
    start, end = new.wide.source_range(likest.start, likest.end)
    place = Place(*whole_words(new.text, start, end, reach=_LONGEST_WORD), round(likest.likeness, 4))
    return Anchor("orphan", None, None, place.score, candidate=place)


def _is_enough(candidate: _Candidate, wanted: Wanted, revision: Revision) -> bool:
    found, speaks_for = candidate.found, candidate.agreement.speaks_for
    if found.likeness < (FLOOR_IN_CONTEXT if speaks_for else FLOOR):
        return False
    new = revision.new
    start, end = new.wide.source_range(found.start, found.end)
    if _is_another(candidate, wanted, revision):
        return False
    words = new.text[slice(*whole_words(new.text, start, end, reach=_LONGEST_WORD))]
    changed = changed_names(wanted.quote.text, words, new=new, old=revision.old)
    if not changed:
        return True
    telling = found.likeness * len(wanted.key) - sum(len(name) for name in changed)
    return speaks_for and telling >= TELLING and telling >= TELLING_SHARE * len(wanted.key)


def _is_another(candidate: _Candidate, wanted: Wanted, revision: Revision) -> bool:
    """Tell whether these letters already stood elsewhere in the old text, so that they are another passage's."""
    old, place, found = revision.old, wanted.place, candidate.found
    if old is None or place is None:
        return False
    letters = revision.new.wide.text[found.start : found.end]
    own = old.wide.folded_range(place.start, place.end)
    places = find_all(old.wide.text, letters, near=own[0])[:_MOST_CHOICES]
    others = [(at, at + len(letters)) for at in places if at >= own[1] or at + len(letters) <= own[0]]
    if not candidate.agreement.speaks_for:
        return bool(others)
    contexts = (twin_context(old, other, wanted.context) for other in others)
    best_other = max((agreement(one, revision.new, found.start, found.end).total for one in contexts), default=-1.0)
    return best_other > candidate.agreement.total + _OTHERS


def _fuzzy(candidate: _Candidate, candidates: list[_Candidate], wanted: Wanted, new: Folded) -> Anchor:
    found = candidate.found
    start, end = new.wide.source_range(found.start, found.end)
    if wanted.edges[0]:
        start = whole_words(new.text, start, end)[0]
    if wanted.edges[1]:
        end = whole_words(new.text, start, end)[1]
    as_good = [
        other.found
        for other in candidates
        if other is not candidate
        and other.rank >= candidate.rank - AS_GOOD
        and (other.found.end <= found.start or found.end <= other.found.start)
    ]
    choices = tuple(
        Place(*new.wide.source_range(one.start, one.end), round(one.likeness, 4))
        for one in sorted(as_good, key=lambda one: one.start)[:_MOST_CHOICES]
    )
    return replace(_placed(wanted, new, start, end, round(found.likeness, 4)), choices=choices)
