"""One test for each trap of the genre, on an invented issue that holds them all."""

from __future__ import annotations

from monitor.ingest.structure.contents import likeness
from tests.ingest.invented_issue import FERRIES, HILLS, REEDS, RIVALS, TESK, VARROW, block_with, codes, tesk, texts


def sources(index: int) -> list[tuple[str, str, str | None]]:
    return [(c.source, c.date, c.iso) for c in tesk().articles[index].citations]


def test_trap_1_a_broken_paragraph_may_go_on_with_a_capital() -> None:
    ferries, varrow, hills, rivals = (tesk().articles[k] for k in (FERRIES, VARROW, HILLS, RIVALS))

    assert "at the old customs House, which stands" in block_with(ferries, "safe passes").text
    assert "the Varrow Levy had made no progress" in block_with(varrow, "salt works in 2027").text
    assert "the Lorr Republican Watch (LRW), broke apart" in block_with(hills, "quarrels").text
    assert "a weakened Hill Union that slides" in block_with(rivals, "The choice lies").text
    assert "Rivers and Tides' yearbook" in rivals.notes[1].text


def test_trap_1_markers_quotes_and_brackets_do_not_hide_the_end_of_a_sentence() -> None:
    rivals = tesk().articles[RIVALS]

    assert block_with(rivals, "two oars of the same boat").text.endswith('July 7, 2030)." [5]')
    assert block_with(rivals, "The Front sheltered the Union").text.startswith("The Front sheltered")
    assert block_with(rivals, "afford a quarrel").text.endswith("after its victory. [9]")
    assert block_with(rivals, "champion of the hill folk").text.startswith("The Union also")


def test_trap_2_a_short_line_is_a_head_unless_it_reads_as_a_sentence() -> None:
    varrow, rivals = tesk().articles[VARROW], tesk().articles[RIVALS]

    assert texts(varrow, "heading") == [
        "The Front's Standing in the Valley",
        "The Tesk-Ostrand connection",
        "Conclusion",
    ]
    assert block_with(rivals, "Against this background").text.startswith(
        "Against this background, it is useful to ask why the tensions on the Velmara ridge have grown"
    )
    assert block_with(varrow, "The warden's new chain").type == "para"


def test_trap_2_a_title_is_a_bare_line_above_a_line_of_names() -> None:
    assert [(article.title[:20], article.authors) for article in tesk().articles] == [
        ("Ferry Owners Come Un", ("Ilse Marrow",)),
        ("Ostrand Guards Face ", ("Ilse Marrow",)),
        ("Varrow Bridge Raid R", ("Tomas Ruel",)),
        ("The Hill Union's Tak", ("Keren Ul Haddat",)),
        ("Friends or Rivals? R", ("Bastian Orme",)),
    ]


def test_trap_3_a_title_follows_a_last_note_directly() -> None:
    varrow, hills = tesk().articles[VARROW], tesk().articles[HILLS]

    assert varrow.notes[-1].text == "See Quill and Esker, January 2031."
    assert hills.notes[-1].text == "Ibid."
    assert hills.title.startswith("The Hill Union's Takeover")


def test_trap_3_a_note_goes_on_only_where_it_lacks_its_stop() -> None:
    rivals = tesk().articles[RIVALS]

    assert [note.n for note in rivals.notes] == list(range(1, 13))
    assert rivals.notes[9].text.endswith('the Crown," Endurance, Vol. 63, Issue 3, (May 2030), pp. 7-36.')
    assert codes(tesk(), "note_rejoined") == [(RIVALS, 2, None), (RIVALS, 10, None)]


def test_trap_4_a_hyphen_at_a_break_that_belongs_to_the_word_stays() -> None:
    hills = tesk().articles[HILLS]

    assert "hill companies and the river-borne ones, to raid" in block_with(hills, "grain hall").text
    assert tesk().toc[3].title.endswith("Counter-Smuggling Options for Velmara")
    assert codes(tesk(), "hyphen_guessed") == []


def test_trap_5_contents_and_titles_are_set_against_each_other_as_wholes() -> None:
    document = tesk()

    assert [(entry.page, entry.title, entry.authors) for entry in document.toc] == [
        (1, "Briefs", ("Ilse Marrow",)),
        (3, "Varrow Bridge Raid Raises Doubts about the Truce in the Upper Tesk", ("Tomas Ruel",)),
        (
            5,
            "The Hill Union Takeover in Ostrand and River Mergers Embolden Smugglers in Velmara",
            ("Keren Ul Haddat",),
        ),
        (7, document.articles[RIVALS].title, ("Bastian Orme",)),
    ]
    assert likeness(document.toc[2].title, document.articles[HILLS].title) < 100
    assert codes(document, "toc_title_differs") == [(HILLS, None, document.toc[2].title)]


def test_trap_5_two_articles_stand_under_one_section() -> None:
    document = tesk()

    assert [(a.kind, a.page_start) for a in document.articles] == [
        ("brief", 1),
        ("brief", None),
        ("article", 3),
        ("article", 5),
        ("article", 7),
    ]
    assert codes(document, "page_start_unknown") == [(REEDS, None, None)]
    assert codes(document, "toc_entry_unmatched") == codes(document, "article_not_in_toc") == []


def test_trap_6_an_author_may_have_another_name_in_the_biography() -> None:
    document = tesk()

    assert document.articles[VARROW].authors == ("Tomas Ruel",)
    assert (document.articles[VARROW].bio or "").startswith("Tomas Adan Ruel is an analyst")
    assert codes(document, "author_bio_name_differs") == [(VARROW, None, "Tomas Adan Ruel")]


