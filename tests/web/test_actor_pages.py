from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.passages import AskedPassage
from tests.entity_rows import make_actor, make_region, name_in, relate
from tests.factories import make_article, make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from monitor.accounts.models import User
    from monitor.entities.models import Actor

    SignIn = Callable[[User | None], Client]

TEXT = (
    "The Ardel Liberation Army shelled Vray. Nobody knew.\n\nLater the ALA met the Weir Front at Kessmouth"
    " (Ferry Post, January 21).\n\nThe ALA left."
)
CITED = {"Ferry Post, January 21": "2022-01-21"}


@pytest.fixture
def reader(signed_in: SignIn) -> Client:
    return signed_in(make_user("reader"))


@pytest.fixture
def army(db: None) -> Actor:
    return make_actor("Ardel Liberation Army", "ALA")


def tell(army: Actor, *, number: int = 1, about: bool = True, **facts: Any) -> None:
    """Store an issue with one article that tells of the army."""
    read = make_read_article(TEXT, title=f"Piece {number}", notes=(), cited=CITED)
    article = make_issue(read, number=number, **facts).articles.get()
    name_in(article, {"Ardel Liberation Army": army, "ALA": army}, about=about)


def test_actor_page_says_what_is_told_of_it_about_first(reader: Client, army: Actor) -> None:
    tell(army, number=1, about=False, date="2022-03-01")
    tell(army, number=2, date="2021-02-11")
    page = reader.get("/actors/ardel-liberation-army/").content.decode()
    text = words(page)
    assert "In 2 articles, about it 1" in text
    assert text.index("Piece 2") < text.index("Piece 1")
    assert "Piece 2 about it · 3 mentions · 1 of 8 parts Tidewater Letter XII:2 , February 11, 2021" in text
    assert "The Ardel Liberation Army shelled Vray. At the passage found automatically" in text
    assert (
        "Later the ALA met the Weir Front at Kessmouth ( Ferry Post, January 21 ). " in text
        or "Later the ALA met" in text
    )
    assert "by “ALA”, an acronym" in text
    assert "Articles by month, Feb 2021 to Mar 2022: 2, about it 1" in unescape(page)


def test_passages_lead_to_their_paragraph(reader: Client, army: Actor) -> None:
    tell(army)
    page = reader.get("/actors/ardel-liberation-army/").content.decode()
    article = army.article_rows.get().article
    for place in ("#p1", "#p2", "#p3"):
        assert f'<a href="{article.get_absolute_url()}{place}">At the passage</a>' in page
    assert '<mark class="hit">ALA</mark>' in page


def test_articles_about_it_can_be_seen_alone(reader: Client, army: Actor) -> None:
    tell(army, number=1, about=False)
    tell(army, number=2)
    about = words(reader.get("/actors/ardel-liberation-army/?standing=about").content.decode())
    named = words(reader.get("/actors/ardel-liberation-army/?standing=named").content.decode())
    assert ("Piece 2" in about, "Piece 1" in about) == (True, False)
    assert ("Piece 2" in named, "Piece 1" in named) == (False, True)
    wrong = reader.get("/actors/ardel-liberation-army/?standing=x")
    assert wrong.status_code == 422
    assert "Articles are about it or name it only; these are all." in words(wrong.content.decode())


def test_a_merged_actor_leads_to_the_kept_one_for_now(reader: Client, army: Actor) -> None:
    other = make_actor("Army of the Ardel")
    other.canonical = army
    other.save()
    answer = reader.get("/actors/army-of-the-ardel/?view=with")
    assert (answer.status_code, answer["Location"]) == (302, "/actors/ardel-liberation-army/?view=with")
    article = make_article("The Army of the Ardel rested.", title="Rest")
    name_in(article, {"Army of the Ardel": other}, about=True)
    text = words(reader.get("/actors/ardel-liberation-army/").content.decode())
    assert "In 1 article, about it 1" in text
    assert "by Army of the Ardel" in text
    assert "Army of the Ardel 1 mention of Army of the Ardel, merged" in text


def test_names_say_since_when_and_whose_else_they_are(reader: Client, army: Actor) -> None:
    army.aliases.filter(text="ALA").update(valid_from="2019-03", valid_to="2021")
    make_actor("Assembly of Lock Attendants", "ALA")
    tell(army)
    text = words(reader.get("/actors/ardel-liberation-army/").content.decode())
    assert "ALA 2 mentions acronym March 2019 to 2021 ambiguous : also Assembly of Lock Attendants" in text
    assert "Names Ardel Liberation Army 1 mention ALA" in text


