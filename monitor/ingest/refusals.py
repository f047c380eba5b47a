"""Why a file is not read: one sentence a person can act on, and a code for programs."""

from __future__ import annotations


class Refusal(Exception):
    """A file that the reader will not read. `str(refusal)` is one sentence without the file's name."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
