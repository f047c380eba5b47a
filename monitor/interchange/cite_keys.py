"""The name under which a citation is called in a manuscript."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.interchange.records import ArticleRecord

LONGEST_PART = 30
DIGITS = "0123456789"  # some programs take no key that begins with one
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_SMALL_WORDS = frozenset(
    {"a", "al", "an", "and", "as", "at", "by", "for", "from", "how", "in", "into", "is", "it", "its"}
    | {"of", "on", "or", "the", "to", "what", "why", "with"}
)
# Letters that Unicode does not take apart into a base letter and a sign.
_UNDIVIDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"})


def cite_key(record: ArticleRecord) -> str:
    """Return `rehman2022ties-17`: first author, year, first telling word, id of the article.

    ASCII letters, digits and one hyphen, in lower case. The id makes it unique in a library. The word comes from the
    slug, which never changes; a corrected author or year does change the key.
    """
    return f"{_ascii(record.byline).lstrip(DIGITS) or 'anon'}{record.year}{_telling_word(record.slug)}-{record.id}"


def _ascii(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).translate(_UNDIVIDED)
    return _NOT_ASCII_WORD.sub("", apart)[:LONGEST_PART]


def _telling_word(slug: str) -> str:
    words = [_ascii(word) for word in slug.split("-")]
    return next((word for word in words if word and word not in _SMALL_WORDS), "")
