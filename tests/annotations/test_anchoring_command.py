from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.annotations.anchoring.cases import Anchoring, BadCases, Case, read_cases
from monitor.annotations.anchoring.selectors import Position, Quote, Selector

HERE = Path(__file__).resolve()
CASES = HERE.with_name("anchoring_cases.json")


def command(given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "monitor.annotations.anchoring"],
        input=given,
        capture_output=True,
        cwd=HERE.parents[2],
        check=False,
        timeout=60,
    )


def test_command_prints_what_became_of_each_case() -> None:
    done = command(CASES.read_bytes())
    assert (done.returncode, done.stderr) == (0, b"")
    printed = json.loads(done.stdout)
    given = json.loads(CASES.read_bytes())["cases"]
    assert list(printed) == [case["id"] for case in given]
    for case in given:
        outcome = printed[case["id"]]
        assert list(outcome) == ["status", "start", "end", "score"]
        assert outcome["status"] == case["expect"]["status"]
        assert (outcome["start"], outcome["end"]) == (case["expect"].get("start"), case["expect"].get("end"))
        assert 0 <= outcome["score"] <= 1


def test_command_says_in_one_sentence_what_is_wrong_and_prints_nothing() -> None:
    done = command(b'{"cases": [{"id": "a", "selector": {}, "new": ""}, {"id": "b", "selector": {}}]}')
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"Case 'b': \"new\" must be a string.\n"


def read(text: str) -> list[Case]:
    return list(read_cases(io.StringIO(text).read))


def one(**fields: object) -> str:
    return json.dumps({"cases": [{"id": "a", "new": "", "selector": {}, **fields}]})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "Not the JSON expected: the input ends at character 0, where '{' belongs."),
        ("[]", "Not the JSON expected: '[' stands at character 0, where '{' belongs."),
        ("{}", 'There is no "cases" in the input.'),
        ('{"cases": {}}', "Not the JSON expected: '{' stands at character 10, where '[' belongs."),
        ('{"cases": []} x', "Something follows the JSON document at character 14."),
        ('{"cases": [1]}', "Case 1: an object is expected."),
        ('{"cases": [{}]}', 'Case 1: "id" must be a string or a whole number.'),
        ('{"cases": [{"id": true}]}', 'Case 1: "id" must be a string or a whole number.'),
        ('{"cases": [{"id": "a"', "Not JSON: Expecting ',' delimiter at character 21."),
        (one(selector=None), "Case 'a', selector: an object is expected."),
        (one(new=None), "Case 'a': \"new\" must be a string."),
        (one(old=3), "Case 'a': \"old\" must be a string."),
        (one(unit="bytes"), 'Case \'a\': "unit" must be "code_point" or "utf16".'),
        (one(selector={"quote": "x"}), "Case 'a', quote: an object is expected."),
        (one(selector={"quote": {}}), "Case 'a', quote: \"exact\" must be a string."),
        (one(selector={"quote": {"exact": "x", "prefix": 1}}), "Case 'a', quote: \"prefix\" must be a string."),
        (one(selector={"position": {"start": 1.5, "end": 2}}), "Case 'a', position: \"start\" must be a whole number."),
        (one(selector={"position": {"start": 1}}), "Case 'a', position: \"end\" must be a whole number."),
    ],
)
def test_read_cases_names_what_is_wrong(given: str, message: str) -> None:
    with pytest.raises(BadCases) as refused:
        read(given)
    assert str(refused.value) == message


def test_read_cases_refuses_json_nested_without_end() -> None:
    with pytest.raises(BadCases, match="nested too deeply"):
        read('{"cases": [' + "[" * 200_000)


@pytest.mark.parametrize("field", ["old", "new"])
def test_outcome_refuses_halves_of_characters(field: str) -> None:
    [case] = read(one(**{"selector": {"quote": {"exact": "x"}}, field: "\ud800"}))
    with pytest.raises(BadCases, match=r"^Case 'a': Half of a surrogate pair stands at 0\.$"):
        Anchoring().outcome(case)


def test_command_refuses_what_is_not_utf8() -> None:
    done = command(b'{"cases": [{"id": "\xff"')
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"Not UTF-8: invalid start byte in what was read.\n"


def test_command_refuses_an_id_that_comes_twice() -> None:
    done = command(b'{"cases": [{"id": 1, "selector": {}, "new": ""}, {"id": "1", "selector": {}, "new": ""}]}')
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"Case '1' comes twice.\n")


def test_read_cases_takes_a_document_piece_by_piece() -> None:
    """However small the pieces are in which it comes, and whatever stands beside the cases."""
    given = CASES.read_text(encoding="utf-8")
    source = io.StringIO('{"version": [1, {"a": "cases"}], ' + given.lstrip()[1:])
    assert list(read_cases(lambda size: source.read(min(size, 7)))) == read(given)


def test_read_cases_keeps_only_the_case_being_read() -> None:
    """A document of 500 cases is never held whole: what was read ahead stays within two pieces."""
    text = json.dumps({"cases": [{"id": number, "selector": {}, "new": "word " * 2000} for number in range(500)]})
    source, ahead = io.StringIO(text), list[int]()
    for number, _ in enumerate(read_cases(source.read)):
        ahead.append(source.tell() - (number + 1) * len(text) // 500)
    assert len(ahead) == 500
    assert max(ahead) < 200_000


def test_outcome_counts_utf16_positions_on_the_old_text() -> None:
    old = "\U0001f30a wave \U0001f30a and the word"
    selector = Selector(position=Position(15, 23))
    case = Case("a", selector, "utf16", f"New. {old}", old)
    start = f"New. {old}".index("the word")
    assert Anchoring().outcome(case) == {"status": "exact", "start": start, "end": start + 8, "score": 1.0}


def test_outcome_of_a_thousand_cases_on_one_text_folds_it_once() -> None:
    anchoring, text = Anchoring(), "The convoy crossed the border at night. " * 300
    for number in range(1000):
        case = Case(str(number), Selector(Quote(f"border {number}")), "code_point", text, text)
        assert anchoring.outcome(case)["status"] == "orphan"
    assert list(anchoring.texts) == [text]
    assert len(anchoring.revisions) == 1
