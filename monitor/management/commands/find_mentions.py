"""`manage.py find_mentions`: actors and regions in the articles; doing it again changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from monitor.jobs.find_mentions import find_in_library, take_words
from monitor.management.plain_ends import plain_end

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Find the actors and regions that articles name, wherever the text or the gazetteer has changed since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="look through every article again")
        parser.add_argument(
            "--lexicon", action="store_true", help="first take the words that the archive prints small as common words"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with plain_end(options["verbosity"]):
            if options["lexicon"]:
                self.stdout.write(f"{take_words():,} words of the archive are known as common words now.")
            issues = articles = mentions = 0
            for found in find_in_library(again=options["all"]):
                issues, articles, mentions = issues + 1, articles + found.articles, mentions + found.mentions
                if options["verbosity"] > 1:
                    self.stdout.write(str(found))
        self.stdout.write(f"{issues:,} issues, {articles:,} articles looked through: {mentions:,} mentions changed.")
