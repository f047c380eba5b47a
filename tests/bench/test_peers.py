"""What `bench.peers` is made of: pins, answers, places of marks, processes and their guard."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.peers.asked import NAMES, asked_for
from bench.peers.doccano import Doccano
from bench.peers.installing import PINS, PeerFailedError, installed, last_lines, pinned, version_of
from bench.peers.peer import LONGEST, Document, places, rows_in
from bench.peers.running import environment, free_port, held, in_session, run, running
from bench.peers.talking import Answer, Ask, Talker, answer_in, request, together

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEASURED = {"doccano": "1.8.4", "label-studio": "1.23.0", "taguette": "1.5.2", "datasette": "0.65.5"}


# -- What is asked for, and pins ---------------------------------------------------------------------------------------
def test_all_peers_are_measured_without_a_name() -> None:
    assert asked_for([]).names == NAMES
    assert asked_for(["taguette", "--articles", "50"]).names == ("taguette",)
    with pytest.raises(SystemExit):
        asked_for(["tagette"])


def test_every_release_of_every_peer_is_pinned() -> None:
    assert {name: version_of(name) for name in NAMES} == MEASURED
    assert sorted(path.stem for path in PINS.iterdir()) == sorted(NAMES)


@pytest.mark.parametrize(
    "line", ["flask", "flask>=2", "flask==", "flask @ https://example.org/flask.whl", "-r others.txt"]
)
def test_line_that_pins_no_release_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="pins no release"):
        pinned(f"# why\njinja2==3.1.6\n\n{line}\n")


def test_names_of_releases_are_written_alike() -> None:
    assert pinned("Typing_Extensions==4.16.0  # its comment") == {"typing-extensions": "4.16.0"}


def test_what_cannot_be_installed_is_told_with_the_end_of_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.peers.installing.PINS", tmp_path)
    (tmp_path / "nothing.txt").write_text("here is no pin at all\n")
    with pytest.raises(PeerFailedError, match="nothing could not be installed") as told:
        installed("nothing", tmp_path / "home")
    assert any("here is no pin" in line for line in told.value.said)
    assert not (tmp_path / "home" / "installed").exists()


def test_last_lines_are_those_that_say_something() -> None:
    assert last_lines("".join(f"line {n}\n\n" for n in range(20))) == [f"line {n}" for n in range(12, 20)]
    assert last_lines("") == []


# -- Answers -----------------------------------------------------------------------------------------------------------
def with_length(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nCONTENT-LENGTH: %d\r\n\r\n" % len(body) + body


def chunked(parts: list[bytes]) -> bytes:
    written = b"".join(b"%x;a=b\r\n" % len(part) + part + b"\r\n" for part in parts if part)
    return b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n" + written + b"0\r\n\r\n"


@given(st.binary(max_size=40))
def test_answer_is_whole_when_its_last_byte_has_come(body: bytes) -> None:
    came = with_length(body)
    assert answer_in(came) == Answer(200, body, closes=False)
    assert all(answer_in(came[:cut]) is None for cut in range(len(came)))


@given(st.lists(st.binary(max_size=20), max_size=4))
def test_chunks_are_put_together(parts: list[bytes]) -> None:
    came = chunked(parts)
    assert answer_in(came) == Answer(201, b"".join(parts), closes=False)
    assert all(answer_in(came[:cut]) is None for cut in range(len(came)))


def test_answer_without_a_length_ends_with_the_connection() -> None:
    came = b"HTTP/1.0 200 OK\r\n\r\nall of it"
    assert answer_in(came) is None
    assert answer_in(came, ended=True) == Answer(200, b"all of it", closes=True)


def test_answer_without_a_body_is_whole_at_once() -> None:
    assert answer_in(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n") == Answer(204, b"", closes=True)


# -- Places ------------------------------------------------------------------------------------------------------------
@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=6).filter(lambda sizes: max(sizes) > LONGEST),
    st.sampled_from(["\n", "\n\n"]),
)
def test_marks_lie_in_one_paragraph_where_the_peer_counts_them(sizes: list[int], between: str) -> None:
    document = Document("One", tuple(chr(97 + n) * size for n, size in enumerate(sizes)))
    text = between.join(document.paragraphs)
    for key, start, words in places([(7, document)], between):
        assert key == 7
        assert text[start : start + LONGEST] == words
        assert len({*words}) == 1


def test_doccano_has_an_account_before_it_is_started(tmp_path: Path) -> None:
    peer = Doccano(tmp_path, tmp_path, 1234, tmp_path / "log")
    assert [line[1] for line in peer.before] == ["init", "createuser"]
    assert peer.command[1:] == ["webserver", "--port", "1234"]


def test_rows_of_a_file_are_counted(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as connection, connection:
        connection.execute("create table mark (n)")
        connection.executemany("insert into mark values (?)", [(n,) for n in range(5)])
    assert rows_in(tmp_path / "a.sqlite3", "mark") == 5


# -- Many at once ------------------------------------------------------------------------------------------------------
class Refusing(BaseHTTPRequestHandler):
    """Answers every third request with 403, in one connection."""

    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        Refusing.asked += 1
        refused = Refusing.asked % 3 == 0
        body = b"Forbidden" if refused else b"made"
        self.send_response(403 if refused else 200)
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/closing":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[int]:
    Refusing.asked = 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("address", ["/", "/closing"])
def test_refusals_are_counted_apart(refusing: int, address: str) -> None:
    asks = cycle([Ask(request("GET", address, refusing), has=b"made")])
    tally = together([Talker(refusing, asks) for _ in range(3)], 0.3)
    assert tally.made + tally.refused == Refusing.asked > 3
    assert tally.refused == Refusing.asked // 3
    assert tally.in_time <= tally.made
    assert tally.example == "403: Forbidden"


def test_answer_of_another_kind_is_an_error(refusing: int) -> None:
    talker = Talker(refusing, iter(()))
    with pytest.raises(RuntimeError, match="was answered 200: made"):
        talker.expect([Ask(request("GET", "/", refusing), has=b"something else")])
    talker.hang_up()


# -- Processes ---------------------------------------------------------------------------------------------------------
STUBBORN = """
import signal, subprocess, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(100)"
with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as child:
    child.stdout.readline()
    HTTPServer(("127.0.0.1", int(sys.argv[1])), SimpleHTTPRequestHandler).handle_request()
    signal.pause()
