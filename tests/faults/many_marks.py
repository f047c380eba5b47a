"""Given to `manage.py shell`: thousands of annotations by one person on what the library holds, always the same ones."""

from __future__ import annotations

import random
import uuid

from django.db import transaction

from monitor.accounts.actions import create_user
from monitor.accounts.models import Role
from monitor.annotations.actions import Draft, create_annotation
from monitor.annotations.passages import AskedPassage
from monitor.library.models import Article, ArticleText, Note

MARKS, IN_NOTES, LONGEST = 4000, 10, 240  # one in ten in a printed note, each at most so many characters
chance = random.Random(20161215)  # noqa: S311 - not a secret
person = create_user(username="marker", role=Role.ANALYST)
articles = list(Article.objects.filter(state="published").order_by("pk"))
bodies = {
    article.pk: ArticleText.objects.get(article=article, version=article.text_version).body for article in articles
}
notes = list(Note.objects.exclude(text="").filter(article__in=articles).select_related("article").order_by("pk"))


def asked(length: int, note: Note | None = None) -> AskedPassage:
    start = chance.randrange(max(1, length - 4))
    end = min(length, start + chance.randint(4, LONGEST))
    return AskedPassage(start=start, end=end, note=note.pk if note else None)


with transaction.atomic():
    for number in range(MARKS):
        if notes and number % IN_NOTES == 0:
            note = chance.choice(notes)
            article, passage = note.article, asked(len(note.text), note)
        else:
            article = chance.choice(articles)
            passage = asked(len(bodies[article.pk]))
        draft = Draft(article=article, passages=(passage,), comment=f"mark {number}")
        create_annotation(uid=uuid.UUID(int=number + 1, version=4), by=person, draft=draft)
