from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web.assembled_files import SOURCES
from monitor.web.assembling import CannotAssemble, assemble_scripts, assemble_styles

SHEETS = {path.name: path.read_text(encoding="utf-8") for path in (SOURCES / "css").rglob("*.css")}
MODULES = {
    path.relative_to(SOURCES / "js").as_posix(): path.read_text(encoding="utf-8")
    for path in (SOURCES / "js").rglob("*.js")
}


def test_sheets_stand_in_one_with_the_tokens_first() -> None:
    sheets = {"base.css": "p {}\n\n", "tokens.css": ":root {}\n", "keys.css": "kbd {}\n"}
    assert assemble_styles(sheets) == ("/* tokens.css */\n:root {}\n/* base.css */\np {}\n/* keys.css */\nkbd {}\n")


@pytest.mark.parametrize("rule", ['@import "x.css";', '@charset "utf-8";'])
def test_rule_for_the_head_of_a_whole_sheet_is_refused(rule: str) -> None:
    with pytest.raises(CannotAssemble, match=r"b\.css: @import and @charset"):
        assemble_styles({"a.css": "p {}", "b.css": rule})


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_sheet_closes_what_it_opens_and_keeps_to_layers(name: str) -> None:
    """An open brace would swallow the sheets after it, and a rule outside the layers would win over all of them."""
    depth, outside = 0, []
    for line in SHEETS[name].splitlines():
        if depth == 0 and line.strip() and not line.startswith(("@layer ", "/*", "   ", "}")):
            outside.append(line)
        depth += line.count("{") - line.count("}")
        assert depth >= 0
    assert (depth, outside) == (0, [])


def test_module_has_a_room_of_its_own() -> None:
    modules = {"b.js": "const NEAR = 1;\n", "a.js": "const NEAR = 2;\n"}
    assert assemble_scripts(modules) == (
        "// a.js\n(() => {\nconst NEAR = 2;\n})();\n// b.js\n(() => {\nconst NEAR = 1;\n})();\n"
    )


def test_comments_on_lines_of_their_own_are_left_out() -> None:
    source = (
        '/**\n * Lamps. *\n */\nconst A = "// no"; // kept\n  // gone\nconst B = /\\/\\*/; /* kept */\n/* gone */\nB;\n'
    )
    assert assemble_scripts({"a.js": source}) == (
        '// a.js\n(() => {\nconst A = "// no"; // kept\nconst B = /\\/\\*/; /* kept */\nB;\n})();\n'
    )
    sheet = "/* Lamps\n * burn. **/\np { /* kept */ }\n  /* gone */\nq {}\n"
    assert assemble_styles({"a.css": sheet}) == "/* a.css */\np { /* kept */ }\nq {}\n"


@pytest.mark.parametrize("text", ["`\n// in a text\n/* too */\n`", "'one \\\n// in a text'"])
def test_what_looks_like_a_comment_in_a_text_of_several_lines_stays(text: str) -> None:
    source = f"const A = {text};\n"
    assert source.rstrip() in assemble_scripts({"a.js": source})


def test_module_comes_after_what_it_imports_from() -> None:
    modules = {
        "notes.js": 'import { stacked, GAP as ROOM } from "./deep/stacking.js";\nstacked(ROOM);\n',
        "deep/stacking.js": "export const GAP = 1;\nexport function stacked() {}\nfunction own() {}\n",
    }
    assert assemble_scripts(modules) == (
        "// deep/stacking.js\nconst from_deep_stacking = (() => {\n"
        "const GAP = 1;\nfunction stacked() {}\nfunction own() {}\nreturn { GAP, stacked };\n})();\n"
        "// notes.js\n(() => {\nconst { stacked, GAP: ROOM } = from_deep_stacking;\nstacked(ROOM);\n})();\n"
    )


