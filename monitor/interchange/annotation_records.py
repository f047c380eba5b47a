"""What the exporters of annotations are given: frozen facts, gathered by `annotation_queries.py` for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.interchange.passage_citations import CitedText


@dataclass(frozen=True, slots=True)
class TextRecord:
    """The article, or the issue as a whole, that an annotation is about, as far as its reader may read it."""

    id: int
    is_issue: bool
    title: str
    slug: str
    date: str  # ISO, as far as it may be cited
    volume: str
    number: int | None
    permalink: str
    cited: CitedText
    actors: tuple[str, ...] = ()  # that it is about
    regions: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[bool, int]:
        return self.is_issue, self.id


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """Words that were marked. `start` and `end` are code points of the text, or of printed note `note`."""

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int
    state: str
    note: int | None
    pages: str  # p. 5, "" where it is not known


@dataclass(frozen=True, slots=True)
class SentFacts:
    """What another program sent by the Web Annotation protocol, and whether it still says what is said here."""

    body: Any
    target: Any
    more: Mapping[str, Any]
    slug: str
    body_holds: bool
    target_holds: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A reply; `answers` is the last part of the address of what it answers."""

    uid: str
    author: str
    username: str
    comment: str
    created: str
    updated: str = ""
    visibility: str = ""
    team: str = ""
    team_id: int | None = None
    revision: int = 1
    answers: str = ""
    sent: SentFacts | None = None

    @property
    def address(self) -> str:
        """Return the last part of its address below /anno/."""
        return (self.sent.slug if self.sent else "") or self.uid


@dataclass(frozen=True, slots=True)
class AnnotationRecord:
    """One annotation. Moments are ISO 8601 in UTC with a final Z; an unknown fact is ""."""

    uid: str
    text: TextRecord | None  # None: a text that its reader may not read any more
    passages: tuple[MarkedPassage, ...]
    comment: str
    colour: str
    tags: tuple[str, ...]  # paths
    author: str
    username: str
    visibility: str
    team: str
    resolved: bool
    created: str
    updated: str
    replies: tuple[Said, ...]
    team_id: int | None = None
    revision: int = 1
    sent: SentFacts | None = None

    @property
    def address(self) -> str:
        """Return the last part of its address below /anno/."""
        return (self.sent.slug if self.sent else "") or self.uid

    @property
    def permalink(self) -> str:
        return f"{self.text.permalink}#a{self.uid}" if self.text and self.text.permalink else ""

    @property
    def quote(self) -> str:
        return " … ".join(passage.quote for passage in self.passages)
