"""Keeping a person's keys."""

from __future__ import annotations

import pytest

from monitor.accounts.key_actions import choose_keys, forget_own_keys
from monitor.accounts.refusals import KeyTaken
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_only_what_differs_from_the_usual_keys_is_kept() -> None:
    user = make_user(arrows_scroll=True)

    choose_keys(user=user, single_keys=False, arrows_scroll=False, keys={"row-down": "n", "row-up": "k", "copy": ""})

    user.refresh_from_db()
    assert (user.single_keys, user.arrows_scroll, user.own_keys) == (False, False, {"row-down": "n", "copy": ""})


def test_key_given_back_is_kept_no_more() -> None:
    user = make_user(own_keys={"row-down": "n", "copy": "y"})

    choose_keys(user=user, single_keys=True, arrows_scroll=False, keys={"row-down": "j"})

    user.refresh_from_db()
    assert user.own_keys == {"copy": "y"}


def test_key_of_another_act_is_refused_and_nothing_kept() -> None:
    user = make_user(own_keys={"copy": "y"})

    with pytest.raises(KeyTaken) as refusal:
        choose_keys(user=user, single_keys=False, arrows_scroll=True, keys={"marker-next": "y"})

    user.refresh_from_db()
    assert (refusal.value.field, user.single_keys, user.arrows_scroll, user.own_keys) == (
        "marker-next",
        True,
        False,
        {"copy": "y"},
    )
    assert str(refusal.value) == (
        "“y” already means “Copy the paragraph, or what is selected, with its citation”. "
        "Give that another key, or choose a free one here."
    )


def test_two_acts_change_places_in_one_go() -> None:
    user = make_user()

    choose_keys(user=user, single_keys=True, arrows_scroll=False, keys={"row-down": "k", "row-up": "j"})

    user.refresh_from_db()
    assert user.own_keys == {"row-down": "k", "row-up": "j"}


def test_usual_keys_come_back_and_the_switches_stay() -> None:
    user = make_user(single_keys=False, arrows_scroll=True, own_keys={"copy": "y"})

    forget_own_keys(user=user)

    user.refresh_from_db()
    assert (user.single_keys, user.arrows_scroll, user.own_keys) == (False, True, {})
