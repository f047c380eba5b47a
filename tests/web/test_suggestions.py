from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from monitor.entities.judgement_models import MentionJudgement
from monitor.entities.mention_models import Mention
from monitor.entities.models import Actor
from monitor.entities.region_models import Region
from tests.entity_rows import make_actor, make_region, name_in
from tests.factories import make_issue, make_read_article, make_user
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

QUEUE = "/review/names/"
HTMX = {"HX-Request": "true", "HX-Target": "queue"}


@pytest.fixture
def analyst(signed_in: SignIn) -> Client:
    return signed_in(make_user("analyst"))


@pytest.fixture
def lodge(db: None) -> Actor:
    return make_actor("Lodge of Nine")


def wait(lodge: Actor, *surfaces: str, number: int = 1, state: str = "published", **facts: Any) -> list[Mention]:
    """Store an issue in whose text these words wait, each in a line of its own."""
    text = "\n\n".join(["First line.", *(f"Then {surface} met." for surface in surfaces), "Last line."])
    read = make_read_article(text, title=f"Piece {number}", notes=())
    article = make_issue(read, number=number, state=state).articles.get()
    given: dict[str, Any] = {"score": 0.6, "method": "fuzzy", "status": "suggested"} | facts
    return name_in(article, dict.fromkeys(surfaces, lodge), **given)


def judge(client: Client, mention: Mention, verdict: str, **given: str) -> str:
    """Send a decision by a form and return the page it leads to as words."""
    answer = client.post(f"/mentions/{mention.pk}/judge/", {"verdict": verdict, **given}, follow=True)
    assert answer.status_code in {200, 422}
    return words(answer.content.decode())


def test_what_waits_is_shown_beside_its_text(analyst: Client, lodge: Actor) -> None:
    wait(lodge, "The Lodge", "the Nine")
    page = analyst.get(QUEUE).content.decode()
    text = words(page)
    assert "2 uncertain names in 1 article, the least certain first." in text
    assert (
        "“The Lodge” 0.60 sure Proposed: Lodge of Nine , armed group Much like a known name. No other is like it."
        in text
    )
    assert 'Then <mark class="a d1 on" data-colour="cyan" id="suggested">The Lodge</mark> met.' in page
    assert "First line." in text
    assert "“the Nine” Lodge of Nine 0.60 much like a known name" in text


def test_the_least_certain_comes_first_and_those_alike_are_one(analyst: Client, lodge: Actor) -> None:
    wait(lodge, "Surer", number=1, score=0.9)
    wait(lodge, "Lodge", number=2, score=0.4)
    wait(lodge, "lodge", number=3, score=0.5)
    text = words(analyst.get(QUEUE).content.decode())
    assert "3 uncertain names in 3 articles" in text
    assert "2 like it in 2 articles." in text
    assert text.index("“Lodge”") < text.index("“Surer”")
    assert "“lodge”" not in text


def test_accepting_counts_at_once_and_goes_on(analyst: Client, lodge: Actor) -> None:
    first, second = wait(lodge, "The Lodge", "the Nine")
    text = judge(analyst, first, "confirm", next=str(second.pk))
    first.refresh_from_db()
    assert first.status == "confirmed"
    assert lodge.article_rows.get().n == 1
    assert (
        "Accepted: “The Lodge”. 1 uncertain name in 1 article, the least certain first. 1 decided by you today." in text
    )
    assert "Undo" in text
    assert "“the Nine” 0.60" in text


def test_a_script_gets_the_queue_alone(analyst: Client, lodge: Actor) -> None:
    first, second = wait(lodge, "The Lodge", "the Nine")
    answer = analyst.post(f"/mentions/{first.pk}/judge/", {"verdict": "confirm", "next": second.pk}, headers=HTMX)
    page = answer.content.decode()
    assert page.strip().startswith('<mention-queue id="queue" data-keys-wait>')
    judgement = MentionJudgement.objects.get()
    assert f'action="/review/names/{judgement.pk}/undo/"' in page
    back = analyst.post(f"/review/names/{judgement.pk}/undo/", headers=HTMX).content.decode()
    assert "Taken back: “The Lodge” waits again. 2 uncertain names" in words(back)
    assert 'id="suggested">The Lodge</mark>' in back
    first.refresh_from_db()
    assert first.status == "suggested"


