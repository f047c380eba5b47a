"""A whole site on loopback: started, asked by programs with tokens and by a browser's form, killed, started again."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import psycopg

from monitor.postgres.place import cluster_place
from tests.postgres.ports import free_port

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.postgres.site_processes import Home

NO_ANSWER = 0
LONGEST_S = 60.0  # an answer
LONGEST_STOP_S = 120.0
LEAST_BUSY_S, BUSY_TIMES = 2.0, 5
LONGEST_COMMAND_S = 900.0  # a machine that is busy with other things compresses static files slowly
DURABLE = {"MONITOR_PG_DURABLE": "1", "API_PER_MINUTE": "1000000"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 where nothing did."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float

    @property
    def told(self) -> Any:
        return json.loads(self.text)


@dataclass
class Served:
    """A running `serve`, which keeps its port when it is started again."""

    home: Home
    process: subprocess.Popen[str]
    address: str
    environment: dict[str, str]

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 0)

    def ask(self, path: str, *, method: str = "GET", body: Any = None, **headers: str) -> Answer:
        """Send one request on a connection of its own; `body` is sent as JSON unless it is bytes."""
        began = time.monotonic()
        caller = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_S)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None and not isinstance(body, bytes):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            caller.request(method, path, body, sent)
            got = caller.getresponse()
            text = got.read().decode(errors="replace")
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, text, time.monotonic() - began)
        except (OSError, http.client.HTTPException):
            return Answer(NO_ANSWER, {}, "", time.monotonic() - began)
        finally:
            caller.close()

    def kill(self) -> None:
        """End all of the site's own processes at once, as a loss of power does; the database is killed beside them."""
        database = self.home.server_processes()
        # Its children lead groups of their own, and would end in order when their parent is gone.
        for pid in set(self.home.processes()) - set(database):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(timeout=LONGEST_STOP_S)

    def again(self) -> Served:
        """Start it anew on its port."""
        return serve(self.home, **{**self.environment, "PORT": str(self.port)})

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=LONGEST_STOP_S)


def serve(home: Home, **environment: str) -> Served:
    chosen = {"PORT": str(free_port()), "WEB_WORKERS": "2", **DURABLE, **environment}
    process = home.start("manage.py", "serve", **chosen)
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if found := re.search(r"http://\S+", line):
            # What nobody reads fills the pipe, and then the site waits for a reader.
            threading.Thread(target=deque, args=(process.stdout, 0), daemon=True).start()
            return Served(home, process, found[0], chosen)
    raise AssertionError("\n".join(said) or "serve said nothing")


def busy_s(answers: list[Answer]) -> float:
    """Return what a machine full of other work may add to the longest wait, by what answers take on it in good days."""
    return max(LEAST_BUSY_S, BUSY_TIMES * max(answer.seconds for answer in answers))


def command(home: Home, *arguments: str, program: str | Path = "manage.py", **environment: str) -> str:
    """Run a command of `manage.py` to its end and return what it printed."""
    process = home.start(str(program), *arguments, **{**DURABLE, **environment})
    said, _ = process.communicate(timeout=LONGEST_COMMAND_S)
    assert process.returncode == 0, said
    return said


def query(home: Home, sql: str, **environment: str) -> list[str]:
    """Return the rows of a query, as psql writes them."""
    return command(home, "postgres", "psql", "-XAtc", sql, **environment).splitlines()


def told(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query to a server that is up; quick enough to see what lasts a second."""
    folder = str(cluster_place(home.var, "pg").socket_folder)
    with psycopg.connect(host=folder, user="monitor", dbname="monitor") as connection:
        return connection.execute(sql.encode()).fetchall()


def tokens_for(home: Home, people: int, **environment: str) -> list[str]:
    """Make so many analysts and return a token of each."""
    code = (
        "from monitor.accounts.actions import create_user; from monitor.accounts.tokens import create_token\n"
        f"for n in range({people}): print('token', create_token(user=create_user(username=f'writer{{n}}',"
        " role='curator'), name='x', scope='write').secret)"
    )
    said = command(home, "shell", "-v", "0", "-c", code, **environment)
    return [line.removeprefix("token ") for line in said.splitlines() if line.startswith("token ")]


def url_of(home: Home) -> str:
    """Return the address of this home's embedded database for another site."""
    folder = quote(str(cluster_place(home.var, "pg").socket_folder), safe="")
    return f"postgres://monitor@{folder}/monitor"
