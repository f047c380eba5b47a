from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.ingest.letters.hyphens import vocabulary
from monitor.ingest.pieces import Piece, Style
from monitor.ingest.structure.looks import is_bare
from monitor.ingest.structure.paragraphs import Setting, continues, heads_in_small_letters, mended
from monitor.ingest.structure.styles import Body

PLAIN = Setting(vocabulary(["a river-borne company"]), Body(None))
PRINT = Setting(vocabulary([]), Body(10.0))
TEXT = Style(10.0)
BOLD = Style(10.0, bold=True)


def pieces(*texts: str) -> list[Piece]:
    return [Piece(text, (text,)) for text in texts]


def blocks(*texts: str, setting: Setting = PLAIN) -> list[tuple[str, str]]:
    return [(paragraph.role, paragraph.piece.text) for paragraph in mended(pieces(*texts), setting)]


BEGIN, END = "The tale begins here.", "It ends here."
HALF = "While the Front has been weakened since it lost the works, there remain"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (HALF, "two ways for it to recover."),
        (HALF, "Two Rivers, a town of salt, and the Lorr road."),
        (HALF, '"two ways" for it to recover.'),
        (f"{HALF} the Velmara", "Levy (VL), which had made no progress."),
        ("Arguably, the Front sat down with them not to make any", "trouble for the Union."),
        ("Arguably,", "the Front sat down with them."),
        ("On January", "20, a bomb went off."),
        ("The levy of the", "Ostrand Horse left the town."),
        ("They were led by Dr.", "Marrow, who had come from Lorr."),
        ("They were led by the U.S.", "and by others."),
        (f"{HALF} [3]", "two ways for it to recover."),
        (f"{HALF} (see", "above) two ways for it to recover."),
        (f"{HALF} two ways", "Recovery."),
    ],
)
def test_mended_rejoins_a_sentence_that_a_page_cut(first: str, second: str) -> None:
    assert blocks(BEGIN, first, second, END) == [("para", BEGIN), ("para", f"{first} {second}"), ("para", END)]


@pytest.mark.parametrize(
    "head",
    [
        "The Ostrand Factor",
        "The Tesk-Ostrand connection",
        "Conclusion",
        "1. The River Trade",
        "Rifts, Splintering, and Mergers among the Coast Bands",
        "What Comes Next?",
        "Marren's Assumptions and Expectations from the Hill Union",
    ],
)
def test_mended_leaves_heads_alone(head: str) -> None:
    assert blocks(BEGIN, head, END) == [("para", BEGIN), ("heading", head), ("para", END)]


def test_mended_knows_a_head_before_an_arabic_name() -> None:
    assert blocks("The Siege", "al-Marsa was besieged for a year.") == [
        ("heading", "The Siege"),
        ("para", "al-Marsa was besieged for a year."),
    ]


def test_mended_keeps_paragraphs_apart_that_end() -> None:
    texts = [
        "It fell. [1]",
        'It was "two sides (Post, May 3, 2020)."',
        "Did it? Nobody knows.",
        "They said:",
        "Nothing.",
    ]

    assert blocks(*texts) == [("para", text) for text in texts]


def test_mended_takes_a_citation_without_its_stop_for_an_end_before_a_capital() -> None:
    first = "The town of Lorr was burned in the spring of that year (Marren Daily, May 3, 2020)"

    assert blocks(first, "The levy came too late.") == [("para", first), ("para", "The levy came too late.")]
    assert blocks(first, "and the levy came too late.") == [("para", f"{first} and the levy came too late.")]


def test_mended_joins_three_parts() -> None:
    middle = "two ways for it to recover before the end of winter, which"

    (paragraph,) = mended(pieces(HALF, middle, "it may choose."), PLAIN)

    assert paragraph.piece.text == f"{HALF} {middle} it may choose."
    assert paragraph.joined == 2


def test_mended_does_not_swallow_a_head_after_a_lost_stop() -> None:
    assert blocks("The levy came too late for the town", "The Ostrand Factor", END) == [
        ("para", "The levy came too late for the town"),
        ("heading", "The Ostrand Factor"),
        ("para", END),
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("of every kind, the hill companies and the river-", "borne ones, came.", "and the river-borne ones, came."),
        ("of every kind, the hill companies and the Counter-", "Smuggling men came.", "Counter-Smuggling men came."),
        ("they came to the quay/", "harbor road at night.", "the quay/harbor road at night."),
    ],
)
def test_mended_closes_up_hyphens_and_slashes(first: str, second: str, whole: str) -> None:
    (paragraph,) = mended(pieces(first, second), PLAIN)

    assert paragraph.piece.text.endswith(whole)


def test_mended_drops_a_hyphen_where_the_word_is_seen_whole() -> None:
    setting = Setting(vocabulary(["the government fell"]), Body(None))

    (paragraph,) = mended(pieces("it was said in the town that the govern-", "ment had fled."), setting)

    assert paragraph.piece.text == "it was said in the town that the government had fled."


