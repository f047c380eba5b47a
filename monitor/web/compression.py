"""Large pages travel compressed, since there may be no proxy to do it; small ones are not worth the time.

Pictures, PDFs and exports are left alone. Django's middleware pads what it compresses by a random length, so that its
size tells nothing of what stands beside a reader's own words, and every page masks its CSRF token anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:
    from django.http import HttpRequest

LEAST = 40_000  # bytes


class PageCompression(GZipMiddleware):
    def process_response(self, request: HttpRequest, response: Any) -> Any:
        is_page = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page and len(response.content) >= LEAST else response
