"""The codebook's pages: who sees and keeps which tag, what is counted, and what happens to the second editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from monitor.annotations.codebook import describe_tag, make_tag, rename_tag
from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import AnnotationTag, PinnedTag, Tag
from monitor.library.models import Article, State
from monitor.web.tags import address_of
from tests.annotations.people_and_texts import House, make_house
from tests.web.pages import queries_for, words

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
CANARY = "Xylograph"
SIGN_IN, OK, DONE, FORBIDDEN, HIDDEN, REFUSED = 302, 200, "done", 403, 404, 422
PEOPLE = ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator")


@pytest.fixture
def house() -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def tag(house: House, name: str, **facts: Any) -> Tag:
    return make_tag(name=name, by=house.curator, **facts)


def page(person: User, address: str) -> str:
    answer = sign_in(person).get(address)
    assert answer.status_code == 200
    return words(answer.content.decode())


def three_tags(house: House) -> dict[str, Tag]:
    return {
        "shared": make_tag(name="Common", by=house.curator),
        "team": make_tag(name=f"{CANARY}team", by=house.author, team=house.team),
        "own": make_tag(name=f"{CANARY}own", by=house.author, private=True),
    }


# -- Who gets what -----------------------------------------------------------------------------------------------------
SEES = {
    "shared": set(PEOPLE),
    "team": {"author", "mate", "keeper", "member_who_reads"},
    "own": {"author"},
}
KEEPS = {"shared": {"curator"}, "team": {"author", "mate", "keeper"}, "own": {"author"}}
FIELDS: dict[str, dict[str, object]] = {
    "describe": {"definition": "Of lamps.", "example": "", "colour": "red"},
    "rename": {"name": "Another"},
    "move": {"parent": ""},
    "merge": {"into": ""},
    "split": {"name": "Part"},
    "delete": {},
    "pin": {"digit": "4"},
}
SUCCEEDS = {"describe", "rename", "move", "delete", "pin"}  # the others lack what they need, and say so


@pytest.mark.parametrize("kind", ["shared", "team", "own"])
def test_each_person_may_do_to_each_tag_what_the_table_says(house: House, kind: str) -> None:
    found = three_tags(house)[kind]
    clients = {who: sign_in(getattr(house, who)) for who in PEOPLE}
    wanted, got = {}, {}
    for verb, fields in FIELDS.items():
        name, arguments = ("pin-tag", [found.uid]) if verb == "pin" else ("act-on-tag", [found.uid, verb])
        allowed = SEES[kind] if verb == "pin" else KEEPS[kind]
        for who in PEOPLE:
            may = SIGN_IN if verb in SUCCEEDS else REFUSED
            wanted[verb, who] = HIDDEN if who not in SEES[kind] else may if who in allowed else FORBIDDEN
            now = {"revision": Tag.objects.get(pk=found.pk).revision}
            got[verb, who] = clients[who].post(reverse(name, args=arguments), now | fields).status_code
            Tag.objects.filter(pk=found.pk).update(deleted=None)
    assert got == wanted


@pytest.mark.parametrize("kind", ["shared", "team", "own"])
def test_each_person_sees_the_tags_of_their_scopes_and_no_others(house: House, kind: str) -> None:
    found = three_tags(house)[kind]
    for who in PEOPLE:
        client = sign_in(getattr(house, who))
        seen = who in SEES[kind]
        assert client.get(address_of(found)).status_code == (OK if seen else HIDDEN)
        assert client.get(reverse("tag", args=[found.path])).status_code == (OK if seen else HIDDEN)
        assert (found.name in client.get(reverse("tags")).content.decode()) == seen
        assert (found.path in client.get(reverse("suggest-tags"), {"q": found.name}).content.decode()) == seen


def test_strangers_are_asked_to_sign_in(house: House, client: Client) -> None:
    found = three_tags(house)["shared"]
    addresses = [reverse("tags"), address_of(found), reverse("suggest-tags")]
    assert [client.get(address).status_code for address in addresses] == [302, 302, 302]
    posts = [
        reverse("make-tag"),
        reverse("pin-tag", args=[found.uid]),
        reverse("act-on-tag", args=[found.uid, "delete"]),
    ]
    assert [client.post(address).status_code for address in posts] == [302, 302, 302]
    assert Tag.objects.filter(deleted=None).count() == 3


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("shared", {"author", "mate", "keeper", "outsider", "curator"}),
        ("team", {"author", "mate", "keeper"}),
        ("mine", set(PEOPLE)),
    ],
)
def test_who_may_make_tags_in_which_codebook(house: House, scope: str, allowed: set[str]) -> None:
    for who in PEOPLE:
        data = {
            "new-name": f"Of {who}",
            "new-scope": str(house.team.uid) if scope == "team" else scope,
            "new-colour": "red",
        }
        answer = sign_in(getattr(house, who)).post(reverse("make-tag"), data)
        assert answer.status_code == (302 if who in allowed else 422)
    assert Tag.objects.count() == len(allowed)


def test_hidden_tags_answer_as_unknown_ones(house: House) -> None:
    hidden = three_tags(house)["own"]
    client = sign_in(house.curator)
    client.cookies["csrftoken"] = "a" * 32
    pages = {path: client.get(reverse("tag", args=[path])).content.decode() for path in (hidden.path, "nothing-such")}
    token = r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"'
    assert len({re.sub(token, "", html).replace(path, "PATH") for path, html in pages.items()}) == 1


def test_a_name_that_another_took_for_themselves_behaves_as_new(house: House) -> None:
    three_tags(house)
    answer = sign_in(house.outsider).post(
        reverse("make-tag"), {"new-name": f"{CANARY}own", "new-scope": "shared", "new-colour": "red"}
    )
    assert answer["Location"] == f"/tags/{CANARY.lower()}own/?of=shared"


# -- What is counted ---------------------------------------------------------------------------------------------------
def test_uses_count_each_annotation_once_with_the_tags_below(house: House) -> None:
    night, raid = tag(house, "raid/night"), Tag.objects.get(path="raid")
    tag(house, "raid-2")
    house.mark(tags=(raid, night), visibility="everyone")
    house.mark("dusk", tags=(night,), visibility="everyone")
    house.mark("gate", tags=(night,))  # private
    assert page(house.author, reverse("tags")).count("3 uses") == 2
    text = page(house.outsider, reverse("tags"))
    assert "raid 2 uses night 2 uses" in text
    assert "raid-2 no uses" in text


def test_a_tags_page_lists_what_one_may_see_newest_first(house: House) -> None:
    night, raid = tag(house, "raid/night"), Tag.objects.get(path="raid")
    house.mark("lamps", tags=(raid,), visibility="everyone", comment="older")
    newer = house.mark("dusk", tags=(night,), visibility="everyone", comment="newer")
    house.mark("gate", tags=(raid,), comment=CANARY)
    house.mark("gate", tags=(raid,), comment=f"{CANARY} team", visibility="team", team=house.team)
    text = page(house.outsider, address_of(raid))
    assert text.index("newer") < text.index("older")
    assert "2 uses" in text
    assert CANARY not in text
    assert "newer" not in page(house.outsider, address_of(raid) + "&exact=1")
    html = sign_in(house.outsider).get(address_of(raid)).content.decode()
    assert f'href="{house.article.get_absolute_url()}#a{newer.uid}"' in html
    assert "4 uses" in page(house.author, address_of(raid))


def test_an_own_annotation_on_a_withdrawn_text_stays_without_the_texts_name(house: House) -> None:
    raid = tag(house, "raid")
    house.mark(tags=(raid,), comment="mine")
    Article.objects.update(state=State.WITHDRAWN)
    text = page(house.author, address_of(raid))
    assert "mine In a text that is no longer on the shelf" in text
    assert house.article.title not in text


def test_a_long_list_is_paged_and_no_row_is_lost(house: House) -> None:
    raid = tag(house, "raid")
    made = Annotation.objects.bulk_create(
        Annotation(article=house.article, owner=house.author, comment=f"word{n:03}.", visibility="everyone")
        for n in range(120)
    )
    AnnotationTag.objects.bulk_create(AnnotationTag(annotation=mark, tag=raid) for mark in made)
    client, address, seen = sign_in(house.reader), address_of(raid), []
    while address:
        html = client.get(address).content.decode()
        seen += re.findall(r"word(\d{3})\.", html)
        later = re.search(r'rel="next" href="([^"]+)"', html)
        address = later[1].replace("&amp;", "&") if later else ""
        address = address and f"/tags/raid/{address}"
    assert seen == [f"{n:03}" for n in range(119, -1, -1)]


@pytest.mark.parametrize("name", ["tags", "tag", "suggest-tags"])
def test_pages_ask_as_often_for_many_tags_and_uses_as_for_one(house: House, name: str) -> None:
    raid = tag(house, "raid")
    address = {"tags": reverse("tags"), "tag": address_of(raid), "suggest-tags": reverse("suggest-tags") + "?q=r"}[name]
    client = sign_in(house.curator)
    counts = set()
    for rows in (1, 3, 300):
        there = Tag.objects.count()
        more = Tag.objects.bulk_create(
            Tag(name=f"r{n}", key=f"r{n}", path=f"raid/r{n}", parent=raid) for n in range(there, rows)
        )
        marks = Annotation.objects.bulk_create(
            Annotation(article=house.article, owner=house.author, comment="x", visibility="everyone") for _ in more
        )
        AnnotationTag.objects.bulk_create(AnnotationTag(annotation=m, tag=t) for m, t in zip(marks, more, strict=True))
        if rows == 1:
            house.mark(tags=(raid,), visibility="everyone")
        counts.add(queries_for(client, address))
    assert len(counts) == 1


# -- Keeping -----------------------------------------------------------------------------------------------------------
def act(person: User, found: Tag, verb: str, **fields: Any) -> Any:
    return sign_in(person).post(reverse("act-on-tag", args=[found.uid, verb]), fields)


def test_old_addresses_lead_to_the_new_one_also_after_undoing(house: House) -> None:
    raid = tag(house, "raid")
    client = sign_in(house.curator)
    renamed = client.post(reverse("act-on-tag", args=[raid.uid, "rename"]), {"revision": 1, "name": "Foray"})
    assert renamed["Location"] == "/tags/foray/?of=shared"
    shown = client.get(renamed["Location"]).content.decode()
    assert f'action="{reverse("undo-mark")}"' in shown
    assert client.get("/tags/raid/")["Location"] == "/tags/foray/?of=shared"
    client.post(reverse("undo-mark"), headers={"Referer": "http://testserver/tags/foray/?of=shared"})
    assert client.get("/tags/foray/?of=shared")["Location"] == "/tags/raid/?of=shared"


def test_move_and_merge_take_tags_of_the_same_codebook_alone(house: House) -> None:
    tags, other = three_tags(house), tag(house, "Other")
    for verb, field in (("move", "parent"), ("merge", "into")):
        for wrong in (tags["own"].uid, tags["team"].uid, tags["shared"].uid, "nonsense", "0" * 32):
            refused = act(house.curator, tags["shared"], verb, revision=1, **{field: wrong})
            assert refused.status_code == 422
            assert "Choose a tag of this codebook." in refused.content.decode()
            assert CANARY not in refused.content.decode()
    moved = act(house.curator, tags["shared"], "move", revision=1, parent=other.uid)
    assert moved["Location"] == "/tags/other/common/?of=shared"
    third = tag(house, "Third")
    merged = act(house.curator, third, "merge", revision=1, into=other.uid)
    assert merged["Location"] == "/tags/other/?of=shared"


def test_the_second_editor_sees_both_sides_and_may_then_save(house: House) -> None:
    raid = tag(house, "raid")
    describe_tag(tag=raid, by=house.curator, revision=1, definition="Theirs.", example="", colour="red")
    fields = {"definition": "Mine.", "example": "", "colour": "blue"}
    refused = act(house.curator, raid, "describe", revision=1, **fields)
    html = refused.content.decode()
    assert refused.status_code == 412
    assert "Theirs." in words(html)
    assert "Mine.</textarea>" in html
    assert 'name="revision" value="2"' in html
    assert act(house.curator, raid, "describe", revision=2, **fields).status_code == 302
    raid.refresh_from_db()
    assert (raid.definition, raid.colour) == ("Mine.", "blue")


def test_a_refused_change_says_why_on_the_tags_own_page(house: House) -> None:
    raid = tag(house, "raid")
    tag(house, "foray")
    refused = act(house.curator, raid, "rename", revision=1, name="FORAY")
    assert refused.status_code == 422
    assert "There is a tag “FORAY” in that place" in refused.content.decode()


def test_splitting_takes_the_ticked_passages(house: House) -> None:
    raid = tag(house, "raid")
    night = house.mark(comment="night", visibility="everyone", tags=(raid,))
    house.mark(comment="day", visibility="everyone", tags=(raid,))
    assert f'name="marks" value="{night.uid}"' in sign_in(house.curator).get(address_of(raid)).content.decode()
    assert 'name="marks"' not in sign_in(house.reader).get(address_of(raid)).content.decode()
    answer = act(house.curator, raid, "split", name="Night raid", marks=[str(night.uid)])
    assert answer["Location"] == "/tags/raid/?of=shared"
    assert [use.tag.path for use in night.taggings.all()] == ["night-raid"]
    assert act(house.curator, raid, "split", name="Odd", marks=["nonsense"]).status_code == 422


def test_deleting_leads_to_the_codebook_with_an_undo(house: House) -> None:
    raid = tag(house, "raid")
    client = sign_in(house.curator)
    answer = client.post(reverse("act-on-tag", args=[raid.uid, "delete"]), {"revision": 1})
    assert answer["Location"] == reverse("tags")
    assert "Deleted. Undo" in words("<main>" + client.get(reverse("tags")).content.decode())
    assert client.get(reverse("tag", args=["raid"])).status_code == 404
    client.post(reverse("undo-mark"))
    assert client.get(reverse("tag", args=["raid"])).status_code == 200


@pytest.mark.parametrize("path", ["a%00b", "raid/", "//", "%F0%9F%98%80", "a" * 3000])
def test_addresses_that_are_none_are_not_there(house: House, path: str) -> None:
    tag(house, "raid/night")
    assert sign_in(house.reader).get(f"/tags/{path}/").status_code == 404
    assert sign_in(house.reader).get("/tags/raid/?of=nonsense").status_code == 404


@pytest.mark.parametrize("written", ["Raid/Night%20Watch", "raid/NIGHT-watch", "RAID/Night Watch"])
def test_a_name_in_an_address_leads_to_its_tag(house: House, written: str) -> None:
    tag(house, "Raid/Night Watch")
    answer = sign_in(house.reader).get(f"/tags/{written}/")
    assert answer["Location"] == "/tags/raid/night-watch/?of=shared"


def test_a_tag_may_be_named_as_an_address_is(house: House) -> None:
    found = tag(house, "Suggest")
    assert "Suggest" in page(house.reader, address_of(found))


def test_a_script_gets_the_list_alone(house: House) -> None:
    for name in ("raid/night", "boats"):
        tag(house, name)
    html = sign_in(house.reader).get(reverse("tags"), {"q": "nigh"}, headers={"HX-Request": "true"}).content.decode()
    assert "<main" not in html
    assert re.findall(r"<bdi>([^<]+)</bdi></a>", html) == ["raid", "night"]
    assert "No tag is like that" in page(house.reader, reverse("tags") + "?q=zebra")


# -- Suggestions and digits --------------------------------------------------------------------------------------------
def suggestions(person: User, **asked: Any) -> list[str]:
    answer = sign_in(person).get(reverse("suggest-tags"), {"q": "", **asked})
    return [row["path"] for row in answer.json()["tags"]]


def test_suggestions_begin_any_word_without_case_and_accents(house: House) -> None:
    for name in ("Prison break", "Société", "Violence/Prison riot", "Imprisoned"):
        tag(house, name)
    assert suggestions(house.reader, q="PRIS") == ["prison-break", "violence/prison-riot"]
    assert suggestions(house.reader, q="bre pri") == ["prison-break"]
    assert suggestions(house.reader, q="societe") == ["société"]
    assert suggestions(house.reader, q="zzz") == []


def test_suggestions_put_first_what_is_used_in_this_article_then_what_one_used_lately(house: House) -> None:
    tags = {name: tag(house, name) for name in ("alpha", "beta", "gamma")}
    house.mark(tags=(tags["gamma"],), visibility="everyone")
    house.mark(tags=(tags["beta"],), by=house.outsider)
    assert suggestions(house.outsider, article=house.article.pk) == ["beta", "gamma", "alpha"]
    assert suggestions(house.reader, article=house.article.pk) == ["gamma", "alpha", "beta"]
    assert suggestions(house.reader) == ["alpha", "beta", "gamma"]


def test_a_digit_holds_one_tag_and_a_tag_one_digit(house: House) -> None:
    raid, boats = tag(house, "raid"), tag(house, "boats")
    client = sign_in(house.reader)

    def pin(found: Tag, digit: object) -> int:
        return client.post(reverse("pin-tag", args=[found.uid]), {"digit": digit}).status_code

    pins = PinnedTag.objects.filter(person=house.reader).values_list("digit", "tag__path")
    for found, digit, wanted in (
        (raid, 1, [(1, "raid")]),
        (raid, 2, [(2, "raid")]),
        (boats, 2, [(2, "boats")]),
        (raid, 9, [(2, "boats"), (9, "raid")]),
        (boats, "", [(9, "raid")]),
        (boats, 0, [(9, "raid")]),
        (boats, 10, [(9, "raid")]),
    ):
        assert pin(found, digit) == 302
        assert list(pins.all()) == wanted
    assert "raid 9 no uses" in page(house.reader, reverse("tags"))


def test_a_tag_that_is_kept_by_others_now_shows_its_new_name(house: House) -> None:
    raid = tag(house, "raid")
    sign_in(house.reader).post(reverse("pin-tag", args=[raid.uid]), {"digit": 3})
    rename_tag(tag=raid, by=house.curator, revision=1, name="Foray")
    assert "Foray 3" in page(house.reader, reverse("tags"))