def test_mended_drops_a_guessed_hyphen_in_print_only() -> None:
    print_pieces = [Piece("they said the govern-", (), style=TEXT), Piece("ment had fled.", (), style=TEXT)]

    assert [p.piece.text for p in mended(print_pieces, PRINT)] == ["they said the government had fled."]
    assert [p.piece.text for p in mended(pieces("they met the zarov-", "ians there."), PLAIN)] == [
        "they met the zarov-ians there."
    ]


def test_mended_puts_an_aside_after_the_paragraph_it_interrupts() -> None:
    aside = Piece("A map of Lorr", (), aside="caption")
    flow = [pieces(HALF)[0], aside, *pieces("two ways for it to recover.", END)]

    assert [(p.role, p.piece.text) for p in mended(flow, PLAIN)] == [
        ("para", f"{HALF} two ways for it to recover."),
        ("aside", "A map of Lorr"),
        ("para", END),
    ]


def test_mended_keeps_an_aside_between_whole_paragraphs_in_its_place() -> None:
    aside = Piece("A map of Lorr", (), aside="caption")
    flow = [*pieces(BEGIN), aside, *pieces(END)]

    assert [p.piece.text for p in mended(flow, PLAIN)] == [BEGIN, "A map of Lorr", END]


def test_mended_obeys_the_geometry() -> None:
    joined = [Piece("It fell.", (), style=TEXT), Piece("It rose.", (), style=TEXT, continues=True)]
    apart = [Piece(HALF, (), style=TEXT), Piece("two ways.", (), style=TEXT, continues=False)]

    assert [(p.piece.text, p.joined) for p in mended(joined, PRINT)] == [("It fell. It rose.", 0)]
    assert [p.piece.text for p in mended(apart, PRINT)] == [HALF, "two ways."]


def test_mended_takes_bold_lines_for_heads_and_plain_ones_not() -> None:
    flow = [
        Piece("The Ostrand Factor", (), style=BOLD),
        Piece("Salt in Lorr", (), style=TEXT),
        Piece("It fell.", (), style=TEXT),
    ]

    assert [(p.role, p.piece.text) for p in mended(flow, PRINT)] == [
        ("heading", "The Ostrand Factor"),
        ("para", "Salt in Lorr It fell."),
    ]


def test_mended_lets_ranks_decide_where_the_file_gives_them() -> None:
    setting = Setting(vocabulary([]), Body(None), ranked=True)
    flow = [Piece("Salt", ("Salt",), level=3), *pieces("Rope and Rifles", "It fell.")]

    assert [(p.role, p.piece.text) for p in mended(flow, setting)] == [
        ("heading", "Salt"),
        ("para", "Rope and Rifles It fell."),
    ]


def test_mended_keeps_apart_what_it_is_told_to() -> None:
    flow = pieces("The levy came too late for the town", "Ilse Marrow is an editor.")

    kept = mended(flow, PLAIN, lambda piece: piece.text.startswith("Ilse"))

    assert [p.piece.text for p in kept] == [piece.text for piece in flow]


def test_heads_in_small_letters_are_a_habit_of_the_issue() -> None:
    small = pieces("The price of salt", BEGIN, "How the ropes came", BEGIN, "The Ostrand Factor", BEGIN)
    large = pieces("The Price of Salt", BEGIN, "How the Ropes Came", BEGIN, "The Tesk connection", BEGIN)

    assert heads_in_small_letters(small)
    assert not heads_in_small_letters(large)
    assert not heads_in_small_letters(pieces(BEGIN, END))


def test_mended_takes_a_long_head_in_small_letters_where_that_is_the_habit() -> None:
    head = "How the salt smugglers moved their money across the border"
    habit = Setting(vocabulary([]), Body(None), sentence_heads=True)

    assert is_bare(head)
    assert blocks(BEGIN, head, "The smugglers had three ways.", setting=habit)[1] == ("heading", head)
    assert blocks(BEGIN, head, "The smugglers had three ways.")[1][0] == "para"
    assert blocks(BEGIN, head, "and back again in a year.", setting=habit)[1][0] == "para"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("It fell.", "it rose.", False),
        ("by the U.S.", "and others", True),
        ("by the U.S.", "Others came.", False),
        ("in the", "Town of Lorr.", True),
        ("of that year (Daily, May 3)", "The end.", False),
        ("of the town", "The Ostrand Factor", False),
        ("of the", "The Ostrand Factor", True),
    ],
)
def test_continues_looks_at_both_sides_of_the_break(first: str, second: str, expected: bool) -> None:
    assert continues(first, second, setting=PLAIN) is expected


def test_continues_takes_a_bare_line_for_more_where_the_file_ranks_its_heads() -> None:
    ranked = replace(PLAIN, ranked=True)

    assert continues("It fell upon Lorr", "Salt Roads", setting=ranked)
    assert not continues("It fell upon Lorr", "Salt Roads", setting=PLAIN)
    assert not continues("It fell upon Lorr.", "Salt Roads", setting=ranked)
