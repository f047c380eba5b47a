"""Tokens: made, seen, revoked and ended; from a page, a script, and by what happens to their owner."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from knox.crypto import hash_token

from monitor.accounts.audit_models import AuditEntry
from monitor.accounts.refusals import NotUsable
from monitor.accounts.token_models import Token
from monitor.accounts.tokens import MOST_TOKENS, create_token, end_tokens, revoke_token, tokens_visible_to
from tests.factories import make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def hedda() -> User:
    return make_user("analyst", name="hedda")


def test_only_the_digest_is_kept(hedda: User) -> None:
    new = create_token(user=hedda, name="  My \n laptop ", scope="write", days=10)
    row = Token.objects.get()
    assert (row.name, row.scope, row.user) == ("My laptop", "write", hedda)
    assert row.digest == hash_token(new.secret)
    assert len(row.digest) == 128
    assert row.expiry is not None
    assert timedelta(days=9) < row.expiry - timezone.now() <= timedelta(days=10)
    assert str(row) == "My laptop of hedda"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "a" * 81}, "name"),
        ({"name": "a\u202eb"}, "name"),
        ({"scope": "admin"}, "scope"),
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
    ],
)
def test_token_that_makes_no_sense_is_refused(hedda: User, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(NotUsable) as refused:
        create_token(**{"user": hedda, "name": "Laptop", **facts})
    assert (refused.value.field, Token.objects.count()) == (field, 0)


def test_nobody_has_tokens_without_end(hedda: User) -> None:
    for number in range(MOST_TOKENS):
        create_token(user=hedda, name=f"Laptop {number}")
    with pytest.raises(NotUsable):
        create_token(user=hedda, name="One more")
    Token.objects.filter(name="Laptop 1").update(expiry=timezone.now())
    create_token(user=hedda, name="One more")


def test_owner_and_administrators_see_tokens_that_are_good(hedda: User) -> None:
    admin, other = make_user("admin"), make_user("curator")
    good, bad = create_token(user=hedda, name="Good").row, create_token(user=hedda, name="Bad").row
    Token.objects.filter(pk=bad.pk).update(expiry=timezone.now() - timedelta(seconds=1))
    seen = {person.username: list(tokens_visible_to(person)) for person in (hedda, admin, other)}
    assert seen == {hedda.username: [good], admin.username: [good], other.username: []}
    assert not tokens_visible_to(make_user("admin", is_active=False)).exists()


def test_making_and_revoking_is_on_record_without_the_secret(hedda: User) -> None:
    new, admin = create_token(user=hedda, name="A name of theirs"), make_user("admin")
    revoke_token(token=new.row, by=admin)
    revoke_token(token=new.row, by=admin)  # by who pressed the button a moment later
    entries = AuditEntry.objects.filter(about=f"token {new.row.uid}").order_by("pk")
    assert [(one.act, one.person_id) for one in entries] == [("token_made", hedda.pk), ("token_revoked", admin.pk)]
    told = str(list(entries.values()))
    assert new.secret not in told
    assert "A name of theirs" not in told


def test_ending_leaves_other_people_theirs(hedda: User) -> None:
    create_token(user=hedda, name="x")
    create_token(user=hedda, name="y")
    kept = create_token(user=make_user(), name="z").row
    assert end_tokens(hedda) == 2
    assert Token.objects.get() == kept


def test_any_way_to_a_new_password_ends_tokens(hedda: User) -> None:
    create_token(user=hedda, name="x")
    hedda.set_password("a louder harbour")
    hedda.save()
    assert not Token.objects.exists()
    create_token(user=hedda, name="x")
    hedda.name = "Hedda"
    hedda.save()
    assert Token.objects.count() == 1


def test_command_prints_a_token_once(hedda: User) -> None:
    out = StringIO()
    call_command("create_token", "HEDDA", "--scope", "write", "--days", "3", stdout=out)
    row = Token.objects.get()
    assert row.digest == hash_token(out.getvalue().strip())
    assert (row.user, row.scope) == (hedda, "write")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nobody"], "Nobody with an active account here has that user name."),
        (["hedda", "--days", "0"], "A token is good for 1 to 366 days."),
        (["hedda", "--days", "400"], "A token is good for 1 to 366 days."),
    ],
)
def test_command_says_why_not(hedda: User, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("create_token", *arguments)


def test_command_makes_none_for_a_disabled_account() -> None:
    user = make_user(is_active=False)
    with pytest.raises(CommandError):
        call_command("create_token", user.username)
    assert not Token.objects.exists()
