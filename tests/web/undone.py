"""What an act says of itself in tests of pages, and its button that takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.web.pages import words

if TYPE_CHECKING:
    from django.test import Client


def messages_of(page: str) -> str:
    """Return what the last act said of itself."""
    return words(page.partition("<passing-word")[2].partition("<span>")[2].partition("</span>")[0])


def undo(client: Client, page: Any) -> str:
    """Press the button that takes the last act back."""
    toast = page.content.decode().split("<passing-word")[1].split("</passing-word>")[0]
    address = toast.split('action="')[1].split('"')[0]
    fields: dict[str, list[str]] = {}
    for each in toast.split('type="hidden"')[1:]:
        name, value = each.split('name="')[1].split('"')[0], each.split('value="')[1].split('"')[0]
        if name != "csrfmiddlewaretoken":
            fields.setdefault(name, []).append(value)
    answer = client.post(address, fields, follow=True)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return messages_of(answer.content.decode())