def test_relations_are_a_list_and_a_picture(reader: Client, army: Actor) -> None:
    bras, front = make_actor("Ardel Alliance"), make_actor("Weir Front")
    relate(army, "member_of", bras, valid_from="2022-01-11")
    relate(front, "faction_of", army, valid_to="2021")
    relate(front, "allied_with", army)
    page = reader.get("/actors/ardel-liberation-army/").content.decode()
    text = words(page)
    assert (
        "member of Ardel Alliance since January 11, 2022 allied with Weir Front has as faction Weir Front until 2021"
        in text
    )
    assert "Relations of Ardel Liberation Army: member of since January 11, 2022 Ardel Alliance;" in page
    assert page.count('<path class="tie') == 3
    assert page.count("tie faction_of ended") == 1


def test_a_search_widens_to_factions_only_when_asked_and_while_they_were(reader: Client, army: Actor) -> None:
    front = make_actor("Weir Front")
    relate(front, "faction_of", army, valid_from="2022")
    for number, day in ((1, "2021-05-01"), (2, "2022-05-01")):
        article = make_issue(
            make_read_article("The Weir Front sang.", title=f"Song {number}", notes=()), number=number, date=day
        ).articles.get()
        name_in(article, {"Weir Front": front})
    page = reader.get("/actors/ardel-liberation-army/").content.decode()
    assert "Song" not in words(page)
    assert '?wider=factions" title="Weir Front">+ factions' in page
    wide = words(reader.get("/actors/ardel-liberation-army/?wider=factions").content.decode())
    assert ("Song 2" in wide, "Song 1" in wide) == (True, False)
    assert "by Weir Front" in wide
    wrong = reader.get("/actors/ardel-liberation-army/?wider=cousins")
    assert (wrong.status_code, "members, factions and affiliates" in wrong.content.decode()) == (422, True)


def test_who_appears_with_it_is_told_with_the_lift(reader: Client, army: Actor) -> None:
    front = make_actor("Weir Front")
    tell(army, number=1)
    tell(army, number=2)
    both = army.article_rows.earliest("pk").article
    name_in(both, {"Weir Front": front})
    for number in (3, 4):
        make_issue(make_read_article("Nothing.", notes=()), number=number)
    page = reader.get("/actors/ardel-liberation-army/?view=with").content.decode()
    # Together in 1 of 4 articles; by chance it would be 2/4 of 1/4.
    assert "Weir Front Armed group 1 2.0" in words(page)
    assert '<a href="?beside=weir-front"' in page
    beside = words(reader.get("/actors/ardel-liberation-army/?beside=weir-front").content.decode())
    assert ("Piece 1" in beside, "Piece 2" in beside) == (True, False)
    assert "2 times by “ALA”, an acronym; Weir Front" in beside
    assert reader.get("/actors/ardel-liberation-army/?beside=nobody").status_code == 404


def test_a_single_source_is_a_warning(reader: Client, army: Actor) -> None:
    tell(army)
    address = "/actors/ardel-liberation-army/"
    assert "Single source. All that is cited where it is named comes from Ferry Post (1 citation)." in words(
        reader.get(address).content.decode()
    )
    sources = words(reader.get(f"{address}?view=sources").content.decode())
    assert "Cited where it is named Ferry Post 1 citation in 1 article" in sources
    article = make_article("The ALA again (Dawn, January 3).", notes=(), cited={"Dawn, January 3": "2022-01-03"})
    name_in(article, {"ALA": army})
    assert "Single source." not in words(reader.get(address).content.decode())


def test_sources_of_a_note_count_where_its_marker_stands(reader: Client, army: Actor) -> None:
    text = "The ALA rested.[1]\n\nOthers did not.[2]"
    article = make_article(
        text,
        notes=("Dawn, January 3.", "Ferry Post, January 4."),
        cited={"Dawn, January 3": "2022-01-03", "Ferry Post, January 4": "2022-01-04"},
    )
    name_in(article, {"ALA": army})
    sources = words(reader.get("/actors/ardel-liberation-army/?view=sources").content.decode())
    assert "Cited where it is named Dawn 1 citation in 1 article" in sources
    assert "Ferry Post" not in sources


def test_coverage_tells_silence_from_months_without_an_issue(reader: Client, army: Actor) -> None:
    tell(army, date="2022-02-11")
    make_issue(number=9, date="2022-03-11")
    page = reader.get("/actors/ardel-liberation-army/?view=coverage").content.decode()
    text = words(page)
    assert "2022 nothing published 1 silent nothing published" in text
    assert '<td class="w5">1</td><td class="w0"><span class="visually-hidden">silent</span></td>' in page


