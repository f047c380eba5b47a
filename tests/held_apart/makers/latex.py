"""Pages set by TeX: accents as glyphs of their own, ligatures, footnotes below columns, floats above them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.held_apart.setting import program, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.held_apart.matter import Block, Issue, Note, Piece, Span
    from tests.held_apart.setting import Pages

# The old encoding: an accent is drawn by itself, over the letter. Letters that OT1 has no accent for are left to others.
LETTER = r"""
\documentclass[10pt,twocolumn]{article}
\usepackage[utf8]{inputenc}
\usepackage[a4paper,margin=2cm,headsep=14pt,columnsep=20pt]{geometry}
\usepackage{fancyhdr,graphicx}
\usepackage[hidelinks]{hyperref}
\DeclareUnicodeCharacter{1E24}{\d{H}} \DeclareUnicodeCharacter{0101}{\=a}
\pagestyle{fancy}\fancyhf{}\fancyhead[L]{\small\itshape HEAD0}\fancyhead[R]{\small\thepage}\renewcommand{\headrulewidth}{0.4pt}
\fancypagestyle{plain}{\fancyhf{}\renewcommand{\headrulewidth}{0pt}\fancyfoot[C]{\small\thepage}}
\newcommand{\masthead}[3]{\twocolumn[{\centering{\Huge\bfseries #1\par}\vskip4pt{\large #2\par}\vskip4pt{\small #3\par}\vskip6pt\hrule\vskip14pt}]\thispagestyle{plain}}
\newcommand{\contentshead}[1]{\noindent{\bfseries #1}\par\smallskip}
\newcommand{\entry}[3]{\noindent\parbox[t]{\linewidth}{\raggedright\small #1\enspace\dotfill\enspace #3\\\textit{#2}}\par\smallskip}
\newcommand{\piecetitle}[3]{\vskip18pt plus 4pt\penalty-300{\raggedright\noindent\Large\bfseries #1\par}\nobreak\vskip3pt{\noindent\itshape #2\par}\nobreak\vskip8pt\nobreak\noindent\ignorespaces}
\newcommand{\head}[1]{\par\vskip10pt plus 2pt{\raggedright\noindent\large\bfseries #1\par}\nobreak\vskip4pt\nobreak\noindent\ignorespaces}
\newcommand{\quoted}[1]{\begin{figure}[t]\centering\hrule\vskip5pt{\large\itshape #1\par}\vskip5pt\hrule\end{figure}}
\newcommand{\pictured}[1]{\begin{figure}[b]\centering\rule{0.8\linewidth}{60pt}\par\vskip4pt{\footnotesize\sffamily\raggedright #1\par}\end{figure}}
\newcommand{\bio}[1]{\par\vskip8pt{\small\itshape\noindent #1\par}}
\begin{document}
"""
QUARTERLY = r"""
\documentclass[11pt,twoside]{article}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{lmodern}
\usepackage[letterpaper,margin=1in]{geometry}\DeclareUnicodeCharacter{1E24}{\d{H}}
\usepackage{fancyhdr,multicol,booktabs,microtype,graphicx}
\usepackage[colorlinks,allcolors=blue]{hyperref}
\setlength{\columnsep}{22pt}\setlength{\parindent}{15pt}
\pagestyle{fancy}\fancyhf{}\fancyhead[LE,RO]{\thepage}\fancyhead[RE]{\textsc{HEAD0}}\fancyhead[LO]{\textsc{HEAD1}}
\newcommand{\masthead}[3]{\begin{center}{\fontsize{30}{34}\selectfont #1\par}\vskip4pt{\itshape #2\par}\vskip8pt{\scshape #3\par}\end{center}\vskip10pt}
\newcommand{\contentshead}[1]{\begin{center}{\large\scshape #1}\end{center}}
\newcommand{\entry}[3]{\noindent\makebox[22pt][r]{#3}\hspace{10pt}\parbox[t]{0.86\linewidth}{\raggedright\textbf{#1}\\#2}\par\vskip4pt}
\newcommand{\piecetitle}[3]{\end{multicols}\vskip22pt plus 6pt\penalty-200{\centering\LARGE #1\par\vskip6pt\large\scshape #2\par\vskip2pt\normalsize\normalfont\itshape #3\par}\vskip12pt\begin{multicols}{2}\noindent\ignorespaces}
\newcommand{\head}[1]{\par\vskip9pt plus 2pt{\centering\scshape #1\par}\nobreak\vskip5pt\nobreak\noindent\ignorespaces}
\newcommand{\pictured}[1]{\par\vskip6pt{\centering\rule{0.9\linewidth}{70pt}\par\nobreak\vskip5pt\footnotesize\textit{#1}\par}\vskip8pt}
\newcommand{\bio}[1]{\par\vskip8pt{\small\noindent\textit{#1}\par}}
\newcommand{\notes}[1]{\par\vskip10pt{\noindent\bfseries\small #1\par}\nobreak\vskip3pt}
\newcommand{\note}[2]{{\footnotesize\noindent\hangindent=16pt\makebox[16pt][l]{#1.}#2\par}}
\begin{document}
"""
GAZETTE = r"""
\documentclass[9pt]{extarticle}
\usepackage{fontspec}\setmainfont{TeX Gyre Termes}\setsansfont{TeX Gyre Heros}
\usepackage[a4paper,margin=1.6cm,bottom=2cm]{geometry}
\usepackage{fancyhdr,multicol,lettrine,xcolor,graphicx}
\usepackage[hidelinks]{hyperref}
\setlength{\columnsep}{14pt}\setlength{\columnseprule}{0.3pt}\setlength{\parindent}{0pt}\setlength{\parskip}{4pt}
\pagestyle{fancy}\fancyhf{}\fancyfoot[L]{\sffamily\scriptsize HEAD0}\fancyfoot[R]{\sffamily\scriptsize Page \thepage}\renewcommand{\headrulewidth}{0pt}
\newcommand{\masthead}[3]{{\sffamily\bfseries\fontsize{34}{38}\selectfont #1\par}{\sffamily #2\hfill #3\par}\vskip3pt\hrule height 2pt\vskip10pt}
\newsavebox\cbox\newenvironment{contentsbox}{\begin{lrbox}{\cbox}\begin{minipage}{0.94\linewidth}\sffamily\scriptsize\raggedright}{\end{minipage}\end{lrbox}\fcolorbox{black}{black!8}{\usebox\cbox}\par}
\newcommand{\contentshead}[1]{{\bfseries\small #1\par}}
\newcommand{\entry}[3]{\textbf{#1}\hfill #3\par #2\par}
\newcommand{\piecetitle}[3]{\par\vskip14pt plus 4pt\penalty-200{\raggedright\hyphenpenalty=10000\sffamily\bfseries\fontsize{15}{17}\selectfont #1\par}\nobreak{\sffamily\small #2\par}\nobreak\vskip3pt\nobreak}
\newcommand{\head}[1]{\par\vskip6pt{\sffamily\bfseries\scriptsize #1\par}\nobreak}
\newcommand{\boxed}[2]{\par\vskip4pt\colorbox{black!12}{\begin{minipage}{0.94\linewidth}\sffamily\scriptsize\raggedright\parskip3pt{\bfseries #1\par}#2\end{minipage}}\par\vskip4pt}
\newcommand{\pictured}[1]{\par\vskip4pt\rule{\linewidth}{55pt}\par\nobreak{\sffamily\scriptsize #1\par}\vskip5pt}
\newcommand{\bio}[1]{{\sffamily\scriptsize\itshape #1\par}}
\newcommand{\notes}[1]{{\sffamily\bfseries\scriptsize #1\par}\nobreak}
\newcommand{\note}[2]{{\scriptsize\textsuperscript{#1}\,#2\par}}
\begin{document}
"""
LOOKS = {"letter": ("pdflatex", LETTER), "quarterly": ("pdflatex", QUARTERLY), "gazette": ("lualatex", GAZETTE)}
SIGNS = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "_": r"\_", "&": r"\&", "%": r"\%", "$": r"{\upshape\$}", "#": r"\#",
    "“": "``", "”": "''", "’": "'", "–": "--", "—": "---", "·": r"\textperiodcentered{}", "|": r"\textbar{}", "…": r"\dots{}",
}  # fmt: skip


def pages_of(look: str, issue: Issue, pages: Pages) -> bytes:
    """Return the issue as TeX sets it. Raises ProducerMissingError."""
    engine, _ = LOOKS[look]
    path = program(engine)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "issue.tex").write_text(tex_of(look, issue, pages), encoding="utf-8")
        for _ in range(2):  # links are drawn where the first run found them
            run([path, "-interaction=nonstopmode", "-halt-on-error", "issue.tex"], folder)
        return (folder / "issue.pdf").read_bytes()


def tex_of(look: str, issue: Issue, pages: Pages) -> str:
    """Return the source."""
    house = issue.house
    preamble = LOOKS[look][1]
    for i, head in enumerate(house.running):
        preamble = preamble.replace(f"HEAD{i}", safe(head))
    rows = "".join(
        f"\\entry{{{safe(entry.title)}}}{{{safe(house.joint.join(entry.authors))}}}{{{pages[entry.piece]}}}\n"
        for entry in issue.contents
    )
    contents = f"\\contentshead{{{safe(house.contents)}}}\n{rows}" if rows else ""
    if rows and look == "gazette":
        contents = f"\\begin{{contentsbox}}{contents}\\end{{contentsbox}}\n"
    head = f"\\masthead{{{safe(house.publication)}}}{{{safe(house.tagline)}}}{{{safe(house.number_line)}}}\n"
    body = "\n".join(piece_of(look, issue, piece) for piece in issue.pieces)
    if look == "quarterly":
        return f"{preamble}{head}{contents}\\begin{{multicols}}{{2}}{body}\\end{{multicols}}\\end{{document}}"
    if look == "gazette":
        return f"{preamble}{head}\\begin{{multicols}}{{3}}\\raggedcolumns {contents}{body}\\end{{multicols}}\\end{{document}}"
    return f"{preamble}{head}{contents}{body}\\end{{document}}"


def safe(text: str) -> str:
    """Return a text with TeX's own signs written out."""
    return "".join(SIGNS.get(letter, letter) for letter in text)


def piece_of(look: str, issue: Issue, piece: Piece) -> str:
    """Return one article."""
    house = issue.house
    feet = {str(note.n): note for note in piece.notes} if look == "letter" else {}
    names = safe(house.by + house.joint.join(piece.authors))
    parts = [f"\\piecetitle{{{safe(piece.title)}}}{{{names}}}{{{safe(piece.post)}}}"]
    parts += [block_of(look, block, feet, first=i == 0) for i, block in enumerate(piece.blocks)]
    parts += [f"\\bio{{{safe(piece.bio)}}}"] if piece.bio else []
    if piece.notes and not feet:
        parts.append(f"\\notes{{{safe(house.notes)}}}")
        parts += [f"\\note{{{note.n}}}{{{spans_of(note.spans, {})}}}" for note in piece.notes]
    return parts[0] + "\n\n".join(parts[1:]) + "\n"


def block_of(look: str, block: Block, feet: dict[str, Note], *, first: bool) -> str:
    """Return one block; in the gazette an article's first letter is dropped."""
    text = spans_of(block.spans, feet)
    if block.type == "para":
        if first and look == "gazette" and block.spans[0].text[:1].isalpha():
            word, rest = text.split(" ", 1)
            return f"\\lettrine[lines=2]{{{word[0]}}}{{{word[1:]}}} {rest}"
        return text
    if block.type == "table":
        rows = [" & ".join(map(safe, row)) + r" \\" for row in block.rows]
        inner = "\n".join([r"\toprule", rows[0], r"\midrule", *rows[1:], r"\bottomrule"])
        return f"\\par\\vskip6pt{{\\centering\\footnotesize\\begin{{tabular}}{{lrr}}{inner}\\end{{tabular}}\\par}}\\vskip6pt"
    if block.type == "sidebar":
        return f"\\boxed{{{safe(block.title)}}}{{{text}}}"
    return named(block.type, text)


def named(kind: str, text: str) -> str:
    """Return a text in the command for its kind."""
    command = {"heading": "head", "pullquote": "quoted", "caption": "pictured"}[kind]
    return f"\\{command}{{{text}}}"


def spans_of(spans: Iterable[Span], feet: dict[str, Note]) -> str:
    """Return spans; an address that is printed may be broken as TeX breaks them."""
    out = []
    for span in spans:
        text = safe(span.text)
        if span.style == "marker":
            note = feet.get(span.text)
            out.append(
                f"\\footnotemark[{span.text}]\\footnotetext[{span.text}]{{{spans_of(note.spans, {})}}}"
                if note
                else f"\\textsuperscript{{{text}}}"
            )
        elif span.url and span.url == span.text:
            out.append(f"\\url{{{span.url}}}")
        elif span.url:
            out.append(f"\\href{{{span.url.replace('#', chr(92) + '#')}}}{{{text}}}")
        else:
            out.append({"italic": f"\\textit{{{text}}}", "bold": f"\\textbf{{{text}}}"}.get(span.style, text))
    return "".join(out)
