"""The page that tags all occurrences of a phrase: preview, what is left out, for whom, and what it may not tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.annotations import occurrence_queries
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import Tag
from monitor.annotations.tagging_everywhere import tag_everywhere
from monitor.annotations.tagging_models import TaggingRun
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_issue, make_read_article
from tests.web.pages import masked, queries_for, words

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def look(person: User, **asked: Any) -> tuple[int, str]:
    answer = sign_in(person).get(reverse("occurrences"), asked)
    return answer.status_code, answer.content.decode()


def ticked(html: str) -> list[str]:
    return re.findall(r'name="place" value="([^"]+)" checked', html)


def send(person: User, html: str, **facts: Any) -> Any:
    data = {"phrase": "weir", "scope": "archive", "place": ticked(html), "tags": "Weir", "readers": "private", **facts}
    return sign_in(person).post(reverse("occurrences"), data)


def test_the_preview_shows_each_place_amid_its_text_and_the_way_to_leave_it_out(house: House) -> None:
    make_issue(make_read_article("Beyond it a weir stood, and a WEIR.", title="On weirs", cited={}))
    status, html = look(house.reader, phrase="weir")
    said = words(html)
    assert (status, len(ticked(html))) == (200, 3)
    assert "3 places in 2 articles" in said
    assert "Beyond it a weir stood" in said
    assert "On weirs" in said
    assert len(ticked(look(house.reader, phrase="weir", letters="on")[1])) == 1


def test_the_scope_is_the_article_its_issue_or_the_archive(house: House) -> None:
    issue = make_issue(
        make_read_article("A weir.", cited={}), make_read_article("Two weir or one weir.", title="Other", cited={})
    )
    first = issue.articles.get(position=0)
    counts = {
        scope: len(ticked(look(house.reader, phrase="weir", article=first.pk, scope=scope)[1]))
        for scope in ("article", "issue", "archive")
    }
    assert counts == {"article": 1, "issue": 3, "archive": 4}
    # Without an article, or with one that may not be read, the archive alone is offered.
    hidden = make_issue(make_read_article("A weir.", title="Draft of weirs", cited={}), state="draft").articles.get()
    status, html = look(house.reader, phrase="weir", article=hidden.pk, scope="article")
    assert (status, len(ticked(html)), "Draft of weirs" in html) == (200, 4, False)
    unknown = look(house.reader, phrase="weir", article=999_999, scope="article")[1]
    assert ticked(unknown) == ticked(html)


def test_those_left_ticked_are_tagged_and_the_others_not(house: House) -> None:
    make_issue(make_read_article("A weir and a weir.", cited={}))
    html = look(house.author, phrase="weir")[1]
    keys = ticked(html)
    answer = send(house.author, html, place=keys[1:], tags="water/Weir")
    assert (answer.status_code, answer["Location"]) == (302, "/notebook/")
    assert Annotation.objects.count() == 2
    again = look(house.author, phrase="weir", tags="water/weir")[1]
    assert (ticked(again), "3 places in 2 articles; 2 bear the tag already" in words(again)) == (keys[:1], True)
    client = sign_in(house.author)
    client.post(reverse("undo-mark"))
    assert Annotation.objects.filter(deleted=None).count() == 0


def test_a_place_that_is_none_is_never_marked(house: House) -> None:
    html = look(house.author, phrase="weir")[1]
    (key,) = ticked(html)
    article, version, note, start, end = key.split(":")
    forged = [f"{article}:{version}:{note}:0:5", f"{article}:9:{note}:{start}:{end}", "x", "1:2", f"{'9' * 30}:1:0:1:2"]
    answer = send(house.author, html, place=forged)
    assert answer.status_code == 422
    assert "None of these places was left ticked, or their texts have changed." in words(answer.content.decode())
    assert not Annotation.objects.exists()
    assert not Tag.objects.exists()
    send(house.author, html, place=[*forged, key])
    assert [mark.spans.get().quote for mark in Annotation.objects.all()] == ["Weir"]


def test_a_text_that_one_may_not_read_is_not_marked(house: House) -> None:
    draft = make_issue(make_read_article("A weir.", cited={}), state="draft").articles.get()
    key = f"{draft.pk}:{draft.text_version}:0:2:6"
    assert send(house.author, "", place=[key]).status_code == 422
    assert send(house.curator, "", place=[key]).status_code == 302


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"tags": " , "}, "Tags: Name the tag that these places are to bear."),
        ({"place": []}, "None of these places was left ticked, or their texts have changed. Look again."),
        ({"readers": "team"}, "Readers: Choose who may read them."),
        ({"phrase": "..."}, "Phrase: Give a phrase of one to twenty words."),
        ({"tags": "weir [shared]"}, "There is no tag “weir” in the codebook “shared”."),
    ],
)
def test_what_lacks_something_is_drawn_again_with_a_sentence(house: House, facts: dict[str, Any], said: str) -> None:
    answer = send(house.author, look(house.author, phrase="weir")[1], **facts)
    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert not Annotation.objects.exists()


def test_who_may_tag_for_whom(house: House) -> None:
    html, team = look(house.author, phrase="weir")[1], f"team:{house.team.uid}"
    wanted = {
        "author": (302, 302, 302), "member_who_reads": (302, 403, 403), "outsider": (302, 403, 302),
        "reader": (302, 403, 403), "curator": (302, 403, 302),
    }  # fmt: skip
    got = {
        who: tuple(
            send(getattr(house, who), html, readers=readers).status_code for readers in ("private", team, "everyone")
        )
        for who in wanted
    }
    assert got == wanted
    assert sign_in(house.author).get(reverse("occurrences")).status_code == 200
    for answer in (Client().get(reverse("occurrences")), Client().post(reverse("occurrences"))):
        assert "/account/login/" in answer["Location"]


def test_others_private_marks_and_tags_change_nothing_of_the_preview(house: House) -> None:
    client = sign_in(house.outsider)
    asked = {"phrase": "weir", "tags": "xylograph"}
    before = masked(client.get(reverse("occurrences"), asked))
    secret = make_tag(name="Xylograph", by=house.author, private=True)
    house.mark("Weir", tags=(secret,))
    assert masked(client.get(reverse("occurrences"), asked)) == before


@pytest.mark.parametrize(
    ("asked", "status"),
    [({}, 200), ({"phrase": ""}, 200), ({"phrase": "\0"}, 422), ({"phrase": "a" * 300}, 422), ({"phrase": "a", "below": "x"}, 200),
     ({"phrase": "a", "scope": "moon"}, 422), ({"phrase": "(((", "tags": "["}, 422)],
)  # fmt: skip
def test_no_address_is_an_error(house: House, asked: dict[str, str], status: int) -> None:
    assert look(house.reader, **asked)[0] == status


def test_more_than_a_page_shows_is_tagged_by_a_worker(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occurrence_queries, "MOST_PLACES", 2)
    make_issue(make_read_article("A weir and a weir.", notes=("The weir.",), cited={}))
    html = look(house.author, phrase="weir")[1]
    assert 'name="everywhere"' in html
    assert 'name="everywhere"' not in look(house.author, phrase="Beyond")[1]
    answer = send(house.author, html, everywhere="on", place=[])
    run, client = TaggingRun.objects.get(), sign_in(house.author)
    assert (answer.status_code, answer["Location"]) == (302, reverse("tagging-run", args=[run.pk]))
    assert ProcrastinateJob.objects.get(task_name="tag_everywhere").args == {"run_id": run.pk}
    assert "It waits for its turn. Nothing is tagged before all are found." in said(client, run)
    tag_everywhere(run.pk)
    assert "4 places tagged, in 2 articles looked through." in said(client, run)
    client.post(reverse("undo-mark"), {"act": TaggingRun.objects.get().act_id})
    assert "It was undone." in said(client, run)
    assert "4 places" in words(client.get(reverse("occurrences")).content.decode())


def said(client: Client, run: TaggingRun) -> str:
    whole = client.get(reverse("tagging-run", args=[run.pk]))
    part = client.get(reverse("tagging-run", args=[run.pk]), headers={"hx-request": "true"})
    assert (whole.status_code, part.status_code) == (200, 200)
    assert words(part.content.decode()) in words(whole.content.decode())
    return words(part.content.decode())


def test_a_run_can_be_stopped_by_its_person_and_is_nobody_elses(house: House) -> None:
    run = TaggingRun.objects.create(person=house.author, phrase="weir", tags=[])
    address = reverse("tagging-run", args=[run.pk])
    for other in (house.mate, house.curator):
        client = sign_in(other)
        unknown = client.get(reverse("tagging-run", args=[run.pk + 1]))
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
        assert masked(client.get(address)) == masked(unknown)
    assert "/account/login/" in Client().post(address)["Location"]
    client = sign_in(house.author)
    assert client.post(address).status_code == 302
    assert "It was stopped before anything was tagged." in said(client, run)
    assert client.post(address).status_code == 302


def test_queries_do_not_grow_with_the_places(house: House) -> None:
    client, counted = sign_in(house.reader), []
    for more in (1, 2, 10):
        for _ in range(more):
            make_issue(make_read_article("A weir and a weir.", notes=("The weir.",), cited={}))
        counted.append(queries_for(client, f"{reverse('occurrences')}?phrase=weir&tags=weir"))
    assert counted[0] == counted[1] == counted[2]


def test_it_is_offered_from_a_selection_and_from_a_tag(house: House) -> None:
    tag = make_tag(name="Weir", by=house.curator)
    client = sign_in(house.author)
    html = client.get(house.article.get_absolute_url()).content.decode()
    assert f'href="/occurrences/?article={house.article.pk}&amp;scope=article" data-phrase' in html
    html = client.get(f"/tags/{tag.path}/").content.decode()
    assert '<form action="/occurrences/"' in html
    assert '<input type="hidden" name="tags" value="weir">' in html
