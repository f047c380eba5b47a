"""The style sheet of a layout, for WeasyPrint and Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.corpus.typeset import running_heads

if TYPE_CHECKING:
    from tests.corpus.issue_model import Issue
    from tests.corpus.layout import Layout

SERIF = '"TeX Gyre Termes", "Nimbus Roman", "DejaVu Serif", "DejaVu Sans", serif'
SANS = '"TeX Gyre Heros", "Nimbus Sans", "DejaVu Sans", sans-serif'
CASES = {
    "plain": "",
    "caps": "text-transform: uppercase;",
    "small_caps": "font-variant-caps: small-caps;",
    "spaced": "letter-spacing: 0.12em;",
}


def style_sheet(issue: Issue, layout: Layout, *, running: bool = False) -> str:
    """Return the CSS of one issue in one layout; `running`: elements may run in the margins."""
    return "\n".join(
        (
            _pages(issue, layout, running),
            _front(layout),
            _columns(layout),
            _text(layout),
            _asides(layout),
            _notes(layout),
        )
    )


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pages(issue: Issue, layout: Layout, running: bool) -> str:
    heads = running_heads(issue, layout)
    sides = ""
    if heads:
        sides = "".join(
            f"@page :{side} {{ @top-{corner} {{ content: {_string(head)}; font: italic 8.5pt {SERIF}; width: 100%; text-align: {corner} }} }}"
            for side, corner, head in zip(("left", "right"), ("left", "right"), heads, strict=True)
        )
    first = "@page :first { @top-left { content: none } @top-right { content: none } }"
    if layout.contents == "sidebar" and running:
        first = (
            f"@page :first {{ margin-right: {layout.margin + 155}pt; @top-left {{ content: none }} @top-right {{ content: none }}"
            " @right-top { content: element(contents); vertical-align: top; width: 150pt } }"
        )
    return f"""@page {{ size: {layout.paper}; margin: {layout.margin}pt;
 @bottom-center {{ content: counter(page); font: 9pt {SERIF} }}
 @footnote {{ border-top: 0.5pt solid black; padding-top: 4pt }} }}
{sides}{first}
html {{ font: {layout.size}pt/{layout.leading} {SERIF if layout.serif else SANS}; }}
body {{ margin: 0; text-align: {"justify" if layout.justified else "left"};
 hyphens: {"auto" if layout.hyphenated else "manual"}; hyphenate-character: "-"; hyphenate-limit-chars: 6 3 3 }}
a {{ color: #123; text-decoration: none }}"""


def _front(layout: Layout) -> str:
    dotted = layout.contents == "dotted"
    running = "position: running(contents); width: 150pt; background: #e6e6e6; padding: 8pt; margin-left: 12pt; box-sizing: border-box;"
    return f"""header {{ border-bottom: 2pt solid black; margin-bottom: 14pt; text-align: left }}
.name {{ font-size: {3 * layout.size}pt; font-weight: bold; line-height: 1.1 }}
.tagline {{ font-style: italic; font-size: {1.2 * layout.size}pt; margin-bottom: 4pt }}
.number, .date {{ font-size: {layout.size}pt; font-weight: bold }}
nav {{ hyphens: manual; text-align: left; margin-bottom: 16pt; {running if layout.contents == "sidebar" else ""} }}
nav .entry {{ margin-bottom: 8pt; break-inside: avoid }}
nav .what {{ font-weight: bold }}
nav .who {{ font-style: italic }}
nav .page {{ font-weight: bold }}
nav .page::after {{ content: {'leader(".") " " ' if dotted else '"p." '}target-counter(attr(href), page) }}"""


def _columns(layout: Layout) -> str:
    rule = "column-rule: 0.5pt solid #666;" if layout.rule else ""
    new_page = "section + section { break-before: page }" if layout.starts == "page" else ""
    return f""".columns {{ columns: {layout.columns}; column-gap: {layout.gutter}pt; {rule} orphans: 2; widows: 2 }}
section {{ margin-bottom: 18pt }}
{new_page}"""


def _text(layout: Layout) -> str:
    white = 0 if layout.indent else 0.6 * layout.size
    flush = "h2 + p, .opening + p, .columns > p:first-child { text-indent: 0 }" if layout.indent else ""
    return f"""p {{ margin: 0 0 {white}pt; text-indent: {layout.indent}em }}
{flush}
.opening {{ break-inside: avoid; break-after: avoid; margin: {0.4 * layout.size}pt 0 {0.8 * layout.size}pt; text-align: left; hyphens: manual }}
h1 {{ font-size: {1.7 * layout.size}pt; line-height: 1.15; margin: 0 0 4pt; {CASES[layout.title_case]} }}
.authors {{ font-size: {1.05 * layout.size}pt; margin: 0; text-indent: 0; {CASES[layout.author_case]} }}
h2 {{ font-size: {1.1 * layout.size}pt; margin: 10pt 0 4pt; text-align: left; hyphens: manual; break-after: avoid }}
.bio {{ text-indent: 0; margin: 8pt 0; {"font-style: italic" if layout.italic_bios else ""} }}
.drop {{ float: left; font-size: {3 * layout.size * layout.leading}pt; line-height: 0.8; padding: 3pt 3pt 0 0 }}
sup {{ font-size: 0.62em; line-height: 1; vertical-align: 0.45em }}"""


def _asides(layout: Layout) -> str:
    small = 0.85 * layout.size
    whole = "auto" if layout.breaking else "avoid"
    line = "0.5pt solid black" if layout.ruled else "none"
    return f""".pullquote {{ font: italic {1.45 * layout.size}pt/1.2 {SERIF}; margin: 10pt 0; text-align: center; hyphens: manual; break-inside: {whole} }}
.sidebar {{ background: #e4e8ea; padding: 7pt; font-family: {SANS}; font-size: {small}pt; margin: 10pt 0; text-align: left; break-inside: {whole}; hyphens: manual }}
.sidebar b {{ display: block }}
.caption {{ font: italic {small}pt {SANS}; margin: 8pt 0; text-align: left; hyphens: manual; break-inside: {whole} }}
table {{ border-collapse: collapse; margin: 8pt 0; break-inside: {whole}; font-size: {small}pt; hyphens: manual }}
td {{ border: {line}; padding: 2pt 6pt; text-align: left }}"""


def _notes(layout: Layout) -> str:
    hanging = "padding-left: 16pt; text-indent: -16pt" if layout.hanging else "text-indent: 0"
    return f""".notes-heading {{ font-weight: bold; text-indent: 0; margin: 10pt 0 4pt; break-after: avoid }}
.note {{ font-size: {0.85 * layout.size}pt; margin: 0 0 4pt; {hanging} }}
{"body" if layout.through else "section"} {{ counter-reset: footnote 0 }}
.footnote {{ float: footnote; font-size: {0.82 * layout.size}pt; text-indent: 0; text-align: left; hyphens: manual }}
.footnote::footnote-call {{ content: counter(footnote); font-size: 0.62em; vertical-align: 0.45em; line-height: 1 }}
.footnote::footnote-marker {{ content: counter(footnote) ". " }}"""
