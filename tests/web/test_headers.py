from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.test import Client

from tests.factories import make_article, make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

    from monitor.accounts.models import User

    SignIn = Callable[[User | None], Client]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


@pytest.mark.parametrize("address", ["/healthz", "/", "/no/such/page/", "/account/login/", "/issues/1/"])
def test_every_answer_carries_the_headers(address: str, signed_in: SignIn) -> None:
    answer = signed_in(make_user()).get(address)
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert {"Cookie", "HX-Request"} <= {name.strip() for name in answer["Vary"].split(",")}


@pytest.mark.parametrize(
    ("address", "wanted"),
    [("/", "private, no-cache"), ("/account/login/", "private, no-store"), ("/teams/", "private, no-store")],
)
def test_pages_are_kept_by_nobody_but_their_reader(address: str, wanted: str, signed_in: SignIn) -> None:
    assert signed_in(make_user()).get(address)["Cache-Control"] == wanted


def test_htmx_is_told_to_sign_in_instead_of_being_led_there(db: None) -> None:
    answer = Client().get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (401, b"Please sign in again.")


@pytest.mark.parametrize("theme", ["light", "sepia", "dark", "system"])
def test_theme_is_on_the_page_from_the_server(theme: str, signed_in: SignIn) -> None:
    page = signed_in(make_user(theme=theme)).get("/").content.decode()
    assert f'<html lang="en" data-theme="{theme}" data-text-size="normal"' in page
    assert f'value="{theme}" checked' in page


def test_visitor_has_the_systems_theme_and_no_choice(settings: Settings, db: None) -> None:
    settings.ANONYMOUS_READ = True
    page = Client().get("/").content.decode()
    assert 'data-theme="system"' in page
    assert "look-choice" not in page.split("<body")[1]


def test_theme_is_kept_on_the_user(signed_in: SignIn) -> None:
    reader = make_user()
    answer = signed_in(reader).post("/account/look/", {"theme": "sepia", "next": "/help/?x=1"})
    reader.refresh_from_db()
    assert (answer.status_code, answer["Location"], reader.theme) == (302, "/help/?x=1", "sepia")


def test_theme_chosen_by_htmx_needs_no_page(signed_in: SignIn) -> None:
    answer = signed_in(make_user()).post("/account/look/", {"theme": "dark"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_each_choice_of_look_is_kept_by_itself(signed_in: SignIn) -> None:
    reader = make_user(theme="sepia", text_face="sans")
    client = signed_in(reader)
    client.post("/account/look/", {"text_size": "larger", "text_width": "wide", "text_leading": "loose"})
    attributes = 'data-theme="sepia" data-text-size="larger" data-text-width="wide" data-text-leading="loose"'
    attributes += ' data-text-face="sans" data-names="shown"'
    assert f'<html lang="en" {attributes}>' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("text_size", "huge"), ("text_width", ""), ("text_leading", "1"), ("text_face", "comic"), ("names", "x")],
)
def test_look_that_is_none_changes_nothing(field: str, value: str, signed_in: SignIn) -> None:
    reader = make_user()
    assert signed_in(reader).post("/account/look/", {"theme": "dark", field: value}).status_code == 400
    reader.refresh_from_db()
    assert reader.theme == "system"


@pytest.mark.parametrize("theme", ["", "neon", "dark\0", "light "])
def test_theme_that_is_none_is_refused(theme: str, signed_in: SignIn) -> None:
    reader = make_user()
    assert signed_in(reader).post("/account/look/", {"theme": theme}).status_code == 400
    reader.refresh_from_db()
    assert reader.theme == "system"


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "javascript:x",
        "",
    ],
)
def test_theme_never_leads_off_the_site(evil: str, signed_in: SignIn) -> None:
    answer = signed_in(make_user()).post("/account/look/", {"theme": "dark", "next": evil})
    assert answer["Location"] == "/"


def test_foreign_host_is_refused(db: None) -> None:
    assert Client().get("/healthz", headers={"host": "evil.example"}).status_code in {200, 400}
    assert Client().get("/account/login/", headers={"host": "evil.example"}).status_code == 400


TEMPLATES = sorted(Path(site.BASE_DIR, "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_inline_script_or_style_and_trust_nothing(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    # A block of data is no script to a browser, whatever its policy.
    assert not re.search(r'<script(?![^>]*(?:\bsrc=|type="application/(?:ld\+)?json"))', text)
    assert not re.search(r"<style|\sstyle=|\son\w+=|hx-on|javascript:", text)
    assert not re.search(r"\|\s*safe\b|autoescape off|mark_safe", text)


def test_only_the_renderer_and_format_html_make_html() -> None:
    sources = [path for path in Path(site.BASE_DIR, "monitor").rglob("*.py") if "mark_safe" in path.read_text()]
    assert sources == []


def test_reading_page_has_no_style_attribute(signed_in: SignIn) -> None:
    page = signed_in(make_user()).get(make_article().get_absolute_url()).content.decode()
    assert " style=" not in page
