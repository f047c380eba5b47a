from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from monitor.entities.judgement_models import AboutJudgement
from monitor.entities.mention_models import ArticleActor
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words
from tests.web.undone import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.library.models import Article

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def article(db: None) -> Article:
    found = make_article("The Ardel Army met the Weir Front at Vray. The Ardel Army left.", title="A Meeting")
    name_in(found, {"Ardel Army": make_actor("Ardel Army")}, about=True)
    name_in(found, {"Weir Front": make_actor("Weir Front"), "Vray": make_region("gn1", "Vray", "city")})
    return found


@pytest.fixture
def analyst(signed_in: SignIn) -> Client:
    return signed_in(make_user("analyst", name="oren"))


def standings(article: Article) -> dict[str, bool]:
    rows = ArticleActor.objects.filter(article=article).order_by("actor__slug")
    return dict(rows.values_list("actor__slug", "about"))


def judge(client: Client, article: Article, entity: str, verdict: str) -> str:
    answer = client.post(f"/subjects/{article.pk}/judge/", {"entity": entity, "verdict": verdict}, follow=True)
    return words(answer.content.decode())


def test_an_article_tells_what_it_is_about_and_why(analyst: Client, article: Article) -> None:
    link = f'<a href="/subjects/{article.pk}/">What it is about: its actors and regions</a>'
    assert link in analyst.get(article.get_absolute_url()).content.decode()
    text = words(analyst.get(f"/subjects/{article.pk}/").content.decode())
    assert "Actors 2 Ardel Army about it 2 mentions · 1 of 8 parts About Mentioned Not Weir Front 1 mention" in text
    assert "Regions 1 Vray 1 mention · 1 of 8 parts" in text


def test_people_say_what_an_article_is_about_and_take_it_back(analyst: Client, article: Article) -> None:
    before = standings(article)
    assert before == {"ardel-army": True, "weir-front": False}
    answer = analyst.post(
        f"/subjects/{article.pk}/judge/", {"entity": "actor:weir-front", "verdict": "about"}, follow=True
    )
    assert "Weir Front: about it." in answer.content.decode()
    assert "Weir Front about it" in words(answer.content.decode())
    assert "oren: is about it" in words(answer.content.decode())
    assert standings(article)["weir-front"] is True
    assert undo(analyst, answer) == "Taken back."
    assert AboutJudgement.objects.get().undone is not None
    text = judge(analyst, article, "actor:ardel-army", "not")
    assert "ardel-army" not in standings(article)
    assert "Ardel Army nothing to do with it oren: has nothing to do with it" in text
    said = AboutJudgement.objects.latest("pk")
    analyst.post(f"/subjects/{article.pk}/undo/", {"judgement": said.pk})
    twice = analyst.post(f"/subjects/{article.pk}/undo/", {"judgement": said.pk})
    assert (twice.status_code, "taken back already" in words(twice.content.decode())) == (422, True)


def test_one_that_is_missing_is_added_by_any_of_its_names(analyst: Client, article: Article) -> None:
    make_actor("Water Fund", "WF")
    assert "Nobody and no place is called “Nobody”." in judge(analyst, article, "Nobody", "about")
    assert "Water Fund about it oren: is about it" in judge(analyst, article, "WF", "about")
    assert standings(article)["water-fund"] is True
    make_actor("Weather Front", "WF")
    answer = analyst.post(f"/subjects/{article.pk}/judge/", {"entity": "WF", "verdict": "mentioned"})
    assert answer.status_code == 422
    assert 'type="radio" name="entity" value="actor:weather-front"' in answer.content.decode()
    assert analyst.post(f"/subjects/{article.pk}/judge/", {"entity": "WF", "verdict": "rumour"}).status_code == 422


def test_a_word_on_a_merged_actor_is_on_all_of_its_rows(analyst: Client, article: Article) -> None:
    army, front = (ArticleActor.objects.get(article=article, actor__slug=s).actor for s in ("ardel-army", "weir-front"))
    front.canonical = army
    front.save()
    assert "Actors 1 Ardel Army about it" in words(analyst.get(f"/subjects/{article.pk}/").content.decode())
    answer = analyst.post(
        f"/subjects/{article.pk}/judge/", {"entity": "actor:ardel-army", "verdict": "not"}, follow=True
    )
    assert standings(article) == {}
    undo(analyst, answer)
    assert AboutJudgement.objects.filter(undone=None).count() == 0


def test_who_may_say_what_an_article_is_about(people: dict[str, User], signed_in: SignIn, article: Article) -> None:
    draft = make_issue(make_read_article("The Ardel Army met.", notes=()), number=9, state="draft").articles.get()
    given = {"entity": "actor:ardel-army", "verdict": "mentioned"}
    seen = {}
    for role in ("reader", "analyst", "curator", "admin"):
        client = signed_in(people[role])
        answers = [client.get(f"/subjects/{row.pk}/") for row in (article, draft)]
        answers += [client.post(f"/subjects/{row.pk}/judge/", given) for row in (article, draft)]
        seen[role] = [answer.status_code for answer in answers]
    assert seen == {
        "reader": [200, 404, 403, 403],
        "analyst": [200, 404, 302, 404],
        "curator": [200, 200, 302, 302],
        "admin": [200, 200, 302, 302],
    }
    said = AboutJudgement.objects.filter(by=people["curator"], article=article).latest("pk")
    address, key = f"/subjects/{article.pk}/undo/", {"judgement": said.pk}
    undone = [signed_in(people[role]).post(address, key).status_code for role in ("reader", "analyst", "admin")]
    assert undone == [403, 403, 302]
    other = AboutJudgement.objects.filter(article=draft)[0]
    assert signed_in(people["curator"]).post(address, {"judgement": other.pk}).status_code == 404
    reader = words(signed_in(people["reader"]).get(f"/subjects/{article.pk}/").content.decode())
    assert ("Mentioned Not" in reader, "One that is missing" in reader) == (False, False)
    assert signed_in(None).get(f"/subjects/{article.pk}/").status_code == 302


def test_queries_do_not_grow_with_subjects(analyst: Client) -> None:
    counts = []
    for size in (1, 3, 8):
        names = [f"Friend {size} {number}" for number in range(size)]
        article = make_article(". ".join(names), title=f"Piece {size}")
        for name in names:
            actor = make_actor(name)
            name_in(article, {name: actor})
            judge(analyst, article, f"actor:{actor.slug}", "about")
        counts.append(queries_for(analyst, f"/subjects/{article.pk}/"))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 8
