"""The formats as menus offer them: what people choose between, in their words."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.interchange.exports import BY_SLUG


@dataclass(frozen=True, slots=True)
class Choice:
    """A format by its name in the address and as it is called."""

    slug: str
    name: str
    media_type: str = ""


def _choices(*slugs: str, **called: str) -> tuple[Choice, ...]:
    known = (BY_SLUG[slug] for slug in slugs if slug in BY_SLUG)
    return tuple(Choice(one.slug, called.get(one.slug) or one.name, one.media_type.partition(";")[0]) for one in known)


CITED = _choices("ris", "bibtex", "csljson")
TOLD = _choices("stix", "geojson")
MARKED = _choices("csv", "markdown", "jsonld", "hypothesis", "html")
ALTERNATES = (*CITED, *TOLD)
# A list of articles: as CSV it is the list, and what was marked in them goes by another name.
OF_ARTICLES = (
    *_choices("csv", *(one.slug for one in (*CITED, *TOLD)), csv="CSV, a row an article"),
    Choice("annotations", "Annotations, CSV"),
    *_choices("markdown", "html", markdown="Annotations, Markdown", html="Annotations to print"),
)
