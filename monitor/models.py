"""An index of every table, for Django alone: nobody imports this module."""

from monitor.accounts.models import Invitation, Membership, Team, User
from monitor.annotations.log_models import Notice, Operation
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.tag_models import AnnotationTag, PinnedTag, Tag, TagAddress
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
from monitor.library.stamps import LibraryStamp

__all__ = [
    "Annotation",
    "AnnotationSpan",
    "AnnotationTag",
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
    "LibraryStamp",
    "Marker",
    "Membership",
    "Note",
    "Notice",
    "Operation",
    "Periodical",
    "PinnedTag",
    "Reading",
    "ReadingPlace",
    "Reply",
    "Source",
    "SourceGrade",
    "SourceJoin",
    "SourceSpelling",
    "Tag",
    "TagAddress",
    "Team",
    "TextLink",
    "User",
]
