"""The database keeps the promises: every named constraint turns away a row that breaks it, whoever writes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from monitor.accounts.audit_models import AuditEntry
from monitor.accounts.models import Invitation, Membership, Team, User
from monitor.accounts.token_models import Token
from monitor.api.models import KeptAnswer
from monitor.interchange.export_models import Export
from monitor.jobs.models import Ingest
from monitor.library.correction_models import Correction
from monitor.library.importing import store_issue
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
from monitor.search.index_models import SearchPiece
from monitor.search.saved_models import Following, SavedSearch, ToldMatch
from tests.annotations.broken_rows import broken_rows, make_annotation
from tests.entities.broken_rows import broken_rows as broken_entities
from tests.entities.broken_rows import make_entities
from tests.library.read_issues import file_facts, read_issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> Issue:
    return store_issue(document=read_issue(), file=file_facts()).issue


def changed(model: type[Model], **values: Any) -> Callable[[], object]:
    """Change one stored row past every check but the database's."""
    manager: Any = model._default_manager
    return lambda: manager.filter(pk=manager.order_by("pk").values("pk")[:1]).update(**values)


def copied(model: type[Model], **values: Any) -> Callable[[], object]:
    """Store a second row like the first one."""

    def copy() -> object:
        manager: Any = model._default_manager
        row = manager.order_by("pk").first()
        row.pk = None
        row._state.adding = True
        fresh = {"uid": "5b1f6a52-9d0f-4a0b-8a57-000000000001"} if hasattr(row, "uid") else {}
        for name, value in {**fresh, **values}.items():
            setattr(row, name, value)
        return row.save()

    return copy


def make_people() -> tuple[User, Team]:
    hedda = User.objects.create_user("hedda", email="hedda@example.org", role="admin")
    team = Team.objects.create(name="Rivers")
    Membership.objects.create(team=team, user=hedda)
    later = timezone.now() + timedelta(days=1)
    Invitation.objects.create(digest="d" * 64, invited_by=hedda, expires=later)
    Token(user=hedda, name="Laptop", digest="f" * 128, token_key="mon_").save()
    KeptAnswer.objects.create(person=hedda, key="k", asked="a" * 64)
    Ingest.objects.create(file_name="a.pdf", file_bytes=1)
    SourceGrade.objects.create(source=Source.objects.all()[0], grade="A")
    Correction.objects.create(issue=Issue.objects.get(), kind="title", target={})
    ReadingPlace.objects.create(person=hedda, article=Article.objects.all()[0])
    make_annotation(hedda, team)
    Export.objects.create(owner=hedda, form="csv", name="marks", title="Marks", keys=[1], total=1)
    make_entities(hedda)
    SearchPiece.objects.create(article=Article.objects.all()[0], position=0, lexemes="")
    search = SavedSearch.objects.create(owner=hedda, name="Lamps")
    following = Following.objects.create(search=search, person=hedda, feed="e" * 64)
    ToldMatch.objects.create(following=following, article=Article.objects.all()[0])
    return hedda, team


def join_with_itself() -> object:
    kept = Source.objects.all()[0]
    return SourceJoin.objects.create(kept=kept, other=kept, spelling_ids=[], previous_bases=[])


