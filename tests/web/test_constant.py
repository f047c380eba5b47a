"""Parts of pages that are drawn once: nothing of one request is in them, and they stand below the site's address."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse, set_script_prefix


def test_what_is_constant_is_drawn_once_for_all_contexts() -> None:
    asked = iter("ab")
    template = Template(
        "{% load constant pages %}{{ name }}{% constant %}{% icon 'note' %}<{{ name }}>{% endconstant %}"
    )

    drawn = [template.render(Context({"name": name})) for name in asked]

    icon = '<svg class="icon" aria-hidden="true" viewBox="0 0 16 16"><use href="#i-note"/></svg>'
    assert drawn == [f"a{icon}<>", f"b{icon}<>"]


def test_what_is_constant_stands_below_the_address_of_the_site() -> None:
    template = Template("{% load constant %}{% constant %}{% url 'search' %}{% endconstant %}")
    here = reverse("search")
    assert template.render(Context()) == here

    set_script_prefix("/archive/")
    try:
        assert template.render(Context()) == f"/archive{here}"
    finally:
        set_script_prefix("/")
    assert template.render(Context()) == here


def test_constant_takes_nothing() -> None:
    with pytest.raises(TemplateSyntaxError, match="takes nothing"):
        Template("{% load constant %}{% constant here %}{% endconstant %}")
