"""The measures of `bench.peers`, peer by peer. Django must be set up before this is imported.

A peer that cannot be installed, started or driven is told of in a sentence, with what it said last; the others go on.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.goals import Goal, of_rounds
from bench.page_measures import in_turn
from bench.page_site import served
from bench.peers import ours
from bench.peers.asked import PLACE, asked_for
from bench.peers.datasette import Datasette
from bench.peers.doccano import Doccano
from bench.peers.installing import PeerFailedError, installed, version_of
from bench.peers.label_studio import LabelStudio
from bench.peers.running import environment, free_port, held, in_session, run, running
from bench.peers.taguette import Taguette
from bench.peers.talking import Talker, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from bench.peers.ours import Site
    from bench.peers.peer import Document, Peer
    from bench.peers.talking import Ask

KINDS: dict[str, type[Peer]] = {kind.name: kind for kind in (Doccano, LabelStudio, Taguette, Datasette)}
CLIENTS = (1, 8)
ROUNDS = 5
SECONDS = 3.0  # of each stretch of making annotations
DOCUMENTS, CHARACTERS = 100, 35_000  # some sixty paragraphs each
WORKERS = 2  # of the site, as it has where nothing else is set
TABLE = "| | the site | {} | ratio | least | greatest |\n|---|---|---|---|---|---|"
NAMES = {"list": "list of documents", "open": "open a document", "search": "search"}
BAD = (PeerFailedError, OSError, RuntimeError, LookupError, ValueError)


def report(var: Path) -> Iterator[str]:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended
    asked, place = asked_for(sys.argv[1:]), Path(os.environ[PLACE])
    with_archive = Datasette.name in asked.names
    ours.set_up(var)
    searched = ours.fill_archive(asked.articles * ours.TIMES) if with_archive else {}
    documents, articles = ours.store(DOCUMENTS, CHARACTERS)
    seconds, megabytes = ours.started()
    yield f"{WORKERS} processes of the site and a durable Postgres, in turn with each peer; {DOCUMENTS} documents of {CHARACTERS:,}"
    yield f"characters in each{f', {asked.articles * ours.TIMES:,} articles more in the site' if with_archive else ''}. Load of the machine {os.getloadavg()[0]:.1f}."
    yield f"The site (`make serve`) starts in {seconds:.1f} s and holds {megabytes:.0f} MB at rest with database and worker.\n"
    goals: list[Goal] = []
    with served(var / "bench", workers=WORKERS) as port:
        site = ours.Site(port, articles, max(CLIENTS))
        for name in asked.names:
            peer, home = KINDS[name], place / name
            yield f"### {peer.title} {version_of(name)} ({peer.licence})\n"
            try:
                yield from Measured(peer, home, site, port).lines(documents, searched, asked.articles, goals)
            except BAD as error:
                yield f"{peer.title} could not be measured: {error}"
                yield from (f"    {line}" for line in getattr(error, "said", ()))
            yield ""
    yield from map(str, goals)
    ours.let_go()


class Measured:
    """One peer: installed, started on new data, filled, and asked in turn with the site."""

    def __init__(self, kind: type[Peer], home: Path, site: Site, port: int) -> None:
        self.bin = installed(kind.name, home)
        self.data, self.log = home / "data", home / "run.log"
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        self.log.write_text("")
        self.peer = kind(self.bin, self.data, free_port(), self.log)
        self.site, self.port = site, port
        self.variables = environment(self.data, self.peer.variables)

    def lines(
        self, documents: Sequence[Document], searched: dict[str, str], articles: int, goals: list[Goal]
    ) -> Iterator[str]:
        peer = self.peer
        if isinstance(peer, Datasette):
            peer.write(ours.some_of_archive(articles))
        for command in peer.before:
            run(command, self.data, self.variables, self.log)
        with self._running() as (_, first):
            pass
        with self._running() as (session, again):
            time.sleep(ours.AT_REST)
            megabytes = held(in_session(session))
            yield f"{peer.served}. It starts in {again:.1f} s ({first:.1f} at first) and holds {megabytes:.0f} MB at rest.\n"
            peer.fill(documents)
            yield TABLE.format(peer.title)
            reached = list[Goal]()
            said = list[str]()
            if peer.at_least is not None:
                yield from self._marking(peer.at_least, reached, said)
            yield from self._reading(reached)
            if isinstance(peer, Datasette):
                yield from self._searching(peer, searched, reached)
            yield ""
            yield from said
        goals += reached

    def _running(self) -> AbstractContextManager[tuple[int, float]]:
        peer = self.peer
        return running(peer.command, self.data, self.variables, self.log, (peer.port, peer.ready))

    def _marking(self, at_least: float, goals: list[Goal], said: list[str]) -> Iterator[str]:
        peer, marks = self.peer, self.peer.marks()
        talkers = [Talker(peer.port, marks) for _ in range(max(CLIENTS))]
        made = refused = 0
        example = ""
        rates: dict[int, list[tuple[float, float]]] = {clients: [] for clients in CLIENTS}
        for number in range(ROUNDS + 1):
            for clients in CLIENTS:
                own = self.site.mark(clients, SECONDS) if number % 2 else 0.0
                tally = together(talkers[:clients], SECONDS)
                own = own or self.site.mark(clients, SECONDS)
                made, refused, example = made + tally.made, refused + tally.refused, tally.example or example
                if number:  # the first round warms up
                    rates[clients].append((own, tally.in_time / SECONDS))
        if (there := peer.made()) != made:
            raise PeerFailedError(f"Its database has {there} annotations where {made} were answered.", self.log)
        for clients, pairs in rates.items():
            own, theirs = (median(column) for column in zip(*pairs, strict=True))
            ratios = [one / max(other, 1 / SECONDS) for one, other in pairs]
            named = f"annotations made by {clients} client{'s' * (clients > 1)}"
            yield f"| {named}, a second | {own:.0f} | {theirs:.1f} | {_spread(ratios)} |"
            if clients == max(CLIENTS):
                goals.append(of_rounds(f"{named}, beside {peer.title}", ratios, at_least, at_most=False))
        said.append(f"All {made:,} annotations that {peer.title} acknowledged are in its database.")
        if refused:
            said.append(f"{refused:,} requests more were refused: {example}")

    def _reading(self, goals: list[Goal]) -> Iterator[str]:
        own = self.site.acts()
        searches = {"search": self.site.search("Document")} if not isinstance(self.peer, Datasette) else {}
        for name, act in self.peer.acts().items():
            asks = own[name].asks if name in own else searches[name]
            line, ratios = self._line(f"{NAMES[name]}: {act.told}, ms", asks, act.asks)
            yield line
            if isinstance(self.peer, Datasette) and name == "list":
                goals.append(of_rounds(f"list of documents, beside {self.peer.title}'s page", ratios, 1))

    def _searching(self, peer: Datasette, searched: dict[str, str], goals: list[Goal]) -> Iterator[str]:
        for name, query in searched.items():
            line, ratios = self._line(
                f"search, {name}: its page, ms", self.site.search(query), peer.page({"_search": query})
            )
            yield line
            goals.append(of_rounds(f"search for {name}, beside {peer.title}'s page", ratios, 1))
            facets = {"_search": query, "_facet": "periodical"}
            line, _ = self._line(
                f"search, {name}: with a facet as the site has, ms", self.site.search(query), peer.page(facets)
            )
            yield line

    def _line(
        self, told: str, own: Callable[[int], Sequence[Ask]], theirs: Callable[[int], Sequence[Ask]]
    ) -> tuple[str, list[float]]:
        """Return a row of the table, and the times of the site to those of the peer, round by round."""
        one, other, ratios = in_turn(_asking(self.port, own), _asking(self.peer.port, theirs))
        return f"| {told} | {one:.1f} | {other:.1f} | {_spread(ratios)} |", ratios


def _asking(port: int, asks: Callable[[int], Sequence[Ask]]) -> Callable[[], None]:
    talker, number = Talker(port, iter(())), count()
    return lambda: talker.expect(asks(next(number)))


def _spread(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f}"
