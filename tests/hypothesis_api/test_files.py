"""Hypothesis' files: out of the house, and back as it was; from another's, once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from monitor.annotations.codebook import make_tag
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.models import Annotation, Reply
from monitor.annotations.replies import reply_to
from monitor.annotations.tag_models import Tag
from monitor.annotations.utf16 import first_half_surrogate
from monitor.interchange.exports import BY_SLUG, Wanted
from monitor.interchange.hypothesis_file import HYPOTHESIS, hypothesis_file
from monitor.interchange.import_formats import format_of
from monitor.interchange.import_rows import CannotRead, Outcome, Wishes
from tests.annotations.people_and_texts import House, make_house
from tests.factories import make_article
from tests.hypothesis_api.speaking import HOST, Program, quote, uri_of
from tests.interchange.examples import HOSTILE

if TYPE_CHECKING:
    from monitor.accounts.models import User

pytestmark = pytest.mark.django_db
SITE = f"http://{HOST}"


@pytest.fixture
def house() -> House:
    return make_house()


def exported(person: User) -> dict[str, Any]:
    keys = Annotation.objects.visible_to(person).order_by("created", "id").values_list("pk", flat=True)
    text = "".join(hypothesis_file(keys, person, site=SITE, day="2026-01-01"))
    told: dict[str, Any] = json.loads(text)
    return told


def wishes(person: User, **more: Any) -> Wishes:
    return Wishes(by=person, site=SITE, hosts=frozenset({HOST}), **more)


def imported(file: Any, wish: Wishes) -> list[Outcome]:
    content = json.dumps(file).encode()
    assert format_of("marks.json", content) is HYPOTHESIS
    return [HYPOTHESIS.keep(row, wish).outcome for row in HYPOTHESIS.rows(content)]


def fill(house: House) -> None:
    """Make annotations of every kind, for the author's eyes and others'."""
    waves = make_article("\U0001f30a Waves \U0001f30a broke over the mole at dawn, and again at dusk.", title="Waves")
    author = Program(house.author)
    first = author.make(house.article, text="Who lit them?", tags=["Light", "water/Weir"], target=quote("lamps"))
    Program(house.mate).make(house.article, text=" The keeper. ", references=[first["id"]])
    author.make(waves, text="x", target=quote("\U0001f30a broke"), extra={"kept": [1, "\u202e"]})
    author.make(house.article, target=quote("words that never were in this text at all"), text="lost")
    author.make(house.article, target=quote("Report on Dues"))
    hostile = "\n".join(words for words in HOSTILE if "\0" not in words and first_half_surrogate(words) is None)
    author.make(house.article, text=hostile, tags=["="], permissions={"read": ["acct:me"]})
    house.mark("dusk", visibility="team", team=house.team, comment="Ours.")
    mark = house.mark("gate", by=house.mate, visibility="everyone", tags=(make_tag(name="River", by=house.mate),))
    reply_to(uid=uuid4(), mark=mark, by=house.author, comment="Mine.")


def wipe() -> None:
    Reply.objects.all().delete()
    Annotation.objects.all().delete()
    while Tag.objects.exists():
        Tag.objects.filter(children=None).delete()


def test_what_left_comes_back_as_it_was(house: House) -> None:
    fill(house)
    before = exported(house.author)
    assert (before["export_userid"], before["export_date"]) == (f"acct:author@{HOST}", "2026-01-01")
    assert exported(house.author) == before
    wipe()
    outcomes = imported(before, wishes(house.author))
    assert sorted(set(outcomes)) == [Outcome.IMPORTED, Outcome.ORPHAN]
    after = exported(house.author)
    assert [_but_people(row) for row in after["annotations"]] == [_but_people(row) for row in before["annotations"]]
    authors = [row.get("original_user", row["user"]) for row in after["annotations"]]
    assert authors == [row["user"] for row in before["annotations"]]
    assert {row["user"] for row in after["annotations"]} == {f"acct:author@{HOST}"}
    assert set(imported(before, wishes(house.author))) == {Outcome.DUPLICATE}
    assert set(imported(after, wishes(house.author))) == {Outcome.DUPLICATE}
    assert exported(house.author) == after


def _but_people(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without whose it is: whoever imports it owns it."""
    own = {
        "permissions": [row["permissions"]["read"] != [row["user"]]],
        "user": "",
        "user_info": {},
        "original_user": "",
    }
    return {**row, **own}


def test_an_operator_brings_peoples_words_back_to_them(house: House) -> None:
    fill(house)
    before = exported(house.author)
    wipe()
    imported(before, wishes(house.curator, authors_known=True))
    mine = [row for row in before["annotations"] if row["user"] == f"acct:author@{HOST}"]
    assert Annotation.objects.filter(owner=house.author).count() + Reply.objects.filter(
        owner=house.author
    ).count() == len(mine)
    assert not ForeignMark.objects.exclude(author="").exists()


