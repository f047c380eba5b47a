"""Bulk export: every format that pages offer, of all that somebody may read or of what a search finds."""

from __future__ import annotations

from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from monitor.accounts import auditing
from monitor.accounts.audit_models import Act
from monitor.accounts.models import Role, User
from monitor.annotations.models import Annotation
from monitor.annotations.notebook_queries import in_order
from monitor.annotations.tag_models import Tag
from monitor.entities.newest import key_rows
from monitor.interchange.csv import passages_csv
from monitor.interchange.exports import ALIASES, BY_SLUG, Wanted, named
from monitor.interchange.queries import passage_records
from monitor.interchange.whole_files import NotAFile, write_whole_bytes
from monitor.library.models import Periodical
from monitor.library.queries import standing_articles
from monitor.search.engines.chosen import engine
from monitor.search.engines.protocol import EngineDown, TooSlow
from monitor.search.resolving import Asked, resolve

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

    from monitor.interchange.exports import ExportFormat
    from monitor.library.models import Article

PASSAGES = "passages-csv"
TO_PRINT = "html"  # of pages alone: comments are drawn as they are
FORMATS = [*(slug for slug in BY_SLUG if slug != TO_PRINT), *ALIASES, PASSAGES]
IN_MEMORY = 4 * 2**20  # bytes of a file; a larger one is written to disk
CHUNK = 2**20


class Command(BaseCommand):
    help = "Write articles, annotations, places or the codebook in a format to the screen or to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, choices=FORMATS)
        parser.add_argument("--query", metavar="WORDS", help="of what this search finds, in its language; else of all")
        parser.add_argument("--user", metavar="NAME", help="what this person may read; else what is published")
        parser.add_argument("--periodical", metavar="SLUG", help="one periodical alone, by its name in addresses")
        parser.add_argument("--output", type=Path, metavar="FILE", help="appears whole or not at all")
        parser.add_argument("--no-bom", action="store_true", help="CSV without the mark by which Excel knows UTF-8")
        parser.add_argument("--flat", action="store_true", help="a codebook without nesting, paths as names")

    def handle(self, *, output: Path | None, **options: Any) -> None:
        person = _reader(options["user"])
        if not settings.SITE_URL:
            self.stderr.write("SITE_URL is not set, so the records carry no links to this site.")
        write = _writer(person, options)
        if output is None:
            self._print(write)
        else:
            try:
                write_whole_bytes(output, write)
            except (NotAFile, OSError) as error:
                raise CommandError(f"Nothing was written: {error}") from error
        auditing.note(Act.EXPORTED, by=person if person.pk else None, about="command export", form=options["format"])

    def _print(self, write: Callable[[IO[bytes]], None]) -> None:
        with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            write(file)
            file.seek(0)
            try:
                self._pour(file)
            except BrokenPipeError:
                # Whoever reads has seen enough, as `head` does.
                self.stdout = self.stderr

    def _pour(self, file: IO[bytes]) -> None:
        raw = getattr(self.stdout, "buffer", None)  # a zip is no text
        while chunk := file.read(CHUNK):
            if raw is not None:
                raw.write(chunk)
            else:
                self.stdout.write((chunk + _rest_of_character(file)).decode("utf-8", "replace"), ending="")
        self.stdout.flush()


def _rest_of_character(file: IO[bytes]) -> bytes:
    """Return the bytes up to the beginning of the next character."""
    rest = b""
    while (byte := file.read(1)) and byte[0] & 0xC0 == 0x80:
        rest += byte
    if byte:
        file.seek(-1, 1)
    return rest


def _writer(person: User, options: dict[str, Any]) -> Callable[[IO[bytes]], None]:
    """Return what writes the file that is asked for."""
    articles = standing_articles(person)
    if options["periodical"] is not None:
        articles = articles.filter(issue__periodical=_periodical(options["periodical"]))
    found = _found(person, options["query"])
    if found is not None:
        articles = articles.filter(pk__in=key_rows(found))
    form = named(options["format"])
    bom = not options["no_bom"]
    if form is None:
        passages = passages_csv(passage_records(articles, site=settings.SITE_URL), bom=bom)
        return lambda file: file.writelines(line.encode("utf-8", "replace") for line in passages)
    is_whole = found is None and options["periodical"] is None
    keys = _keys(form, articles, person, is_whole=is_whole)
    wanted = Wanted(person=person, site=settings.SITE_URL, title="Annotations", flat=options["flat"], bom=bom)
    return lambda file: form.write(keys, wanted, file)


def _found(person: User, query: str | None) -> list[int] | None:
    if query is None:
        return None
    try:
        return list(engine().every(resolve(Asked(query=query), person, is_shown=False).compiled))
    except (TooSlow, EngineDown) as trouble:
        raise CommandError(str(trouble)) from trouble


def _keys(form: ExportFormat, articles: QuerySet[Article], person: User, *, is_whole: bool) -> Sequence[int]:
    if form.of == "articles":
        newest = articles.order_by("-issue__sort_date", "-issue_id", "position", "id")
        return list(newest.values_list("pk", flat=True))
    if not person.pk:
        return []  # nobody's annotations are public, and no codebook is
    if form.of == "tags":
        return list(Tag.objects.visible_to(person).values_list("pk", flat=True))
    marks = Annotation.objects.visible_to(person)
    if not is_whole:
        marks = marks.filter(Q(article__in=articles.values("pk")))
    return list(in_order(marks, person, "article").values_list("pk", flat=True))


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
