from __future__ import annotations

import pytest

from monitor.ingest.apparatus.notes import Label, is_source, judged, label_of, names_several_works, short_form, words_of
from monitor.ingest.document import Note

REVIEW = '"Upper Valley Review July-September 30, 2030" (Velmara Board of Rivers, November 2030).'
QUILL = 'Marta Quill and Jon Esker, "The Front at Low Water," (Quay House Papers, January 2031).'
MIRREN = 'Asha Mirren, "After the Takeover: Marren\'s Ridge Problem," Velmara Institute of Peace, January 21, 2031.'
BAKON = 'Petra Bakon, "Slipping the Rope?" Endurance, Vol. 60, Issue 5, (September 2027), pp. 159-180.'


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[1] The Front", Label(1, 4, "[n]")),
        ("[12] The Front", Label(12, 5, "[n]")),
        ("[5]. The Front", Label(5, 5, "[n].")),
        ("[5]: The Front", Label(5, 5, "[n]:")),
        ("1. The Front", Label(1, 3, "n.")),
        ("1) The Front", Label(1, 3, "n)")),
        ("1 The Front", Label(1, 2, "n")),
        ("(1) The Front", Label(1, 4, "(n)")),
        ("(2014) saw", None),
        ("\u00b9 The Front", Label(1, 2, "n raised")),
        ("\u00b9\u00b2The Front", Label(12, 2, "n raised")),
        ("[1]", Label(1, 3, "[n]")),
        ("[1]The Front", None),
        ("1.5 million", None),
        ("2014 saw", None),
        ("The Front", None),
        ("[a] The Front", None),
        ("", None),
    ],
)
def test_label_of_reads_the_number_of_a_note(text: str, label: Label | None) -> None:
    assert label_of(text) == label


def kinds(*texts: str) -> list[tuple[str, int | None]]:
    notes = [Note(n, text) for n, text in enumerate(texts, start=1)]
    return [(note.kind, note.resolves_to) for note in judged(notes, [()] * len(notes)).notes]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Author's interview with an officer on January 12, 2031.", "interview"),
        ("Author\u2019s interview with an officer.", "interview"),
        ("Authors' interviews with officers, Lorr.", "interview"),
        ("Author interview, Lorr, May 2030.", "interview"),
        ("Telephonic interview with a clerk, January 25, 2031.", "interview"),
        ("Personal interview with a clerk.", "interview"),
        ("Personal communication with a clerk.", "interview"),
        ("Interview with a clerk, Lorr.", "interview"),
        ("Interview by telephone.", "interview"),
        ("Interviewed men of the Front deny this.", "explanatory"),
        ("The Front is a league of ridge companies.", "explanatory"),
        ('He said that "we will fight" and left for Lorr in 2030.', "explanatory"),
        ("The town fell on December 6, 2021 (Al-Bahriya, December 6 2021).", "explanatory"),
        (f"See {REVIEW}", "source"),
        (QUILL, "source"),
        (MIRREN, "source"),
        (BAKON, "source"),
        ("\u201cPrice Lists,\u201d Northern Chamber, January 2021.", "source"),
        ("Marren Daily, January 12, 2031.", "source"),
        ('Petra Bakon and others, "Slipping the Rope?"', "source"),
        ("", "explanatory"),
    ],
)
def test_judged_knows_the_kind_of_a_note_on_its_own(text: str, kind: str) -> None:
    assert kinds(text) == [(kind, None)]


def test_judged_takes_an_italic_title_for_a_source() -> None:
    text = "H. Brandt, Companies of the Straits (Almery: Quay Press, 2019), pp. 44-51."

    assert judged([Note(1, text)], [((11, 35),)]).notes[0].kind == "source"
    assert is_source(text, ((11, 35),))
    assert not is_source(text)


@pytest.mark.parametrize("text", ["Ibid.", "Ibid", "ibid., p. 5.", "Ibidem.", "Id.", "Idem.", "Same.", "Op. cit."])
def test_judged_leads_an_ibid_to_the_note_before(text: str) -> None:
    assert kinds("The Front is a league.", QUILL, text)[2] == ("ibid", 2)


@pytest.mark.parametrize("text", ["Same-day reports differ.", "Ideas differ.", "Idle boats lay in the harbor."])
def test_judged_takes_no_other_word_for_an_ibid(text: str) -> None:
    assert kinds(QUILL, text)[1] == ("explanatory", None)


def test_judged_passes_over_an_ibid_on_the_way() -> None:
    assert kinds(QUILL, "Ibid.", "Ibid.") == [("source", None), ("ibid", 1), ("ibid", 1)]


