"""What queries mean, by the plainest answer: the shapes of trees, what is written back, and what is loosened."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from monitor.search.compiled import Field
from monitor.search.query_language import parse, unparse
from monitor.search.query_tree import Named, Node, any_of, every_of, no, walk
from monitor.search.relaxing import relaxed
from tests.search.plain_articles import Mark, PlainArticle, finds, some_articles, some_queries

ESCAPE = PlainArticle(
    parts=(
        (Field.TITLE, "Al-Qaeda\u2019s Prison Break in Mosul"),
        (Field.HEADS, "Counter-Terrorism Law"),
        (Field.BODY, "Militants attacked the jail at dawn. Some 1,500 inmates escaped; the U.S. denied it."),
        (Field.BODY, "The Ba\u2019ath era prisons were never closed, said Tehreek-e-Taliban Pakistan."),
        (Field.NOTES, "Dawn, March 5, 2021."),
    ),
    day=dt.date(2021, 3, 5),
    named=(("region", "Mosul"), ("actor", "TTP"), ("source", "Dawn"), ("author", "Jane Roe"), ("kind", "brief")),
    about=("TTP",),
    marks=(
        Mark("attacked the jail at dawn", ("violence/raid",), "ann", "doubtful"),
        Mark("prisons were never closed", ("hoax",), "ben"),
    ),
)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "*",
        "prison",
        "PRISON",
        "prisons",
        "attack",
        "attacking jail",
        '"prison break"',
        '"prison breaks"',
        '"break in Mosul"',
        "prison -truce",
        "truce OR jail",
        "(truce OR jail) dawn",
        "-truce",
        "militan*",
        "escap*",
        "jail NEAR/2 dawn",
        "dawn NEAR/2 jail",
        "attacked NEAR/1 the",
        '"the jail" NEAR/5 militant',
        "(militants OR soldiers) NEAR/5 (jail OR prison)",
        "title:prison",
        "title:(prison break -jail)",
        "heads:counterterrorism",
        'heads:"counter terrorism law"',
        '"counterterrorism law"',
        "endnotes:dawn",
        "body:1500",
        "US",
        "U.S.",
        "Baath",
        "al-Qaeda",
        "el-Qaeda",
        "Qaeda",
        "Tehreek-i-Taliban",
        '"Taliban Pakistan"',
        "region:Iraq",
        "region:Mosul",
        "region:=Mosul",
        "region:(Iraq OR Syria)",
        "actor:TTP",
        "about:TTP",
        "source:Dawn",
        'author:"Jane Roe"',
        "kind:brief",
        "date:2021",
        "date:2021-03",
        "date:2021-03-05",
        "date:..2021-03-05",
        "date:2021-03-05..",
        "tag:violence",
        "tag:violence/raid",
        "by:ben",
        "note:doubtful",
        "has:annotation",
        "has:note",
        "has:tag",
        "has:actor",
        "jail where tag:violence",
        '"the jail" where (tag:violence by:ann)',
        "jail where (tag:violence note:doubtful)",
        "jail where -tag:hoax",
        "(jail OR mosque) where has:note",
        "prison where by:ben",
        "tag:violence by:ben",
        "jail region:Iraq date:2020..2022 -kind:article",
    ],
)
def test_a_query_finds_the_article_it_describes(query: str) -> None:
    parsed = parse(query)
    assert parsed.troubles == ()
    assert finds(parsed.tree, ESCAPE)


@pytest.mark.parametrize(
    "query",
    [
        "-*",
        "truce",
        "prison truce",
        "prison -jail",
        '"break prison"',
        '"Mosul counter"',
        '"dawn some prisons"',
        "prisoners*",
        "jail NEAR/1 dawn",
        "jail NEAR/30 prisons",
        "title:jail",
        "heads:prison",
        "body:Mosul",
        "endnotes:jail",
        "title:(prison -break)",
        "region:=Iraq",
        "region:Syria",
        "actor:ISIS",
        "about:Iraq",
        "kind:article",
        "date:2020",
        "date:2021-03-06..",
        "date:..2021-03-04",
        "tag:=violence",
        "tag:truce",
        "by:cat",
        "note:closed",
        "has:region -region:Mosul",
        "prisons where tag:violence",
        "jail where by:ben",
        "jail where (tag:violence by:ben)",
        "jail where -tag:violence",
        "Mosul where tag:violence",
        "-jail",
        "-region:Iraq",
    ],
)
def test_a_query_does_not_find_what_it_does_not_describe(query: str) -> None:
    parsed = parse(query)
    assert parsed.troubles == ()
    assert not finds(parsed.tree, ESCAPE)


@settings(deadline=None)  # the machine may be busy
@given(some_queries, some_articles)
def test_what_is_written_back_finds_the_same(tree: Node, article: PlainArticle) -> None:
    assert finds(parse(unparse(tree)).tree, article) == finds(tree, article)


@settings(deadline=None)
@given(some_queries, some_queries, some_articles)
def test_joined_queries_find_what_their_joint_says(one: Node, other: Node, article: PlainArticle) -> None:
    first, second = finds(one, article), finds(other, article)
    assert finds(every_of([one, other]), article) == (first and second)
    assert finds(any_of([one, other]), article) == (first or second)
    assert finds(no(one), article) is not first


@settings(deadline=None)
@given(some_queries, some_articles)
def test_a_loosened_query_still_finds_all_that_was_found(tree: Node, article: PlainArticle) -> None:
    # What an article is about is named in it: the made-up ones do not promise that.
    if any(isinstance(node, Named) and node.field == "about" for node in walk(tree)):
        return
    if finds(tree, article):
        assert [one.change for one in relaxed(tree, most=100) if not finds(one.tree, article)] == []