BROKEN: dict[str, Callable[[], object]] = {
    "user_role_is_known": changed(User, role="king"),
    "user_theme_is_known": changed(User, theme="neon"),
    "user_text_size_is_known": changed(User, text_size="huge"),
    "user_text_width_is_known": changed(User, text_width="vast"),
    "user_text_leading_is_known": changed(User, text_leading="none"),
    "user_text_face_is_known": changed(User, text_face="comic"),
    "user_names_is_known": changed(User, names="loud"),
    "user_username_unique_in_any_case": lambda: User.objects.create_user("HEDDA"),
    "user_email_unique_in_any_case": lambda: User.objects.create_user("other", email="HEDDA@EXAMPLE.ORG"),
    "team_name_unique_in_any_case": lambda: Team.objects.create(name="RIVERS"),
    "membership_once_per_team": copied(Membership),
    "token_scope_is_known": changed(Token, scope="all"),
    "token_has_a_name": changed(Token, name=""),
    "kept_answer_once_per_key": copied(KeptAnswer),
    "audit_act_is_known": lambda: AuditEntry.objects.create(act="sighed"),
    "invitation_role_is_known": changed(Invitation, role="king"),
    "periodical_name_unique_in_any_case": lambda: Periodical.objects.create(name="TIDEWATER  LETTER", slug="other"),
    "issue_state_is_known": changed(Issue, state="lost"),
    "issue_date_basis_is_known": changed(Issue, date_basis="guessed"),
    "issue_without_date_is_inferred": changed(Issue, date=None, date_basis="printed"),
    "issue_date_range_runs_forward": changed(Issue, date_from="2021-05-09", date_to="2021-05-08"),
    "issue_sha256_is_a_digest": changed(Issue, sha256="A" * 64),
    "article_position_once_per_issue": copied(Article),
    "article_state_is_known": changed(Article, state="lost"),
    "article_text_version_from_one": changed(Article, text_version=0),
    "authorship_once_per_article": copied(Authorship, position=9),
    "text_version_once_per_article": copied(ArticleText),
    "text_version_from_one": changed(ArticleText, version=0),
    "block_position_once_per_article": copied(Block),
    "block_end_after_start": changed(Block, start=F("end") + 1),
    "note_position_once_per_article": copied(Note),
    "note_resolves_to_another": changed(Note, resolves_to=F("id")),
    "marker_end_after_start": changed(Marker, end=F("start")),
    "marker_once_per_place": copied(Marker),
    "link_end_after_start": changed(TextLink, start=F("end") + 1),
    "finding_severity_is_known": changed(Finding, severity="dire"),
    "ingest_state_is_known": changed(Ingest, state="lost"),
    "export_state_is_known": changed(Export, state="lost"),
    "export_done_is_part_of_all": changed(Export, done=2),
    "author_is_cited_whole_or_in_parts": changed(Author, family="Varrow", literal="Ines Varrow"),
    "author_given_names_have_a_family": changed(Author, given="Ines"),
    "periodical_genre_is_known": changed(Periodical, genre="diary"),
    "periodical_issn_is_one": changed(Periodical, issn="1234-56"),
    "correction_kind_is_known": changed(Correction, kind="spelling"),
    "one_place_for_each_reader": copied(ReadingPlace),
    "place_is_inside_its_text": changed(ReadingPlace, furthest=9),
    "source_joined_into_another": changed(Source, joined_into=F("id")),
    "source_grade_is_known": changed(SourceGrade, grade="G"),
    "spelling_is_not_empty": changed(SourceSpelling, printed=""),
    "join_is_of_two_sources": join_with_itself,
    "citation_end_after_start": changed(Citation, end=F("start")),
    "citation_date_has_precision": changed(Citation, precision=""),
    "citation_once_per_place": copied(Citation),
    "search_piece_once": copied(SearchPiece),
    "saved_search_has_a_name": changed(SavedSearch, name=""),
    "following_once": copied(Following, feed="f" * 64),
    "following_feed_is_its_own": lambda: Following.objects.create(
        search=SavedSearch.objects.create(owner=User.objects.get(), name="Other"),
        person=User.objects.get(),
        feed="e" * 64,
    ),
    "match_told_once": copied(ToldMatch),
    **broken_rows(changed, copied),
    **broken_entities(changed, copied),
}


def named_constraints() -> set[str]:
    models = apps.get_app_config("monitor").get_models()
    return {constraint.name for model in models for constraint in model._meta.constraints}


def test_every_named_constraint_has_a_row_that_breaks_it() -> None:
    assert named_constraints() == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.usefixtures("stored")
def test_the_database_turns_a_broken_row_away(name: str) -> None:
    make_people()
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        BROKEN[name]()


@pytest.mark.usefixtures("stored")
def test_an_article_that_is_gone_frees_its_place() -> None:
    Article.objects.filter(title="Lamps").update(state="gone")
    copied(Article, position=1)()
    assert Article.objects.filter(position=1).count() == 2


@pytest.mark.usefixtures("stored")
def test_two_people_may_leave_their_address_empty() -> None:
    User.objects.create_user("one")
    User.objects.create_user("two")
    assert User.objects.filter(email="").count() == 2


def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
