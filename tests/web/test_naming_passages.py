from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor.entities.mention_models import Mention
from monitor.entities.models import Actor, ActorAlias
from tests.entity_rows import make_actor, make_region
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User
    from monitor.library.models import Article

    SignIn = Callable[[User | None], Client]

TEXT = "The Lodge met.\n\nThen the Lodge left Vray."


@pytest.fixture
def article(db: None) -> Article:
    return make_article(TEXT, title="A Meeting", notes=("The Lodge again.",))


def keep(client: Client, article: Article, **given: Any) -> str:
    answer = client.post("/mentions/keep/", {"article": article.pk, **given}, follow=True)
    return words(answer.content.decode().replace("<passing-word", "<main><passing-word", 1))


def test_a_selected_passage_is_asked_about(signed_in: SignIn, article: Article) -> None:
    analyst = signed_in(make_user("analyst"))
    page = analyst.get(f"/mentions/new/?article={article.pk}&start=4&note=&quote=Lodge").content.decode()
    assert "Who or what is named? In A Meeting Words of the text" in words(page)
    assert 'name="quote" value="Lodge"' in page
    assert 'name="start" value="4"' in page
    assert "a new actor" not in words(page)
    curator = signed_in(make_user("curator"))
    assert "Or a new actor, called" in words(curator.get(f"/mentions/new/?article={article.pk}").content.decode())
    assert f"/mentions/new/?article={article.pk}" in analyst.get(article.get_absolute_url()).content.decode()


def test_a_missed_name_is_added_where_it_stands(signed_in: SignIn, article: Article) -> None:
    lodge = make_actor("Lodge of Nine", "LoN")
    second = TEXT.index("Lodge", 10)
    said = keep(signed_in(make_user("analyst")), article, start=second, quote="Lodge", name="lon")
    assert "“Lodge” is Lodge of Nine here." in said
    mention = Mention.objects.get(actor=lodge)
    assert (mention.start, mention.status, mention.method) == (second, "confirmed", "manual")
    assert lodge.article_rows.get().n == 1


def test_words_without_a_place_are_found(signed_in: SignIn, article: Article) -> None:
    vray = make_region("gn1", "Vray", "city")
    analyst = signed_in(make_user("analyst"))
    keep(analyst, article, quote="Vray", instead="region:vray")
    assert Mention.objects.get(region=vray).start == TEXT.index("Vray")
    note = article.notes.get()
    keep(analyst, article, quote="Lodge", note=note.pk, name="Vray")
    assert Mention.objects.get(note=note).start == 4
    assert "Mention" not in keep(analyst, article, quote="Elsewhere", name="Vray")
    assert Mention.objects.count() == 2


def test_what_is_not_said_is_asked_back(signed_in: SignIn, article: Article) -> None:
    make_actor("Allied Forces", "ADF")
    make_actor("Army of Farmers", "ADF")
    analyst = signed_in(make_user("analyst"))
    assert "Say who or what it is." in keep(analyst, article, quote="Lodge")
    several = keep(analyst, article, quote="Lodge", name="ADF")
    assert "“ADF” is the name of 2: choose one of them." in several
    assert "Which one? Allied Forces" in several
    assert Mention.objects.count() == 0


def test_a_curator_makes_actors_and_names(signed_in: SignIn, article: Article) -> None:
    curator = signed_in(make_user("curator"))
    said = keep(curator, article, quote="Lodge", new_name="Lodge of Nine", new_kind="political", as_alias="on")
    assert "“Lodge” is a name of Lodge of Nine now" in said
    made = Actor.objects.get(name="Lodge of Nine")
    assert made.kind == "political"
    assert ActorAlias.objects.filter(actor=made, text="Lodge").count() == 1


def test_who_may_name(people: dict[str, User], signed_in: SignIn, article: Article) -> None:
    make_actor("Lodge of Nine")
    draft = make_issue(make_read_article("The Lodge.", notes=()), state="draft").articles.get()
    seen = {}
    for role in ("reader", "analyst", "curator"):
        client = signed_in(people[role])
        given = {"quote": "Lodge", "name": "Lodge of Nine"}
        seen[role] = [client.get(f"/mentions/new/?article={each.pk}").status_code for each in (article, draft)]
        seen[role] += [
            client.post("/mentions/keep/", given | {"article": each.pk}).status_code for each in (article, draft)
        ]
        seen[role].append(
            client.post("/mentions/keep/", {**given, "article": article.pk, "new_name": "X", "name": ""}).status_code
        )
    assert seen == {
        "reader": [403, 403, 403, 403, 403],
        "analyst": [200, 404, 302, 404, 403],
        "curator": [200, 200, 302, 302, 302],
    }
    assert signed_in(None).get(f"/mentions/new/?article={article.pk}").status_code == 302
