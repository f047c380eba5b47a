"""The site's secret key: from the environment, else a file in var/ that is made on first start."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHORTEST_KEY = 50
_unkept = secrets.token_urlsafe(SHORTEST_KEY)


def read_secret_key(environ: Mapping[str, str], var: Path) -> str:
    """Return the key; before the first start one that only this process knows, so that reading writes nothing."""
    if environ.get("SECRET_KEY"):
        return environ["SECRET_KEY"]
    try:
        return (var / "secret_key").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _unkept


def keep_secret_key(environ: Mapping[str, str], var: Path) -> None:
    """Write the key file (0600) unless there is one; of several processes at once the first one wins."""
    path = var / "secret_key"
    if environ.get("SECRET_KEY") or path.exists():
        return
    if not var.exists():
        var.mkdir(parents=True, exist_ok=True)
        var.chmod(0o711)  # an embedded server that root started as another user must get past it
    draft = var / f".secret_key.{os.getpid()}"
    draft.touch(0o600)
    draft.write_text(_unkept, encoding="ascii")
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