@pytest.mark.parametrize(("scope", "left"), [("mention", 2), ("article", 1), ("all", 0)])
def test_a_rejection_reaches_as_far_as_one_says(scope: str, left: int, analyst: Client, lodge: Actor) -> None:
    read = make_read_article("The Lodge met.\n\nThe Lodge left.", notes=())
    here = make_issue(read, number=1).articles.get()
    first, _ = name_in(here, {"The Lodge": lodge}, status="suggested")
    wait(lodge, "The Lodge", number=2)
    text = judge(analyst, first, "reject", scope=scope)
    assert Mention.objects.filter(status="suggested").count() == left
    assert "Rejected: “The Lodge”" in text


def test_all_like_it_are_accepted_at_once_but_never_where_several_are_meant(analyst: Client, lodge: Actor) -> None:
    first, *_ = wait(lodge, "The Lodge", number=1)
    wait(lodge, "The Lodge", number=2)
    assert "Accept all 2 like it" in words(analyst.get(QUEUE).content.decode())
    judge(analyst, first, "confirm", scope="all")
    assert Mention.objects.filter(status="confirmed").count() == 2
    make_actor("Lodge of Ten")
    wait(lodge, "Lodges", number=3, candidates=[["lodge-of-ten", 91]])
    wait(lodge, "Lodges", number=4, candidates=[["lodge-of-ten", 91]])
    text = words(analyst.get(QUEUE).content.decode())
    assert "Instead Lodge of Ten Armed group, 0.91" in text
    assert "Accept all" not in text


def test_it_can_be_another(analyst: Client, lodge: Actor) -> None:
    (mention,) = wait(lodge, "The Lodge")
    ten = make_actor("Lodge of Ten", "LoT")
    judge(analyst, mention, "relink", name="lot")
    mention.refresh_from_db()
    assert (mention.status, mention.actor) == ("confirmed", ten)
    (other,) = wait(lodge, "The Nine", number=2)
    place = make_region("gn1", "Nine Elms", "place")
    judge(analyst, other, "relink", instead="region:nine-elms")
    assert Mention.objects.get(region=place).status == "confirmed"


def test_a_name_of_several_is_asked_back(analyst: Client, lodge: Actor) -> None:
    (mention,) = wait(lodge, "The Lodge")
    make_actor("Allied Forces", "ADF")
    make_actor("Army of Farmers", "ADF")
    text = judge(analyst, mention, "relink", name="ADF")
    assert "“ADF” is the name of 2: choose one of them." in text
    assert "Which one? Allied Forces Armed group Army of Farmers Armed group" in text
    assert "Nobody and no place is called “XYZ”." in judge(analyst, mention, "relink", name="XYZ")
    assert "Say who or what it is." in judge(analyst, mention, "relink")
    assert MentionJudgement.objects.count() == 0


def test_the_queue_of_one_article(analyst: Client, lodge: Actor) -> None:
    (first,) = wait(lodge, "The Lodge", number=1)
    wait(lodge, "The Nine", number=2)
    text = words(analyst.get(f"{QUEUE}?article={first.article_id}").content.decode())
    assert "1 uncertain name in 1 article" in text
    assert "“The Nine”" not in text
    done = judge(analyst, first, "confirm", article=str(first.article_id))
    assert "Every name is decided. Suggestions in all articles" in done


def test_any_of_them_can_be_opened(analyst: Client, lodge: Actor) -> None:
    _, second = wait(lodge, "The Lodge", "the Nine")
    page = analyst.get(f"{QUEUE}?at={second.pk}").content.decode()
    assert 'id="suggested">the Nine</mark>' in page
    assert f"{QUEUE}?at=" in page
    assert analyst.get(f"{QUEUE}?at=nonsense").status_code == 200


def test_judging_from_the_card_leads_back_to_the_article(analyst: Client, lodge: Actor) -> None:
    (mention,) = wait(lodge, "The Lodge")
    card = words(analyst.get(f"/mentions/{mention.pk}/", headers={"HX-Request": "true"}).content.decode())
    assert card.endswith("Found suggested: much like a known name, 0.60 sure Right Wrong More…")
    answer = analyst.post(f"/mentions/{mention.pk}/judge/", {"verdict": "reject", "back": "article"})
    assert answer["Location"] == mention.article.get_absolute_url()


