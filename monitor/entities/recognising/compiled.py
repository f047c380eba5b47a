"""A gazetteer made ready for matching: one automaton over the folded words of all names.

Keys are whole words with a space on either side (" al qaeda "), and so is a text; a name is never found inside a
word, and names that differ in hyphens, apostrophes, diacritics, "the" or a possessive 's are one key. Building takes
time in proportion to the names, searching in proportion to the text.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick

from monitor.entities.gazetteer import joined_hash
from monitor.entities.recognising.letters import fold
from monitor.entities.recognising.spelled import Spelled, spelled
from monitor.entities.recognising.word_kinds import PLACE_NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monitor.entities.gazetteer import ActorEntry, Gazetteer, RegionEntry, Surface
    from monitor.entities.recognising.running_text import Word

ARTICLES = frozenset(["al", "el", "ad", "as", "ash", "an", "ar", "at", "az", "adh"])  # Arabic, as they are written
SHORTEST_WITHOUT_ARTICLE = 5  # letters
SHORTEST_PLURAL = 5
PLACE_RANKS = {"admin1": 0, "city": 1, "admin2": 2, "place": 2, "admin3": 3}  # that a misspelling may mean


Place = tuple[int, int, "tuple[Name, ...]"]


class Name(NamedTuple):
    """A surface with its words' letters as they are written, for the rule of capitals."""

    surface: Surface
    words: tuple[str, ...]
    article: bool = False  # begins with "The"

    @property
    def written(self) -> str:
        """The name as the gazetteer writes it; of a shortened one, its words."""
        whole = [word for word in spelled(self.surface.text) if word.fold != "the"]
        return self.surface.text if len(whole) == len(self.words) else " ".join(self.words)

    @property
    def shouted(self) -> bool:
        return len(self.words) == 1 and self.words[0].isupper()


@dataclass(frozen=True)
class CompiledPlaces:
    """The regions of a gazetteer: most of its names, so that they are kept where only actors have changed."""

    automaton: ahocorasick.Automaton
    regions: Mapping[str, RegionEntry]
    places_of: Mapping[str, Sequence[RegionEntry]]  # country -> those a misspelling may mean
    hash: str


