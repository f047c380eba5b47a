"""The facts that `bench.extractors` counts with find a paragraph whole, and only then."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bench.page_facts import WAYS, all_facts, is_alone, is_whole, letters_of, paragraph_facts

PROSE = "The ferry to Anvil Point left at noon; nobody on the quay had seen the second boat."


def test_letters_leave_out_what_extractors_may_differ_in() -> None:
    assert letters_of("The \ufb01rst co-\noperative, in \u201cAnvil\u201d") == letters_of(
        "the first cooperative in Anvil"
    )


def test_a_paragraph_is_found_among_other_text() -> None:
    output = letters_of("Before. " + PROSE.replace("nobody", "no-\nbody") + " After.")
    assert is_whole(paragraph_facts(PROSE), output)


def test_a_paragraph_with_a_line_of_another_in_it_is_not_whole() -> None:
    torn = PROSE.replace("nobody", "Tidewater Letter 12 nobody")
    assert not is_whole(paragraph_facts(PROSE), letters_of(torn))


def test_a_paragraph_is_found_behind_another_that_begins_alike() -> None:
    alike = PROSE.replace("second boat", "barge")
    assert is_whole(paragraph_facts(PROSE), letters_of(alike + PROSE))


def test_a_paragraph_glued_to_another_does_not_stand_alone() -> None:
    paragraph = paragraph_facts(PROSE)
    assert is_alone(paragraph, frozenset({letters_of(PROSE)}))
    assert not is_alone(paragraph, frozenset({letters_of(PROSE + " And then?")}))


@given(st.text(), st.text(min_size=1).filter(lambda text: letters_of(text) != ""), st.text())
def test_whatever_stands_around_a_paragraph_it_is_found(before: str, prose: str, after: str) -> None:
    assert is_whole(paragraph_facts(prose), letters_of(before) + letters_of(prose) + letters_of(after))


def test_the_kept_facts_hold_no_text_to_read() -> None:
    for facts in all_facts().values():
        assert facts.paragraphs
        assert facts.way in WAYS
        assert len(set(facts.paragraphs)) == len(facts.paragraphs)
        assert all(len(paragraph.begins) <= 20 < paragraph.letters for paragraph in facts.paragraphs)
