"""The address of a page that a curator is checking, for forms that lead back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

    from monitor.library.models import Issue

LONGEST_NUMBER = 6


def page_number(asked: str) -> int | None:
    """Return a page number as an address or a form gives it, None for anything else."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER and int(asked) > 0
    return int(asked) if is_number else None


def check_address(issue: Issue, number: int) -> str:
    return f"{reverse('check', args=[issue.pk])}?page={number}"


def checked_page(request: HttpRequest, issue: Issue) -> str | None:
    """Return the address of the page on which a form stood, None where it was on no page that is checked."""
    number = page_number(request.POST.get("page", ""))
    return check_address(issue, number) if number else None
