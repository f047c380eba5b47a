"""Annotations as files: what each format holds, for whom, and that hostile words do no harm in any of them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.models import Annotation, AnnotationSpan
from monitor.annotations.passages import AskedPassage
from monitor.annotations.replies import reply_to
from monitor.interchange.annotation_csv import annotations_csv
from monitor.interchange.annotation_markdown import LONGEST_NAME, file_name, markdown_file, markdown_zip, plain_tag
from monitor.interchange.annotation_page import annotations_page
from monitor.interchange.annotation_queries import annotation_records
from monitor.interchange.annotation_records import AnnotationRecord, MarkedPassage, Said, TextRecord
from monitor.interchange.csv import read_rows
from monitor.interchange.export_models import Export
from monitor.interchange.names import split_name
from monitor.interchange.notebook_formats import BY_SLUG
from monitor.interchange.passage_citations import CitedText
from monitor.interchange.web_annotation import web_annotation, web_annotations
from monitor.library.models import Block, Note
from monitor.web.comments import comment_html
from tests.annotations.people_and_texts import House, make_house
from tests.interchange.examples import HOSTILE

if TYPE_CHECKING:
    from monitor.accounts.models import User

PEOPLE = ("author", "mate", "keeper", "member_who_reads", "outsider", "reader", "curator")
SITE = "https://quay.example"
CITED = CitedText(
    (split_name("Ines Varrow"),),
    "Lamps",
    "Tidewater Letter",
    "XII:7",
    "11 February 2022",
    "2022",
    "pp. 5–8",  # noqa: RUF001
)
TEXT = TextRecord(3, False, "Lamps", "lamps", "2022-02-11", "12", 7, f"{SITE}/articles/3/lamps/", CITED)
PASSAGE = MarkedPassage("held the gate", "Nobody ", " (Ferry", 50, 63, "exact", None, "p. 5")
RECORD = AnnotationRecord(
    uid="5b0d3c1e-0000-4000-8000-000000000001",
    text=TEXT,
    passages=(PASSAGE,),
    comment="Who *held* it?",
    colour="teal",
    tags=("water/weir",),
    author="Hedda Marsh",
    username="hedda",
    visibility="team",
    team="Rivers",
    resolved=False,
    created="2022-02-14T09:30:00.123456Z",
    updated="2022-02-15T09:30:00.123456Z",
    replies=(Said("5b0d3c1e-0000-4000-8000-000000000002", "Oren", "oren", "We did.", "2022-02-16T09:30:00.000000Z"),),
)
words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40))
records = st.builds(
    replace,
    st.just(RECORD),
    comment=words.map(lambda text: text.encode("utf-8", "ignore").decode()),  # the database holds no half of a pair
    author=words,
    team=words,
    tags=st.lists(words, max_size=3).map(tuple),
    passages=st.lists(st.builds(replace, st.just(PASSAGE), quote=words, prefix=words, suffix=words), max_size=2).map(
        tuple
    ),
    text=st.one_of(
        st.none(),
        st.builds(
            lambda title, name: replace(
                TEXT, title=title, cited=replace(CITED, title=title, authors=(split_name(name),))
            ),
            words,
            words,
        ),
    ),
    replies=st.just(RECORD.replies),
)


# -- Pure writers --------------------------------------------------------------------------------------------------------
def test_a_line_of_csv_says_all_of_an_annotation() -> None:
    head, row = read_rows("".join(annotations_csv([RECORD])).splitlines(keepends=True))
    assert dict(zip(head, row, strict=True)) == {
        "id": RECORD.uid, "article_id": "3", "article_title": "Lamps", "article_authors": "Ines Varrow",
        "periodical": "Tidewater Letter", "issue": "XII:7", "date": "2022-02-11", "page": "p. 5", "note": "",
        "quote": "held the gate", "comment": "Who *held* it?", "tags": "water/weir", "colour": "teal",
        "owner": "Hedda Marsh", "visibility": "team", "team": "Rivers", "state": "exact", "resolved": "false",
        "start": "50", "end": "63", "replies": "Oren: We did.", "created": RECORD.created, "updated": RECORD.updated,
        "url": f"{SITE}/articles/3/lamps/#a{RECORD.uid}",
    }  # fmt: skip


def test_a_web_annotation_has_both_selectors_and_no_foreign_terms() -> None:
    assert web_annotation(RECORD, SITE) == {
        "id": f"{SITE}/anno/{RECORD.uid}",
        "type": "Annotation",
        "motivation": "commenting",
        "created": RECORD.created,
        "modified": RECORD.updated,
        "canonical": f"urn:uuid:{RECORD.uid}",
        "creator": {
            "id": f"{SITE}/account/people/hedda/", "type": "Person", "name": "Hedda Marsh", "nickname": "hedda",
        },
        "generator": {"id": f"{SITE}/", "type": "Software", "name": "Monitor"},
        "audience": {"type": "Audience", "name": "Rivers"},
        "body": [
            {"type": "TextualBody", "value": "Who *held* it?", "format": "text/markdown", "purpose": "commenting"},
            {"type": "TextualBody", "value": "water/weir", "purpose": "tagging"},
        ],
        "target": {
            "source": f"{SITE}/articles/3/lamps/",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "held the gate", "prefix": "Nobody ", "suffix": " (Ferry"},
                {"type": "TextPositionSelector", "start": 50, "end": 63},
            ],
        },
    }  # fmt: skip


def test_a_web_annotation_says_of_each_kind_what_it_is() -> None:
    plain = replace(RECORD, comment="", tags=(), visibility="private", team="", replies=())
    assert web_annotation(plain, SITE)["motivation"] == "highlighting"
    assert web_annotation(plain, SITE).keys().isdisjoint({"body", "audience"})
    assert web_annotation(replace(plain, tags=("a",)), SITE)["motivation"] == "tagging"
    assert web_annotation(replace(plain, visibility="everyone"), SITE)["audience"]["id"] == f"{SITE}/"
    assert web_annotation(replace(plain, passages=()), SITE)["target"] == TEXT.permalink
    noted = replace(plain, passages=(PASSAGE, replace(PASSAGE, note=4)))
    assert [one["source"] for one in web_annotation(noted, SITE)["target"]] == [TEXT.permalink, f"{TEXT.permalink}#n4"]
    lost = replace(plain, passages=(replace(PASSAGE, state="orphan"),))
    quote, place = web_annotation(lost, SITE)["target"]["selector"]
    assert (quote["exact"], place) == (PASSAGE.quote, {"type": "TextPositionSelector", "start": 50, "end": 63})


def test_a_collection_counts_its_items_and_puts_replies_after_what_they_answer() -> None:
    found = json.loads("".join(web_annotations([RECORD, replace(RECORD, replies=())], site=SITE, label="Mine")))
    assert (found["@context"], found["type"], found["total"]) == (
        "http://www.w3.org/ns/anno.jsonld", "AnnotationCollection", 3,
    )  # fmt: skip
    items = found["first"]["items"]
    assert [item["motivation"] for item in items] == ["commenting", "replying", "commenting"]
    assert items[1]["target"] == items[0]["id"]
    assert json.loads("".join(web_annotations([], site="", label="Mine")))["first"]["items"] == []


def test_a_markdown_file_is_as_note_takers_read_it() -> None:
    assert "".join(markdown_file(TEXT, [RECORD])) == (
        '---\ndate: 2022-02-11\ntitle: "Lamps"\nauthors: ["Ines Varrow"]\ndate_precision: "day"\npublication: "Tidewater Letter"\nvolume: "12"\n'
        f'issue: "7"\npages: "pp. 5–8"\nurl: "{SITE}/articles/3/lamps/"\nid: "article-3"\n'  # noqa: RUF001
        'tags: ["water/weir"]\n---\n\n# Lamps\n\n'
        "> held the gate\n\n"
        "— Ines Varrow, “Lamps”, Tidewater Letter XII:7 (11 February 2022), p. 5\n\n"
        f"<{SITE}/articles/3/lamps/#a{RECORD.uid}>\n\n"
        "Who *held* it?\n\n#water/weir\n\n> **Oren**\n>\n> We did.\n\nHedda Marsh, 2022-02-14 ^a-5b0d3c1e\n"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Lamps", "2022-02-11 Lamps"),
        ("../../etc/passwd", "2022-02-11 .. .. etc passwd"),
        ('a*b"c\\d/e<f>g:h|i?j#k^l[m]n', "2022-02-11 a b c d e f g h i j k l m n"),
        ("\u202egpj.exe\x00\n", "2022-02-11 gpj.exe"),
        ("x" * 500, f"2022-02-11 {'x' * (LONGEST_NAME - 11)}"),
    ],
)
def test_names_of_files_are_safe_everywhere(title: str, name: str) -> None:
    assert file_name(replace(TEXT, title=title)) == name


@pytest.mark.parametrize(
    ("title", "name"), [("CON", "_CON"), ("aux.txt", "_aux.txt"), ("...", "untitled"), ("", "untitled")]
)
def test_names_that_file_systems_keep_for_themselves_are_not_taken(title: str, name: str) -> None:
    assert file_name(replace(TEXT, title=title, date="")) == name


def test_two_texts_of_one_title_are_two_files() -> None:
    other = replace(RECORD, text=replace(TEXT, id=4, title="LAMPS"))
    file = io.BytesIO()
    markdown_zip([RECORD, other, replace(RECORD, text=None)], file)
    names = ZipFile(file).namelist()
    assert names == ["2022-02-11 Lamps.md", "2022-02-11 LAMPS 2.md", "Texts no longer on the shelf.md"]


def test_tags_are_written_as_note_takers_take_them() -> None:
    assert [plain_tag(tag) for tag in ("water/weir", "2022", "a b, c#d;e", " ")] == [
        "water/weir",
        "t2022",
        "a-b-c-d-e",
        "tag",
    ]


@hypothesis_settings(max_examples=80, deadline=None)
@given(st.lists(records, min_size=1, max_size=3))
def test_no_words_break_any_file(found: list[AnnotationRecord]) -> None:
    lines = io.StringIO("".join(annotations_csv(found)), newline="")
    rows = list(read_rows(lines))
    assert len(rows) == len(found) + 1
    assert len({len(row) for row in rows}) == 1
    collection = json.loads("".join(web_annotations(found, site=SITE, label="x")))
    assert collection["total"] == len(collection["first"]["items"])
    page = "".join(annotations_page(found, title="x", comment_html=comment_html))
    assert re.findall(r"<(script|img|iframe|style|link)\b", page) == ["style"]
    assert (page.count("<article>"), page.count("</article>")) == (len(found), len(found))
    for record in found:
        file = "".join(markdown_file(record.text, [record]))
        front = file.split("---\n")[1]
        for line in front.splitlines():
            name, _, value = line.partition(": ")
            assert name == "date" or json.loads(value), line


# -- From the site -------------------------------------------------------------------------------------------------------
@pytest.fixture
def house(db: None) -> House:
    return make_house()


def sign_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def taken(person: User, form: str, at: str = "", **sent: Any) -> str:
    """Return a file's text; of a zip that of all files, with their names."""
    address = reverse("notebook-export", args=[form])
    client = sign_in(person)
    answer = client.post(address, sent) if sent else client.get(f"{address}{at}")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    if form != "markdown":
        return content.decode()
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())


