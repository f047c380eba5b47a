"""Let people sign in again who tried too many passwords."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandParser

from monitor.accounts.sign_in_limits import forget_tries_of


class Command(BaseCommand):
    help = "Forget failed sign-ins: of one account, or, without a name, of everybody and of all network addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAME", nargs="?", help="user name or e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        if name is None:
            cache.clear()  # holds nothing that cannot be computed again
            self.stdout.write("Everybody may try again.")
        else:
            forget_tries_of(name)
            self.stdout.write(f"{name} may try again, unless the network address is stopped too.")
