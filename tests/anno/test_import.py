"""Files of Web Annotations: what leaves comes back as it was, what others wrote is kept, nothing comes in twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.codebook import make_tag
from monitor.annotations.foreign_models import ForeignMark
from monitor.annotations.log_models import Notice, Operation
from monitor.annotations.models import Annotation, AnnotationSpan, Reply
from monitor.annotations.passages import AskedPassage
from monitor.annotations.replies import reply_to
from monitor.annotations.tag_models import AnnotationTag
from monitor.interchange import importing
from monitor.interchange.annotation_queries import annotation_records
from monitor.interchange.import_formats import BY_SLUG
from monitor.interchange.import_models import FileImport
from monitor.interchange.import_reports import tallies
from monitor.interchange.import_rows import Wishes
from monitor.interchange.importing import go_on, take_in
from monitor.interchange.iris import host_names
from monitor.interchange.web_annotation import web_annotations
from tests.anno.asking import ANNO, SITE, annotation, asker, iri
from tests.anno.model import check_collection
from tests.annotations.people_and_texts import House, make_house
from tests.web.pages import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

pytestmark = pytest.mark.django_db
KEEP = BY_SLUG["jsonld"].keep


@pytest.fixture
def house() -> House:
    return make_house()


def exported(person: User) -> bytes:
    keys = Annotation.objects.visible_to(person).order_by("created", "id").values_list("pk", flat=True)
    return "".join(web_annotations(annotation_records(keys, person, site=SITE), site=SITE, label="All")).encode()


def wipe() -> None:
    Notice.objects.all().delete()
    Operation.objects.all().delete()
    for kind in (AnnotationTag, Reply, AnnotationSpan, Annotation):
        kind.objects.all().delete()


def bring(person: User, content: Any, **facts: Any) -> FileImport:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return take_in(by=person, name="a.jsonld", content=data, site=SITE, **facts)


def wishes(person: User, **facts: Any) -> Wishes:
    return Wishes(person, SITE, host_names(SITE), **facts)


def tally(row: FileImport) -> dict[str, int]:
    return tallies([row])[row.pk]


def outcomes(row: FileImport) -> list[str]:
    return [one["outcome"] for one in row.report]


def many_kinds(house: House) -> None:
    """Make annotations of every kind there is, by the author, and replies to some."""
    tags = tuple(make_tag(name=name, by=house.author) for name in ("weir", "water/flood"))
    house.mark("lamps", comment="  Why?\n\n**Because** 🌊 </script> ]]>", tags=tags)
    shared = house.mark("held the gate", comment="=cmd", visibility="team", team=house.team)
    house.mark("dusk", visibility="everyone", tags=tags[:1])
    note = house.article.notes.get()
    several = (house.asked("lit"), AskedPassage(0, 8, note=note.pk), house.asked("Weir"))
    for draft in (
        Draft(article=house.article, passages=several, comment="Here and there."),
        Draft(article=house.article, comment="On the whole."),
        Draft(issue=house.article.issue, comment="On the issue."),
    ):
        create_annotation(uid=uuid4(), by=house.author, draft=draft)
    reply_to(uid=uuid4(), mark=shared, by=house.author, comment="So?")
    lost = house.mark("before")
    AnnotationSpan.objects.filter(annotation=lost).update(
        quote="beforehand never", state="orphan", prefix="a", suffix="b"
    )


def test_export_wipe_import_gives_the_same_annotations(house: House) -> None:
    many_kinds(house)
    sent = asker(house.author).post(
        annotation(house, "nowhere in the text", id="https://a.example/1", rights="urn:r"), Slug="weir"
    )
    assert sent.status_code == 201
    before = exported(house.author)
    check_collection(json.loads(before))
    wipe()
    row = bring(house.author, before)
    assert (row.state, tally(row)) == ("done", {"imported": 7, "orphan": 2})
    after = exported(house.author)
    assert json.loads(after) == json.loads(before)
    again = bring(house.author, before)
    assert tally(again) == {"duplicate": 9}
    assert exported(house.author) == after
    assert ForeignMark.objects.count() == 1  # what we wrote ourselves needs nothing beside it


def test_people_get_their_own_words_back_where_an_operator_imports(house: House) -> None:
    mark = house.mark(visibility="team", team=house.team, comment="Mine.")
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="And mine.")
    before = exported(house.author)
    wipe()
    rows = BY_SLUG["jsonld"].rows(before)
    assert [KEEP(row, wishes(house.author, authors_known=True)).outcome for row in rows] == ["imported", "imported"]
    assert exported(house.author) == before
    wipe()
    assert tally(bring(house.author, before)) == {"imported": 2}
    assert (Reply.objects.get().owner, ForeignMark.objects.get().author) == (house.author, "mate")


def test_the_command_imports_for_somebody_and_says_what_became_of_it(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.SITE_URL = SITE
    mark = house.mark(visibility="team", team=house.team, comment="Mine.")
    reply_to(uid=uuid4(), mark=mark, by=house.mate, comment="And mine.")
    file, before = tmp_path / "all.jsonld", exported(house.author)
    file.write_bytes(before)
    wipe()
    for said in ("2 imported", "2 duplicate"):
        call_command("import_annotations", str(file), "--user", "author", "--authors")
        assert capsys.readouterr().out == f"{said}\n"
    assert exported(house.author) == before
    file.write_text(json.dumps([annotation(house, target="https://elsewhere.example/"), {"id": "urn:x"}]))
    with pytest.raises(CommandError, match="could not be imported"):
        call_command("import_annotations", str(file), "--user", "author")
    told = capsys.readouterr()
    assert told.out == "1 refused, 1 unknown document\n"
    assert "refused: urn:x: Its type is not Annotation." in told.err
    for name, content, said in (("a.jsonld", b"{", "no JSON"), ("a.xyz", b"x", "no format")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CommandError, match=said):
            call_command("import_annotations", str(tmp_path / name), "--user", "author")
    for arguments in ((str(tmp_path / "missing.jsonld"), "--user", "author"), (str(file), "--user", "nobody-here")):
        with pytest.raises(CommandError):
            call_command("import_annotations", *arguments)


def test_an_article_says_where_it_can_be_annotated(house: House, signed_in: SignIn) -> None:
    page = signed_in(house.author).get(house.article.get_absolute_url()).content.decode()
    assert '<link rel="http://www.w3.org/ns/oa#annotationService" href="/anno/">' in page


def test_foreign_annotations_become_ones_own_and_say_where_they_came_from(house: House) -> None:
    first = annotation(
        house, id="https://a.example/1", creator={"type": "Person", "name": "Ada"}, created="2020-01-02T03:04:05Z"
    )
    answer = {
        "@context": ANNO,
        "type": "Annotation",
        "id": "https://a.example/2",
        "motivation": "replying",
        "bodyValue": "Indeed.",
        "target": "https://a.example/1",
    }
    last = answer | {"id": "https://a.example/3", "target": "https://a.example/2", "bodyValue": "No."}
    row = bring(house.author, [last, answer, first])
    assert outcomes(row) == ["imported"] * 3
    mark = Annotation.objects.get()
    assert (mark.owner, mark.visibility, mark.created.isoformat()) == (
        house.author,
        "private",
        "2020-01-02T03:04:05+00:00",
    )
    assert sorted(reply.comment for reply in mark.replies.all()) == ["Indeed.", "No."]
    found = asker(house.author)("GET", str(mark.uid)).json()
    assert (found["via"], found["target"]) == (["https://a.example/1"], first["target"])
    assert ForeignMark.objects.get(annotation=mark).author == "Ada"
    assert outcomes(bring(house.author, [last, answer, first])) == ["duplicate"] * 3
    assert outcomes(bring(house.mate, first)) == ["imported"]


def test_each_row_is_told_what_became_of_it_and_none_is_lost(house: House) -> None:
    elsewhere = annotation(house, target="https://elsewhere.example/page", bodyValue="Gone?")
    del elsewhere["body"]
    rows = [
        annotation(house),
        annotation(house, "not in it"),
        elsewhere,
        annotation(house, body={"value": 7}),
        "nonsense",
        {"id": "urn:x"},
    ]
    row = bring(house.author, rows)
    told = {one["label"]: (one["outcome"], one["why"]) for one in row.report}
    assert told == {
        "lamps": ("imported", ""),
        "not in it": ("orphan", "Its words are not in the text; they are kept, to be put on their place."),
        "Gone?": ("unknown document", "Its target is no article, issue or annotation of this site."),
        "a row without an address": ("refused", "The value of a body is a text."),
        "nonsense": ("refused", "An annotation is a JSON object."),
        "urn:x": ("refused", "Its type is not Annotation."),
    }
    assert row.left_over == [rows[2], rows[3], "nonsense", {"id": "urn:x"}]
    assert outcomes(bring(house.author, rows[:2])) == ["duplicate", "duplicate"]


def test_rows_without_an_id_are_told_by_their_words_passages_and_tags(house: House) -> None:
    first = annotation(house, body=[{"value": "Why?"}, {"value": "Weir", "purpose": "tagging"}])
    reply = {"@context": ANNO, "type": "Annotation", "motivation": "replying", "bodyValue": "Indeed."}
    placed = annotation(
        house, target={"source": iri(house), "selector": {"type": "TextPositionSelector", "start": 4, "end": 9}}
    )
    others = [
        annotation(house, body=[{"value": "Why not?"}, {"value": "Weir", "purpose": "tagging"}]),
        annotation(house, body=[{"value": "Why?"}, {"value": "Gate", "purpose": "tagging"}]),
        annotation(house, "gate", body=first["body"]),
        annotation(house, target=iri(house), body=first["body"]),
        placed,
    ]
    assert outcomes(bring(house.author, [first, *others])) == ["imported"] * 6
    answers = [reply | {"target": f"{SITE}/anno/{Annotation.objects.order_by('pk')[0].uid}"}]
    assert outcomes(bring(house.author, answers)) == ["imported"]
    assert outcomes(bring(house.author, [first, *others, *answers])) == ["duplicate"] * 7
    assert (Annotation.objects.count(), Reply.objects.count()) == (6, 1)


def test_an_identity_somebody_else_has_is_not_kept_and_not_told(house: House) -> None:
    theirs = house.mark(by=house.mate, comment="Theirs.")
    taken = annotation(house, id=f"{SITE}/anno/{theirs.uid}")
    row = bring(house.author, taken)
    mark = Annotation.objects.get(owner=house.author)
    assert (outcomes(row), mark.uid != theirs.uid, mark.comment) == (["imported"], True, "Why?")
    assert outcomes(bring(house.author, taken)) == ["duplicate"]
    free = UUID("5b0d3c1e-0000-4000-8000-00000000000a")
    bring(house.author, annotation(house, "gate", id=f"{SITE}/anno/{free}"))
    assert Annotation.objects.filter(uid=free, owner=house.author).exists()


def test_what_may_not_be_shared_comes_in_private_and_says_so(house: House) -> None:
    rows = [
        annotation(house, audience={"id": f"{SITE}/", "type": "Audience"}),
        annotation(house, "gate", audience={"id": f"{SITE}/teams/{house.team.pk}/"}),
    ]
    for person, why in ((house.reader, "role of analyst"), (house.outsider, "your teams")):
        row = bring(person, rows)
        assert any(why in one["why"] for one in row.report)
        assert set(Annotation.objects.filter(owner=person).values_list("visibility", flat=True)) <= {
            "private",
            "everyone",
        }
    shared = bring(house.mate, rows, visibility="team", team=house.team)
    assert outcomes(shared) == ["imported", "imported"]
    assert Annotation.objects.filter(owner=house.mate, team=house.team).count() == 2


def test_a_large_file_is_a_job_that_goes_on_where_it_stopped(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    rows = [annotation(house, body={"value": f"Note {number}."}) for number in range(5)]
    row = bring(house.author, rows)
    assert (row.state, row.rows_done, row.rows_total, Annotation.objects.count()) == ("waiting", 0, 5, 0)
    form, parsed = BY_SLUG["jsonld"], BY_SLUG["jsonld"].rows(bytes(FileImport.objects.get().content or b""))
    assert importing._import_some(row.pk, form, parsed, wishes(house.author))
    assert (FileImport.objects.get().rows_done, Annotation.objects.count()) == (2, 2)
    go_on(row.pk)
    go_on(row.pk)
    row.refresh_from_db()
    assert (row.state, row.rows_done, row.content, Annotation.objects.count()) == ("done", 5, None, 5)
    assert outcomes(row) == ["imported"] * 5


def test_a_team_that_was_left_meanwhile_gets_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    row = bring(house.author, annotation(house), visibility="team", team=house.team)
    house.team.memberships.filter(user=house.author).delete()
    go_on(row.pk)
    row.refresh_from_db()
    assert (row.state, row.message, Annotation.objects.count()) == ("refused", importing.TEAM_GONE, 0)


def test_the_page_takes_a_file_and_tells_its_rows_to_its_owner_alone(house: House, signed_in: SignIn) -> None:
    client, other = signed_in(house.author), signed_in(house.mate)
    rows = [annotation(house), annotation(house, target="https://elsewhere.example/", bodyValue="Gone?", body=None)]
    del rows[1]["body"]
    file = SimpleUploadedFile("mine.jsonld", json.dumps(rows).encode())
    sent = client.post(reverse("imports"), {"file": file, "readers": "everyone"})
    row = FileImport.objects.get()
    address = reverse("import", args=[row.uid])
    assert (sent.status_code, sent["Location"]) == (302, address)
    shown = words(client.get(address).content.decode())
    assert "2 rows" in shown
    assert "lamps imported" in shown
    assert "Gone? unknown document" in shown
    narrowed = words(client.get(f"{address}?outcome=imported").content.decode())
    assert "Gone?" not in narrowed
    left = client.get(reverse("import-left", args=[row.uid]))
    assert json.loads(left.content)["first"]["items"] == rows[1:]
    assert left["Content-Disposition"] == 'attachment; filename="not-imported.jsonld"'
    assert Annotation.objects.get().visibility == "everyone"
    assert "mine.jsonld" in words(client.get(reverse("imports")).content.decode())
    for place in (address, reverse("import-left", args=[row.uid])):
        assert other.get(place).status_code == 404
        assert client.get(place)["Cache-Control"] == "private, no-store"
        assert signed_in(None).get(place).status_code == 302
    assert "mine.jsonld" not in other.get(reverse("imports")).content.decode()


def test_the_page_says_what_is_wrong_with_a_file(house: House, signed_in: SignIn) -> None:
    client = signed_in(house.reader)
    missing = client.post(reverse("imports"), {})
    assert (missing.status_code, "Choose a file." in missing.content.decode()) == (422, True)
    file = SimpleUploadedFile("a.jsonld", b"{}")
    for readers, said in (
        ("everyone", "role of analyst"),
        (f"team:{house.team.uid}", "not one of your teams"),
        ("moon", "Choose who"),
    ):
        answer = client.post(reverse("imports"), {"file": file, "readers": readers})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), readers
        file.seek(0)
    for name, content, said in (
        ("a.xyz", b"x", importing.UNKNOWN_KIND),
        ("a.jsonld", b"{", "This file is no JSON in UTF-8."),
    ):
        client.post(reverse("imports"), {"file": SimpleUploadedFile(name, content), "readers": "file"})
        row = FileImport.objects.all()[0]
        assert (row.state, row.message, row.content) == ("refused", said, None)
        assert said in words(client.get(reverse("import", args=[row.uid])).content.decode())
    assert not Annotation.objects.exists()


def test_targets_lead_to_the_article_whatever_host_wrote_them(house: House, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "old.example"]
    sent = annotation(house, target=iri(house).replace(SITE, "https://old.example"))
    assert outcomes(bring(house.author, sent)) == ["imported"]
