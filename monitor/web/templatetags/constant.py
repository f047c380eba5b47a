"""Parts of a page that are the same for everybody, drawn once in each process: half of an article's page is such parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.base import Node
from django.urls import get_script_prefix

if TYPE_CHECKING:
    from django.template.base import NodeList, Parser, Token
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()


class ConstantNode(Node):
    """Draws what is inside without the page's variables, so that nothing of one request can stay for another."""

    def __init__(self, inside: NodeList) -> None:
        self.inside = inside
        self.drawn: dict[str, SafeString] = {}  # by the address below which the site stands on its host

    def render(self, context: Context) -> SafeString:
        prefix = get_script_prefix()
        if prefix not in self.drawn:
            self.drawn[prefix] = self.inside.render(context.new())
        return self.drawn[prefix]


@register.tag
def constant(parser: Parser, token: Token) -> ConstantNode:
    """Draw what stands before `endconstant` once; inside, no variable of the page is known."""
    if len(token.split_contents()) > 1:
        raise template.TemplateSyntaxError("“constant” takes nothing: what depends on something is not constant")
    inside = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(inside)