def test_judged_leaves_an_ibid_open_after_several_works_or_nothing() -> None:
    several = judged([Note(1, f"{QUILL[:-1]}; {MIRREN}"), Note(2, "Ibid.")], [(), ()])
    first = judged([Note(1, "Ibid.")], [()])

    assert (several.notes[1].resolves_to, several.ibid_open) == (None, (1,))
    assert (first.notes[0].resolves_to, first.ibid_open) == (None, (0,))


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        ((f"See {REVIEW}", QUILL), "Velmara Board of Rivers, November 2030.", 1),
        ((f"See {REVIEW}", QUILL), "See Quill and Esker, January 2031.", 2),
        ((QUILL, MIRREN), 'Asha Mirren, "After the Takeover: Marren\'s Ridge Problem."', 2),
        ((QUILL, MIRREN), "Quill and Esker, op. cit., p. 4.", 1),
        ((QUILL, BAKON), "Bakon, pp. 160-162.", 2),
        ((QUILL, BAKON), "Bakon, 2027.", 2),
    ],
)
def test_judged_leads_a_short_form_to_the_one_source_it_fits(before: tuple[str, ...], text: str, meant: int) -> None:
    assert kinds(*before, text)[-1] == ("short_form", meant)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ((QUILL,), "See Quill and Esker, March 2031."),
        ((QUILL, QUILL), "See Quill and Esker, January 2031."),
        ((), "See Quill and Esker, January 2031."),
        ((QUILL,), "See Bakon, January 2031."),
    ],
)
def test_judged_leaves_a_short_form_open_that_fits_none_or_two(before: tuple[str, ...], text: str) -> None:
    notes = [Note(n, printed) for n, printed in enumerate((*before, text), start=1)]

    verdict = judged(notes, [()] * len(notes))

    assert (verdict.notes[-1].kind, verdict.notes[-1].resolves_to) == ("source", None)
    assert verdict.short_open == (len(before),)


def test_judged_asks_nothing_of_a_newspaper_and_its_day() -> None:
    verdict = judged([Note(1, "Marren Daily, January 12, 2031.")], [()])

    assert verdict.short_open == ()


def test_judged_never_leads_a_short_form_to_an_explanatory_note() -> None:
    explained = "The Quill and Esker families met in January 2031 (Lorr Post, January 5, 2031)."

    assert kinds(explained, "See Quill and Esker, January 2031.")[1] == ("source", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Front is a league.",
        "He wrote it in Lorr, January 2031",
        '"A," and "B," January 2031.',
        "A (B, January 2031).",
        "May 2030; June 2030.",
        "x" * 500,
    ],
)
def test_short_form_is_none_for_other_notes(text: str) -> None:
    assert short_form(text) is None


def test_words_of_leaves_out_the_empty_ones() -> None:
    assert words_of("See the U.S. Board of Marren\u2019s Rivers et al.") == {"u.s", "board", "marren's", "rivers"}


def test_names_several_works_counts_works_and_not_authors() -> None:
    assert names_several_works(f"{QUILL[:-1]}; {MIRREN}")
    assert names_several_works("It burned (A, May 3, 2020; B, May 4, 2020).")
    assert not names_several_works(QUILL)


@pytest.mark.parametrize(
    ("text", "words", "complete"),
    [
        ("Final Accord, November 2030, point 3.2.", {"final", "accord"}, False),
        ("\u201cThe Accord of Lorr,\u201d Annex on Boats.", {"accord", "lorr"}, False),
        ("Quill, chapter 4", {"quill"}, False),
        ("Quill, op. cit., pp. 4-7.", {"quill"}, False),
        (
            "Harbor Master of Lorr, Weekly Return No. 34, 1987.",
            {"harbor", "master", "lorr", "weekly", "return", "no", "34"},
            True,
        ),
    ],
)
def test_short_form_leaves_the_place_in_the_work_aside(text: str, words: set[str], complete: bool) -> None:
    form = short_form(text)

    assert form is not None
    assert (set(form.words), form.complete) == (words, complete)


@pytest.mark.parametrize("text", ["Quill, Part Makers of the Front", "The Front, article by article, fell", "pp. 3-4"])
def test_short_form_needs_a_name_before_the_place(text: str) -> None:
    assert short_form(text) is None


def test_judged_resolves_short_forms_with_a_place_to_the_work() -> None:
    accord = "\u201cFinal Accord to End the River War\u201d (Council of Lorr, November 2030)."
    notes = [Note(n, text) for n, text in enumerate([accord, "Final Accord, November 2030, point 3.2."], 1)]

    assert [(note.kind, note.resolves_to) for note in judged(notes, [[], []]).notes] == [
        ("source", None),
        ("short_form", 1),
    ]


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("Quill and Esker, January 2031.", False),
        ("Lorr Post, January 3, 2031.", True),
        ("See Lorr Post, January 3, 2031.", False),
    ],
)
def test_short_form_is_complete_where_a_newspaper_has_its_day(text: str, complete: bool) -> None:
    form = short_form(text)

    assert form is not None
    assert form.complete == complete


@pytest.mark.parametrize("text", ["", "See", "See .", "Quill (ed.), 2031", "Quill, 2031; Esker, 2030"])
def test_short_form_is_no_empty_or_manifold_reference(text: str) -> None:
    assert short_form(text) is None