"""


def test_server_is_ended_with_all_it_started(tmp_path: Path) -> None:
    port, seen = free_port(), list[int]()

    def broken_off() -> None:
        command = [sys.executable, "-c", STUBBORN, str(port)]
        server = running(command, tmp_path, environment(tmp_path, {}), tmp_path / "log", (port, "/"))
        with server as (session, seconds):
            assert len(in_session(session)) == 2
            assert held(in_session(session)) > 5
            assert seconds > 0
            seen.append(session)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert in_session(seen[0]) == []


def test_server_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = [sys.executable, "-c", "import sys; sys.exit('No room for this.')"]
    with (
        pytest.raises(PeerFailedError, match="ended with 1 before it answered") as told,
        running(command, tmp_path, environment(tmp_path, {}), log, (free_port(), "/")),
    ):
        pass
    assert told.value.said == ["No room for this."]


def test_program_that_fails_is_told(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('No room for this.')"]
    with pytest.raises(PeerFailedError, match="ended with 1") as told:
        run(command, tmp_path, environment(tmp_path, {}), tmp_path / "log")
    assert told.value.said == ["No room for this."]


GUARDED = """
import socket
with socket.socket() as one:
    one.bind(("0.0.0.0", 0))
    print(one.getsockname()[0])
print(socket.getaddrinfo("localhost", 80, socket.AF_INET)[0][4][0])
try:
    socket.create_connection(("msg.example.org", 443), 5)
except socket.gaierror as error:
    print(error.strerror)
"""


def test_peer_stays_on_this_machine(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", GUARDED], env=environment(tmp_path, {}), capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert said == ["127.0.0.1", "127.0.0.1", "msg.example.org is not looked up: a peer stays on this machine"]
