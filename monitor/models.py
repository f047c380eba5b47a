"""An index of every table, for Django alone: nobody imports this module."""

from monitor.accounts.audit_models import AuditEntry
from monitor.accounts.models import Invitation, Membership, Team, User
from monitor.accounts.session_models import Session
from monitor.accounts.sidebar_models import SidebarSignIn
from monitor.accounts.token_models import Token
from monitor.annotations.flag_models import Flag
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.log_models import Notice, NoticeMail, Operation
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.tag_models import AnnotationTag, PinnedTag, Tag, TagAddress
from monitor.annotations.tagging_models import TaggingRun
from monitor.api.models import Asked, KeptAnswer
from monitor.entities.gazetteer_models import GazetteerLoad, GazetteerStamp, Lexicon, Retagging
from monitor.entities.judgement_models import AboutJudgement, ActorJudgement, MentionJudgement
from monitor.entities.mention_models import ArticleActor, ArticleRegion, Mention, RecognisedArticle, RecognitionRun
from monitor.entities.models import Actor, ActorAlias, ActorRelation
from monitor.entities.region_models import Region, RegionAlias, RegionClosure, RegionParent
from monitor.interchange.export_models import Export
from monitor.interchange.import_models import FileImport
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
from monitor.search.index_models import Follower, FollowerChange, SearchChange, SearchPiece, SearchRow, Vocabulary
from monitor.search.saved_models import Following, SavedSearch, ToldMatch

__all__ = [
    "AboutJudgement",
    "Actor",
    "ActorAlias",
    "ActorJudgement",
    "ActorRelation",
    "Annotation",
    "AnnotationSpan",
    "AnnotationTag",
    "Article",
    "ArticleActor",
    "ArticleRegion",
    "ArticleText",
    "Asked",
    "AuditEntry",
    "Author",
    "Authorship",
    "Block",
    "Citation",
    "Correction",
    "Export",
    "FileImport",
    "Finding",
    "Flag",
    "Follower",
    "FollowerChange",
    "Following",
    "ForeignMark",
    "GazetteerLoad",
    "GazetteerStamp",
    "Ingest",
    "Invitation",
    "Issue",
    "KeptAnswer",
    "Lexicon",
    "LibraryStamp",
    "Marker",
    "Membership",
    "Mention",
    "MentionJudgement",
    "Note",
    "Notice",
    "NoticeMail",
    "Operation",
    "Periodical",
    "PinnedTag",
    "Reading",
    "ReadingPlace",
    "RecognisedArticle",
    "RecognitionRun",
    "Region",
    "RegionAlias",
    "RegionClosure",
    "RegionParent",
    "Reply",
    "Retagging",
    "SavedSearch",
    "SearchChange",
    "SearchPiece",
    "SearchRow",
    "Session",
    "SidebarSignIn",
    "Source",
    "SourceGrade",
    "SourceJoin",
    "SourceSpelling",
    "Tag",
    "TagAddress",
    "TaggingRun",
    "Team",
    "TextLink",
    "Token",
    "ToldMatch",
    "User",
    "Vocabulary",
]
