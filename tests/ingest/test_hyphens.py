from __future__ import annotations

import pytest

from monitor.ingest.letters.hyphens import at_line_end, vocabulary


@pytest.mark.parametrize(
    ("before", "after", "seen", "decision"),
    [
        ("an ethno-", "separatist", ["an ethno-separatist band"], "keep"),
        ("an ethno-", "separatist", ["an ethnoseparatist band"], "drop"),
        ("an ethno-", "separatist", ["ethno-separatist ethno-separatist ethnoseparatist now"], "keep"),
        ("an ethno-", "Separatist", ["ethnoseparatist band"], "keep"),
        ("GOVERN-", "MENT", ["the government fell"], "drop"),
        ("in 2012-", "2013", [], "keep"),
        ("state-of-", "the", [], "keep"),
        ("a lock-", "keeper", ["the lock and the keeper fell"], "keep"),
        ("the govern-", "ment", [], "drop"),
        ("the fleet\u2019s co-", "owners said", [], "guessed_keep"),
        ("the co-", "ordination of", [], "guessed_drop"),
        ("(lock-", "keeper.example, May 3", [], "drop"),
        ("(www.lock-", "keeper.example, May 3", [], "keep"),
        ("the Karva-", "nian", [], "guessed_drop"),
        ("was in-", "different", ["in a different town"], "drop"),
        ("could with-", "draw", ["with the draw of May"], "drop"),
        ("two river-", "militias", [], "keep"),
        ("a pro-", "government", [], "keep"),
        ("a rapid-reac-", "tion", [], "drop"),
        ("pre-", "and", ["pre and"], "keep"),
        ("was pri-", "or", ["or"], "drop"),
        ("the UN-", "backed", ["un backed"], "keep"),
        ("an Ex-", "combatant", [], "keep"),
        ("an ethno-", "separatist", [], "keep"),
        ("at Nine-", "fields", [], "guessed_drop"),
        ("the Karva-", "based", [], "guessed_drop"),
        ("the Ankara-", "based", [], "keep"),
        ("see Zarovi-", "a24.com", ["zarovia24.com"], "drop"),
        ("see Zarovi-", "a24.com", [], "keep"),
        ("was re-", "elected", [], "guessed_keep"),
        ("quite un-", "nautical", [], "guessed_keep"),
        ("was un-", "necessary", [], "drop"),
        ("its second-", "hand boats", [], "guessed_keep"),
        ("its second-", "hand boats", ["the secondhand boats"], "drop"),
        ("was re-", "elected", ["reelection"], "drop"),
        ("was re-", "elected", ["the re-election"], "keep"),
        ("their co-", "operation", [], "guessed_drop"),
        ("of Carrefour-", "des-Eaux", ["to Carrefour-des-Eaux"], "keep"),
        ("of Carrefour-", "des-Eaux", [], "keep"),
        ("the eth-", "no-separatist", ["an ethno-separatist band"], "drop"),
        ("the eth-", "no-separatist", [], "drop"),
        ("an infor-", "mation-sharing", [], "drop"),
        ("their co-", "operation", ["they co-operate"], "keep"),
        ("an in-", "depth", ["in the depth of May"], "keep"),
        ("a for-", "profit", ["for a profit"], "keep"),
        ("was in-", "different", ["he was in-different to it"], "keep"),
        ("a x-", "ray", [], "guessed_keep"),
        ("an xq-", "ray", [], "guessed_drop"),
        ("an old-", "(ray)", [], "keep"),
        ("(", "ray", [], "keep"),
        ("-", "-", [], "keep"),
    ],
)
def test_at_line_end_follows_what_the_issue_shows(before: str, after: str, seen: list[str], decision: str) -> None:
    assert at_line_end(before, after, vocabulary(seen)) == decision


def test_vocabulary_counts_words_compounds_and_their_parts() -> None:
    seen = vocabulary(["The river-borne goods", "of the river-"]).seen

    assert seen == {"the": 2, "river-borne": 1, "river": 1, "borne": 1, "goods": 1, "of": 1}


def test_vocabulary_leaves_out_both_halves_of_a_cut_word() -> None:
    seen = vocabulary(["They be-", "lieved it, and re-", "sisted", "the toll"]).seen

    assert seen == {"they": 1, "it": 1, "and": 1, "the": 1, "toll": 1}


@pytest.mark.parametrize(
    ("cut", "rest"), [("be-", "lieved"), ("re-", "stricting"), ("al-", "lowing"), ("deal-", "ing")]
)
def test_a_half_that_stands_nowhere_else_is_no_word(cut: str, rest: str) -> None:
    known = vocabulary(["a deal to be had, re the al-Marsa", f"they {cut}", f"{rest} it"])

    assert at_line_end(cut, rest, known) == "drop"


def test_an_issue_whose_lines_cut_no_word_has_only_hyphens_of_its_writers() -> None:
    plain = ["The truce held through the winter in a well-", "known valley of the north"] * 40
    assert not vocabulary(plain).hyphenated
    assert at_line_end("was un-", "nautical", vocabulary(plain)) == "keep"
    assert at_line_end("a second-", "hand", vocabulary(plain)) == "keep"
    cut = [*plain, "The govern-", "ment fell"]
    assert vocabulary(cut).hyphenated
    assert at_line_end("a sea-", "board", vocabulary(plain)) == "keep"
    assert at_line_end("a sea-", "board", vocabulary(cut)) == "drop"
    assert vocabulary(plain[:40]).hyphenated


@pytest.mark.parametrize(
    ("before", "after", "seen", "decision"),
    [
        ("see lock-", "keeper.example, May", "by lock-keeper.example and a lockkeeper lockkeeper", "keep"),
        ("see lock-", "keeper.example, May", "by lockkeeper.example and a lock-keeper lock-keeper", "drop"),
        ("Twitter/@quay-", "watch, May", "Twitter/@quaywatch", "drop"),
        ("Twitter/@quay-", "watch, May", "Twitter/@quay-watch", "keep"),
    ],
)
def test_an_address_is_spelt_as_where_it_stands_whole(before: str, after: str, seen: str, decision: str) -> None:
    assert at_line_end(before, after, vocabulary([seen])) == decision
