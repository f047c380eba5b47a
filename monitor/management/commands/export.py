from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from monitor.accounts.models import Role, User
from monitor.interchange.csv import passages_csv
from monitor.interchange.formats import BY_NAME
from monitor.interchange.queries import article_records, passage_records
from monitor.interchange.whole_files import NotAFile, write_whole
from monitor.library.models import Periodical
from monitor.library.queries import standing_articles

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from monitor.library.models import Article

PASSAGES = "passages-csv"


class Command(BaseCommand):
    help = "Write citations of articles, or the passages that cite sources, to the screen or to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, choices=[*BY_NAME, PASSAGES])
        parser.add_argument("--user", metavar="NAME", help="what this person may read; else what is published")
        parser.add_argument("--periodical", metavar="SLUG", help="one periodical alone, by its name in addresses")
        parser.add_argument("--output", type=Path, metavar="FILE", help="appears whole or not at all")
        parser.add_argument("--no-bom", action="store_true", help="CSV without the mark by which Excel knows UTF-8")

    def handle(self, *, output: Path | None, **options: Any) -> None:
        articles = standing_articles(_reader(options["user"]))
        if options["periodical"] is not None:
            articles = articles.filter(issue__periodical=_periodical(options["periodical"]))
        if not settings.SITE_URL:
            self.stderr.write("SITE_URL is not set, so the records carry no links to this site.")
        pieces = _pieces(articles, options["format"], bom=not options["no_bom"])
        if output is None:
            self._print(pieces)
            return
        try:
            write_whole(output, pieces)
        except (NotAFile, OSError) as error:
            raise CommandError(f"Nothing was written: {error}") from error

    def _print(self, pieces: Iterator[str]) -> None:
        try:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            self.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has seen enough, as `head` does.
            self.stdout = self.stderr


def _pieces(articles: QuerySet[Article], name: str, *, bom: bool) -> Iterator[str]:
    if name == PASSAGES:
        return passages_csv(passage_records(articles, site=settings.SITE_URL), bom=bom)
    return BY_NAME[name].write(article_records(articles, site=settings.SITE_URL))


def _reader(name: str | None) -> User:
    """Return whose eyes to read with; without a name, those of a reader who has no account."""
    if name is None:
        return User(role=Role.READER)
    user = User.objects.filter(username__iexact=name).first()
    if user is None:
        raise CommandError(f"There is no account named {name}.")
    if not user.is_active:
        raise CommandError(f"The account {user.username} is disabled and may read nothing.")
    return user


def _periodical(slug: str) -> Periodical:
    found = Periodical.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Periodical.objects.values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"There is no periodical {slug}. There are: {known}.")
    return found