def test_suggestions_in_titles_and_notes_are_shown_there(analyst: Client, lodge: Actor) -> None:
    article = make_issue(make_read_article("Nothing.[1]", title="The Lodge", notes=("See the Nine.",))).articles.get()
    text = article.texts.get()
    facts = {"article": article, "text_version": text, "kind": "actor", "actor": lodge, "status": "suggested"}
    Mention.objects.create(**facts, where="title", start=0, end=9, surface="The Lodge", fold="the lodge", score=0.1)
    note = article.notes.get()
    Mention.objects.create(**facts, where="note", note=note, start=4, end=12, surface="the Nine", fold="the nine")
    page = analyst.get(QUEUE).content.decode()
    assert '<mark class="a d1 on" data-colour="cyan" id="suggested">The Lodge</mark>' in page
    second = Mention.objects.get(where="note")
    page = analyst.get(f"{QUEUE}?at={second.pk}").content.decode()
    assert 'See <mark class="a d1 on" data-colour="cyan" id="suggested">the Nine</mark>.' in page
    assert ", note 1" in words(page)


def test_who_may_judge(people: dict[str, User], signed_in: SignIn, lodge: Actor) -> None:
    seen = {}
    for number, role in enumerate(("reader", "analyst", "curator", "admin")):
        (mention,) = wait(lodge, f"Lodge {number}", number=10 + number)
        (hidden,) = wait(lodge, f"Cave {number}", number=20 + number, state="draft")
        client = signed_in(people[role])
        answers = [client.get(QUEUE)]
        answers += [client.post(f"/mentions/{each.pk}/judge/", {"verdict": "confirm"}) for each in (mention, hidden)]
        seen[role] = [answer.status_code for answer in answers]
    assert seen == {
        "reader": [403, 403, 403],
        "analyst": [200, 302, 404],
        "curator": [200, 302, 302],
        "admin": [200, 302, 302],
    }
    first = MentionJudgement.objects.earliest("pk")
    undone = [
        signed_in(people[role]).post(f"/review/names/{first.pk}/undo/").status_code
        for role in ("reader", "curator", "analyst")
    ]
    assert undone == [403, 302, 422]
    visitor = signed_in(None)
    assert [visitor.get(QUEUE).status_code, visitor.post(f"/mentions/{first.pk}/judge/").status_code] == [302, 302]
    assert signed_in(people["analyst"]).get(f"/mentions/{first.pk}/judge/").status_code in {302, 405}


def test_drafts_wait_for_nobody_who_may_not_see_them(analyst: Client, lodge: Actor) -> None:
    wait(lodge, "The Lodge", state="draft")
    assert "Nothing waits for a decision." in words(analyst.get(QUEUE).content.decode())


def test_queries_do_not_grow_with_what_waits(analyst: Client, lodge: Actor) -> None:
    counts = []
    for batch in (1, 2, 6):
        for number in range(batch):
            wait(make_actor(f"Lodge {batch} {number}"), f"Lodge {batch} {number}", number=10 * batch + number)
        counts.append(queries_for(analyst, QUEUE))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 10


def answer_to(analyst: Client, mention: Mention, **given: str) -> Any:
    return analyst.post(f"/mentions/{mention.pk}/judge/", {"verdict": "new", **given}, follow=True)


def press_undo(client: Client, page: str) -> str:
    """Press the queue's own button; return the page it leads to, as words."""
    form = (
        page.split('class="queue-undo"', maxsplit=1)[0].rsplit("<form", 1)[1]
        + page.split('class="queue-undo"')[1].split("</form>", maxsplit=1)[0]
    )
    address = form.split('action="')[1].split('"')[0]
    token = form.split('name="with" value="')[1].split('"')[0] if 'name="with"' in form else ""
    return words(client.post(address, {"with": token}, follow=True).content.decode())


def test_a_name_nobody_has_becomes_an_actor_and_that_is_undone_as_one(signed_in: SignIn, db: None) -> None:
    curator = signed_in(make_user("curator"))
    (mention,) = wait(make_actor("Lodge of Nine"), "The Nine")
    Mention.objects.filter(pk=mention.pk).update(actor=None, candidates=[])
    page = curator.get(QUEUE).content.decode()
    assert 'data-review="accept"' not in page
    assert '<input id="new-name" name="new_name" autocomplete="off" maxlength="200" value="The Nine" required>' in page
    answer = answer_to(curator, mention, new_name="The Nine of Vray", new_kind="actor:alliance", as_alias="1")
    made = Actor.objects.get(slug="the-nine-of-vray")
    mention.refresh_from_db()
    assert (made.kind, mention.actor, mention.status) == ("alliance", made, "confirmed")
    assert list(made.aliases.order_by("pk").values_list("text", flat=True)) == ["The Nine of Vray", "The Nine"]
    text = press_undo(curator, answer.content.decode())
    assert "Taken back: “The Nine” waits again." in text or "1 uncertain name" in text
    made.refresh_from_db()
    mention.refresh_from_db()
    assert (made.status, mention.status, mention.actor) == ("retired", "suggested", None)
    assert made.aliases.filter(retired=False, text="The Nine").count() == 0


