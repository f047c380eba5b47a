"""The port the site listens on and the address it prints."""

from __future__ import annotations

import socket

import pytest
from django.core.management.base import CommandError

from monitor.management.serving.address import listen, parse_port, site_address


@pytest.mark.parametrize(("text", "port"), [("0", 0), ("8000", 8000), ("65535", 65535)])
def test_port_is_a_number(text: str, port: int) -> None:
    assert parse_port(text) == port


@pytest.mark.parametrize("text", ["", "http", "-1", "65536", "80 80", "٨٠", "8e3", "9" * 5000])
def test_other_text_is_no_port(text: str) -> None:
    with pytest.raises(CommandError, match=r"^PORT must be a number from 0 to 65535, not "):
        parse_port(text)


def test_taken_ports_are_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with listen("127.0.0.1", port) as listener:
            assert port < listener.getsockname()[1] < port + 50


def test_listener_answers_at_once() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname(), timeout=1):
        pass


def test_address_names_host_and_port() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert site_address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_address_of_a_site_on_every_interface_can_be_opened_here() -> None:
    with listen("0.0.0.0", 0) as listener:  # noqa: S104
        assert site_address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_ipv6_address_is_bracketed() -> None:
    with listen("::1", 0) as listener:
        assert site_address(listener) == f"http://[::1]:{listener.getsockname()[1]}/"


def test_host_that_is_not_here_is_told_in_a_sentence() -> None:
    with pytest.raises(CommandError, match=r"^Cannot listen on 192\.0\.2\.1, port 8000: "):
        listen("192.0.2.1", 8000)


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("no-such-host.invalid", "(Name or service|nodename|Temporary|No address)"),
        ("a" * 70, "it is no name of a host"),
    ],
)
def test_host_that_has_no_address_is_told_in_a_sentence(host: str, why: str) -> None:
    with pytest.raises(CommandError, match=rf"^Cannot listen on {host}, port 8000: .*{why}"):
        listen(host, 8000)


def test_ports_that_are_all_taken_are_named_to_the_last() -> None:
    taken = []
    for port in range(65533, 65536):
        try:
            taken.append(socket.create_server(("127.0.0.1", port)))
        except OSError:  # somebody else's: as good
            continue
    with pytest.raises(CommandError, match=r"^Ports 65533 to 65535 are all taken; set PORT\.$"):
        listen("127.0.0.1", 65533)
    for each in taken:
        each.close()
