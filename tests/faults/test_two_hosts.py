"""Two web hosts and two workers on one database and one object storage: whichever is asked says the same."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.request
from functools import partial
from http.cookiejar import CookieJar
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.faults.served import Served, command, serve
from tests.postgres.replication import servers
from tests.postgres.site_processes import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres.replication import Server
    from tests.postgres.site_processes import Home

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (ROOT / "samples" / "issues" / "ceasefire-quarterly-i-4.md").read_text(encoding="utf-8")
PASSWORD = "long enough for two"
PER_MINUTE = 40
MOST_ASKED = 10 * PER_MINUTE  # minutes of a slow machine
WRONG_TRIES = 10  # that an account has in a quarter of an hour
BUCKET = "monitor-files"


@pytest.fixture(scope="module")
def storage() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
    )
    client.create_bucket(Bucket=BUCKET)
    yield f"s3://k:s@{BUCKET}/site?endpoint={address}&region=us-east-1"
    server.stop()


@pytest.fixture(scope="module")
def database() -> Iterator[Server]:
    with servers() as running:
        yield running[0]


@pytest.fixture
def shared(database: Server, storage: str) -> dict[str, str]:
    """Give what all hosts of a site are told alike."""
    return {
        "DATABASE_URL": database.url,
        "STORAGE_URL": storage,
        "SECRET_KEY": "shared by both hosts " * 4,
        "API_PER_MINUTE": str(PER_MINUTE),
        "UPLOADS_PER_HOUR": "1000",
    }


@pytest.fixture
def hosts(home: Home, other_home: Home, shared: dict[str, str]) -> Iterator[tuple[Served, Served]]:
    command(home, "serve", "--only-set-up", **shared)
    made = serve(home, **shared), serve(other_home, **shared)
    yield made
    for host in made:
        if host.process.poll() is None:
            host.stop()


def account(host: Served, shared: dict[str, str]) -> tuple[str, str]:
    """Make a curator and return their name and a token."""
    name = f"curator-{uuid4().hex[:8]}"
    command(host.home, "createuser", name, "--role", "curator", "--password", PASSWORD, **shared)
    return name, command(host.home, "create_token", name, "--scope", "write", **shared).split()[-1]


def base(host: Served) -> str:
    return host.address.rstrip("/")


class Browser:
    """Cookies, forms and redirects; the hosts differ in their port alone, so a cookie goes to both."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, host: Served, path: str, **headers: str) -> tuple[int, str, str]:
        """Return status, address in the end, and text."""
        return self._open(urllib.request.Request(f"{base(host)}{path}", headers=headers))  # noqa: S310 - our own address

    def send(self, host: Served, path: str, **fields: str) -> tuple[int, str, str]:
        """Send the form of a page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(host, path)[2])
        assert found is not None
        sent = urlencode({"csrfmiddlewaretoken": found[1], **fields}).encode()
        return self._open(urllib.request.Request(f"{base(host)}{path}", sent))  # noqa: S310 - our own address

    def _open(self, request: urllib.request.Request) -> tuple[int, str, str]:
        try:
            with self._opener.open(request, timeout=30) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, request.full_url, error.read().decode()


def upload(host: Served, token: str, name: str, content: bytes) -> str:
    """Hand a file in and return the path of what tells how far it is."""
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    answer = host.ask(
        "/api/v1/ingests/", method="POST", body=head + content + b"\r\n--b--\r\n",
        Authorization=f"Bearer {token}", Content_Type="multipart/form-data; boundary=b",
    )  # fmt: skip
    assert answer.status == 202, answer.text
    return urlsplit(answer.headers["location"]).path


def text_issue(number: int) -> bytes:
    """Return an issue of its own, of the sample's shape."""
    return (
        SAMPLE.replace("VOLUME I | ISSUE 4", f"VOLUME {number} | ISSUE 1").replace("2016", f"{1960 + number}").encode()
    )


