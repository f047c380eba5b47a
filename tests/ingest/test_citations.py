from __future__ import annotations

import pytest

from monitor.ingest.apparatus.citations import LONGEST_GROUP, groups, is_source, read_citations
from monitor.ingest.pieces import PieceLink


def cited(text: str) -> list[tuple[str, str]]:
    return [(member.source, text[member.date]) for member in read_citations(text).members]


def oddities(text: str, links: tuple[PieceLink, ...] = ()) -> list[tuple[str, str]]:
    return [(odd.code, text[odd.start : odd.end]) for odd in read_citations(text, links).oddities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell (Marren Daily, January 13).", [("Marren Daily", "January 13")]),
        ("It fell (Marren Daily, May 3 2021).", [("Marren Daily", "May 3 2021")]),
        ("(A, January 13; B News, December 17, 2021)", [("A", "January 13"), ("B News", "December 17, 2021")]),
        ("(A, January 1; B, May 2020; C, 2014)", [("A", "January 1"), ("B", "May 2020"), ("C", "2014")]),
        ("(Rivers Council, June 1, 2020), Hence", [("Rivers Council", "June 1, 2020")]),
        ("became a tax [Reuters, May 4].", [("Reuters", "May 4")]),
        (
            "(Lorr Post, May 3, AFP, May 4, 2021, Tesk Daily, May 5)",
            [("Lorr Post", "May 3"), ("AFP", "May 4, 2021"), ("Tesk Daily", "May 5")],
        ),
        ("(  Lorr Post, May 3 ;  AFP, May 4 )", [("Lorr Post", "May 3"), ("AFP", "May 4")]),
        ("[see Lorr Post, Oct. 12, 1999; AFP, 3 Mar.]", [("Lorr Post", "Oct. 12, 1999"), ("AFP", "3 Mar.")]),
        ("(AFP, 3 Mar.)", [("AFP", "3 Mar.")]),
        ("(AFP, 3 March.)", [("AFP", "3 March")]),
        ("(Lorr Post, May 3, 2016, p. 4)", [("Lorr Post", "May 3, 2016")]),
        ("(Lorr Post, May 3, pp. 4-7; AFP, May 4)", [("Lorr Post", "May 3"), ("AFP", "May 4")]),
        ("(Council, 2014, pp. xii-14)", [("Council", "2014")]),
        ("(Lorr Post, May 3, 2016, accessed on June 1, 2016)", [("Lorr Post", "May 3, 2016")]),
        ("(Lorr Post, May 3, 2016, last accessed 1 June 2016)", [("Lorr Post", "May 3, 2016")]),
        ('same coin (Tribune, July 5, 2021)."', [("Tribune", "July 5, 2021")]),
        ("(Rivers Authority, 2014)", [("Rivers Authority", "2014")]),
        ("(irrawaddy.example, January 18)", [("irrawaddy.example", "January 18")]),
        ("(al-Marsa.example, October 28, 2021)", [("al-Marsa.example", "October 28, 2021")]),
        ("(Twitter/@ridgeline, January 7)", [("Twitter/@ridgeline", "January 7")]),
        ("(@ridgeline, January 7)", [("@ridgeline", "January 7")]),
        ("(Asharq al-Awsat, January 30)", [("Asharq al-Awsat", "January 30")]),
        ("(al-Bahriya, January 30)", [("al-Bahriya", "January 30")]),
        ("(the Ridge Times, January 5)", [("the Ridge Times", "January 5")]),
        ('("The Ridge", January 5)', [('"The Ridge"', "January 5")]),
        ("(7sur7.example, January 5)", [("7sur7.example", "January 5")]),
        ("(\u00c9cho du Lac, January 5)", [("\u00c9cho du Lac", "January 5")]),
        ("(\u0645\u0631\u062d\u0628\u0627, January 5)", [("\u0645\u0631\u062d\u0628\u0627", "January 5")]),
        (
            "(Ministry of Ports, Customs and Tolls, May 3, 2020)",
            [("Ministry of Ports, Customs and Tolls", "May 3, 2020")],
        ),
        ("(Ministry of Ports (MoP), January 3)", [("Ministry of Ports (MoP)", "January 3")]),
        ("he wrote (so did others (Marren Daily, May 3) once)", [("Marren Daily", "May 3")]),
        ("((Marren Daily, May 3))", [("Marren Daily", "May 3")]),
        ("(see Marren Daily, May 3)", [("Marren Daily", "May 3")]),
        ("(See also Marren Daily, May 3)", [("Marren Daily", "May 3")]),
        ("(Marren Daily, May 3; May 5)", [("Marren Daily", "May 3"), ("Marren Daily", "May 5")]),
        ("(Marren Daily, May 3,)", [("Marren Daily", "May 3")]),
        ("(Marren Daily , May 3 ; B , May 4)", []),
        ("(Dawn, May 3, Lorr News, May 4, 2020)", [("Dawn", "May 3"), ("Lorr News", "May 4, 2020")]),
        ("(AP, 3 January; AFP, 2022-01-04)", [("AP", "3 January"), ("AFP", "2022-01-04")]),
        ("(AP, Jan. 21)", [("AP", "Jan. 21")]),
        ("(AP, January 3-5)", [("AP", "January 3-5")]),
        ("(AP, Spring 2021)", [("AP", "Spring 2021")]),
        ("open (Dawn, May 3 and (Lorr, May 4)", [("Lorr", "May 4")]),
        ("closed) (Lorr, May 4)", [("Lorr", "May 4")]),
        ("(, November 21, 2021)", [("", "November 21, 2021")]),
    ],
)
def test_read_citations_reads_each_form(text: str, expected: list[tuple[str, str]]) -> None:
    assert cited(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no parentheses, May 3, 2021",
        "(TRF)",
        "(alias the Heron)",
        "the Initiative (RRI)'s flagship",
        "(whose 40 percent share, bought in May, was sold)",
        "Survival, Vol. 63, (May 2021), pp. 7-36",
        "(September 2018)",
        "(May 3, 2021)",
        "(2014)",
        "(Federally Administered Ridge Areas)",
        "(Dawn, January 13",
        "Dawn, January 13)",
        "(x, y, 2014)",
        "(born in Lorr in 1957)",
        "()",
        "(;)",
        "(Monday, May 3)",
        "(about 1,200 men)",
        "(June, 2021)",
    ],
)
def test_read_citations_leaves_other_parentheses_alone(text: str) -> None:
    assert cited(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Dawn, May 3; Lorr News)", [("citation_undated", "Lorr News")]),
        ("(it fell on August 15, 2021)", [("citation_undated", "it fell on August 15, 2021")]),
        ("(on Monday, January 3)", [("citation_undated", "on Monday, January 3")]),
        ("(, November 21, 2021)", [("citation_source_empty", ", November 21, 2021")]),
        ("(TRF)", []),
        ("(May 2021)", []),
        ("(in the May offensive)", []),
        ("(Dawn, May 3)", []),
        ("so (he said in March 2020 (Dawn, May 3))", []),
    ],
)
def test_read_citations_reports_what_is_no_whole_citation(text: str, expected: list[tuple[str, str]]) -> None:
    assert oddities(text) == expected


