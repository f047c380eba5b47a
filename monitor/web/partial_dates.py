"""Dates of any precision in words: "2022", "January 2022", "January 11, 2022"."""

from __future__ import annotations

from datetime import date


def partial_words(partial: str) -> str:
    """Return "2022-01" as "January 2022"; what is no date is returned as it is."""
    parts = partial.split("-")
    try:
        day = date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except (ValueError, TypeError):
        return partial
    if len(parts) == 1:
        return f"{day.year}"
    return f"{day:%B} {day.year}" if len(parts) == 2 else f"{day:%B} {day.day}, {day.year}"


def span_words(since: str, until: str) -> str:
    """Return "since 2019", "until March 2022", "2019 to 2022", or nothing."""
    if since and until:
        return f"{partial_words(since)} to {partial_words(until)}"
    return f"since {partial_words(since)}" if since else f"until {partial_words(until)}" if until else ""
