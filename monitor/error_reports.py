"""Reports of errors to a Sentry server, if SENTRY_DSN names one: where in the code and of what kind, and nothing anybody wrote."""

from __future__ import annotations

from typing import Any

from monitor.asking import asking

# What of a report is kept; requests, people, variables, messages and what went before an error are not.
KEPT = (
    "event_id",
    "timestamp",
    "level",
    "platform",
    "logger",
    "server_name",
    "release",
    "environment",
    "sdk",
    "transaction",
)


def start_reports(dsn: str, **options: Any) -> None:
    """Send reports from now on; nothing is imported, and nobody is spoken to, without an address."""
    if not dsn:
        return
    import sentry_sdk  # noqa: PLC0415 - only where it is asked for

    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=True,
        max_breadcrumbs=0,
        max_request_body_size="never",
        traces_sample_rate=0.0,
        before_send=without_words,  # type: ignore[arg-type]  # a report is a plain dict
        **options,
    )


def without_words(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """Return a report with the kinds of errors and their places in the code, and the number of the request."""
    told = {name: event[name] for name in KEPT if name in event}
    values = (event.get("exception") or {}).get("values") or []
    told["exception"] = {
        "values": [{name: one[name] for name in ("type", "module", "stacktrace") if name in one} for one in values]
    }
    if number := asking().number:
        told["tags"] = {"request": number}
    return told