def test_a_file_of_another_house_is_owned_by_who_imports_it(house: House) -> None:
    world = {"read": ["group:__world__"]}
    there = {
        "annotations": [
            {"id": "reply_1", "references": ["Ab-_1"], "uri": uri_of(house.article), "text": "Yes.", "group": "q1w2"},
            {
                "id": "Ab-_1", "uri": uri_of(house.article), "text": "Shared.", "group": "q1w2", "tags": ["Weir"],
                "permissions": {"read": ["group:q1w2"]}, "target": quote("lamps"), "user": "acct:oren@hypothes.is",
                "created": "2019-03-01T10:00:00+00:00", "updated": "2019-03-01T10:00:00+00:00",
            },
            {
                "id": "Ab-_2", "uri": uri_of(house.article), "text": "Mine.", "group": "q1w2", "tags": [],
                "permissions": {"read": ["acct:oren@hypothes.is"]}, "user": "acct:oren@hypothes.is",
                "created": "2019-03-01T10:00:00+00:00", "updated": "2019-03-01T10:00:00+00:00",
            },
            {"id": "Ab-_3", "uri": "https://elsewhere.example/", "text": "Away.", "permissions": world},
            {"id": "Ab-_4", "uri": uri_of(house.article), "references": ["gone"], "text": "To nobody."},
            {"id": "Ab-_5", "uri": uri_of(house.article), "text": "All.", "permissions": world, "group": "__world__"},
            {"id": "Ab-_6", "text": "No address."},
            "no object",
        ]
    }  # fmt: skip
    wish = wishes(house.author, visibility="team", team=house.team)
    content = json.dumps(there).encode()
    reports = {report.label: report for report in (HYPOTHESIS.keep(row, wish) for row in HYPOTHESIS.rows(content))}
    assert {label: report.outcome for label, report in reports.items()} == {
        "lamps": Outcome.IMPORTED,
        "Mine.": Outcome.IMPORTED,
        "Away.": Outcome.UNKNOWN,
        "All.": Outcome.IMPORTED,
        "Ab-_6": Outcome.REFUSED,
        "a row without an id": Outcome.REFUSED,
        "Yes.": Outcome.IMPORTED,
        "To nobody.": Outcome.UNKNOWN,
    }
    assert reports["Away."].left == there["annotations"][3]
    assert json.loads(HYPOTHESIS.wrap([reports["Away."].left])) == {"annotations": [there["annotations"][3]]}
    rows = {row["text"]: row for row in exported(house.author)["annotations"]}
    shared, mine, reply = rows["Shared."], rows["Mine."], rows["Yes."]
    assert (shared["group"], shared["via"]) == (str(house.team.uid), ["https://hypothes.is/a/Ab-_1"])
    assert (shared["user"], shared["original_user"]) == (f"acct:author@{HOST}", "acct:oren@hypothes.is")
    assert (shared["created"], shared["updated"]) == ("2019-03-01T10:00:00.000000+00:00",) * 2
    assert (mine["permissions"]["read"], mine["updated"]) == ([mine["user"]], "2019-03-01T10:00:00.000001+00:00")
    assert (reply["references"], reply["permissions"]["read"]) == ([shared["id"]], [reply["user"]])
    assert set(imported(there, wish)) == {Outcome.DUPLICATE, Outcome.UNKNOWN, Outcome.REFUSED}
    assert len(exported(house.author)["annotations"]) == 4


def test_one_that_says_the_same_of_the_same_words_is_there_already(house: House) -> None:
    house.mark("lamps", comment="Same.")
    row = {"id": "a1", "uri": uri_of(house.article), "text": "Same.", "target": quote("lamps")}
    others = [row | {"text": "Other."}, row | {"tags": ["Weir"]}, row | {"target": quote("dusk")}]
    assert imported([row], wishes(house.author)) == [Outcome.DUPLICATE]
    assert (
        imported([other | {"id": f"b{n}"} for n, other in enumerate(others)], wishes(house.author))
        == [Outcome.IMPORTED] * 3
    )


def test_a_reader_may_import_but_not_share(house: House) -> None:
    row = {"id": "a1", "uri": uri_of(house.article), "text": "x", "permissions": {"read": ["group:__world__"]}}
    report = HYPOTHESIS.keep(row | {"group": "__world__"}, wishes(house.reader))
    assert (report.outcome, report.why.startswith("Private: ")) == (Outcome.IMPORTED, True)
    assert Annotation.objects.get().visibility == "private"


def test_nobodys_id_is_taken_over(house: House) -> None:
    theirs = house.mark("lamps", comment="Secret.", by=house.mate)
    row = {"id": str(theirs.uid), "uri": uri_of(house.article), "text": "Guess."}
    assert imported([row], wishes(house.author)) == [Outcome.IMPORTED]
    assert imported([row], wishes(house.author)) == [Outcome.DUPLICATE]
    theirs.refresh_from_db()
    assert (theirs.comment, Annotation.objects.count()) == ("Secret.", 2)
    assert ForeignMark.objects.get().origin == f"urn:uuid:{theirs.uid}"


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"annotations": {}}', b"\xff", b'{"annotations": ["\\ud800"]}', b"[" * 200]
)
def test_a_file_that_is_none_is_told_so(content: bytes) -> None:
    with pytest.raises(CannotRead):
        HYPOTHESIS.rows(content)


def test_it_is_one_of_the_houses_formats(house: House, tmp_path: Any) -> None:
    fill(house)
    form = BY_SLUG["hypothesis"]
    assert (form.ending, form.media_type, form.of) == ("json", "application/json", "annotations")
    keys = list(Annotation.objects.values_list("pk", flat=True))
    with (tmp_path / "x.json").open("w+b") as file:
        form.write(keys, Wanted(person=house.outsider, site=SITE), file)
        file.seek(0)
        told = json.loads(file.read())
    assert told["export_date"] == ""
    assert {row["id"] for row in told["annotations"]} == {
        str(row.uid) for kind in (Annotation, Reply) for row in kind.objects.visible_to(house.outsider)
    }
    assert all(row["group"] == "__world__" for row in told["annotations"])
