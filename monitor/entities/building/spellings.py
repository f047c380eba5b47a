"""How a place of the region data may be written in English prose: in Latin script, with and without its generic word."""

from __future__ import annotations

import re
import unicodedata

# What stands after or before the name proper and is left out in prose.
_AFTER = (
    "Province|District|Governorate|Region|County|State|Township|Division|Department|Prefecture|Oblast|Krai|Kray|Raion"
    "|Rayon|Municipality|Regency|Emirate|Special Region|Zone|Territory|Canton|Voivodeship|Autonomous Region|Republic"
    "|Autonomous Okrug|Autonomous Oblast|Metropolitan Municipality|Sub-Region|Subdistrict|Governate|Community|Woreda"
    "|oblast|Zizhiqu|Sheng|Shi|Regional State"
)
_BEFORE = (
    "Provincia de|Provincia del|Departamento de|Departamento del|Estado de|Distrito de|Municipio de|Comarca de"
    "|Région de la|Région des|Région du|Région de|Région d'|Département de la|Département des|Département du"
    "|Département de|Département d'|Gouvernorat de|Cercle de|Préfecture de la|Préfecture de|Wilaya de|Wilaya d'"
    "|Wilaya|Wilayat|Kabupaten|Kota|Republic of|State of|Province of|Region of|Shahrestān-e|Ostān-e|Velāyat-e"
    "|The State of|Wuluswālī|Muḩāfaz̧at|Província de|Província do|Província da|Arrondissement de|Commune de"
)
# A name that is only such a word without its generic one is no name.
_NOT_ALONE = (
    "northern southern eastern western central north south east west northeast northwest southeast southwest capital"
    " upper lower federal national greater coast coastal islands highlands north-east north-west south-east south-west"
    " north-eastern north-western south-eastern south-western northeastern northwestern southeastern southwestern"
    " middle inner outer new old city metropolitan special autonomous first second third fourth fifth island mountain"
    " river lake valley bay port union independence liberty victory indigenous town village grand outlying"
)
# Small words inside a name of English, Spanish, French, Portuguese, Italian, German, Dutch, Slavic or Arabic prose. Any
# other word in small letters is a generic one of a language that Monitor does not read (viloyati, oblysy, nga).
_PARTICLES = (
    "of and the on upon in by de del la las los el y e do da dos das di du des le les sur sous en et van von der den am"
    " im an bei ob pod nad na al ad as ar az ash at ul bin ibn i ye und"
)
AFTER = tuple(f" {word}" for word in _AFTER.split("|"))
BEFORE = tuple(word if word.endswith("'") else f"{word} " for word in _BEFORE.split("|"))
NOT_ALONE, PARTICLES = frozenset(_NOT_ALONE.split()), frozenset(_PARTICLES.split())
ARTICLES = ("Al", "El", "Ad", "As", "Ash", "An", "Ar", "Az", "At", "Ath", "Aḑ", "Aş", "Aţ")
# Letters that have no decomposition. One of two letters cannot be left to the reader of the text.
LETTERS = str.maketrans(
    {
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "ħ": "h",
        "Ħ": "H",
    }
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "ŋ": "ng"}
)
APOSTROPHES = re.compile("[\u02bb\u02bc\u02bf\u02be\u2018\u2019\u0060\u00b4']")
ARTICLE = re.compile(f"(?:{'|'.join(ARTICLES)})[ -](?=\\S{{4}})", re.IGNORECASE)


def spellings(name: str, aliases: tuple[str, ...], *, generic: bool) -> list[str]:
    """Return every other way of writing `name`, sorted; those that differ from another by marks alone are left out.

    The reader of a text drops marks, and takes all apostrophes for one, so only what remains different is kept.
    `generic`: whether a word such as "Province" may be left out of it.
    """
    found: dict[str, str] = {}
    for text in (name, *aliases):
        for spelling in _ways(text, generic=generic) if latin(text) and prose(text) else ():
            found.setdefault(folded(spelling), spelling)
    found.pop(folded(name), None)
    return sorted(found.values())


def latin(text: str) -> bool:
    """Tell whether every letter is Latin; such names alone are looked for in English prose."""
    return text.isascii() or all(
        unicodedata.name(letter, "").startswith("LATIN") for letter in text if not letter.isascii() and letter.isalpha()
    )


def prose(text: str) -> bool:
    """Whether it can stand in English prose: no word in small letters but the particles of names."""
    return all(word in PARTICLES or not word[0].islower() for word in re.split("[ -]", text)[1:] if word)


def folded(text: str) -> str:
    """`text` without marks and in small letters, apostrophes made one, hyphens and spaces as they are."""
    return unmarked(APOSTROPHES.sub("'", text)).lower()


def unmarked(text: str) -> str:
    """`text` without the marks above and below its letters, and without the half rings of transliteration."""
    if text.isascii():
        return APOSTROPHES.sub("'", text)
    bare = unicodedata.normalize("NFKD", APOSTROPHES.sub("'", text))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def proper(text: str) -> str:
    """`text` without its generic word: Ninewa of "Ninewa Governorate"; itself where nothing would be left of it."""
    if word := next((word for word in AFTER if text.endswith(word)), "") if text.endswith(AFTER) else "":
        return _if_a_name(text.removesuffix(word), text)
    if word := next((word for word in BEFORE if text.startswith(word)), "") if text.startswith(BEFORE) else "":
        return _if_a_name(text.removeprefix(word).lstrip(), text)
    return text


def _if_a_name(rest: str, whole: str) -> str:
    words = rest.lower().replace("-", " ").split()
    return rest if len(rest) > 2 and rest[0].isupper() and not all(word in NOT_ALONE for word in words) else whole


def _ways(text: str, *, generic: bool) -> list[str]:
    ways = [proper(text) if generic else text]
    ways += [way for one in tuple(ways) for way in _articles(one)]
    ways += [way for one in tuple(ways) if (way := APOSTROPHES.sub("", one)) != one and len(way) > 2]
    ways += [way for one in tuple(ways) if (way := one.translate(LETTERS)) != one]
    return ways


def _articles(text: str) -> list[str]:
    """al-X, Al X and X for a name that begins with the Arabic article, assimilated or not."""
    if not (article := ARTICLE.match(text)):
        return []
    rest = text[article.end() :]
    assimilated = article[0][:-1].lower()
    return [f"{form}{rest}" for form in ("al-", "Al ", f"{assimilated}-")] + ([rest] if len(rest) > 4 else [])
