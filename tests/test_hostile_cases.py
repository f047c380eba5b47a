"""Each of the forty hostile cases has tests that are there, and those of the cases that no other file holds."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from monitor.accounts.token_models import Token
from monitor.accounts.tokens import create_token
from monitor.web.links import web_address
from tests.factories import make_issue, make_user
from tests.hostile_cases import CASES, is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.accounts.models import User

ROOT = Path(settings.BASE_DIR)
# What could fetch something from the network. Mails go through Django.
FETCHING = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request", "ftplib", "telnetlib"}
# The first version without the hole, and where it is told of.
KNOWN_HOLES = {
    "django": ((5, 2, 9), "CVE-2025-13372, CVE-2025-64460"),
    "pdfminer.six": ((20251230,), "CVE-2025-64512"),
    "gunicorn": ((23, 0, 0), "CVE-2024-6827"),
    "pillow": ((11, 3, 0), "CVE-2025-48379"),
    "brotli": ((1, 2, 0), "CVE-2025-6176"),
    "djangorestframework": ((3, 15, 2), "CVE-2024-21520"),
}


def test_every_case_has_tests_that_are_there() -> None:
    assert sorted(CASES) == list(range(1, 41))
    assert [(number, test) for number, (_, tests) in CASES.items() for test in tests if not is_there(test)] == []
    assert [number for number, (_, tests) in CASES.items() if not tests] == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "data:text/html,x",
        "file:///etc/passwd", "vbscript:x", "http://[::1", "http://a@b:99999", "https:///nowhere", "//evil.example",
        "https://a\\@b.example/", "http://x\n.example", "h\u0442tp://x.example", "",
    ],
)  # fmt: skip
def test_a_link_of_a_file_is_one_only_if_it_leads_to_the_web(address: str) -> None:
    assert web_address(address) is None
    assert web_address("https://example.org/a?b=c#d") == "https://example.org/a?b=c#d"


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{name.name}" for name in node.names))


def test_the_site_fetches_nothing_from_addresses() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (ROOT / "monitor").rglob("*.py")
        for name in _imports(path)
        if name in FETCHING
    }

    assert found == set()


@pytest.mark.django_db
def test_a_token_is_kept_as_a_digest_and_taken_from_no_address() -> None:
    user = make_user("admin")
    new = create_token(user=user, name="program")
    kept = Token.objects.values().get()

    assert new.secret not in str(kept)
    assert kept["digest"] == hashlib.sha512(new.secret.encode()).hexdigest()
    for name in ("token", "access_token", "api_key", "Authorization"):
        assert Client().get(f"/api/v1/me/?{name}={new.secret}").status_code == 401
    assert Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {new.secret}"}).status_code == 200


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from _routes(found, route)


def test_no_address_opens_anything_by_a_secret_but_feeds_and_invitations() -> None:
    routes = list(_routes(get_resolver()))
    secrets = {route for route in routes if re.search("<[a-z]*:?(token|secret)>", route)}

    # The key of a lost password is handed on through the session; what is shared is shared with people.
    assert {route.partition("<")[0] for route in secrets} == {"account/invitation/", "feeds/searches/"}
    assert [route for route in routes if "share" in route and "<uuid:uid>/share/" not in route] == []


HARD = ["a\x00b", "\ud800", "\uffff\ufffe", "e" + "\u0301" * 10_000, "\u202eabc\u2066", "%ff%fe%00", "\x1b[2J"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", HARD, ids=lambda words: repr(words[:6]))
def test_characters_that_no_database_keeps_are_no_error(words: str, signed_in: Callable[[User | None], Client]) -> None:
    article = make_issue().articles.all()[0]
    client = signed_in(make_user("curator", name="curator"))
    sent = words.encode("utf-8", "surrogatepass")
    as_query = "".join(f"%{byte:02x}" for byte in sent[:2000])
    for address in (
        "/",
        "/articles/",
        "/search/",
        "/notebook/",
        "/tags/",
        "/actors/",
        "/people/record/",
        "/api/v1/search/",
    ):
        assert client.get(f"{address}?q={as_query}&sort={as_query}&after={as_query}").status_code < 500, address
    for address, field in [
        ("/account/", "name"),
        (f"/issues/{article.issue_id}/date/", "date"),
        ("/saved/new/", "name"),
    ]:
        body = f"{field}={as_query}".encode()
        answer = client.post(address, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, address


@pytest.mark.django_db
def test_nothing_of_the_inside_is_served(signed_in: Callable[[User | None], Client]) -> None:
    inside = [
        "/admin/", "/.git/config", "/.env", "/manage.py", "/var/secret_key", "/static/../manage.py", "/static/%2e%2e/manage.py",
        "/files/originals/", "/media/", "/__debug__/", "/server-status", "/static/css/", "/metrics",
    ]  # fmt: skip
    for client in (Client(), signed_in(make_user("admin"))):
        for address in inside:
            answer = client.get(address)
            assert answer.status_code in {302, 401, 404}, address
            assert b"Traceback" not in answer.content
            assert b"DJANGO_SETTINGS" not in answer.content
    assert not settings.DEBUG


def _pins() -> dict[str, str]:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    wanted = [line for line in text.splitlines() if line and not line.startswith("#")]
    pins = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)(?: |$)", text, re.MULTILINE)
    assert len(pins) == len(wanted), "every line is a name and one version"
    return {name.lower(): version for name, version in pins}


def test_every_library_is_pinned_beyond_known_holes() -> None:
    pins = _pins()
    behind = [
        f"{name} {pins[name]}: {told}"
        for name, (safe, told) in KNOWN_HOLES.items()
        if tuple(int(part) for part in pins[name].split(".")) < safe
    ]

    assert behind == []


def test_every_pinned_library_has_its_digests_written_down() -> None:
    text = (ROOT / "requirements.hashes.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
    written = {re.sub("[-_.]+", "-", name).lower(): version for name, version, _ in entries}

    assert sum(len(digests.splitlines()) + 1 for *_, digests in entries) == len(text.splitlines()), (
        "no line is anything else"
    )
    # scripts/lock writes it anew.
    assert {
        name: version for name, version in _pins().items() if written.get(re.sub("[-_.]+", "-", name)) != version
    } == {}
