"""An index of every table, for Django alone: nobody imports this module."""

from monitor.accounts.models import Invitation, Membership, Team, User
from monitor.jobs.models import Ingest
from monitor.library.correction_models import Correction, Reading
from monitor.library.models import (
    Article,
    ArticleText,
    Author,
    Authorship,
    Block,
    Finding,
    Issue,
    Marker,
    Note,
    Periodical,
    TextLink,
)
from monitor.library.place_models import ReadingPlace
from monitor.library.source_models import Citation, Source, SourceGrade, SourceJoin, SourceSpelling

__all__ = [
    "Article",
    "ArticleText",
    "Author",
    "Authorship",
    "Block",
    "Citation",
    "Correction",
    "Finding",
    "Ingest",
    "Invitation",
    "Issue",
    "Marker",
    "Membership",
    "Note",
    "Periodical",
    "Reading",
    "ReadingPlace",
    "Source",
    "SourceGrade",
    "SourceJoin",
    "SourceSpelling",
    "Team",
    "TextLink",
    "User",
]
