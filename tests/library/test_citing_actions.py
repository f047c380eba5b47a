"""Saying how an author is cited tells when the row was changed last, as every change of a row does."""

from __future__ import annotations

import pytest

from monitor.library.citing_actions import cite_author, cite_periodical
from monitor.library.models import Author, Periodical
from tests.factories import make_issue, make_read_article

pytestmark = pytest.mark.django_db


def test_what_is_cited_otherwise_was_changed_just_now_and_what_is_cited_as_before_was_not() -> None:
    make_issue(make_read_article(authors=["Ines Varrow"]))
    author, periodical = Author.objects.get(), Periodical.objects.get()
    cited = cite_author(author=Author.objects.get(), family="Varrow", given="Ines Q.", literal="")
    cite_periodical(periodical=Periodical.objects.get(), issn="12345679", genre=periodical.genre)
    assert (cited.family, Periodical.objects.get().issn) == ("Varrow", "1234-5679")
    changed = Author.objects.get().updated
    assert changed > author.updated
    assert Periodical.objects.get().updated > periodical.updated
    cite_author(author=Author.objects.get(), family="Varrow", given="Ines Q.", literal="")
    assert Author.objects.get().updated == changed
