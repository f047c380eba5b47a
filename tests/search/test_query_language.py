"""The query language by examples: what a text means, how it is written back, and what is said of an odd one."""

from __future__ import annotations

import datetime as dt

import pytest

from monitor.search.query_language import LONGEST_QUERY, MOST_TERMS, parse, unparse
from monitor.search.query_tree import (
    And,
    Dates,
    Everything,
    Has,
    Named,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Where,
    Within,
    Word,
)

A, B, C = Word("a"), Word("b"), Word("c")
ESCAPE = Named("tag", "escape")
PRISON_BREAK = Phrase(("prison", "break"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", Everything()),
        ("  \x00 \n", Everything()),
        ("*", Everything()),
        ("prison", Word("prison")),
        ("prison break", And((Word("prison"), Word("break")))),
        ("prison AND break", And((Word("prison"), Word("break")))),
        ('"prison break"', PRISON_BREAK),
        ("\u201cprison break\u201d", PRISON_BREAK),
        ("\u201eprison break\u201c", PRISON_BREAK),
        ("\u00abprison break\u00bb", PRISON_BREAK),
        ('"prison"', Word("prison")),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("\uff08a OR b\uff09 c", And((Or((A, B)), C))),
        ("a or b", And((A, Word("or"), B))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("--a", A),
        ("a -(b OR c)", And((A, Not(Or((B, C)))))),
        ("a-b", Word("a-b")),
        ("(a b) c", And((A, B, C))),
        ("(a)", A),
        ("terror*", Prefix("terror")),
        ("-terror*", Not(Prefix("terror"))),
        ("a NEAR/5 b", Near(A, B, 5)),
        ("a near/5 b", Near(A, B, 5)),
        ("a NEAR b", Near(A, B, 10)),
        ("near the border", And((Word("near"), Word("the"), Word("border")))),
        ("-a NEAR/5 b", Not(Near(A, B, 5))),
        ('(a OR b) NEAR/3 "prison break"', Near(Or((A, B)), PRISON_BREAK, 3)),
        ("title:prison", Within("title", Word("prison"))),
        ("TITLE:prison", Within("title", Word("prison"))),
        ("title: prison", Within("title", Word("prison"))),
        ('heads:"prison break"', Within("heads", PRISON_BREAK)),
        ("body:terror*", Within("body", Prefix("terror"))),
        ("endnotes:(a -b)", Within("endnotes", And((A, Not(B))))),
        ("note:(a NEAR/2 b)", Within("note", Near(A, B, 2))),
        ("actor:TTP", Named("actor", "TTP")),
        ('actor:"Islamic State"', Named("actor", "Islamic State")),
        ('actor:"Abu \\"X\\" Y"', Named("actor", 'Abu "X" Y')),
        ("actor:al-Qaeda", Named("actor", "al-Qaeda")),
        ("region:Iraq", Named("region", "Iraq")),
        ("region:=Iraq", Named("region", "Iraq", exact=True)),
        ('region:="Saudi Arabia"', Named("region", "Saudi Arabia", exact=True)),
        ("region:(Iraq OR Saudi Arabia)", Or((Named("region", "Iraq"), Named("region", "Saudi Arabia")))),
        ("region:(Iraq -Mosul)", And((Named("region", "Iraq"), Not(Named("region", "Mosul"))))),
        ("region:=(Iraq OR Syria)", Or((Named("region", "Iraq", exact=True), Named("region", "Syria", exact=True)))),
        ("about:TTP", Named("about", "TTP", about=True)),
        ("tag:violence/bombing", Named("tag", "violence/bombing")),
        ("cites:www.dawn.com", Named("cites", "www.dawn.com")),
        ("kind:OR", Named("kind", "OR")),
        ("by:me", Named("by", "me")),
        ("source:-x", Named("source", "-x")),
        ("date:2021", Dates(dt.date(2021, 1, 1), dt.date(2022, 1, 1))),
        ("date:2021-12", Dates(dt.date(2021, 12, 1), dt.date(2022, 1, 1))),
        ("date:2021-3", Dates(dt.date(2021, 3, 1), dt.date(2021, 4, 1))),
        ("date:2021-03-05", Dates(dt.date(2021, 3, 5), dt.date(2021, 3, 6))),
        ("date:2021..2022", Dates(dt.date(2021, 1, 1), dt.date(2023, 1, 1))),
        ("date:2021-2022", Dates(dt.date(2021, 1, 1), dt.date(2023, 1, 1))),
        ("date:2021-03..2021-04-15", Dates(dt.date(2021, 3, 1), dt.date(2021, 4, 16))),
        ("date:..2020", Dates(None, dt.date(2021, 1, 1))),
        ("date:2020..", Dates(dt.date(2020, 1, 1), None)),
        (
            "date:(2020 OR 2022)",
            Or((Dates(dt.date(2020, 1, 1), dt.date(2021, 1, 1)), Dates(dt.date(2022, 1, 1), dt.date(2023, 1, 1)))),
        ),
        ("has:annotation", Has("annotation")),
        ("has:Notes", Has("note")),
        ('"prison break" where tag:escape', Where(PRISON_BREAK, ESCAPE)),
        ('"prison break" WHERE tag:escape', Where(PRISON_BREAK, ESCAPE)),
        ("a where -tag:escape", Where(A, Not(ESCAPE))),
        ("a where (tag:escape by:me) b", And((Where(A, And((ESCAPE, Named("by", "me")))), B))),
        ("(a OR b) where has:note", Where(Or((A, B)), Has("note"))),
        ("a NEAR/2 b where tag:escape", Where(Near(A, B, 2), ESCAPE)),
        ("-a where tag:escape", Not(Where(A, ESCAPE))),
        ("where are they", And((Word("where"), Word("are"), Word("they")))),
        ("a where b", And((A, Word("where"), B))),
        ("http://www.dawn.com/x", Word("http://www.dawn.com/x")),
        ("at 9:30", And((Word("at"), Word("9:30")))),
        ("Iraq: a", And((Word("Iraq"), A))),
        ("Boko Haram, Nigeria", And((Word("Boko"), Word("Haram"), Word("Nigeria")))),
        ("1,500 killed?", And((Word("1,500"), Word("killed")))),
        ("* -tag:escape", Not(ESCAPE)),
        ("-*", Not(Everything())),
    ],
)
def test_parse_reads_each_construct_and_says_nothing_of_it(query: str, expected: Node) -> None:
    parsed = parse(query)
    assert parsed.tree == expected
    assert parsed.troubles == ()
    assert parse(unparse(parsed.tree)).tree == expected


@pytest.mark.parametrize(
    ("query", "start", "end", "sentence", "understood"),
    [
        ("(a", 0, 1, "This bracket is not closed.", "a"),
        ("a)", 1, 2, "Nothing was opened that this bracket could close.", "a"),
        ("() a", 0, 2, "There is nothing in these brackets.", "a"),
        ('a "b c', 2, 3, "This quotation mark is not closed.", 'a "b c"'),
        ('a ""', 2, 4, "There are no words in the quotation marks.", "a"),
        ("OR a", 0, 2, "OR has to stand between two things.", "a"),
        ("a OR", 2, 4, "OR has to stand between two things.", "a"),
        ("a AND", 2, 5, "AND has to stand between two things.", "a"),
        ("NEAR/3 a", 0, 6, "NEAR has to stand between two things.", "a"),
        ("a NEAR/3", 2, 8, "NEAR has to stand between two things.", "a"),
        ("a NEAR/0 b", 2, 8, "NEAR looks 1 to 30 words far.", "a NEAR/1 b"),
        ("a NEAR/99 b", 2, 9, "NEAR looks 1 to 30 words far.", "a NEAR/30 b"),
        ("a NEAR/2 b NEAR/3 c", 11, 17, "NEAR stands between two things.", "a NEAR/2 b b NEAR/3 c"),
        ("a NEAR/2 tag:x", 2, 8, ("On each side of NEAR there may be a word, a phrase, or several of them with OR in "
         "brackets."), "a tag:x"),
        ("a NEAR -b", 2, 6, "NEAR has to stand between two things.", "a -b"),
        ("a - b", 2, 3, "This sign stands alone.", "a b"),
        ("a NOT", 2, 5, "There is nothing behind this.", "a"),
        ("a & b", 2, 3, "\u201c&\u201d is no word.", "a b"),
        ("*stan", 0, 5, "A star may stand only at the end of a word.", "stan"),
        ("organi*tion", 0, 11, "A star may stand only at the end of a word.", "organi*"),
        ("a*", 0, 2, "Too many words begin with \u201ca\u201d: give at least 2 letters before a star.", "a"),
        ('"prison brea*"', 0, 14, "A star does nothing inside quotation marks.", '"prison brea*"'),
        ("actor:", 0, 6, "actor: has nothing behind it.", ""),
        ("actor:-", 6, 7, "\u201c-\u201d is no word.", ""),
        ("title:=a", 6, 7, "title: takes no equals sign.", "title:a"),
        ("title:(a tag:x)", 0, 6, "In the brackets behind title: only words may stand.", "a tag:x"),
        ("auhtor:Khan", 0, 11, "There is no field \u201cauhtor:\u201d; perhaps author: is meant.", '"auhtor:Khan"'),
        ("country:Iraq", 0, 12, "There is no field \u201ccountry:\u201d; perhaps region: is meant.", '"country:Iraq"'),
        ("zzqx:Iraq", 0, 9, "There is no field \u201czzqx:\u201d.", '"zzqx:Iraq"'),
        ("date:2022..2021", 0, 15, "In \u201c2022..2021\u201d the end is before the beginning.", "date:2021..2022"),
        ("has:nothing", 0, 11, ("There is no has:nothing. There are has:annotation, has:note, has:tag, has:endnotes, "
         "has:author, has:source, has:actor, has:region."), ""),
        ("a where region:x", 2, 7, ("Before where there must be words or a phrase, and behind it what is true of one "
         "marked passage: tag:, by:, note: or has:."), "a region:x"),
        ("tag:a where tag:x", 6, 11, ("Before where there must be words or a phrase, and behind it what is true of one "
         "marked passage: tag:, by:, note: or has:."), "tag:a tag:x"),
    ],
)  # fmt: skip
def test_what_is_odd_is_told_where_it_is_and_read_as_likely_meant(
    query: str, start: int, end: int, sentence: str, understood: str
) -> None:
    parsed = parse(query)
    assert [(t.start, t.end, t.sentence) for t in parsed.troubles] == [(start, end, sentence)]
    assert unparse(parsed.tree) == understood


@pytest.mark.parametrize(
    "date", ["2021-13", "2021-02-30", "0000", "9999", "March", "..", "2021..x", "21", "2021-03-05-06", "99999"]
)
def test_what_is_no_date_is_told_and_left_out(date: str) -> None:
    parsed = parse(f"a date:{date}")
    assert parsed.tree == A
    assert [trouble.start for trouble in parsed.troubles] == [2]
    assert parsed.troubles[0].sentence.startswith(f"\u201c{date}\u201d is no date: write date:2021, ")


def test_a_mistaken_field_offers_what_may_be_meant() -> None:
    assert parse("auhtor:Khan").troubles[0].instead == "author:Khan"
    assert parse('country:"Saudi Arabia"').troubles[0].instead == "region:"
    assert parse("subject:(TTP)").troubles[0].instead == "about:"
    assert parse("zzqx:Iraq").troubles[0].instead == ""


def test_nodes_say_where_they_stand() -> None:
    tree = parse('attack -title:(a OR b) region:= "Saudi Arabia"').tree
    assert isinstance(tree, And)
    query = 'attack -title:(a OR b) region:= "Saudi Arabia"'
    assert [query[node.start : node.end] for node in tree.children] == [
        "attack",
        "-title:(a OR b",
        'region:= "Saudi Arabia"',
    ]


def test_a_long_query_is_cut_and_told() -> None:
    parsed = parse("prison " * 2000)
    told = [(trouble.start, trouble.end) for trouble in parsed.troubles]
    assert (LONGEST_QUERY, 14_000) in told
    assert isinstance(parsed.tree, And)
    assert len(parsed.tree.children) == MOST_TERMS


def test_a_query_that_would_be_written_too_long_is_cut() -> None:
    parsed = parse("periodical:(" + " OR ".join(f'"{"x" * 26} y"' for _ in range(100)))
    assert len(unparse(parsed.tree)) <= LONGEST_QUERY
    assert "A query may be 4,000 characters long." in [trouble.sentence for trouble in parsed.troubles]


def test_brackets_too_deep_are_told_once() -> None:
    parsed = parse("(" * 2000 + "a")
    assert parsed.tree == A
    assert sorted({trouble.sentence for trouble in parsed.troubles}) == [
        "A query may have 24 brackets within brackets.",
        "This bracket is not closed.",
    ]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Everything(), ""),
        (Word("OR"), '"OR"'),
        (Word("where"), '"where"'),
        (Word("tag:x"), '"tag:x"'),
        (Word("-x"), '"-x"'),
        (Word('say"so'), '"say\\"so"'),
        (Named("actor", "Islamic State"), 'actor:"Islamic State"'),
        (Named("actor", "=x"), 'actor:"=x"'),
        (Named("region", "Iraq", exact=True), "region:=Iraq"),
        (Dates(dt.date(2021, 1, 1), dt.date(2023, 1, 1)), "date:2021..2022"),
        (Dates(dt.date(2021, 3, 1), dt.date(2021, 4, 1)), "date:2021-03"),
        (Dates(dt.date(2021, 3, 5), dt.date(2021, 3, 6)), "date:2021-03-05"),
        (Dates(dt.date(2021, 3, 5), dt.date(2021, 7, 1)), "date:2021-03-05..2021-06"),
        (Dates(None, dt.date(2021, 3, 6)), "date:..2021-03-05"),
        (Dates(dt.date(2021, 7, 1), None), "date:2021-07.."),
        (Or((And((A, B)), C)), "(a b) OR c"),
        (Within("title", Or((A, B))), "title:(a OR b)"),
        (Not(Near(A, B, 3)), "-(a NEAR/3 b)"),
        (Where(Or((A, B)), And((ESCAPE, Has("note")))), "(a OR b) where (tag:escape has:note)"),
    ],
)
def test_unparse_writes_the_shortest_text_of_a_meaning(tree: Node, expected: str) -> None:
    assert unparse(tree) == expected
    assert parse(expected).tree == tree
