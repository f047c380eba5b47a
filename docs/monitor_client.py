"""A client of Monitor's API, of Python's standard library alone.

export MONITOR_URL=http://127.0.0.1:8000 MONITOR_TOKEN=mon_...
python monitor_client.py articles --actor isis-k --region PK --about
python monitor_client.py annotate 17 "the gates were open" --comment "Compare with **No. 4**." --tag violence/raid
"""

from __future__ import annotations

import argparse
import json
import os
import time
import uuid
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIES = 4
LONGEST_WAIT = 60  # seconds


class Refused(Exception):
    """What the API said was wrong; `problem` is the whole of it (RFC 9457)."""

    def __init__(self, problem: dict[str, Any]) -> None:
        wrong = [f"{one['pointer']}: {one['message']}" for one in problem.get("errors", ())]
        super().__init__(" ".join([f"{problem['status']}: {problem['detail']}", *wrong]))
        self.problem = problem


class Monitor:
    """One site, and the token of one person."""

    def __init__(self, site: str, token: str, *, timeout: float = 30.0) -> None:
        self.api, self.token, self.timeout = f"{site.rstrip('/')}/api/v1/", token, timeout

    def ask(self, address: str, *, send: dict[str, Any] | None = None, **headers: str) -> dict[str, Any]:
        """Return the JSON at an address, or the answer to what is sent there.

        Waits where there were too many requests, and tries again where the site did not answer: a key that goes along
        has what is sent be done once, however often it arrives.
        """
        address = address if address.startswith("http") else self.api + address
        named = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **headers}
        if send is not None:
            named |= {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        body = None if send is None else json.dumps(send).encode()
        for last in (*[False] * (TRIES - 1), True):
            try:
                with urlopen(Request(address, body, named), timeout=self.timeout) as answer:  # noqa: S310 - asked for
                    found: dict[str, Any] = json.load(answer)
                    return found
            except HTTPError as error:
                with error:
                    if last or error.code not in {429, 503}:
                        raise Refused(json.load(error)) from None
                    time.sleep(min(float(error.headers.get("Retry-After", "1")), LONGEST_WAIT))
            except URLError:
                if last:
                    raise
                time.sleep(1)
        raise AssertionError

    def every(self, resource: str, **filters: Any) -> Iterator[dict[str, Any]]:
        """Yield all of a list, page after page. A filter with several values is given as a list."""
        query = urlencode({name: value for name, value in filters.items() if value}, doseq=True)
        address: str | None = f"{resource}/?{query}"
        while address:
            page = self.ask(address)
            yield from page["results"]
            address = page["next"]

    def articles(self, *, actor: str = "", region: str = "", about: bool = False) -> Iterator[dict[str, Any]]:
        """Yield articles that name an actor and a region (or a place in it); `about`: that are about them."""
        return self.every("articles", actor=actor, region=region, about="true" if about else "", page_size=100)

    def annotate(self, article: int, quote: str, **more: Any) -> dict[str, Any]:
        """Mark words of an article; `more` may have comment, tags, visibility, colour and team."""
        return self.ask("annotations/", send={"article": article, "targets": [{"quote": quote}], **more})


def main(words: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="List articles of a Monitor site, and annotate them.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    listing = verbs.add_parser("articles")
    listing.add_argument("--actor", default="")
    listing.add_argument("--region", default="")
    listing.add_argument("--about", action="store_true")
    marking = verbs.add_parser("annotate")
    marking.add_argument("article", type=int)
    marking.add_argument("quote")
    marking.add_argument("--comment", default="")
    marking.add_argument("--tag", action="append", default=[])
    asked = parser.parse_args(words)
    site = Monitor(os.environ["MONITOR_URL"], os.environ["MONITOR_TOKEN"])
    if asked.verb == "annotate":
        made = site.annotate(asked.article, asked.quote, comment=asked.comment, tags=asked.tag)
        print(made["html_url"])  # noqa: T201
        return
    for found in site.articles(actor=asked.actor, region=asked.region, about=asked.about):
        print(found["id"], found["issue"]["date"] or "no date", found["title"], found["html_url"], sep="\t")  # noqa: T201


if __name__ == "__main__":
    main()
