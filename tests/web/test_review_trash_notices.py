"""The pages on which annotations are seen to one after the other: review, trash, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from monitor.annotations.actions import delete_annotation, hide_annotation, resolve_annotation, restore_annotation
from monitor.annotations.log_models import Notice
from monitor.annotations.models import AnnotationSpan
from monitor.annotations.replies import reply_to
from monitor.web.views import notices, review, trash
from tests.annotations.people_and_texts import House, make_house
from tests.annotations.test_reanchoring import read_anew
from tests.factories import TEXT
from tests.web.pages import queries_for, words
from tests.web.test_mark_page import faults_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.annotations.models import Annotation

    SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db
OTHER = TEXT.replace("The lamps were lit before dusk.", "The lamps had all been lit before dusk.")


@pytest.fixture
def house() -> House:
    return make_house()


def page_of(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(name) + query)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    assert faults_of(html) == []
    return html


def forms_in(html: str, part: str) -> list[tuple[str, dict[str, str]]]:
    """Return the forms whose address holds this word, with their hidden fields, as a browser would send them."""
    found = []
    for form in html.split("<form ")[1:]:
        address = form.partition('action="')[2].partition('"')[0]
        if part in address:
            hidden = form.partition("</form>")[0].split('<input type="hidden" ')[1:]
            pairs = {
                one.partition('name="')[2].partition('"')[0]: one.partition('value="')[2].partition('"')[0]
                for one in hidden
            }
            found.append((address, pairs))
    return found


# -- Review ------------------------------------------------------------------------------------------------------------
def moved_mark(house: House, **facts: Any) -> Annotation:
    mark = house.mark("The lamps were lit before dusk", visibility="everyone", **facts)
    read_anew(house.article, OTHER.split("\n\n"))
    assert mark.spans.get().state == "fuzzy"
    return mark


def lost_mark(house: House) -> Annotation:
    mark = house.mark("The lamps were lit before dusk", visibility="everyone")
    read_anew(house.article, ["Quite another thing.", *TEXT.split("\n\n")[1:]])
    AnnotationSpan.objects.update(candidate={"start": 0, "end": 13})
    assert mark.spans.get().state == "orphan"
    return mark


def test_review_shows_old_words_beside_the_text_now(house: House, signed_in: SignIn) -> None:
    moved_mark(house)
    html = page_of(signed_in(house.author), "review")
    assert '<mark class="a">The lamps were lit before dusk</mark>' in html
    assert '<mark class="a moved">The lamps had all been lit before dusk</mark>' in html
    others = page_of(signed_in(house.mate), "review")
    assert ("Its author decides." in words(others), forms_in(others, "/review/")) == (True, [])


@pytest.mark.parametrize(
    ("verb", "state", "quote"),
    [
        ("confirm", "exact", "The lamps had all been lit before dusk"),
        ("detach", "orphan", "The lamps were lit before dusk"),
    ],
)
def test_one_click_decides_about_a_moved_passage(
    house: House, signed_in: SignIn, verb: str, state: str, quote: str
) -> None:
    mark = moved_mark(house)
    client = signed_in(house.author)
    ((address, fields),) = forms_in(page_of(client, "review"), f"/{verb}/")
    answer = client.post(address, fields, headers={"Referer": "http://testserver/review/"})
    assert (answer.status_code, answer["Location"]) == (302, "/review/")
    span = mark.spans.get()
    assert (span.state, span.quote) == (state, quote)
    client.post(reverse("undo-mark"))
    assert mark.spans.get().state == "fuzzy"


def test_one_click_puts_a_lost_passage_where_it_may_be(house: House, signed_in: SignIn) -> None:
    mark = lost_mark(house)
    client = signed_in(house.author)
    html = page_of(client, "review")
    assert '<mark class="a suggested">Quite another</mark>' in html
    address, fields = forms_in(html, "/attach/")[0]
    client.post(address, fields)
    assert (mark.spans.get().state, mark.spans.get().quote) == ("exact", "Quite another")


def test_words_that_are_not_in_the_text_come_back_as_typed(house: House, signed_in: SignIn) -> None:
    mark = lost_mark(house)
    client = signed_in(house.author)
    address = reverse("decide-passage", args=[mark.uid, 0, "attach"])
    answer = client.post(address, {"revision": 1, "quote": "dragons & lamps"})
    html = answer.content.decode()
    assert (answer.status_code, faults_of(html)) == (422, [])
    assert "not in the text as it stands now" in words(html)
    assert "dragons &amp; lamps</textarea>" in html
    assert client.post(address, {"revision": 7, "quote": "Nobody held"}).status_code == 412
    assert client.post(address, {"revision": "x"}).status_code == 422
    assert client.post(address, {"revision": 1, "quote": "Nobody held"}).status_code == 302
    assert mark.spans.get().quote == "Nobody held"


@pytest.mark.parametrize("verb", ["attach", "confirm", "detach"])
def test_only_the_author_decides(house: House, signed_in: SignIn, verb: str) -> None:
    mark = moved_mark(house)
    data = {"revision": mark.revision, "quote": "Nobody held"}
    for scope, who, status in (("everyone", "curator", 403), ("private", "mate", 404)):
        type(mark).objects.filter(pk=mark.pk).update(visibility=scope)
        address = reverse("decide-passage", args=[mark.uid, 0, verb])
        assert signed_in(getattr(house, who)).post(address, data).status_code == status
    assert mark.spans.get().state == "fuzzy"
    unknown = reverse("decide-passage", args=[mark.uid, 0, "swallow"])
    assert signed_in(house.author).post(unknown, data).status_code == 404


def test_review_keeps_withdrawn_texts_to_itself(house: House, signed_in: SignIn) -> None:
    moved_mark(house)
    type(house.article).objects.filter(pk=house.article.pk).update(state="withdrawn")
    own = page_of(signed_in(house.author), "review")
    assert ("The lamps were lit" in own, "had all been" in own) == (True, False)
    assert "The lamps were lit" not in page_of(signed_in(house.mate), "review")
    assert "had all been" in page_of(signed_in(house.curator), "review")


# -- Trash -------------------------------------------------------------------------------------------------------------
def test_the_trash_gives_back(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone", comment="canary")
    delete_annotation(mark=mark, by=house.author)
    client = signed_in(house.author)
    html = page_of(client, "trash")
    assert "after 30 days here they are gone" in words(html)
    assert "canary" in html
    ((address, _),) = forms_in(html, "restore")
    answer = client.post(address, headers={"Referer": "http://testserver/trash/"})
    assert answer["Location"] == "/trash/"
    assert "Nothing lies here." in words(page_of(client, "trash"))
    mark.refresh_from_db()
    assert mark.deleted is None


def test_the_trash_is_ones_own(house: House, signed_in: SignIn) -> None:
    delete_annotation(mark=house.mark(visibility="everyone", comment="canary"), by=house.author)
    for who in ("mate", "curator"):
        assert "canary" not in page_of(signed_in(getattr(house, who)), "trash")


# -- Notices -----------------------------------------------------------------------------------------------------------
def test_notices_tell_of_mentions_replies_and_what_others_did(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone", comment="Look, @mate.")
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Looked.")
    resolve_annotation(mark=mark, by=house.mate)
    hide_annotation(mark=mark, by=house.curator)
    said = words(page_of(signed_in(house.author), "notices"))
    for one in ("3 new notices", "mate replied", "mate resolved your annotation", "curator hid your annotation"):
        assert one in said
    assert "mentioned you" not in words(page_of(signed_in(house.mate), "notices"))  # it is hidden from them by now


def test_notices_are_seen_up_to_what_the_page_showed(house: House, signed_in: SignIn) -> None:
    mark = house.mark(visibility="everyone")
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="One.")
    client = signed_in(house.author)
    ((address, fields),) = forms_in(page_of(client, "notices"), "seen")
    reply_to(uid=uuid4(), mark=mark, by=house.outsider, comment="Two.")
    client.post(address, fields)
    assert "1 new notice" in words(page_of(client, "notices"))
    assert Notice.objects.filter(person=house.author, seen=None).get().made_by == house.outsider
    for nonsense in ("", "x", "9" * 30, "-1"):
        assert client.post(address, {"newest": nonsense}).status_code == 302
    assert Notice.objects.filter(person=house.author, seen=None).count() == 1


def test_nobody_marks_notices_of_others(house: House, signed_in: SignIn) -> None:
    reply_to(uid=uuid4(), mark=house.mark(visibility="everyone"), by=house.mate, comment="One.")
    signed_in(house.mate).post(reverse("notices-seen"), {"newest": Notice.objects.get().pk})
    assert Notice.objects.get().seen is None


def test_lists_cost_the_same_queries_however_long(house: House, signed_in: SignIn) -> None:
    client, counts = signed_in(house.author), []
    for more in (1, 2):
        for _ in range(more):
            mark = house.mark(visibility="everyone")
            reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Yes.")
            AnnotationSpan.objects.filter(annotation=mark).update(state="fuzzy")
            delete_annotation(mark=house.mark(), by=house.author)
        counts.append({name: queries_for(client, reverse(name)) for name in ("review", "trash", "notices")})
    assert counts[0] == counts[1]


def test_lists_are_walked_page_by_page(house: House, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (notices, review, trash):
        monkeypatch.setattr(module, "AT_ONCE", 1)
    for _ in range(2):
        mark = house.mark(visibility="everyone")
        reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="Yes.")
        AnnotationSpan.objects.filter(annotation=mark).update(state="fuzzy")
        delete_annotation(mark=house.mark(), by=house.author)
    client = signed_in(house.author)
    for name in ("review", "trash", "notices"):
        first = page_of(client, name)
        later = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        assert later, name
        assert 'rel="next"' not in page_of(client, name, later)
        assert "That is no place in this list" in words(page_of(client, name, "?after=nonsense"))


def test_restoring_by_another_way_empties_the_page_too(house: House, signed_in: SignIn) -> None:
    mark = house.mark()
    delete_annotation(mark=mark, by=house.author)
    restore_annotation(mark=mark, by=house.author)
    assert forms_in(page_of(signed_in(house.author), "trash"), "restore") == []
