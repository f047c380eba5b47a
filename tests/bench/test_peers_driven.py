"""Two small peers installed and driven in earnest; minutes, and the package registry (`PEERS=yes`)."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bench.peers.datasette import Datasette
from bench.peers.installing import installed
from bench.peers.peer import Document, places
from bench.peers.running import environment, free_port, in_session, running
from bench.peers.taguette import Taguette
from bench.peers.talking import Talker, together

if TYPE_CHECKING:
    from bench.peers.peer import Peer

WORDS = "ferry harbour lantern orchard quarry ridge saddle timber "
DOCUMENTS = [Document(f"Document {n}", tuple(f"{n} {k} {WORDS * 5}".strip() for k in range(20))) for n in range(25)]

pytestmark = pytest.mark.processes


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give the folder of the environments: PEERS_VAR names one that stays."""
    return Path(os.environ.get("PEERS_VAR", tmp_path))


def prepared(kind: type[Peer], home: Path, tmp_path: Path) -> Peer:
    data = tmp_path / kind.name
    data.mkdir()
    return kind(installed(kind.name, home / kind.name), data, free_port(), tmp_path / f"{kind.name}.log")


def test_taguette_keeps_what_it_acknowledges(home: Path, tmp_path: Path) -> None:
    peer = prepared(Taguette, home, tmp_path)
    variables = environment(peer.data, peer.variables)
    with running(peer.command, peer.data, variables, peer.log, (peer.port, peer.ready)) as (session, _):
        peer.fill(DOCUMENTS)
        marks = peer.marks()
        tally = together([Talker(peer.port, marks) for _ in range(4)], 1)
        assert (tally.made, tally.refused) == (peer.made(), 0)
        assert tally.made > 4
        talker = Talker(peer.port, iter(()))
        for act in peer.acts().values():
            talker.expect(act.asks(3))
        talker.hang_up()
    assert in_session(session) == []
    wanted = {words for _, _, words in places([*enumerate(DOCUMENTS[:20])], "\n")}
    with closing(sqlite3.connect(peer.data / "taguette.sqlite3")) as connection:
        marked = {snippet for (snippet,) in connection.execute("select snippet from highlights")}
    assert marked <= {f"<p>{words}</p>" for words in wanted}


def test_datasette_shows_and_finds_articles(home: Path, tmp_path: Path) -> None:
    peer = prepared(Datasette, home, tmp_path)
    assert isinstance(peer, Datasette)
    peer.write((n + 1, one.title, "2024-01-01", "Review", one.text) for n, one in enumerate(DOCUMENTS))
    variables = environment(peer.data, peer.variables)
    with running(peer.command, peer.data, variables, peer.log, (peer.port, peer.ready)) as (session, _):
        talker = Talker(peer.port, iter(()))
        for act in peer.acts().values():
            talker.expect(act.asks(30))
        (ask,) = peer.page({"_search": "harbour lantern"})(0)
        assert b"25 rows" in talker.answered(ask).body
        talker.hang_up()
    assert in_session(session) == []