def test_the_map_shows_where_its_articles_tell_of(reader: Client, army: Actor) -> None:
    asia = make_region("south-asia", "South Asia", "macro")
    land = make_region("PK", "Pakistan", "country", asia, countries=["PK"])
    city = make_region("gn1", "Vray", "city", land, lat=30.0, lon=67.0, coord_basis="point", countries=["PK"])
    tell(army)
    name_in(army.article_rows.get().article, {"Vray": city})
    page = reader.get("/actors/ardel-liberation-army/?view=map").content.decode()
    assert "World map: articles on 1 country: Pakistan (1); 1 place as points." in page
    assert '<a href="/regions/pakistan/" tabindex="-1">' in page
    assert "<title>Vray: 1 article</title>" in page
    assert "Region Articles Pakistan 1 Vray 1" in words(page)
    assert len(page) < 110_000


def test_every_view_has_an_address_and_others_are_refused(reader: Client, army: Actor) -> None:
    tell(army)
    for view in ("passages", "with", "sources", "annotations", "coverage", "map"):
        assert reader.get(f"/actors/ardel-liberation-army/?view={view}").status_code == 200
    assert reader.get("/actors/ardel-liberation-army/?view=nonsense").status_code == 422
    assert reader.get("/actors/no-such-actor/").status_code == 404


def test_a_known_actor_without_articles_has_a_page(reader: Client, army: Actor) -> None:
    assert "No article on the shelf names it" in words(reader.get("/actors/ardel-liberation-army/").content.decode())


def test_names_only_a_draft_brought_are_not_there(reader: Client, signed_in: SignIn) -> None:
    found = make_actor("Hidden Lodge", status="provisional", origin="text")
    article = make_issue(make_read_article("The Hidden Lodge met.", notes=()), state="draft").articles.get()
    name_in(article, {"Hidden Lodge": found})
    assert reader.get("/actors/hidden-lodge/").status_code == 404
    assert 'href="/actors/hidden-lodge/"' not in reader.get("/actors/?q=Hidden+Lodge&all=1").content.decode()
    curator = signed_in(make_user("curator"))
    assert curator.get("/actors/hidden-lodge/").status_code == 200


def test_what_drafts_say_counts_for_nobody_who_may_not_see_them(reader: Client, army: Actor) -> None:
    tell(army, state="draft")
    text = words(reader.get("/actors/ardel-liberation-army/").content.decode())
    assert "No article on the shelf names it" in text
    assert "Piece 1" not in text
    assert "Ferry Post" not in words(reader.get("/actors/ardel-liberation-army/?view=sources").content.decode())


def test_visitors_see_actors_where_reading_is_open(signed_in: SignIn, army: Actor, settings: Settings) -> None:
    visitor = signed_in(None)
    for address in ("/actors/", "/actors/ardel-liberation-army/", "/actors/coverage/", "/regions/", "/regions/map/"):
        assert visitor.get(address).status_code == 302
    settings.ANONYMOUS_READ = True
    for address in ("/actors/", "/actors/ardel-liberation-army/", "/actors/coverage/", "/regions/", "/regions/map/"):
        assert visitor.get(address).status_code == 200
    assert "Annotations" not in words(visitor.get("/actors/ardel-liberation-army/").content.decode())


def test_queries_do_not_grow_with_what_is_told(reader: Client, army: Actor) -> None:
    counts: dict[str, list[int]] = {}
    for batch in (1, 2, 5):
        for number in range(batch):
            tell(army, number=100 * batch + number)
            other = make_actor(f"Friend {batch} {number}", f"F{batch}{number}")
            relate(other, "member_of", army)
            name_in(army.article_rows.latest("pk").article, {"Vray": other})
        for view in ("passages", "with", "sources", "annotations", "coverage", "map"):
            address = f"/actors/ardel-liberation-army/?view={view}&wider=members"
            counts.setdefault(view, []).append(queries_for(reader, address))
        counts.setdefault("list", []).append(queries_for(reader, "/actors/"))
        counts.setdefault("meant", []).append(queries_for(reader, "/actors/?q=ALA"))
        counts.setdefault("months", []).append(queries_for(reader, "/actors/coverage/"))
    assert {name: max(found) - min(found) for name, found in counts.items()} == dict.fromkeys(counts, 0), counts
    assert max(map(max, counts.values())) <= 20, counts


