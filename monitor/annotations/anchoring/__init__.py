"""Re-anchoring: where a passage marked in one text stands in another. Pure; see docs/anchoring.md."""

from monitor.annotations.anchoring.folding import Folded, UnusableText, same_words
from monitor.annotations.anchoring.placing import anchor
from monitor.annotations.anchoring.revision import Revision
from monitor.annotations.anchoring.selectors import Anchor, Place, Position, Quote, Selector

__all__ = [
    "Anchor",
    "Folded",
    "Place",
    "Position",
    "Quote",
    "Revision",
    "Selector",
    "UnusableText",
    "anchor",
    "same_words",
]
