"""What holds for every text, made of random pieces of the genre."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from monitor.ingest.apparatus.citations import read_citations
from monitor.ingest.apparatus.dates import date_at_end, find_dates
from monitor.ingest.reading import read_text_issue, with_issue_date
from monitor.ingest.refusals import Refusal
from monitor.ingest.serialising import from_json, to_json
from monitor.ingest.text_file.decoding import decoded
from monitor.ingest.text_file.inline import resolved
from monitor.ingest.text_file.plain_text import pieces_of
from monitor.ingest.text_file.splicing import Traced

if TYPE_CHECKING:
    from monitor.ingest.document import Article, Block, IssueDocument, Note

SCRAPS = [
    "The Tesk Observer",
    "VOLUME IX | ISSUE 2",
    "Vol. 4, No. 2 \u2013 12 March 2021",
    "p.1",
    "Contents",
    "The Ferrymen of Lorr 3",
    "The Tesk Observer            12",
    "(1) A note of another make.",
    "A claim.1 Another one.2",
    "A claim [Dawn, May 4].",
    "By Anna Vesk, senior fellow | May 3, 2020",
    "Department of Salt, University of Lorr",
    "Share this article",
    "caf&eacute; <sup>2</sup>",
    "Title ..... 7",
    "Briefs",
    "A Bare Line of Words",
    "By Anna Vesk",
    "Anna Vesk and Tomas Ruel",
    "ANNA VESK",
    "Anna Vesk is a fellow of Quay House.",
    "Notes",
    '[1] See "A Title," *House*, January 2021.',
    "[2]. Ibid.",
    "3. Author's interview, May 2020.",
    "[^1]: A footnote.",
    "A claim. [1] Another claim.[^1]",
    "A sentence with a citation (Dawn, January 13; Tolo News, December 17, 2021).",
    "([Dawn](#), July 9",
    "(, November 21,)",
    "a broken half that goes on and on without its final",
    "Stop and more of the same, in small letters, to the end.",
    "river-",
    "borne goods.",
    "# A Heading",
    "## Another",
    "---",
    "- an item",
    "> a quotation",
    "| a | b |\n|---|---|\n| c | d |",
    "**bold**",
    "*By Lene Orvik*",
    "\\$40 and \\*stars\\*",
    "km\u00b2 and a marker\u00b9",
    "\ufb01sh and soft\u00adhyphen",
    "e\u0301t\u00e9",
    "12",
    "Page 3 of 9",
    "\u0645\u0631\u062d\u0628\u0627",
]
JOINTS = ["\n\n", "\n", " ", "\r\n", "\x0c", "\n\n\n", "  \n"]
scrap = st.one_of(st.sampled_from(SCRAPS), st.text(max_size=30))
genre = st.lists(st.tuples(scrap, st.sampled_from(JOINTS)), max_size=25).map(
    lambda parts: "".join(text + joint for text, joint in parts)
)
MARKS = set("()[]\\*_#>|-.\u2022+\u25aa\u25e6!<>:`=~")
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> IssueDocument | None:
    try:
        return read_text_issue(text.encode("utf-8", "surrogatepass"))
    except Refusal:
        return None


@relaxed
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xef\xbb\xbf")
@example(b"\x81\x8d text")
def test_reading_never_fails_on_bytes(data: bytes) -> None:
    try:
        document = read_text_issue(data)
    except Refusal as refusal:
        said = str(refusal)
    else:
        said = "."
        assert document.articles
    assert said.endswith(".")


@relaxed
@given(genre)
@example("[1] a\n\nNotes\n\n[1] b")
@example("Contents\n\nAnna Vesk is a fellow. 1\n\nShe writes. 12\n\nIt fell.")
@example("\ud83d\ude00 a\ud800 b")
def test_reading_never_fails_on_text_and_what_it_reads_is_valid(text: str) -> None:
    document = read(text)

    if document is not None:
        assert from_json(json.loads(json.dumps(to_json(document)))) == document


@relaxed
@given(genre)
def test_spans_are_sorted_disjoint_and_verbatim(text: str) -> None:
    document = read(text)

    for article in document.articles if document else ():
        check_citations(article)
        for marker in article.markers:
            assert article.blocks[marker.block].text.startswith(f"[{marker.n}]", marker.offset)
        for link in article.links:
            holder = article.blocks if link.block is not None else article.notes
            index = link.block if link.block is not None else link.note
            assert index is not None
            assert holder[index].text[link.start : link.end] == link.text


def check_citations(article: Article) -> None:
    ends: dict[tuple[str, int], int] = {}
    for citation in article.citations:
        index = citation.block if citation.where == "body" else citation.note
        assert index is not None
        text = (article.blocks if citation.where == "body" else article.notes)[index].text
        printed = text[citation.start : citation.end]
        assert printed.endswith(citation.date)
        if printed != citation.date:
            assert printed == f"{citation.source}, {citation.date}" or printed == f"{citation.source},{citation.date}"
        assert ends.get((citation.where, index), 0) <= citation.start
        ends[citation.where, index] = citation.end


@relaxed
@given(genre)
def test_origins_lead_back_to_the_same_letters(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    document = read(text)

    source = decoded(data).text if document else ""
    for article in document.articles if document else ():
        parts: list[Block | Note] = [*article.blocks, *article.notes]
        for part in parts:
            assert sum(run.length for run in part.origin) == len(part.text)
            for run in part.origin:
                for step in range(run.length):
                    here, there = part.text[run.start + step], source[run.source + step]
                    assert here == there or not (here.isascii() and there.isascii() and here.isalnum())


def letters(text: str) -> Counter[str]:
    return Counter(character for character in text.casefold() if character.isalpha() and character.isascii())


# The grammar's own words, which become structure: page marks, headings over notes and contents, "By", "and".
GRAMMAR = Counter("bypageandcontentsnotesinthisissuereferencesendnotesfootnotessources" * 60)


@relaxed
@given(st.lists(st.sampled_from(SCRAPS), min_size=1, max_size=30))
@example(["The Tesk Observer", "p.1", "Title ..... 7", "By Anna Vesk, senior fellow | May 3, 2020"])
def test_no_word_vanishes(scraps: list[str]) -> None:
    text = "\n\n".join([*scraps, "Thezebraquickword jumped."])
    document = read(text)
    assert document is not None

    taken: Counter[str] = Counter()
    for article in document.articles:
        taken += letters(" ".join((article.title, *article.authors, article.bio or "")))
        taken += letters(" ".join((*(block.text for block in article.blocks), *(note.text for note in article.notes))))
    for entry in document.toc:
        taken += letters(" ".join((entry.title, *entry.authors)))
    issue = document.issue
    taken += letters(" ".join((issue.publication, issue.tagline or "", *document.furniture)))
    # A biography or running head that comes again in one place is stored there once.
    missing = letters(" ".join(dict.fromkeys(scraps))) - taken - GRAMMAR
    assert missing == Counter()


SENTENCE = st.lists(
    st.sampled_from(
        ["the", "ferry", "owners", "of", "Port", "Sennet", "paid", "for", "three", "Winters", "in", "Lorr"]
    ),
    min_size=9,
    max_size=25,
)


@relaxed
@given(SENTENCE, st.integers(min_value=1, max_value=24))
def test_a_paragraph_split_inside_a_sentence_is_rejoined(words: list[str], at: int) -> None:
    assume(at < len(words))
    before = [word for word in words[1:at] if word not in {"the", "of", "for", "in"}]
    small = sum(word.islower() for word in before)
    # A short first half before a capital cannot be told from a head by anything printed.
    assume(words[at].islower() or (at >= 9 and 2 * small > len(before) + 1))
    first, second = " ".join(words[:at]), " ".join(words[at:])
    first = first[0].upper() + first[1:]
    text = f"A Long Tale of Salt\n\nBy Anna Vesk\n\nThe tale begins here.\n\n{first}\n\n{second}.\n\nIt ends here.\n"

    document = read(text)

    assert document is not None
    (article,) = document.articles
    assert [block.text for block in article.blocks] == ["The tale begins here.", f"{first} {second}.", "It ends here."]
    assert [finding.code for finding in document.findings if finding.code == "paragraph_rejoined"]


@relaxed
@given(st.text(max_size=200) | st.text(alphabet="(),;[]# JanuryDewn0123456789.-\u2013", max_size=120))
def test_citations_of_any_text_are_verbatim_and_apart(text: str) -> None:
    read_members = read_citations(text).members

    last = 0
    for member in read_members:
        assert last <= member.start <= member.end <= len(text)
        assert text[member.start : member.end].endswith(text[member.date])
        assert member.inherited or text[member.start :].startswith(member.source)
        last = member.end


@relaxed
@given(st.text(max_size=120) | st.text(alphabet="JanuarySept. 0123456789,-\u2013", max_size=60))
def test_dates_of_any_text_are_real_and_in_order(text: str) -> None:
    last = 0
    for found in find_dates(text):
        assert last <= found.start < found.end <= len(text)
        assert found.year is None or 1800 <= found.year <= 2099
        last = found.end
    at_end = date_at_end(text)
    assert at_end is None or at_end.end == len(text)


@relaxed
@given(st.text(alphabet='ab*_[]()#!\\ <>"', max_size=80))
def test_inline_marks_never_lose_letters(text: str) -> None:
    read_marks = resolved(Traced(text), {})

    taken = Counter(character for character in read_marks.traced.text if character in "ab")
    addresses = Counter(character for link in read_marks.links for character in link.url if character in "ab")
    assert taken <= Counter(character for character in text if character in "ab")
    for link in read_marks.links:
        assert 0 <= link.start < link.end <= len(read_marks.traced.text)
    if "](" not in text and "<" not in text:
        assert taken + addresses == Counter(character for character in text if character in "ab")


@relaxed
@given(genre)
def test_pieces_keep_their_order_and_hold_every_line_once(text: str) -> None:
    lines = [piece.lines for piece in pieces_of(text).pieces]

    for before, after in itertools.pairwise(lines):
        assert before is not None
        assert after is not None
        assert before[0] <= before[1] <= after[0] <= after[1] or before[1] == after[0]


@relaxed
@given(genre, st.dates().map(str))
def test_an_entered_date_reads_the_same_now_or_later(text: str, day: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    document = read(text)

    if document is not None:
        at_once = read_text_issue(data, issue_date=day)
        later = with_issue_date(document, day)
        assert (at_once.issue, at_once.articles) == (later.issue, later.articles)
        assert Counter(at_once.findings) == Counter(later.findings)
        for article in later.articles:
            for citation in article.citations:
                assert not citation.inferred or citation.iso is None or citation.iso <= day


@relaxed
@given(genre)
def test_reading_is_a_function_of_the_bytes(text: str) -> None:
    assert read(text) == read(text)
