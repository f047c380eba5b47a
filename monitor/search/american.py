"""British spellings as Americans write them, so that "defence" finds "defense" and "organisation" "organization". Pure.

Only where the change makes no other word: endings that many words share (-ise, -our, -re) are changed behind beginnings
that are known to have both.
"""

from __future__ import annotations

import re

# Before -ise these letters make a verb that is also written with z; "promise", "exercise" and "supervise" have others.
_VERBS = r"al|an|ar|at|er|ic|il|im|in|it|ol|on|or|ot|um|yn"
_OUR = (
    "arm|behavi|cand|clam|col|demean|endeav|fav|ferv|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|savi|splend|tum"
    "|val|vap|vig"
)
_RE = "calib|cent|epicent|fib|kilomet|lit|meag|millimet|met|nit|sab|scept|somb|spect|theat"
_ELL = (
    "cancel|channel|counsel|dial|duel|equal|fuel|grovel|label|level|marshal|model|pedal|quarrel|refuel|rival|shovel|signal"
    "|swivel|total|travel|tunnel|unravel"
)
_DOUBLED = {"fulfil": "fulfill", "enrol": "enroll", "instal": "install", "skilful": "skillful", "wilful": "willful"}
_STEPS = [
    (re.compile(pattern), changed)
    for pattern, changed in (
        (r"(?<!prov)is(ations?|ational)$", r"iz\1"),
        (rf"(?<=[a-z])({_VERBS})is(e|ed|es|er|ers|ing)$", r"\1iz\2"),
        (r"^(an|par|cat)alys(e|ed|er|ers|ing)$", r"\1alyz\2"),  # "analyses" is also the plural of analysis
        (rf"^((?:dis|mis|un)?(?:{_OUR}))our", r"\1or"),
        (r"^(def|off|lic|pret)ence", r"\1ense"),
        (rf"^({_RE})re(s?)$", r"\1er\2"),
        (r"^cent(red|ring)$", r"cente\1"),
        (rf"^({_ELL})l(ed|ing|er|ers)$", r"\1\2"),
        (r"^programme(s?)$", r"program\1"),
        (r"^manoeuv(?:re|er)", "maneuver"),
        (r"^(judge)ment", r"judgment"),
        (r"^enquir", "inquir"),
        (r"^sceptic", "skeptic"),
        (r"^artefact", "artifact"),
        (r"^mould", "mold"),
        (r"^plough", "plow"),
        (r"^gaol", "jail"),
        (r"^ageing$", "aging"),
        (r"^(p)aed", r"\1ed"),
        (r"^(fulfil|enrol|instal|skilful|wilful)(s|ment|ments|ly)?$", lambda found: _DOUBLED[found[1]] + (found[2] or "")),
    )
]  # fmt: skip
_ONE = re.compile(
    "is[aei]|our|enc|re|l[ei]|[ly]s|programme|manoeuv|judgem|enquir|sceptic|artefact|mould|plough|gaol|ageing|paed|ful|enrol|instal"
)
NOT_CHANGED = frozenset({"treatise", "treatises", "cerise"})


def american(word: str) -> str:
    """Return a word in small letters as Americans spell it; most words are returned as they are."""
    if word in NOT_CHANGED or not _ONE.search(word):
        return word
    for pattern, changed in _STEPS:
        word = pattern.sub(changed, word)
    return word
