"""Proof on the live data that the library is whole: every file is there, every text is what its blocks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

from monitor.library.files import original_name
from monitor.library.models import Article, ArticleText, Block, Issue, Note
from monitor.library.page_pictures import missing_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 500
BETWEEN_BLOCKS = "\n\n"


def missing_files() -> Iterator[str]:
    """Say which originals, and which pictures of pages that are counted, are not in the storage."""
    for issue in Issue.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
        name = original_name(issue.sha256, issue.file_type)
        if not default_storage.exists(name):
            yield f"issue {issue.pk}: its file {name} is missing"
        elif default_storage.size(name) != issue.file_bytes:
            yield f"issue {issue.pk}: its file {name} has {default_storage.size(name)} bytes, not {issue.file_bytes}"
        if issue.page_images:
            drawn = (issue.pages or 0) - len(missing_pages(issue))
            if drawn != issue.page_images:
                yield f"issue {issue.pk}: {issue.page_images} pictures of pages are counted and {drawn} are there"


def broken_texts() -> Iterator[str]:
    """Say which articles have no text of their version, or one that their blocks do not divide from end to end."""
    for article in Article.objects.order_by("pk").iterator(chunk_size=AT_ONCE):
        texts = ArticleText.objects.filter(article=article, version=article.text_version)
        body = texts.values_list("body", flat=True).first()
        if body is None:
            yield f"article {article.pk}: its text version {article.text_version} is missing"
            continue
        places = list(Block.objects.filter(article=article).order_by("position").values_list("start", "end"))
        if BETWEEN_BLOCKS.join(body[start:end] for start, end in places) != body:
            yield f"article {article.pk}: its blocks are not its text"
        if article.words != len(body.split()):
            yield f"article {article.pk}: {article.words} words are counted and {len(body.split())} are there"
        if Note.objects.filter(article=article, text="").exists():
            yield f"article {article.pk}: a note of it has no text"