def test_read_citations_reports_a_linked_parenthesis_without_a_date() -> None:
    assert oddities("see (Dawn)", (PieceLink(5, 9, "#"),)) == [("citation_undated", "Dawn")]
    assert oddities("see (Dawn) there", (PieceLink(11, 16, "#"),)) == []


def test_read_citations_spans_are_verbatim() -> None:
    text = "It fell (Marren Daily, May 3; Lorr News, June 4, 2020), and rose (Rivers, 2014)."

    for member in read_citations(text).members:
        assert text[member.start : member.end] == f"{member.source}, {text[member.date]}"


def test_read_citations_gives_an_inherited_source_no_span_of_its_own() -> None:
    text = "(Marren Daily, May 3; May 5)"

    first, second = read_citations(text).members

    assert (first.inherited, text[first.start : first.end]) == (False, "Marren Daily, May 3")
    assert (second.inherited, text[second.start : second.end]) == (True, "May 5")


def test_groups_go_from_outer_to_inner() -> None:
    text = "(a (b) c) (d)"

    assert [text[start:end] for start, end in groups(text)] == ["a (b) c", "b", "d"]


def test_groups_leave_out_deep_and_long_ones() -> None:
    deep = "((((x))))"
    long = f"({'y' * (LONGEST_GROUP + 1)})"

    assert [deep[start:end] for start, end in groups(deep)] == ["((x))", "(x)", "x"]
    assert groups(long) == []
    assert groups(f"({'y' * LONGEST_GROUP})") == [(1, LONGEST_GROUP + 1)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Dawn", True),
        ("", True),
        ("the Times", True),
        ("coast24.example", True),
        ("lower case words", False),
        ("see what.is here", False),
        ("Tuesday", False),
        ("May", False),
        (" Dawn", False),
        ("al-Marsa", True),
        ("#ridge", False),
        ("#Ridge", True),
    ],
)
def test_is_source_asks_for_a_name_or_an_address(source: str, expected: bool) -> None:
    assert is_source(source) is expected


@pytest.mark.parametrize("text", ["[1]", "[2014]", "[sic]", "he [Orme, the elder] said", "[May 2021]", "[Lorr Post]"])
def test_brackets_without_source_and_date_are_no_citation_and_nothing_odd(text: str) -> None:
    assert (cited(text), oddities(text)) == ([], [])


def test_a_bracket_inside_a_parenthesis_is_read_once() -> None:
    assert cited("(Lorr Post, May 3 [AFP, May 4])") == [("AFP", "May 4")]
    assert cited("(Lorr Post [AFP, May 4], May 3)") == [("Lorr Post [AFP, May 4]", "May 3")]
