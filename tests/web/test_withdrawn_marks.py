"""One's own annotations outlive a text that was withdrawn; nothing of that text comes out by them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse

from monitor.annotations.models import AnnotationSpan
from monitor.annotations.replies import reply_to
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from django.test import Client

    from monitor.annotations.models import Annotation

pytestmark = pytest.mark.django_db
TITLE = "Kestrel canary"


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def mark(house: House) -> Annotation:
    """Return the author's mark, on an article that was given another title and withdrawn since."""
    made = house.mark(comment="mine", visibility="everyone")
    reply_to(uid=uuid4(), mark=made, by=house.mate, comment="answered")
    type(house.article).objects.filter(pk=house.article.pk).update(
        state="withdrawn", title=TITLE, slug="kestrel-canary"
    )
    return made


def test_a_form_leads_to_the_annotation_where_its_article_cannot_be_read(
    client: Client, house: House, mark: Annotation
) -> None:
    client.force_login(house.author)
    own = reverse("mark", args=[mark.uid])
    form = {"revision": "1", "comment": "more", "colour": "teal"}
    assert client.post(reverse("change-mark", args=[mark.uid]), form)["Location"] == own
    assert client.post(reverse("act-on-mark", args=[mark.uid, "delete"]))["Location"] == reverse("trash")
    assert client.post(reverse("act-on-mark", args=[mark.uid, "restore"]))["Location"] == own
    assert client.get(own).status_code == 200


@pytest.mark.parametrize("state", ["exact", "fuzzy", "orphan"])
def test_no_page_of_ones_own_names_a_withdrawn_text(client: Client, house: House, mark: Annotation, state: str) -> None:
    AnnotationSpan.objects.filter(annotation=mark).update(state=state)
    client.force_login(house.author)
    addresses = [reverse("mark", args=[mark.uid]), reverse("review"), reverse("notices")]
    pages = [client.get(address).content.decode() for address in addresses]
    client.post(reverse("act-on-mark", args=[mark.uid, "delete"]))
    pages.append(client.get(reverse("trash")).content.decode())
    assert [TITLE in page or "kestrel-canary" in page for page in pages] == [False] * 4
    assert "mine" in pages[0]
    assert "replied" in pages[2]
    assert "mine" in pages[3]
