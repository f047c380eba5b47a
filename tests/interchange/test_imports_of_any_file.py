"""What holds of a file of either make: who may read what comes in, whose it is, when it was, and never twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from monitor.annotations.actions import delete_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.replies import reply_to
from monitor.annotations.tag_models import Tag
from monitor.interchange.hypothesis_file import hypothesis_file
from monitor.interchange.import_formats import BY_SLUG
from monitor.interchange.import_rows import Outcome, Wishes
from monitor.interchange.iris import host_names
from tests.anno.asking import SITE, annotation
from tests.anno.test_import import exported as w3c_file
from tests.anno.test_import import wipe
from tests.annotations.people_and_texts import House, make_house
from tests.hypothesis_api.speaking import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytest_django import Settings

    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db


def sidebar_file(person: User) -> bytes:
    keys = Annotation.objects.visible_to(person).order_by("created", "id").values_list("pk", flat=True)
    return "".join(hypothesis_file(keys, person, site=SITE)).encode()


def w3c_row(house: House, words: str, **moments: str) -> Any:
    told = {{"created": "created", "updated": "modified"}[name]: value for name, value in moments.items()}
    return annotation(house, words, **told)


def sidebar_row(house: House, words: str, **moments: str) -> Any:
    address = SITE + house.article.get_absolute_url()
    return {"id": f"x-{words}", "uri": address, "text": "Why?", "target": quote(words), **moments}


@dataclass(frozen=True, slots=True)
class Make:
    """How a file of this make is written, and how one of its rows."""

    slug: str
    ending: str
    whole: Callable[[User], bytes]
    row: Callable[..., Any]

    def bring(self, rows: Sequence[Any], person: User, **facts: Any) -> list[Outcome]:
        wishes = Wishes(person, SITE, host_names(SITE), **facts)
        return [BY_SLUG[self.slug].keep(row, wishes).outcome for row in rows]


MAKES = [
    Make("jsonld", "jsonld", w3c_file, w3c_row),
    Make("hypothesis", "json", sidebar_file, sidebar_row),
]
each_make = pytest.mark.parametrize("make", MAKES, ids=[make.slug for make in MAKES])


@pytest.fixture
def house() -> House:
    return make_house()


def rows() -> dict[Any, tuple[Any, ...]]:
    """Return of each row what must not change when it leaves and comes back."""
    told: dict[Any, tuple[Any, ...]] = {}
    for kind in (Annotation, Reply):
        for row in kind.objects.order_by("pk"):
            told[row.uid] = (row.owner, row.visibility, row.team, row.comment, row.created, row.updated)
            if isinstance(row, Annotation):
                spans = tuple(row.spans.order_by("position").values_list("quote", "start", "end", "state"))
                told[row.uid] += (spans, tuple(row.taggings.order_by("tag__path").values_list("tag__path", flat=True)))
    return told


@each_make
def test_what_an_operator_brings_back_is_as_it_was_and_comes_once(
    house: House, make: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.SITE_URL = SITE
    tags = tuple(make_tag(name=name, by=house.author) for name in ("Weir", "Water/Flood"))
    shared = house.mark(visibility="team", team=house.team, comment="Mine, for us.", tags=tags)
    house.mark("dusk", comment="Mine alone.", tags=tags[:1])
    reply_to(uid=uuid4(), mark=shared, by=house.mate, comment="And mine.")
    before, file = rows(), tmp_path / f"all.{make.ending}"
    file.write_bytes(make.whole(house.author))
    wipe()
    while Tag.objects.exists():
        Tag.objects.filter(children=None).delete()
    for told in ("3 imported", "3 duplicate"):
        call_command("import_annotations", str(file), "--user", "curator", "--authors")
        assert capsys.readouterr().out == f"{told}\n"
    assert rows() == before


@each_make
def test_an_operator_finds_what_authors_imported_themselves(house: House, make: Make) -> None:
    row = make.row(house, "lamps")
    name = {"creator": {"nickname": "author"}} if make.slug == "jsonld" else {"user": "acct:author@testserver"}
    assert make.bring([row | name], house.author) == [Outcome.IMPORTED]
    assert make.bring([row | name], house.curator, authors_known=True) == [Outcome.DUPLICATE]
    assert Annotation.objects.get().owner == house.author


@each_make
def test_a_reply_nobody_else_may_read_comes_back_so(house: House, make: Make) -> None:
    mark = house.mark(visibility="everyone", comment="Why?")
    for private in (True, False):
        reply_to(uid=uuid4(), mark=mark, by=house.author, comment=f"Private: {private}.", private=private)
    file, before = make.whole(house.author), rows()
    wipe()
    form = BY_SLUG[make.slug]
    assert make.bring(form.rows(file), house.author) == [Outcome.IMPORTED] * 3
    assert rows() == before
    seen = Reply.objects.visible_to(house.mate).values_list("comment", flat=True)
    assert list(seen) == ["Private: False."]
    assert json.loads(make.whole(house.author)) == json.loads(file)


def test_a_reply_of_a_w3c_file_that_names_no_audience_is_private(house: House) -> None:
    mark = house.mark(visibility="everyone")
    words = {"body": [{"type": "TextualBody", "value": "So?"}], "motivation": "replying"}
    reply = annotation(house, target=f"{SITE}/anno/{mark.uid}") | words
    assert MAKES[0].bring([reply], house.author) == [Outcome.IMPORTED]
    assert Reply.objects.get().visibility == "private"
    (told,) = [row for row in json.loads(w3c_file(house.author))["first"]["items"] if row["motivation"] == "replying"]
    assert "audience" not in told


# -- When it was ----------------------------------------------------------------------------------------------------
@each_make
@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z"])
def test_a_moment_before_there_were_such_files_is_none(house: House, make: Make, moment: str) -> None:
    began = timezone.now()
    assert make.bring([make.row(house, "lamps", created=moment, updated=moment)], house.author) == [Outcome.IMPORTED]
    mark = Annotation.objects.get()
    assert began <= mark.created <= mark.updated <= timezone.now()
    assert json.loads(make.whole(house.author))


@each_make
@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "2999-01-01T00:00:00Z"])
def test_nothing_was_written_tomorrow(house: House, make: Make, moment: str) -> None:
    assert make.bring([make.row(house, "lamps", created=moment, updated=moment)], house.author) == [Outcome.IMPORTED]
    mark = Annotation.objects.get()
    assert max(mark.created, mark.updated) <= timezone.now()


@each_make
def test_no_two_rows_were_changed_at_one_moment(house: House, make: Make) -> None:
    moment = "2020-01-02T03:04:05.678901+00:00"
    words = ("lamps", "lit", "dusk", "gate")
    sent = [make.row(house, word, created=moment, updated=moment) for word in words]
    assert make.bring(sent, house.author) == [Outcome.IMPORTED] * 4
    told = Annotation.objects.order_by("pk").values_list("updated", flat=True)
    assert [one.microsecond for one in told] == [678901, 678902, 678903, 678904]
    assert {one.isoformat()[:19] for one in told} == {"2020-01-02T03:04:05"}


# -- What a reply answers ------------------------------------------------------------------------------------------
@each_make
def test_what_authors_answered_elsewhere_they_answer_here(house: House, make: Make) -> None:
    """An operator who may see neither brings back two people's words, written where both were known by other ids."""
    wishes: dict[str, Any] = {"authors_known": True, "visibility": "team", "team": house.team}
    first, answer = make.row(house, "lamps"), make.row(house, "lamps")
    if make.slug == "jsonld":
        first |= {"id": "https://a.example/1", "creator": {"nickname": "author"}}
        answer |= {"id": "https://a.example/2", "creator": {"nickname": "mate"}, "target": "https://a.example/1"}
    else:
        first |= {"id": "Ab-1", "user": "acct:author@a.example", "permissions": {"read": ["group:g"]}, "group": "g"}
        answer |= {"id": "Ab-2", "user": "acct:mate@a.example", "references": ["Ab-1"], "target": []}
    assert make.bring([first, answer], house.curator, **wishes) == [Outcome.IMPORTED] * 2
    assert (Annotation.objects.get().owner, Reply.objects.get().owner) == (house.author, house.mate)
    assert make.bring([first, answer], house.curator, **wishes) == [Outcome.DUPLICATE] * 2


@each_make
def test_what_one_brought_and_deleted_lies_in_the_trash(house: House, make: Make) -> None:
    row = make.row(house, "lamps") | {"id": "https://a.example/1" if make.slug == "jsonld" else "Ab-1"}
    assert make.bring([row], house.author) == [Outcome.IMPORTED]
    delete_annotation(mark=Annotation.objects.get(), by=house.author)
    report = BY_SLUG[make.slug].keep(row, Wishes(house.author, SITE, host_names(SITE)))
    assert (report.outcome, report.why, report.address) == (Outcome.DUPLICATE, "It lies in your trash.", "/trash/")