def test_trap_6_one_author_signs_twice_with_the_same_biography() -> None:
    ferries, reeds = tesk().articles[FERRIES], tesk().articles[REEDS]

    assert ferries.bio == reeds.bio == "Ilse Marrow is the Editor of The Tesk Observer."
    first, second = ferries.blocks[-1], reeds.blocks[0]
    assert first.lines is not None
    assert second.lines is not None
    assert first.lines[1] < second.lines[0]


def test_trap_7_links_are_resolved_before_parentheses_are_looked_for() -> None:
    document = tesk()

    assert [sum(c.linked for c in a.citations) for a in document.articles] == [2, 0, 8, 1, 22]
    assert [len(a.links) for a in document.articles] == [2, 0, 8, 1, 22]
    assert all(link.url is None for article in document.articles for link in article.links)
    assert [finding[0] for finding in codes(document, "link_without_target")] == [FERRIES, VARROW, HILLS, RIVALS]
    assert not any("](" in block.text for article in document.articles for block in article.blocks)


def test_trap_8_dates_lack_commas_and_citations_stand_before_odd_stops() -> None:
    varrow, rivals = tesk().articles[VARROW], tesk().articles[RIVALS]

    assert ("Radio Tesk", "May 5 2030", "2030-05-05") in sources(VARROW)
    assert ("Al-Bahriya", "December 8 2030", "2030-12-08") in sources(VARROW)
    assert ("Untied Rivers Council", "June 3, 2029", "2029-06-03") in sources(RIVALS)
    assert ("Geo Tesk", "August 30, 2030", "2030-08-30") in sources(RIVALS)
    assert ("Velmara Rivers Authority", "2023", "2023") in sources(RIVALS)
    assert [c.date for c in varrow.citations if c.where == "note"] == [
        "December 8 2030",
        "November 2030",
        "January 2031",
    ]
    assert len(rivals.citations) == 22
    assert codes(tesk(), "citation_date_form") == [(VARROW, None, None), (VARROW, 1, None)]


def test_trap_9_a_year_never_spreads_to_its_neighbours() -> None:
    last = [c for c in tesk().articles[RIVALS].citations if c.source in {"Marren Daily", "Tesk News"}][-2:]

    assert [(c.source, c.date, c.iso, c.inferred) for c in last] == [
        ("Marren Daily", "January 15", "2031-01-15", True),
        ("Tesk News", "December 19, 2030", "2030-12-19", False),
    ]


def test_trap_10_a_date_without_a_year_may_be_from_before_new_year() -> None:
    assert ("lagune.example", "December 28", "2030-12-28") in sources(REEDS)
    assert ("Radio Lorr", "July 11", "2030-07-11") in sources(HILLS)
    assert codes(tesk(), "year_inferred_far") == [(HILLS, None, "2030-07-11")]


def test_trap_11_other_parentheses_are_no_citations() -> None:
    cited = {source for index in range(5) for source, _, _ in sources(index)}

    assert not cited & {"TRF", "alias the Heron", "RRI", "Ridge District Administration", "May 2030", ""}
    assert not any("40 percent" in source for source in cited)
    assert [c.note for c in tesk().articles[RIVALS].citations if c.where == "note"] == []
    assert codes(tesk(), "citation_undated") == codes(tesk(), "citation_source_empty") == []


def test_trap_12_sources_hold_slashes_signs_and_dots_in_several_spellings() -> None:
    cited = {source for index in range(5) for source, _, _ in sources(index)}

    assert {"Twitter/@reedwatch", "Twitter/@ridgeline", "Twitter", "coast24.example", "Coast24.example"} <= cited
    assert codes(tesk(), "source_near_other") == [
        (None, None, "al-Marsa.example"),
        (None, None, "Amnesty International"),
    ]


def test_trap_13_a_marker_printed_twice_points_to_the_gap() -> None:
    rivals = tesk().articles[RIVALS]

    assert [marker.n for marker in rivals.markers] == [1, 2, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert codes(tesk(), "marker_repeated") == [(RIVALS, None, "3")]
    assert codes(tesk(), "note_without_marker") == [(HILLS, 4, None), (RIVALS, 3, None)]
    assert codes(tesk(), "note_label_variant") == [(RIVALS, 5, None)]
    assert codes(tesk(), "marker_without_note") == codes(tesk(), "notes_not_consecutive") == []


def test_trap_14_a_bracketed_number_at_a_line_start_is_a_note_only_after_the_heading() -> None:
    rivals = tesk().articles[RIVALS]

    assert "not to make any trouble [7] for the Union" in block_with(rivals, "Arguably").text
    assert len(rivals.notes) == 12


def test_trap_14_escapes_and_asterisks_are_gone_and_quotes_stay_as_printed() -> None:
    document = tesk()
    everything = "\n".join(
        text
        for article in document.articles
        for text in (*(block.text for block in article.blocks), *(note.text for note in article.notes))
    )

    assert "about $40,000" in everything
    assert "$3 million" in everything
    assert "\\" not in everything
    assert "*" not in everything
    assert "H\u00f4rn" in everything
    assert "\u201ca walk into the fog\u201d" in everything
    assert [finding[0] for finding in codes(document, "quotes_mixed")] == [REEDS, VARROW]
    assert "\\$40,000" in TESK.read_text("utf-8")
