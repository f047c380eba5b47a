from __future__ import annotations

import pytest
from django.template import Context, Template

from monitor.annotations.rendering import Html
from monitor.web.icons import icon_html
from monitor.web.marks import Place
from monitor.web.printed_notes import SHOWN, note_items
from monitor.web.reading import PrintedNote, Resolved
from monitor.web.templatetags import pages

# What stood in the template before notes were drawn here.
BY_TEMPLATE = """{% load pages %}{% for note in notes %}<li id="{{ note.id }}">
{% if note.markers %}<a class="back" href="#{{ note.markers.0 }}" aria-label="Back to the text of note {{ note.number }}">{{ note.number }}</a>{% else %}<span class="back">{{ note.number }}</span>{% endif %}
<div>
<span class="note-text" id="{{ note.id }}-text">{{ note.html }}</span>
{% for marker in note.markers %}{% if not forloop.first %}<a class="again" href="#{{ marker }}" aria-label="Back to the text of note {{ note.number }}, place {{ forloop.counter }}">{% icon "back" %}</a>{% endif %}{% endfor %}
{% if note.resolved %}<span class="resolved" lang="en">Reads as <b><a href="#{{ note.resolved.id }}">note {{ note.resolved.number }}</a></b>: {{ note.resolved.text|truncatechars:140 }}</span>{% endif %}
{% if not note.markers %}<span class="resolved" lang="en">No marker in the text points here.</span>{% endif %}
</div>
</li>
{% endfor %}"""
HOSTILE = "\"'<script>&amp; & "
MEANT = [
    None,
    Resolved("n1", 1, "Quay Press, 1998."),
    Resolved("n2-2", 2, HOSTILE * 20),
    *(Resolved("n9", 9, "x" * length) for length in (SHOWN - 1, SHOWN, SHOWN + 1)),
]


def lines(html: str) -> list[str]:
    return [line for line in html.splitlines() if line.strip()]


@pytest.mark.parametrize("markers", [(), ("r1",), ("r1", "r1-2", "r1-3")])
@pytest.mark.parametrize("meant", MEANT)
@pytest.mark.parametrize("text", ["", "The <i>lamps</i> &amp; boats."])
def test_items_say_what_a_template_would(markers: tuple[str, ...], meant: Resolved | None, text: str) -> None:
    notes = [PrintedNote("n1", 1, Html(text), markers, meant), PrintedNote("n12-2", 12, Html("Two."), (), None)]
    assert lines(note_items(notes)) == lines(Template(BY_TEMPLATE).render(Context({"notes": notes})))


def test_no_note_is_nothing() -> None:
    assert note_items([]) == ""


def test_icons_are_escaped_and_the_same_each_time() -> None:
    assert icon_html('"<x>') == pages.icon('"<x>')
    assert 'href="#i-&quot;&lt;x&gt;"' in icon_html('"<x>')
    assert icon_html("back") is icon_html("back")


def test_keys_of_notes_are_listed_by_their_fragments() -> None:
    places = [Place("p1", 0, 5, "Lamps"), Place("n1", 0, 2, "A.", 81), Place("n2", 0, 2, "B.", 82)]
    assert pages.note_keys(places) == "n1:81 n2:82 "
    assert pages.note_keys([]) == ""
