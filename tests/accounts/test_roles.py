"""Each role contains the ones before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.accounts.models import Role, User

LADDER = ["reader", "analyst", "curator", "admin"]
roles = st.sampled_from(Role)


@given(roles, roles, st.booleans())
def test_asvs_8_2_1_somebody_is_at_least_every_role_up_to_their_own(has: Role, needs: Role, active: bool) -> None:
    user = User(username="u", role=has, is_active=active)

    assert user.is_at_least(needs) is (active and LADDER.index(has) >= LADDER.index(needs))


@given(roles, roles, roles)
def test_ranks_are_a_total_order(a: Role, b: Role, c: Role) -> None:
    assert (a.rank == b.rank) is (a == b)
    assert not (a.rank < b.rank < c.rank) or a.rank < c.rank
    assert LADDER[a.rank] == a


@given(roles, st.booleans())
def test_named_questions_agree_with_the_ladder(role: Role, active: bool) -> None:
    user = User(username="u", role=role, is_active=active)

    assert user.is_curator is (active and role in {Role.CURATOR, Role.ADMIN})
    assert user.is_admin is (active and role == Role.ADMIN)


def test_asvs_8_2_1_django_flags_open_nothing() -> None:
    assert User(username="u", role=Role.READER, is_staff=True, is_superuser=True).is_curator is False