def test_import_over_several_lines_and_from_above_is_understood() -> None:
    modules = {
        "deep/a.js": 'import {\n  one,\n  two,\n} from "../b.js";\n',
        "b.js": "export class one {}\nexport async function two() {}\n",
    }
    assert assemble_scripts(modules).endswith("// deep/a.js\n(() => {\nconst { one, two, } = from_b;\n})();\n")


def test_list_of_exports_hands_on_what_was_imported_too() -> None:
    modules = {
        "a.js": 'import { one } from "./b.js";\nexport { one, two as second };\nconst two = 2;',
        "b.js": "export const one = 1;",
    }
    assert assemble_scripts(modules).endswith(
        "// a.js\nconst from_a = (() => {\nconst { one } = from_b;\n\nconst two = 2;\nreturn { one, second: two };\n})();\n"
    )


def test_import_for_its_effect_says_only_what_runs_first() -> None:
    assert assemble_scripts({"a.js": 'import "./b.js";\nuse();', "b.js": "make();"}) == (
        "// b.js\n(() => {\nmake();\n})();\n// a.js\n(() => {\n\nuse();\n})();\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        'import all from "./b.js";',
        'import * as all from "./b.js";',
        'import { x } from "https://elsewhere.example/x.js";',
        'import { x } from "bare";',
        "export default class {}",
        'export { x } from "./b.js";',
        "export let x = 1;",
        'export * from "./b.js";',
        "await ready();",
        "const y = await ready();",
        'if (x) await import("./b.js");',
        '  import { x } from "./b.js";',
        "const here = import.meta.url;",
    ],
)
def test_word_that_only_a_whole_module_may_say_is_refused(line: str) -> None:
    with pytest.raises(CannotAssemble, match=r"^a\.js: “"):
        assemble_scripts({"a.js": f"const x = 1;\n{line}\n", "b.js": ""})


@pytest.mark.parametrize(
    "line", ["// await, later\n", "function f() {\n  await g();\n}\n", "onload = async () => { await g(); };\n"]
)
def test_waiting_inside_a_function_is_no_such_word(line: str) -> None:
    assemble_scripts({"a.js": line})


@pytest.mark.parametrize(
    "source", ["", "const x = 1;", "export const y = 2, x = 1;", "const y = 1;\nexport { y as z };"]
)
def test_import_of_a_name_that_is_not_exported_is_refused(source: str) -> None:
    with pytest.raises(CannotAssemble, match=r"^a\.js: b\.js exports no x "):
        assemble_scripts({"a.js": 'import { x as own } from "./b.js";', "b.js": source})


def test_files_that_would_have_one_name_are_refused() -> None:
    with pytest.raises(CannotAssemble, match=r"^a_b\.js: .* a-b\.js"):
        assemble_scripts({"a-b.js": "", "a_b.js": ""})


def test_import_from_nowhere_and_rings_are_refused() -> None:
    with pytest.raises(CannotAssemble, match=r"^a\.js: there is no gone\.js to import from\.$"):
        assemble_scripts({"a.js": 'import { x } from "./gone.js";'})
    with pytest.raises(CannotAssemble, match="in a ring"):
        assemble_scripts({"a.js": 'import "./b.js";', "b.js": 'import "./a.js";'})


@given(st.dictionaries(st.from_regex(r"\A[a-z]{1,3}\.js\Z"), st.sampled_from(["x();", "", "// import it\n", "y();\n"])))
def test_every_module_without_imports_is_there_once_and_in_order_of_names(modules: dict[str, str]) -> None:
    script = assemble_scripts(modules)
    assert [line for line in script.splitlines() if line.endswith(".js")] == [f"// {name}" for name in sorted(modules)]
    assert script.count("(() => {") == len(modules)


def test_our_own_modules_make_a_script_that_node_understands() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here; the browser tests run the script too")
    script = assemble_scripts(MODULES).encode()
    done = subprocess.run([node, "--input-type=module", "--check", "-"], input=script, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
