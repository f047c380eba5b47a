"""One style sheet and one script out of the many small files of `static/`: a browser fetches two instead of thirty.

Pure, from texts to a text. The sources stay what they are: style sheets in layers, native modules that `node --test` and
an editor read as such. Only the two words of a module that cannot stand inside another file, `import` and `export`,
are put differently, and comments on lines of their own are left out: a sixth of what a browser would fetch. Nothing
else is shortened or translated.
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST_SHEET = "tokens.css"  # declares the order of the layers, so that the order of all other sheets decides little
MODULE_WORD = re.compile(r"^[ \t]*(?:import\b(?!\()|export\b).*|^.*\bimport\.meta\b.*", re.MULTILINE)
# At the margin, outside of any function: one that is said to wait may do so there.
TOP_AWAIT = re.compile(r"^(?!//|/?\*)(?=\S)(?!.*\basync\b).*\bawait\b.*", re.MULTILINE)
IMPORT = re.compile(r'^import (?:\{([\w\s,]*)\} from )?"(\.{1,2}/[\w./-]+)";', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)(?:async )?\w+\*? (\w+)", re.MULTILINE)
EXPORT_LIST = re.compile(r"^export \{([\w\s,]*)\};", re.MULTILINE)
RENAMED = re.compile(r"(\w+) as (\w+)")
OWN_LINE_BLOCK = re.compile(r"^[ \t]*/\*(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.MULTILINE)
OWN_LINE = re.compile(r"^[ \t]*//[^\n]*\n", re.MULTILINE)


class CannotAssemble(ValueError):
    """A source says something that does not work inside a larger file; the message names the file and the line."""


def assemble_styles(sheets: Mapping[str, str]) -> str:
    """Return all sheets in one: the tokens first, the others by name. Keys are paths below `static/css`."""
    for path, sheet in sheets.items():
        if "@import" in sheet or "@charset" in sheet:
            raise CannotAssemble(f"{path}: @import and @charset count only at the head of a whole style sheet.")
    names = sorted(sheets, key=lambda path: (path != FIRST_SHEET, path))
    return "".join(f"/* {name} */\n{OWN_LINE_BLOCK.sub('', sheets[name]).rstrip()}\n" for name in names)


def assemble_scripts(modules: Mapping[str, str]) -> str:
    """Return all modules in one, each in a function of its own and after those it imports from.

    Keys are paths below `static/js`. A module may import names from another (`import { a, b as c } from "./x.js";`) and
    export functions, constants and classes where they are declared or in a list; CannotAssemble is raised for all else.
    """
    _must_have_own_names(modules)
    given = {path: _exported(source) for path, source in modules.items()}
    needs = {path: _imported_paths(path, source) for path, source in modules.items()}
    for path, wanted in needs.items():
        for missing in wanted - modules.keys():
            raise CannotAssemble(f"{path}: there is no {missing} to import from.")
    for path, source in modules.items():
        _must_be_given(path, source, given)
    try:
        order = list(TopologicalSorter({path: sorted(needs[path]) for path in sorted(needs)}).static_order())
    except CycleError as error:
        raise CannotAssemble(f"These import each other in a ring: {', '.join(error.args[1])}.") from error
    return "".join(_enclosed(path, modules[path]) for path in order)


def _must_have_own_names(modules: Mapping[str, str]) -> None:
    """Refuse files whose names differ by nothing that a variable's name can hold."""
    known: dict[str, str] = {}
    for path in sorted(modules):
        if (other := known.setdefault(_name_of(path), path)) != path:
            raise CannotAssemble(f"{path}: its name is too much like that of {other}; rename one of them.")


def _must_be_given(path: str, source: str, given: Mapping[str, Sequence[str]]) -> None:
    """Refuse what a browser would: an import of a name that the other module does not export."""
    for found in IMPORT.finditer(source):
        other = _beside(path, found[2])
        outside = {name.partition(":")[0] for name in given[other]}
        for name in (words.split()[0] for words in (found[1] or "").split(",") if words.strip()):
            if name not in outside:
                raise CannotAssemble(f"{path}: {other} exports no {name} where it is declared, or in a list.")


def _exported(source: str) -> list[str]:
    """Return the names that a module exports, as an object writes them: `a`, or `b: a` for `export { a as b }`."""
    exported = [found[1] for found in EXPORT.finditer(source)]
    for found in EXPORT_LIST.finditer(source):
        exported += [RENAMED.sub(r"\2: \1", name.strip()) for name in found[1].split(",") if name.strip()]
    return exported


def _imported_paths(path: str, source: str) -> set[str]:
    return {_beside(path, found[2]) for found in IMPORT.finditer(source)}


def _beside(path: str, address: str) -> str:
    return normpath(join(dirname(path), address))


def _enclosed(path: str, source: str) -> str:
    exported = _exported(source)
    body = EXPORT_LIST.sub("", IMPORT.sub(lambda found: _taken(path, found), source))
    body = EXPORT.sub(lambda found: found[0].removeprefix("export "), body)
    if left := MODULE_WORD.search(body) or TOP_AWAIT.search(body):
        raise CannotAssemble(
            f"{path}: “{left[0]}” has no place inside another file; docs/conventions.md names what has."
        )
    kept = f"const {_name_of(path)} = " if exported else ""
    given = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    return f"// {path}\n{kept}(() => {{\n{_without_comments(body).rstrip()}\n{given}}})();\n"


def _without_comments(source: str) -> str:
    """Leave out comments that have lines of their own; all stay where a text of several lines might look like one."""
    if any(line.count("`") % 2 or line.endswith("\\") for line in source.splitlines()):
        return source
    return OWN_LINE.sub("", OWN_LINE_BLOCK.sub("", source))


def _taken(path: str, found: re.Match[str]) -> str:
    """Return the statement that takes what an import names; one that names nothing only says what runs before."""
    if found[1] is None:
        return ""
    names = RENAMED.sub(r"\1: \2", " ".join(found[1].split()))
    return f"const {{ {names} }} = {_name_of(_beside(path, found[2]))};"


def _name_of(path: str) -> str:
    return "from_" + re.sub(r"\W", "_", path.removesuffix(".js"))
