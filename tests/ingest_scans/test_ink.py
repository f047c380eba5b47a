"""Bold type is told by its strokes: in every size, in capitals, on grey paper, and by its neighbours."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from monitor.ingest.scans.ink import weighed
from monitor.ingest.scans.recognised import RecognisedLine, RecognisedWord

HEIGHT = 30


def drawn(
    *rows: tuple[int, ...], paper: int = 255, ink: int = 0, scale: int = 1
) -> tuple[Image.Image, list[RecognisedLine]]:
    """Return a picture of words made of upright strokes, and its lines; a row is its words' strokes in pixels."""
    image = Image.new("L", (900 * scale, (60 * len(rows) + 20) * scale), paper)
    pen = ImageDraw.Draw(image)
    lines = []
    for at, row in enumerate(rows):
        words = []
        top = (60 * at + 20) * scale
        for place, stroke in enumerate(row):
            x0 = (20 + 220 * place) * scale
            for stem in range(8):
                left = x0 + 24 * stem * scale
                pen.rectangle((left, top, left + stroke * scale - 1, top + HEIGHT * scale), fill=ink)
            words.append(RecognisedWord("illumine", x0, top, x0 + 200 * scale, top + HEIGHT * scale, 90))
        lines.append(RecognisedLine(words[0].x0, top + HEIGHT * scale, 0, 42.0 * scale, tuple(words)))
    return image, lines


def bold(image: Image.Image, lines: list[RecognisedLine]) -> list[list[bool]]:
    return [[word.bold for word in line.words] for line in weighed(lines, image)]


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (200, 90), (255, 120)])
def test_heavier_strokes_are_bold_on_any_paper_and_in_any_size(paper: int, ink: int, scale: int) -> None:
    picture = drawn((4, 4, 4), (7, 7), (4, 4, 4), paper=paper, ink=ink, scale=scale)
    assert bold(*picture) == [[False] * 3, [True] * 2, [False] * 3]


def test_a_bold_word_in_a_light_line_stands_alone() -> None:
    assert bold(*drawn((4, 4, 4, 7), (4, 4, 4, 4))) == [[False, False, False, True], [False] * 4]


def test_a_light_word_in_a_bold_line_goes_with_it() -> None:
    assert bold(*drawn((7, 7, 7, 4), (4, 4, 4, 4), (4, 4, 4, 4)))[0] == [True] * 4


def test_a_page_of_one_weight_has_no_bold_type() -> None:
    assert bold(*drawn((7, 7), (7, 7))) == [[False] * 2] * 2


def test_larger_type_of_the_same_face_is_not_bold() -> None:
    image, lines = drawn((4, 4, 4), (4, 4, 4))
    large, its_lines = drawn((4, 4), scale=2)
    both = Image.new("L", (1800, image.height + large.height), 255)
    both.paste(image, (0, 0))
    both.paste(large, (0, image.height))
    (line,) = its_lines
    words = tuple(
        RecognisedWord(w.text, w.x0, w.top + image.height, w.x1, w.bottom + image.height, 90) for w in line.words
    )
    lines.append(RecognisedLine(line.x0, line.base + image.height, 0, line.size, words))
    assert bold(both, lines) == [[False] * 3, [False] * 3, [False] * 2]


def test_nothing_is_said_of_words_outside_the_picture_or_of_none() -> None:
    image, (line, *_) = drawn((4, 4))
    outside = RecognisedLine(0, 0, 0, 42, (RecognisedWord("far", 5000, 5000, 5100, 5030, 90),))
    assert weighed((), image) == ()
    assert bold(image, [line, outside]) == [[False, False], [False]]
    assert bold(Image.new("L", (50, 50), 255), [line]) == [[False, False]]
