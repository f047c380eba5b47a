"""Cards of annotations as HTML, and what an act on one changes of a page: drawn hundreds at a time, or many a second.

A template takes ten times as long for a card as its words are worth. All pages and answers draw cards here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.timezone import localtime

from monitor.annotations.rendering import Html
from monitor.web.fixed_addresses import address_of, stem_of
from monitor.web.icons import icon_html
from monitor.web.marks import written_tag

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from monitor.web.marks import Card, Passage, ShownReply, ShownTag

NO_UID = "00000000-0000-0000-0000-000000000000"
STATE = '<p class="state">{}{}</p>'


def card_html(card: Card, *, is_known: bool, swap: str = "", text: str = "") -> Html:
    """Return one annotation beside its passage, for somebody with an account (`is_known`) or a visitor.

    `text` is the address of the page that holds the passage, where the card stands on another; `swap` names how htmx
    puts it into a page that has it.
    """
    by, address = escape(card.by), card.uid.join(stem_of("mark", NO_UID))
    looks = ("card", *(["done"] if card.resolved_by else []), *(["hidden-mark"] if card.hidden else []))
    swapped = f' hx-swap-oob="{swap}"' if swap else ""
    parts = (
        f'<article class="{" ".join(looks)}" id="a{card.uid}" data-mark="{card.key}" data-colour="{card.colour}"',
        f' data-for="{card.place}" data-by="{"me" if card.is_mine else by}" data-scope="{card.visibility}"',
        f' tabindex="-1" aria-label="Annotation by {by}"{swapped}>\n',
        f'<header><b><bdi>{by}</bdi></b> <a class="when" href="{address}">{_time(card.created)}</a>',
        ' <span class="edited">edited</span>' if card.edited else "",
        f'<span class="push scope">{_scope(card)}</span></header>\n',
        *(_passage(passage, text) for passage in card.passages),
        f'<div class="body" hx-disable>{card.html}</div>\n' if card.html else "",
        f'<ul class="tags" aria-label="Tags">{"".join(map(_tag, card.tags))}</ul>\n' if card.tags else "",
        _states(card),
        *map(_reply, card.replies),
        f'<p class="does">{_way_to_forms(card, address)}</p>\n' if is_known else "",
        "</article>\n",
    )
    return Html("".join(parts))


def _time(moment: datetime) -> str:
    here = localtime(moment)
    return f'<time datetime="{here.isoformat()}">{here.day} {here:%b} {here.year}</time>'


def _scope(card: Card) -> str:
    if card.visibility == "private":
        return f"{icon_html('lock')}Only me"
    return f"{icon_html('team')}" + (f"<bdi>{escape(card.team)}</bdi>" if card.visibility == "team" else "Everyone")


def _passage(passage: Passage, text: str) -> str:
    quote = escape(passage.quote)
    if passage.state == "orphan":
        said = STATE.format(icon_html("warn"), "Not found in the text as it is read now.")
        return f'{said}<blockquote class="quote">{quote}</blockquote>\n'
    if passage.state == "fuzzy":
        said = STATE.format(icon_html("warn"), "The words have changed.")
        now = f'<blockquote class="quote now">{escape(passage.now)}</blockquote>'
        return f'{said}<blockquote class="quote">{quote}</blockquote>{now}\n'
    return f'<blockquote class="quote"><a href="{escape(text)}#{passage.place}">{quote}</a></blockquote>\n'


def _tag(tag: ShownTag) -> str:
    dot = '<span class="dot" aria-hidden="true"></span>'
    return f'<li data-colour="{tag.colour}">{dot}{escape(written_tag(tag.path, tag.name))}</li>'


def _states(card: Card) -> str:
    by = f"Resolved by <bdi>{escape(card.resolved_by)}</bdi>"
    resolved = STATE.format(icon_html("check"), by) + "\n" if card.resolved_by else ""
    return resolved + (STATE.format(icon_html("warn"), "Hidden from view") + "\n" if card.hidden else "")


def _reply(reply: ShownReply) -> str:
    by = escape(reply.by)
    return (
        f'<section class="reply" id="r{reply.uid}" aria-label="Reply by {by}">\n'
        f"<header><b><bdi>{by}</bdi></b> {_time(reply.created)}</header>\n"
        f'<div class="body" hx-disable>{reply.html}</div>\n</section>\n'
    )


def _way_to_forms(card: Card, address: str) -> str:
    if not (card.may_edit or card.may_answer or card.may_hide):
        return ""
    return f'<a class="link" href="{address}" data-act="edit-mark">{"Edit" if card.may_edit else "Answer"}</a>'


def changed_html(article: int, blocks: Mapping[str, Html], notes: Mapping[str, Html], card: str, said: str) -> str:
    """Return what an act changed of an article's page, each part for its place: paragraphs, notes, the card, a word."""
    drawn = "".join(f'<template data-redraws="{at}">{html}</template>\n' for at, html in blocks.items())
    lines = "".join(
        f'<template data-redraws="{at}-text"><span class="note-text" id="{at}-text">{html}</span></template>\n'
        for at, html in notes.items()
    )
    return f'<template data-article="{article}"></template>\n{drawn}{lines}{card}{said}'


def new_card_html(card: Card) -> str:
    """Return a card for a page that has none of this annotation yet."""
    return f'<div hx-swap-oob="beforeend:#cards">{card_html(card, is_known=True)}</div>\n'


def no_card_html(uid: object) -> str:
    """Return what takes a card off a page."""
    return f'<div id="a{uid}" hx-swap-oob="delete"></div>\n'


def said_html(words: str, form: str = "") -> str:
    """Return a passing word, with the form of a button that takes back what it tells of."""
    return (
        '<div hx-swap-oob="beforeend:body" data-said><passing-word class="toast" role="status">'
        f"<span>{escape(words)}</span>{form}</passing-word></div>\n"
    )


def turn_html(act: str, label: str, *, way: str, token: str) -> str:
    """Return the form that undoes an act or does it again, at the address of this `way`."""
    address = address_of(way)
    return (
        f'<form method="post" action="{address}" hx-post="{address}" hx-swap="none">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{escape(token)}">'
        f'<input type="hidden" name="act" value="{escape(act)}">'
        f'<button class="button small" type="submit">{label}</button></form>'
    )
