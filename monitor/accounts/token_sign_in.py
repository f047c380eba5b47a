"""Who a token belongs to, where it comes otherwise than in a Bearer header: readers of feeds can only send a password."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from hmac import compare_digest
from typing import TYPE_CHECKING

from knox.crypto import hash_token
from knox.settings import CONSTANTS

from monitor.accounts.tokens import live_tokens, note_use

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.accounts.token_models import Token

# As with Bearer: what comes is bytes of a stranger's, and goes into a query.
_TOKEN = re.compile(r"[\x21-\x7e]{1,255}")
LONGEST = 1_000  # characters of a header


def person_of_header(header: str) -> User | None:
    """Return who an Authorization header speaks for: `Bearer token`, or `Basic` with a user name and a token of theirs."""
    scheme, _, credentials = header[:LONGEST].strip(" ").partition(" ")
    if scheme.lower() == "bearer":
        return _person(credentials, None)
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, secret = b64decode(credentials, validate=True).decode().partition(":")
    except (NotBase64, UnicodeDecodeError, ValueError):
        return None
    return _person(secret, name) if colon else None


def _person(secret: str, name: str | None) -> User | None:
    if not _TOKEN.fullmatch(secret):
        return None
    digest = hash_token(secret)
    near = live_tokens().filter(token_key=secret[: CONSTANTS.TOKEN_KEY_LENGTH], user__is_active=True)
    for token in near.select_related("user"):
        if compare_digest(digest, token.digest) and _is(token, name):
            note_use(token)
            holder: User = token.user
            return holder
    return None


def _is(token: Token, name: str | None) -> bool:
    return name is None or token.user.username.casefold() == name.casefold()
