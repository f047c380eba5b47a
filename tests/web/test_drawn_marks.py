"""Cards as HTML: every kind of card, and nothing in it that its writer could make into more than words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import engines

from monitor.annotations.rendering import Html
from monitor.web.drawn_marks import card_html, changed_html, new_card_html, no_card_html, said_html, turn_html
from monitor.web.marks import Card, Passage, ShownReply, ShownTag

UID = "11111111-2222-3333-4444-555555555555"
NASTY = 'O\'Neil </b><script>x</script> & "y"'
WHEN = datetime(2026, 3, 5, 12, 3, 4, 56789, tzinfo=UTC)
PLAIN = Card(
    key="1111111122",
    uid=UID,
    by="Mira",
    is_mine=True,
    words="",
    html=Html(""),
    colour="teal",
    visibility="private",
    team="",
    created=WHEN,
    edited=False,
    revision=1,
    resolved_by="",
    hidden=False,
    deleted=False,
    tags=(),
    replies=(),
    passages=(Passage("lamps", "exact", "p1", "lamps"),),
    may_edit=True,
    may_answer=True,
    may_hide=False,
)


class Elements(HTMLParser):
    """The elements and words of a piece of HTML; fails on what does not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in {"input", "use"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "use":
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def drawn(card: Card, **facts: Any) -> Elements:
    return Elements(card_html(card, **{"is_known": True, **facts}))


def test_a_card_says_whose_it_is_where_it_stands_and_for_whom() -> None:
    found = drawn(PLAIN)
    (card,) = found.named("article")
    assert card == {
        "class": "card",
        "id": f"a{UID}",
        "data-mark": "1111111122",
        "data-colour": "teal",
        "data-for": "p1",
        "data-by": "me",
        "data-scope": "private",
        "tabindex": "-1",
        "aria-label": "Annotation by Mira",
    }
    assert found.text == "Mira 5 Mar 2026 Only me lamps Edit"
    assert found.named("time") == [{"datetime": "2026-03-05T12:03:04.056789+00:00"}]
    assert [link["href"] for link in found.named("a")] == [f"/annotations/{UID}/", "#p1", f"/annotations/{UID}/"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_mine": False, "may_edit": False}, "Mira 5 Mar 2026 Only me lamps Answer"),
        ({"may_edit": False, "may_answer": False}, "Mira 5 Mar 2026 Only me lamps"),
        ({"may_edit": False, "may_answer": False, "may_hide": True}, "Mira 5 Mar 2026 Only me lamps Answer"),
        ({"edited": True, "visibility": "everyone"}, "Mira 5 Mar 2026 edited Everyone lamps Edit"),
        ({"visibility": "team", "team": "Rivers"}, "Mira 5 Mar 2026 Rivers lamps Edit"),
        ({"resolved_by": "Ana"}, "Mira 5 Mar 2026 Only me lamps Resolved by Ana Edit"),
        ({"hidden": True}, "Mira 5 Mar 2026 Only me lamps Hidden from view Edit"),
        ({"passages": ()}, "Mira 5 Mar 2026 Only me Edit"),
        ({"html": Html("<p>So.</p>")}, "Mira 5 Mar 2026 Only me lamps So. Edit"),
        (
            {"passages": (Passage("lamps", "fuzzy", "p1", "lumps"),)},
            "Mira 5 Mar 2026 Only me The words have changed. lamps lumps Edit",
        ),
        (
            {"passages": (Passage("lamps", "orphan", "", ""),)},
            "Mira 5 Mar 2026 Only me Not found in the text as it is read now. lamps Edit",
        ),
        (
            {"tags": (ShownTag(1, "Weir", "weir", "red"), ShownTag(2, "Lock", "a-b/lock", "blue"))},
            "Mira 5 Mar 2026 Only me lamps Weir a b / Lock Edit",
        ),
        (
            {"replies": (ShownReply("r", "Ana", Html("<p>No.</p>"), "No.", WHEN, 1, is_mine=False),)},
            "Mira 5 Mar 2026 Only me lamps Ana 5 Mar 2026 No. Edit",
        ),
    ],
)
def test_each_fact_is_said(facts: dict[str, Any], words: str) -> None:
    assert drawn(replace(PLAIN, **facts)).text == words


def test_names_quotes_and_tags_stay_words() -> None:
    card = replace(
        PLAIN,
        by=NASTY,
        is_mine=False,
        visibility="team",
        team=NASTY,
        resolved_by=NASTY,
        tags=(ShownTag(1, NASTY, "weir", "red"),),
        replies=(ShownReply("r", NASTY, Html("<p>No.</p>"), "No.", WHEN, 1, is_mine=False),),
        passages=tuple(Passage(NASTY, state, "p1", NASTY) for state in ("exact", "fuzzy", "orphan")),
    )
    found = drawn(card, text='/x/?a="1"&b=2')
    assert found.named("script") == []
    assert found.text.count(NASTY) == 1 + 1 + 1 + 1 + 1 + 4
    assert found.named("article")[0]["data-by"] == NASTY
    assert found.named("a")[1]["href"] == '/x/?a="1"&b=2#p1'


def test_looks_swap_and_what_visitors_cannot_do() -> None:
    found = drawn(replace(PLAIN, hidden=True, resolved_by="Ana"), is_known=False, swap="outerHTML")
    (card,) = found.named("article")
    assert (card["class"], card["hx-swap-oob"]) == ("card done hidden-mark", "outerHTML")
    assert "does" not in [attributes.get("class") for _, attributes in found.found]


def test_templates_draw_the_same_card() -> None:
    template = engines["django"].from_string("{% load marks %}{% card_of card %}|{% card_of card '/there/' %}")

    class Somebody:
        is_authenticated = False

    here, there = template.render({"card": PLAIN, "user": Somebody()}).split("|")
    assert here == card_html(PLAIN, is_known=False)
    assert there == card_html(PLAIN, is_known=False, text="/there/")


def test_an_answer_has_each_part_for_its_place() -> None:
    form = turn_html("7", "Undo", way="undo-mark", token="secret")
    html = changed_html(
        3,
        {"p1": Html('<p id="p1">One</p>'), "p2": Html('<p id="p2">Two</p>')},
        {"n4": Html("Note")},
        new_card_html(PLAIN),
        said_html("Marked <it>.", form),
    )
    found = Elements(html)
    assert [part.get("data-redraws") or part.get("data-article") for part in found.named("template")] == [
        "3",
        "p1",
        "p2",
        "n4-text",
    ]
    assert re.findall('hx-swap-oob="([^"]+)"', html) == ["beforeend:#cards", "beforeend:body"]
    assert found.named("input") == [
        {"type": "hidden", "name": "csrfmiddlewaretoken", "value": "secret"},
        {"type": "hidden", "name": "act", "value": "7"},
    ]
    assert found.named("form") == [
        {"method": "post", "action": "/annotations/undo/", "hx-post": "/annotations/undo/", "hx-swap": "none"}
    ]
    assert found.text.endswith("Marked <it>. Undo")
    assert Elements(no_card_html(UID)).named("div") == [{"id": f"a{UID}", "hx-swap-oob": "delete"}]
    assert Elements(said_html("So.")).named("form") == []
