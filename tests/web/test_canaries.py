"""Words of private and team annotations are in no answer of any address of the site, page, file or feed, for others.

Addresses are taken from the site itself: one that is added tomorrow is asked as well.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from monitor.annotations.replies import reply_to
from monitor.library.source_models import Citation
from monitor.web.forms.marks import named_tags
from tests.annotations.people_and_texts import House, make_house
from tests.entity_rows import make_actor, make_region, name_in

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
# Whatever an address understands of it: words that stand in the marked text, and every way to show more.
ASKED = {
    "q": "lamps",
    "phrase": "lamps",
    "scope": "archive",
    "print": "all",
    "by": "tag",
    "whose": "all",
    "view": "list",
}
MOST_OF_ONE = 3  # tries of one address, with other things in it
SENT_AWAY = {"account_logout"}


def sow(house: House, scope: str, word: str) -> Any:
    """Write an annotation of this scope with the word in all that a person can write."""
    team = house.team if scope == "team" else None
    tags = named_tags(f"{word}tag", by=house.author, visibility=scope, team=team)
    mark = house.mark(visibility=scope, team=team, comment=f"{word} @mate @outsider @curator", tags=tags)
    reply_to(uid=uuid4(), mark=mark, by=house.author, comment=f"{word} once more @mate @outsider")
    return mark, tags[0]


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the name of every address, with what it holds."""
    for one in patterns:
        if isinstance(one, URLResolver):
            space = f"{before}{one.namespace}:" if one.namespace else before
            yield from addresses(one.url_patterns, space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{before}{one.name}", list(one.pattern.regex.groupindex)


@pytest.fixture
def house() -> House:
    cache.clear()
    house = make_house()
    guild, port = make_actor("Lamp Guild"), make_region("PK", "Pakistan", "country")
    name_in(house.article, {"lamps": guild, "gate": port}, about=True)
    return house


def values(house: House, sown: dict[str, Any]) -> dict[str, list[Any]]:
    """Return what may stand in an address, by the name it has there: of the private things first."""
    (private, hidden), (shared, team_tag) = sown["private"], sown["team"]
    return {
        "pk": [house.article.pk, house.article.issue_id, house.mate.pk],
        "uid": [private.uid, hidden.uid, shared.uid, team_tag.uid, private.replies.get().uid],
        "slug": [house.article.slug, "lamp-guild", "ferry-post", "ines-varrow", "PK", "gn1"],
        "path": [hidden.path, team_tag.path],
        "form": ["csv", "markdown", "jsonld", "html", "ris"],
        "verb": ["delete", "rename"],
        "code": ["PK"],
        "position": [0],
        "number": [1],
        "page": [1],
        "token": ["x"],
        "key": ["x-y"],
    }


@pytest.mark.parametrize(("who", "knows"), [("outsider", set()), ("curator", set()), ("mate", {"qteamq"})])
def test_words_are_in_no_answer_of_any_address(house: House, who: str, knows: set[str]) -> None:
    sown = {scope: sow(house, scope, word) for scope, word in (("private", "qprivateq"), ("team", "qteamq"))}
    known = values(house, sown)
    assert Citation.objects.exists()
    client = Client(raise_request_exception=True)
    client.force_login(getattr(house, who))
    told, asked = dict[str, set[str]](), set[str]()
    for name, held in addresses(get_resolver().url_patterns):
        if name in SENT_AWAY:
            continue
        for given in islice(product(*(known.get(part, ["x", 1]) for part in held)), MOST_OF_ONE):
            try:
                address = reverse(name, kwargs=dict(zip(held, given, strict=True)))
            except NoReverseMatch:
                continue
            answer: Any = client.get(address, ASKED)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            asked.add(name)
            text = body.decode(errors="replace") + str(answer.headers)
            told[address] = {word for word in ("qprivateq", "qteamq") if word in text.replace(address, "")}
    assert {address: found for address, found in told.items() if found - knows} == {}
    assert set().union(*told.values()) == knows  # and the net is fine enough to catch what may be seen
    assert len(asked) > 80, sorted(asked)
