"""Make an account from a script; the site itself has pages for it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from monitor.accounts.actions import create_user
from monitor.accounts.logins import generate_password
from monitor.accounts.models import Role
from monitor.accounts.refusals import AccountRefusal


class Command(BaseCommand):
    help = "Make an account; without --password one is generated and printed, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAME")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--password", help="at least 10 characters; other people may see it in the process list")
        parser.add_argument("--name", default="", help="the name to show")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        given = options["password"]
        password = generate_password() if given is None else given
        try:
            user = create_user(
                username=options["username"],
                role=Role(options["role"]),
                password=password,
                name=options["name"],
                email=options["email"],
            )
        except AccountRefusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.username} is {Role(user.role).label.lower()} now.")
        if given is None:
            self.stdout.write(f"Password: {password}")