def test_a_place_nobody_has_becomes_a_region_in_another(analyst: Client, lodge: Actor) -> None:
    land = make_region("PK", "Pakistan", "country", countries=["PK"])
    (mention,) = wait(lodge, "Vray")
    missing = answer_to(analyst, mention, new_name="Vray", new_kind="region:place")
    assert (missing.status_code, "Say in which region it lies." in words(missing.content.decode())) == (422, True)
    nameless = answer_to(analyst, mention, new_kind="region:place", parent="Pakistan")
    assert "Say what it is called." in words(nameless.content.decode())
    answer = answer_to(analyst, mention, new_name="Vray", new_kind="region:place", parent="Pakistan")
    region = Region.objects.get(slug="vray")
    assert region.upward.get().parent == land
    assert Mention.objects.get(article=mention.article, status="confirmed").region == region
    press_undo(analyst, answer.content.decode())
    region.refresh_from_db()
    assert (region.retired, Mention.objects.filter(status="confirmed").count()) == (True, 0)
    assert answer_to(analyst, mention, new_name="Vray", new_kind="actor:alliance").status_code == 403
    assert Actor.objects.filter(slug="vray").count() == 0


def test_words_become_a_name_of_who_is_meant(signed_in: SignIn, lodge: Actor) -> None:
    curator = signed_in(make_user("curator"))
    (mention,) = wait(lodge, "TN")
    front = make_actor("Weir Front")
    given = {"verdict": "relink", "name": "Weir Front", "as_alias": "1"}
    answer = curator.post(f"/mentions/{mention.pk}/judge/", given, follow=True)
    alias = front.aliases.get(text="TN")
    assert (alias.sort, alias.retired) == ("acronym", False)
    press_undo(curator, answer.content.decode())
    alias.refresh_from_db()
    assert alias.retired


def test_an_undo_takes_out_nothing_that_its_decision_did_not_make(signed_in: SignIn, lodge: Actor) -> None:
    curator = signed_in(make_user("curator"))
    first, second = wait(lodge, "TN", "The Nine")
    given = {"verdict": "relink", "name": "Weir Front", "as_alias": "1"}
    front = make_actor("Weir Front")
    page = curator.post(f"/mentions/{first.pk}/judge/", given, follow=True).content.decode()
    token = page.split('name="with" value="')[1].split('"')[0]
    judge(curator, second, "confirm")
    other = MentionJudgement.objects.latest("pk")
    for false in (token, "nonsense", token + "x"):
        curator.post(f"/review/names/{other.pk}/undo/", {"with": false})
    assert front.aliases.get(text="TN").retired is False


def test_more_than_a_page_waits_and_is_gone_through_without_a_gap(analyst: Client, lodge: Actor) -> None:
    mentions = wait(lodge, *(f"Name {number:02}" for number in range(27)))
    for number, mention in enumerate(mentions):
        Mention.objects.filter(pk=mention.pk).update(score=0.1 + number / 100)
    page = analyst.get(QUEUE).content.decode()
    assert ("“Name 24”" in words(page), "“Name 25”" in words(page)) == (True, False)
    following = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = analyst.get(following).content.decode()
    assert ("“Name 24”" in words(second), "“Name 25”" in words(second), "“Name 26”" in words(second)) == (
        False,
        True,
        True,
    )
    assert "From the beginning" in words(second)
    # The last of a page leads on to the first of the next one.
    last = analyst.get(f"{QUEUE}?at={mentions[24].pk}").content.decode()
    assert f'name="next" value="{mentions[25].pk}"' in last
    answer = analyst.post(
        f"/mentions/{mentions[24].pk}/judge/",
        {"verdict": "confirm", "next": mentions[25].pk},
        HTTP_HX_REQUEST="true",
        HTTP_HX_TARGET="queue",
    )
    assert 'id="suggested">Name 25</mark>' in answer.content.decode()
    # One that stands on another page opens there, and an address with nonsense is the beginning.
    assert 'id="suggested">Name 26</mark>' in analyst.get(f"{QUEUE}?at={mentions[26].pk}").content.decode()
    for nonsense in ("x", "1~", "nan~4", "0.5~-1", "2~1"):
        assert 'id="suggested">Name 00</mark>' in analyst.get(f"{QUEUE}?from={nonsense}").content.decode()
    assert 'id="suggested">Name 00</mark>' in analyst.get(f"{QUEUE}?from=0.99~1").content.decode()