@dataclass(frozen=True)
class Compiled:
    """What `recognise` asks of a gazetteer. Made once, shared by all articles; holds no state of a search."""

    automaton: ahocorasick.Automaton  # of the actors' names
    actors: Mapping[str, ActorEntry]
    names_of: Mapping[str, tuple[Name, ...]]  # slug -> the names of an actor
    demonyms: Mapping[str, tuple[str, ...]]  # folded words -> country codes
    stop_words: frozenset[str]
    head_nouns: frozenset[str]
    slugs_of: Mapping[str, tuple[str, ...]]  # folded words of a name, sorted -> actors
    places: CompiledPlaces
    hash: str

    @property
    def regions(self) -> Mapping[str, RegionEntry]:
        return self.places.regions

    @cached_property
    def names_by_length(self) -> Mapping[int, Sequence[str]]:
        """The sorted words of the names of actors, acronyms and descriptions left out, by how long they are."""
        names: dict[int, list[str]] = defaultdict(list)
        for name in self.slugs_of:
            names[len(name)].append(name)
        return names

    @cached_property
    def neighbours(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """What unknown names are like, as far as it has been asked: an archive repeats them."""
        return {}

    @cached_property
    def demonym_beginnings(self) -> frozenset[str]:
        """The first words of the demonyms."""
        return frozenset(key.partition(" ")[0] for key in self.demonyms)

    @cached_property
    def _of_country(self) -> dict[str, dict[str, list[tuple[str, str, int]]]]:
        return {}

    def places_like(self, country: str, key: str) -> list[tuple[str, str, int]]:
        """Return (folded name, code, rank) of a country's places that begin with the letter of `key`."""
        places = self._of_country.get(country)
        if places is None:
            places = defaultdict(list)
            for region in self.places.places_of.get(country, ()):
                name = fold(region.name)
                places[name[:1]].append((name, region.code, PLACE_RANKS[region.kind]))
            self._of_country[country] = places  # the same for whoever asks: no harm if two ask at once
        return places.get(key[0], [])

    def names_at(self, words: Sequence[Word]) -> tuple[Name, ...]:
        """Return the names written with just these folded words."""
        key = _key(words)
        found: list[Name] = []
        for automaton in (self.automaton, self.places.automaton):
            found += automaton.get(key, (0, ()))[1]
        return tuple(found)

    def actors_in(self, key: str) -> Iterator[Place]:
        """Yield (start, end, names) of every actor's key in `key`, a text made by `key_of`; the outer spaces included."""
        return _found(self.automaton, key)

    def places_in(self, key: str) -> Iterator[Place]:
        """Yield the same of the regions."""
        return _found(self.places.automaton, key)


def _found(automaton: ahocorasick.Automaton, key: str) -> Iterator[Place]:
    for last, (length, names) in automaton.iter(key) if len(automaton) else ():
        yield last + 1 - length, last + 1, names


def compile_gazetteer(gazetteer: Gazetteer, places: CompiledPlaces | None = None) -> Compiled:
    """Return the gazetteer ready for matching: under 3 s and 150 MB for 100,000 names.

    With `places`, made of these or of other rows before, its own regions are not looked at: under half a second.
    """
    places = places or compile_places(gazetteer)
    with _no_collecting():
        keys, names_of = _actor_keys(gazetteer)
        return Compiled(
            _automaton(keys),
            {actor.slug: actor for actor in gazetteer.actors},
            {slug: tuple(names) for slug, names in names_of.items()},
            _demonyms(gazetteer.demonyms),
            frozenset(_folded(word) for word in gazetteer.region_stop_words),
            frozenset(_folded(word) for word in gazetteer.head_nouns),
            _slugs_of(names_of),
            places,
            joined_hash(gazetteer.actors_hash, places.hash),
        )


def compile_places(gazetteer: Gazetteer) -> CompiledPlaces:
    """Return the regions of a gazetteer ready for matching."""
    with _no_collecting():
        regions = {region.code: region for region in gazetteer.regions}
        automaton = _automaton(_place_keys(gazetteer))
        return CompiledPlaces(automaton, regions, _places_of(gazetteer.regions), gazetteer.places_hash)


def _slugs_of(names_of: Mapping[str, Sequence[Name]]) -> dict[str, tuple[str, ...]]:
    slugs: dict[str, set[str]] = defaultdict(set)
    for slug, names in names_of.items():
        for name in names:
            if not name.shouted and name.surface.sort != "descriptive":
                slugs[" ".join(sorted(fold(word) for word in name.words))].add(slug)
    return {folded: tuple(sorted(slugs[folded])) for folded in sorted(slugs)}


def _once_each(names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names of one key in an order of their own, those that differ in nothing but their row only once."""
    kept: dict[tuple[str, tuple[str, ...]], Name] = {}
    for name in sorted(names, key=_order):
        kept.setdefault((name.surface.entity, name.words), name)
    return tuple(kept.values())


def _order(name: Name) -> tuple[object, ...]:
    surface = name.surface
    return surface.kind, surface.entity, name.words, name.article, surface.sort, surface.text, surface.needs


def _places_of(regions: Iterable[RegionEntry]) -> dict[str, list[RegionEntry]]:
    places: dict[str, list[RegionEntry]] = defaultdict(list)
    for region in regions:
        if region.kind in PLACE_RANKS and region.countries:
            places[region.countries[0]].append(region)
    return places


def key_of(words: Iterable[Word]) -> tuple[str, dict[int, int], dict[int, int]]:
    """Return the key of `words`, and where in it each word's leading space and the one behind it stand -> its index.

    "The" is left out; where no name can go on, a bar stands between.
    """
    parts, starts, ends = [" "], {}, {}
    at = 1
    add = parts.append
    for index, word in enumerate(words):
        key = word.fold
        if not word.soft:
            add("| ")
            at += 2
        if key == "the":
            continue
        starts[at - 1] = index
        add(key)
        add(" ")
        at += len(key) + 1
        ends[at] = index
    return "".join(parts), starts, ends


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Hundreds of thousands of small tuples live on: looking through them for garbage would double the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _actor_keys(gazetteer: Gazetteer) -> tuple[dict[str, list[Name]], dict[str, list[Name]]]:
    """Return the names of actors by key, and by slug."""
    keys: dict[str, list[Name]] = defaultdict(list)
    names_of: dict[str, list[Name]] = defaultdict(list)
    for surface in gazetteer.surfaces:
        name = None
        for key, name in _names(surface) if surface.kind == "actor" else ():
            keys[key].append(name)
        if name is not None:
            names_of[surface.entity].append(name)
    return keys, names_of


def _place_keys(gazetteer: Gazetteer) -> dict[str, list[Name]]:
    """Return the names of regions by key."""
    keys: dict[str, list[Name]] = defaultdict(list)
    for surface in gazetteer.surfaces:
        if surface.kind == "region":
            text = surface.text
            if text.isascii() and text.isalpha():  # two in three: they have one form only
                keys[f" {fold(text)} "].append(Name(surface, (text,)))
                continue
            for key, name in _names(surface):
                keys[key].append(name)
    return keys


def keys_of(surface: Surface) -> list[tuple[str, ...]]:
    """Return the folded words of every form in which a surface is looked for: a text without them cannot name it."""
    return [tuple(word for word in key.split() if word != "|") for key, _name in _names(surface)]


def _automaton(keys: Mapping[str, Sequence[Name]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for key, names in keys.items():
        automaton.add_word(key, (len(key), tuple(names) if len(names) == 1 else _once_each(names)))
    if keys:
        automaton.make_automaton()
    return automaton


def _key(words: Sequence[Word]) -> str:
    """Return the key of words that are one name."""
    return f" {' '.join(word.fold for word in words if word.fold != 'the')} "


def folded_words(text: str) -> set[str]:
    """Return the words of a text as names are looked for in it."""
    return {word.fold for word in spelled(text)}


def _folded(text: str) -> str:
    return " ".join(word.fold for word in spelled(text))


def _names(surface: Surface) -> Iterator[tuple[str, Name]]:
    """Yield the surface's keys: as written, in the plural, a place without its article or its "Province"."""
    words = spelled(surface.text)
    article = bool(words) and words[0].plain == "The"
    kept = [word for word in words if word.fold != "the"]
    if not kept:
        return
    yield _keyed(surface, kept, article=article)
    if surface.kind == "actor":
        if len(kept) == 1 and surface.sort in ("name", "translation") and surface.case == "usual":
            yield from _plural(surface, kept[0])
        yield from (_keyed(surface, other, article=article) for other in _without_possessives(kept))
    else:
        yield from _shorter_places(surface, kept)


def _shorter_places(surface: Surface, words: list[Spelled]) -> Iterator[tuple[str, Name]]:
    bare = words[:-1] if len(words) > 1 and words[-1].fold in PLACE_NOUNS else words
    if bare is not words:
        yield _keyed(surface, bare)
    if len(bare) > 1 and bare[0].fold in ARTICLES:
        yield _keyed(surface, [Spelled("al", "al"), *bare[1:]])
        if len(bare[1].fold) >= SHORTEST_WITHOUT_ARTICLE:
            yield _keyed(surface, bare[1:])


def _keyed(surface: Surface, words: Sequence[Spelled], *, article: bool = False) -> tuple[str, Name]:
    parts = [word.fold if word.soft or not place else f"| {word.fold}" for place, word in enumerate(words)]
    return f" {' '.join(parts)} ", Name(surface, tuple(word.plain for word in words), article)


def _plural(surface: Surface, word: Spelled) -> Iterator[tuple[str, Name]]:
    if len(word.plain) >= SHORTEST_PLURAL and word.plain[1:].islower() and not word.fold.endswith("s"):
        yield _keyed(surface, [Spelled(word.plain + "s", word.fold + "s")])


def _without_possessives(words: Sequence[Spelled]) -> Iterator[list[Spelled]]:
    """Yield "Peoples Front" for "People's Front"."""
    for index, word in enumerate(words):
        if word.possessive and index + 1 < len(words):
            yield [*words[:index], Spelled(word.plain + "s", word.fold + "s"), *words[index + 1 :]]


def _demonyms(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    countries: dict[str, list[str]] = defaultdict(list)
    for country, demonym in rows:
        key = _folded(demonym)
        if country not in countries[key]:
            countries[key].append(country)
    return {key: tuple(sorted(codes)) for key, codes in countries.items()}
