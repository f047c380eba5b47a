"""Make an API token for somebody from a script; their account page does the same."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from monitor.accounts.logins import users_named
from monitor.accounts.refusals import AccountRefusal
from monitor.accounts.token_models import Scope
from monitor.accounts.tokens import USUAL_DAYS, create_token


class Command(BaseCommand):
    help = "Make an API token for USER and print it, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USER")
        parser.add_argument("--scope", choices=Scope.values, default=Scope.READ)
        parser.add_argument("--days", type=int, default=USUAL_DAYS, help="how long it is good for, 1 to 366")
        parser.add_argument("--name", default="Made on the command line", help="what it is for")

    def handle(self, *args: Any, **options: Any) -> None:
        user = users_named(options["username"]).filter(is_active=True).first()
        if user is None:
            raise CommandError("Nobody with an active account here has that user name.")
        try:
            new = create_token(user=user, name=options["name"], scope=options["scope"], days=options["days"])
        except AccountRefusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(new.secret)