def test_a_sentence_that_names_it_twice_is_told_once(reader: Client, army: Actor) -> None:
    article = make_article("The ALA met the ALA. Then the ALA left.", title="Twice")
    name_in(article, {"ALA": army})
    text = words(reader.get("/actors/ardel-liberation-army/").content.decode())
    assert text.count("met the") == 1
    assert "At the passage 2 times by “ALA”, an acronym" in text
    assert "Then the ALA left. At the passage by" in text
    assert "more mention" not in text


def test_an_article_shows_its_first_passages_and_how_many_more(reader: Client, army: Actor) -> None:
    name_in(make_article("\n\n".join(f"Line {n} of the ALA." for n in range(9))), {"ALA": army})
    text = words(reader.get("/actors/ardel-liberation-army/").content.decode())
    assert ("Line 3 of" in text, "Line 4 of" in text) == (True, False)
    assert "5 more mentions in the article" in text


def test_what_the_team_wrote_is_shown_at_once_and_to_those_who_may_see_it(signed_in: SignIn, army: Actor) -> None:
    tell(army)
    article, author = army.article_rows.get().article, make_user("analyst", name="oren")
    writer, reader = signed_in(author), signed_in(make_user("reader"))
    address = "/actors/ardel-liberation-army/?view=annotations"
    assert "no annotations" in words(writer.get(address).content.decode())
    start = TEXT.index("ALA met")
    for place, comment, visibility in ((start, "On the ALA.", "private"), (0, "Beside it.", "private")):
        passages = (AskedPassage(place, place + 3),)
        draft = Draft(article=article, passages=passages, comment=comment, visibility=visibility)
        create_annotation(uid=uuid4(), by=author, draft=draft)
    text = words(writer.get(address).content.decode())
    assert "1 annotation" in text
    assert "On the ALA." in text
    assert "Beside it." not in text
    assert "no annotations" in words(reader.get(address).content.decode())


def test_a_page_looks_at_the_newest_articles_and_leads_to_older_ones(
    reader: Client, army: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.entities.newest.REACH", 2)
    for number, day in enumerate(("2020-05-01", "2021-05-01", "2022-05-01")):
        tell(army, number=number, date=day)
    page = reader.get("/actors/ardel-liberation-army/").content.decode()
    text = words(page)
    assert "In more than 2 articles, about it 2 of the newest" in text
    assert "This page looks at the newest 2 articles, back to May 1, 2021. Older ones" in text
    assert ("Piece 2" in text, "Piece 1" in text, "Piece 0" in text) == (True, True, False)
    older = page.split('class="row window meta"')[1].split('href="')[1].split('"')[0]
    assert older == "/actors/ardel-liberation-army/?until=2021-05-01"
    text = words(reader.get(older).content.decode())
    assert "In 2 articles up to May 1, 2021, about it 2" in text
    assert ("Piece 2" in text, "Piece 1" in text, "Piece 0" in text) == (False, True, True)
    assert "The newest" in text
    grid = words(reader.get("/actors/ardel-liberation-army/?view=coverage").content.decode())
    assert ("2021" in grid, "2020" in grid) == (True, False)
    for view in ("with", "sources", "annotations", "map"):
        assert reader.get(f"{older}&view={view}").status_code == 200
    wrong = reader.get("/actors/ardel-liberation-army/?until=soon")
    assert (wrong.status_code, "“soon” is no day" in words(wrong.content.decode())) == (422, True)


def test_a_proposed_actor_leads_to_where_it_is_named(signed_in: SignIn, army: Actor) -> None:
    lodge = make_actor("Lodge of Nine", status="provisional", origin="text")
    (mention,) = name_in(make_article("The Lodge of Nine met."), {"Lodge of Nine": lodge}, status="suggested")
    analyst = signed_in(make_user("analyst")).get("/actors/lodge-of-nine/").content.decode()
    assert f'<a class="button" href="/review/names/?at={mention.pk}">See where it is named' in analyst
    assert "Confirm it" not in analyst
    assert "Confirm it" in signed_in(make_user("curator")).get("/actors/lodge-of-nine/").content.decode()
    assert signed_in(make_user("reader")).get("/actors/lodge-of-nine/").status_code == 404
    hidden = make_actor("Hidden Lodge", status="provisional", origin="text")
    draft = make_issue(make_read_article("The Hidden Lodge met.", notes=()), number=9, state="draft").articles.get()
    name_in(draft, {"Hidden Lodge": hidden}, status="suggested")
    assert signed_in(make_user("analyst")).get("/actors/hidden-lodge/").status_code == 404
