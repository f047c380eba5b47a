"""Where a page may send somebody afterwards: a path of this site and nothing else."""

from __future__ import annotations

from urllib.parse import unquote

from django.utils.http import url_has_allowed_host_and_scheme


def is_local_path(url: str) -> bool:
    r"""Tell whether a browser stays on this site: `/a/b?c`, but no `//evil`, `/\evil`, `https:evil`, `/%09/evil`.

    Checked as written and as decoded once, because a proxy in front may decode what the browser does not.
    """
    return _stays_here(url) and _stays_here(unquote(url.partition("?")[0]))


def _stays_here(url: str) -> bool:
    if not url.startswith("/") or any(ord(character) < 0x21 or ord(character) == 0x7F for character in url):
        return False
    return url_has_allowed_host_and_scheme(url, allowed_hosts=None)