def left_in_the_minute(one: Served, other: Served, token: str) -> list[int]:
    """Ask both by turns until either refuses; return how many requests were left each time by what they say."""
    left: list[int] = []
    for n in range(MOST_ASKED):
        answer = (one, other)[n % 2].ask("/api/v1/me/", Authorization=f"Bearer {token}")
        if answer.status == 429:
            return left
        assert answer.status == 200, answer.text
        left.append(int(re.findall(r"r=(\d+)", answer.headers["ratelimit"])[0]))
    raise AssertionError(left)


def test_both_hosts_know_the_same(hosts: tuple[Served, Served], shared: dict[str, str]) -> None:
    one, other = hosts
    name, token = account(one, shared)

    # Signed in here is signed in there, and signed out there is signed out here.
    browser = Browser()
    assert browser.send(one, "/account/login/", login=name, password=PASSWORD)[0] == 200
    assert browser.get(other, "/notebook/")[1] == f"{base(other)}/notebook/"
    assert browser.send(other, "/account/logout/")[0] == 200
    assert "/account/login/" in browser.get(one, "/notebook/")[1]

    # What may be asked in a minute is counted over both: no more is answered than one of them would.
    began = time.monotonic()
    left = left_in_the_minute(one, other, token)
    minutes = (time.monotonic() - began) / 60 + 1  # minutes may end meanwhile
    assert left[-1] == 0
    anew = [n for n, (before, after) in enumerate(pairwise(left), 1) if after != before - 1]
    assert len(anew) <= minutes
    assert {left[n] for n in anew} <= {PER_MINUTE - 1}
    assert len(left) > len(anew) + 1  # or nothing was counted down at all

    # So are wrong passwords: guessing at two doors is no quicker.
    tries = [
        Browser().send((one, other)[n % 2], "/account/login/", login=name, password="wrong")[0]
        for n in range(WRONG_TRIES + 2)
    ]
    assert tries == [200] * WRONG_TRIES + [429] * 2 or tries == [422] * WRONG_TRIES + [429] * 2


def test_files_and_jobs_are_everybodys(hosts: tuple[Served, Served], shared: dict[str, str], database: Server) -> None:
    one, other = hosts
    _, token = account(one, shared)
    signed = {"Authorization": f"Bearer {token}"}

    # Handed in here, followed there, and given back by either, byte by byte, to those who may.
    places = [upload((one, other)[n % 2], token, f"issue-{n}.md", text_issue(n)) for n in range(1, 7)]
    for n, place in enumerate(places):
        asked = (other, one)[n % 2]
        assert eventually(partial(is_done, asked, place, signed), within_s=200), place
    ((issue, size, sha256),) = database.ask(
        "select i.id, i.file_bytes, i.sha256 from monitor_issue i join monitor_ingest g on g.issue_id = i.id where g.file_name = 'issue-3.md'"
    )
    for host in hosts:
        given = host.ask(f"/issues/{issue}/file/")
        assert given.status == 302  # to the sign-in page: a file is as private as what was read from it
    browser = Browser()
    name, _ = account(other, shared)
    assert browser.send(other, "/account/login/", login=name, password=PASSWORD)[1] == f"{base(other)}/"
    for host in hosts:
        assert browser.get(host, f"/issues/{issue}/file/") == (
            200, f"{base(host)}/issues/{issue}/file/", text_issue(3).decode()
        )  # fmt: skip
    assert len(text_issue(3)) == size
    for host in hosts:
        files = host.home.var / "files"
        assert not list(files.glob("incoming/*"))
        assert not list(files.glob(f"originals/*/{sha256}*"))

    # One host dies with a file that it took in; the other reads it, and is asked as before.
    assert {row[0] for row in database.ask("select count(*) from procrastinate_workers")} == {2}
    place = upload(one, token, "last.md", text_issue(9))
    one.kill()
    assert eventually(lambda: is_done(other, place, signed), within_s=200)
    assert other.ask("/readyz").status == 200
    assert "All is well" in command(other.home, "doctor", **shared)


def is_done(host: Served, place: str, signed: dict[str, str]) -> bool:
    told = host.ask(place, **signed)
    return told.status == 200 and told.told["state"] == "stored"