@pytest.mark.parametrize("form", BY_SLUG)
def test_each_person_takes_what_they_may_see_and_no_more(house: House, form: str) -> None:
    secret = make_tag(name="qsecretq", by=house.author, private=True)
    for scope in ("private", "team", "everyone"):
        mark = house.mark(
            comment=f"q{scope}q", visibility=scope, team=house.team if scope == "team" else None,
            tags=(secret,) if scope == "private" else (),
        )  # fmt: skip
        reply_to(uid=uuid4(), mark=mark, by=house.author, comment=f"r{scope}r")
    team = {"qteamq", "rteamr"}
    known = {who: team if who in {"mate", "keeper", "member_who_reads"} else set[str]() for who in PEOPLE}
    known["author"] = team | {"qprivateq", "rprivater", "qsecretq"}
    canaries = {"qprivateq", "rprivater", "qteamq", "rteamr", "qsecretq", "qeveryoneq", "reveryoner"}
    for who in PEOPLE:
        wanted = known[who] | {"qeveryoneq", "reveryoner"}
        file = taken(getattr(house, who), form, "?whose=all")
        assert {word for word in canaries if word in file} == wanted, who
        uids = [str(uid) for uid in Annotation.objects.values_list("uid", flat=True)]
        chosen = taken(getattr(house, who), form, marks=uids) if wanted else file
        assert {word for word in canaries if word in chosen} == wanted, who


