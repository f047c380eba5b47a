"""The codebook as REFI-QDA: what goes out comes in again, and what other programs write is understood."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.annotations.codebook import make_tag
from monitor.annotations.codebook_import import bring_codes
from monitor.annotations.models import Colour
from monitor.annotations.operations import undo
from monitor.annotations.refusals import NotYours
from monitor.annotations.tag_models import Tag
from monitor.interchange.refi_qda import (
    COLOURS,
    Code,
    CodeSet,
    NotACodebook,
    codebook_xml,
    nearest_colour,
    read_codebook,
    read_guid,
)
from monitor.interchange.xml_text import without_controls
from tests.annotations.people_and_texts import House, make_house
from tests.interchange.examples import texts

if TYPE_CHECKING:
    from monitor.accounts.models import User

DEEP = [str(uuid4()) for _ in range(70)]
RAID, VIOLENCE = str(uuid4()), str(uuid4())
names = texts.map(without_controls).filter(str.strip)
words = texts.map(without_controls).filter(lambda text: "Example:" not in text)


def written(*codes: Code, flat: bool = False) -> bytes:
    return "".join(codebook_xml(codes, flat=flat)).encode()


@st.composite
def codebooks(draw: st.DrawFn) -> list[Code]:
    """Return codes, each at the root or below an earlier one."""
    codes: list[Code] = []
    for _ in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from([*(code.uid for code in codes), ""]))
        colour = draw(st.sampled_from(["", *COLOURS]))
        codes.append(Code(str(draw(st.uuids(version=4))), draw(names), parent, colour, draw(words), draw(words)))
    return codes


@given(codebooks())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_goes_out_comes_in_again(codes: list[Code]) -> None:
    assert sorted(read_codebook(written(*codes)).codes, key=str) == sorted(codes, key=str)
    assert len(read_codebook(written(*codes, flat=True)).codes) == len(codes)


def test_every_colour_of_tags_has_one_in_the_file() -> None:
    assert set(COLOURS) == set(Colour.values)
    assert {nearest_colour(written) for written in COLOURS.values()} == set(COLOURS)
    assert (nearest_colour("#d64540"), nearest_colour("red"), nearest_colour("")) == ("red", "", "")


def test_what_other_programs_write_is_understood() -> None:
    book = read_codebook(
        b'\xef\xbb\xbf<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        b'<Code guid="{' + VIOLENCE.upper().encode() + b'}" name="Violence" isCodable="true">'
        b'<Code guid="' + RAID.upper().encode() + b'" name="Raid" isCodable="true"/></Code></Codes>'
        b'<Sets><Set guid="' + RAID.encode() + b'" name="Main"><MemberCode guid="' + RAID.upper().encode() + b'"/>'
        b'<MemberCode targetGUID="{' + VIOLENCE.encode() + b'}"/></Set></Sets></CodeBook>'
    )
    assert book.codes == (Code(VIOLENCE, "Violence"), Code(RAID, "Raid", VIOLENCE))
    assert book.sets == (CodeSet("Main", (RAID, VIOLENCE)),)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no XML"),
        (b"\xff\xfe\x00", "no XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes/></CodeBook>', "no XML"),
        (b"<CodeBook><Codes/></CodeBook>", "no codes"),
        (b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>', "no codes"),
        (written(Code("5", "a")), "is no guid"),
        (written(Code("-" * 36, "a")), "is no guid"),
        (written(Code(RAID, "a"), Code(RAID, "b")), "same guid"),
        (written(Code(RAID, " ")), "has no name"),
        (written(*(Code(uid, "a", above) for above, uid in pairwise(["", *DEEP]))), "nested too deeply"),
    ],
)  # fmt: skip
def test_what_is_no_codebook_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(NotACodebook, match=sentence):
        read_codebook(data)


def test_guids_are_written_one_way() -> None:
    assert read_guid(f" {{{RAID.upper()}}} ") == RAID
    assert read_guid(RAID.replace("-", "")) == RAID


def test_a_flat_codebook_is_what_readers_of_one_level_take() -> None:
    codes = [Code(VIOLENCE, "Violence & “more”", "", "red"), Code(RAID, "Raid", VIOLENCE, "teal", "Quick.")]
    root = ET.fromstring(written(*codes, flat=True))  # noqa: S314 - what we have written ourselves
    assert [child.tag.rpartition("}")[2] for child in root] == ["Codes", "Sets"]
    assert [(code.get("name"), code.get("guid"), len(code)) for code in root[0]] == [
        ("Violence & “more”", VIOLENCE, 0), ("Violence & “more”/Raid", RAID, 1),
    ]  # fmt: skip


# -- Into the codebook --------------------------------------------------------------------------------------------------
@pytest.fixture
def house(db: None) -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def taken(person: User, query: str = "") -> bytes:
    answer = sign_in(person).get(f"/codebook/export/qdc{query}")
    assert answer.status_code == 200
    return b"".join(answer)


def facts() -> list[tuple[object, ...]]:
    live = Tag.objects.filter(deleted=None).order_by("path")
    return [(tag.uid, tag.path, tag.name, tag.colour, tag.definition, tag.example, tag.parent_id) for tag in live]


def test_a_codebook_comes_back_as_it_was(house: House) -> None:
    for name in ("Violence/Raid", "Violence/Arson", "Law"):
        make_tag(name=name, by=house.curator, colour="red")
    Tag.objects.filter(name="Raid").update(definition="Quick, by night.\nAnd armed.", example="The weir raid.")
    before, book = facts(), taken(house.curator)
    brought = bring_codes(read_codebook(book).codes, by=house.curator)
    assert (brought.made, brought.changed, brought.unchanged, facts()) == (0, 0, 4, before)
    for tag in Tag.objects.order_by("-path"):
        tag.delete()
    brought = bring_codes(read_codebook(book).codes, by=house.curator)
    assert (brought.made, brought.refused) == (4, [])
    assert [row[:-1] for row in facts()] == [row[:-1] for row in before]
    assert taken(house.curator) == book


def test_the_same_guid_changes_the_tag_and_nothing_is_taken_away(house: House) -> None:
    raid = make_tag(name="Raid", by=house.curator)
    law = make_tag(name="Law", by=house.curator)
    codes = [Code(VIOLENCE, "Violence"), Code(str(raid.uid), "Raids", VIOLENCE, "red", "Quick.", "One.")]
    brought = bring_codes(codes, by=house.curator)
    assert (brought.made, brought.changed) == (1, 1)
    raid.refresh_from_db()
    assert (raid.path, raid.colour, raid.definition, raid.example) == ("violence/raids", "red", "Quick.", "One.")
    assert Tag.objects.visible_to(house.curator).filter(pk=law.pk).exists()
    undo(house.curator)


def test_flat_codes_find_their_places_again(house: House) -> None:
    make_tag(name="Violence/Raid/Night", by=house.curator)
    before = facts()
    brought = bring_codes(read_codebook(taken(house.curator, "?flat=1")).codes, by=house.curator)
    assert (brought.unchanged, facts()) == (3, before)
    other = bring_codes([Code(str(uuid4()), "Water/Weir")], by=house.author, private=True)
    assert other.made == 1
    assert set(Tag.objects.filter(owner=house.author).values_list("path", flat=True)) == {"water", "water/weir"}


def test_codes_of_others_are_neither_changed_nor_betrayed(house: House) -> None:
    hidden = make_tag(name="Canary", by=house.author, private=True)
    kept = make_tag(name="Law", by=house.curator)
    codes = [Code(str(hidden.uid), "Mine now"), Code(str(kept.uid), "Lawless")]
    brought = bring_codes(codes, by=house.outsider)
    assert (brought.made, brought.changed) == (1, 0)
    assert brought.refused == ["“Lawless”: this tag is kept by others, and stays as it is."]
    hidden.refresh_from_db()
    assert hidden.name == "Canary"
    for member in (house.reader, house.outsider):
        with pytest.raises(NotYours):
            bring_codes(codes, by=member, team=house.team)
    assert b"Canary" not in taken(house.mate)
    assert b"Canary" in taken(house.author)


def test_names_that_tags_cannot_bear_are_mended_or_refused(house: House) -> None:
    odd = ["a\u202eb", "x" * 200, " / ", "ﷺ" * 60]
    brought = bring_codes([Code(str(uuid4()), name) for name in odd], by=house.curator)
    assert (brought.made, len(brought.refused)) == (3, 1)
    assert {"a b", "x" * 80, "ﷺ" * 8} == set(Tag.objects.values_list("name", flat=True))


def test_what_stands_below_a_code_that_is_left_out_is_left_out_as_well(house: House) -> None:
    night = make_tag(name="Raid/Night", by=house.curator)
    chain = [Code(uid, f"Step {number}", above) for number, (above, uid) in enumerate(pairwise(["", *DEEP[:9]]))]
    brought = bring_codes(chain, by=house.curator)
    assert brought.made == 6
    assert [told.partition(":")[0] for told in brought.refused] == ["“Step 6”", "“Step 7”", "“Step 8”"]
    assert Tag.objects.filter(path__startswith="step", parent=None).count() == 1
    brought = bring_codes([Code(VIOLENCE, " / "), Code(str(night.uid), "Night", VIOLENCE)], by=house.curator)
    assert (brought.made, brought.changed, len(brought.refused)) == (0, 0, 2)
    night.refresh_from_db()
    assert night.path == "raid/night"


def test_the_page_takes_a_file_and_says_what_became_of_it(house: House) -> None:
    client = sign_in(house.reader)

    def send(data: bytes, **form: str) -> tuple[int, str]:
        file = SimpleUploadedFile("a.qdc", data)
        answer = client.post("/codebook/import/", {"import-file": file, "import-scope": "mine"} | form, follow=True)
        return answer.status_code, " ".join(answer.content.decode().split())

    status, page = send(written(Code(RAID, "Raid")))
    assert status == 200
    assert "1 tags made, 0 changed, 0 as they were." in page
    assert Tag.objects.get(uid=RAID).owner == house.reader
    assert send(b"x")[0] == 422
    assert send(written(Code(RAID, "Raid")), **{"import-scope": "shared"})[0] == 422
    status, page = send(b" " * (4 * 2**20 + 1))
    assert (status, "too large for a codebook" in page) == (422, True)
    assert client.get("/codebook/import/").status_code == 405
    assert Client().post("/codebook/import/").status_code == 302
