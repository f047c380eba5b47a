"""Words by their stems: "attacks", "attacked" and "attacking" are one word to the search. Pure.

The stemmer is Snowball's for English. It takes the last letter off names that end as plurals do, and of some of them
makes another name; those are kept whole here. A list of all such names would be endless; these are those that an archive
about conflicts tells apart: found by stemming every name of the gazetteer's actors, countries and first-level regions,
and every given name among them, and keeping what fell together with another word.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import Stemmer

from monitor.search.american import american

SHORTEST_STEMMED = 4  # letters: "IED", "OAS", "gas" and "has" have no plural's s
_NAMES = """
isis aqis hamas hama laos fars tunis paris texas kansas arkansas honduras bahamas dallas vegas palmas caracas damas
abbas anas anis kais qais yunis elias lucas thomas nicolas matthias isaias isayas demirtas carlos marcos santos
ramos campos denis davis harris lewis louis francis travis ellis mars hermes moses jones james charles yates
kilis bitlis badghis maqdis muhandis majlis donbas ecowas lagos andes naples wales athens brussels mers sars
"""
KEPT_WHOLE = frozenset(_NAMES.split())
BY_HAND = {"ieds": "ied"}  # Snowball takes the word for one like "cried"
_MOST_KEPT = 1 << 17

_stemmer = Stemmer.Stemmer("english", 0)  # without a cache of its own: ours is beside it
_lock = threading.Lock()  # a Snowball stemmer has one buffer


@lru_cache(maxsize=_MOST_KEPT)
def stem(word: str) -> str:
    """Return the stem of a word in plain small letters, British and American spellings being one; other scripts, numbers, short words and names stay as they are."""
    if word in BY_HAND:
        return BY_HAND[word]
    if len(word) < SHORTEST_STEMMED or word in KEPT_WHOLE or not (word.isascii() and word.isalpha()):
        return word
    with _lock:
        return str(_stemmer.stemWord(american(word)))