@pytest.mark.parametrize("form", BY_SLUG)
def test_a_withdrawn_text_is_not_named(house: House, form: str) -> None:
    house.mark(comment="mine")
    type(house.article).objects.filter(pk=house.article.pk).update(state="withdrawn")
    file = taken(house.author, form)
    assert "lamps" in file  # the words that were marked are one's own
    assert not {word for word in (house.article.title, house.article.slug, "Varrow", "Tidewater") if word in file}


def test_a_file_holds_the_list_and_nothing_else(house: House) -> None:
    for colour in ("red", "teal", "red"):
        house.mark(colour=colour)
    rows = list(read_rows(taken(house.author, "csv", "?colour=red").splitlines(keepends=True)))
    assert (len(rows), {row[rows[0].index("colour")] for row in rows[1:]}) == (3, {"red"})
    one = Annotation.objects.filter(colour="teal").get()
    rows = list(read_rows(taken(house.author, "csv", marks=[str(one.uid)]).splitlines(keepends=True)))
    assert [row[0] for row in rows[1:]] == [str(one.uid)]
    rows = list(
        read_rows(taken(house.author, "csv", every="on", expected=2, query="?colour=red").splitlines(keepends=True))
    )
    assert len(rows) == 3


def test_pages_are_those_of_the_passage(house: House) -> None:
    blocks = list(Block.objects.filter(article=house.article).order_by("position"))
    for block, sheet in zip(blocks, (2, 2, 3), strict=True):
        block.regions = [{"page": sheet, "bbox": [0, 0, 1, 1]}]
        block.save()
    note = house.article.notes.get()
    Note.objects.filter(pk=note.pk).update(regions=[{"page": 4, "bbox": [0, 0, 1, 1]}])
    house.mark("lamps")
    house.mark("gate")
    draft = Draft(article=house.article, passages=(AskedPassage(0, 8, note=note.pk),))
    create_annotation(uid=uuid4(), by=house.author, draft=draft)
    lost = house.mark("dusk")
    AnnotationSpan.objects.filter(annotation=lost).update(state="orphan")
    rows = list(read_rows(taken(house.author, "csv").splitlines(keepends=True)))
    page, number, quote = (rows[0].index(name) for name in ("page", "note", "quote"))
    # The article begins on page 5, which is sheet 2 of the file.
    assert {row[quote]: (row[page], row[number]) for row in rows[1:]} == {
        "lamps": ("p. 5", ""), "gate": ("p. 6", ""), "Assembly": ("p. 7", "1"), "dusk": ("", ""),
    }  # fmt: skip


@pytest.mark.parametrize("form", BY_SLUG)
def test_a_file_is_a_download_nobody_keeps(house: House, form: str) -> None:
    house.mark()
    answer = sign_in(house.author).get(reverse("notebook-export", args=[form]))
    assert answer["Content-Type"] == BY_SLUG[form].media_type
    assert re.fullmatch(
        rf'attachment; filename="annotations-[\d-]+\.{BY_SLUG[form].ending}"', answer["Content-Disposition"]
    )
    assert answer["Cache-Control"] == "private, no-store"
    answer.close()


def test_what_cannot_be_exported_leads_back_with_a_sentence(house: House) -> None:
    client = sign_in(house.author)
    assert client.get("/notebook/export/pdf/").status_code == 404
    answers = (
        client.get("/notebook/export/csv/?by=size"),
        client.post("/notebook/export/csv/", {"marks": []}),
        client.post("/notebook/export/csv/", {"every": "on", "expected": 7}),
    )
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/notebook/")] * 3
    assert Export.objects.count() == 0


def test_queries_of_a_file_do_not_grow_with_its_annotations(house: House) -> None:
    counted = []
    for more in (1, 2, 20):
        for _ in range(more):
            mark = house.mark(visibility="team", team=house.team)
            reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="So?")
        with CaptureQueriesContext(connection) as caught:
            taken(house.author, "jsonld")
        counted.append(len(caught))
    assert len(set(counted)) == 1


@pytest.mark.django_db
def test_a_file_is_written_though_somebody_takes_a_passage_away_meanwhile() -> None:
    house = make_house()
    mark = house.mark("lamps", comment="one")

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if '"monitor_annotationspan"."prefix"' in sql and "SELECT" in sql:
            with connection.cursor() as cursor:
                cursor.connection.execute("delete from monitor_annotationspan where annotation_id = %s", [mark.pk])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        (record,) = annotation_records([mark.pk], house.author, site="")
    assert not AnnotationSpan.objects.filter(annotation=mark).exists()
    assert [(one.quote, one.prefix, one.suffix) for one in record.passages] == [("lamps", "", "")]
