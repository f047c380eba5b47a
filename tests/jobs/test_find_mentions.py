"""Mentions are found after each storing, and wherever the gazetteer has changed since; the command says how many."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.entities.engine import ready_engine
from monitor.entities.loading import load_data
from monitor.entities.mention_models import RecognisedArticle
from monitor.entities.models import Actor
from monitor.jobs import queue
from monitor.jobs.find_mentions import find_mentions, take_up_unrecognised, take_words
from tests.entities.articles import dump, told_article
from tests.entities.small_gazetteer import ROWS
from tests.factories import make_issue

pytestmark = pytest.mark.django_db


def waiting(task: str) -> list[dict[str, int]]:
    jobs = ProcrastinateJob.objects.filter(task_name=task, status="todo").order_by("id")
    return list(jobs.values_list("args", flat=True))


def test_an_issue_that_is_stored_gets_one_job() -> None:
    issue = make_issue()
    assert {"issue_id": issue.pk} in waiting(queue.FIND_MENTIONS)
    queue.defer_mentions(issue.pk)
    assert waiting(queue.FIND_MENTIONS).count({"issue_id": issue.pk}) == 1
    assert find_mentions(10**9) is None


def test_what_is_behind_the_gazetteer_is_taken_up() -> None:
    load_data(ROWS)
    article = told_article(rows=None)
    assert take_up_unrecognised() == 0
    Actor.objects.filter(slug="union").update(strict=True)
    ready_engine()
    ProcrastinateJob.objects.filter(task_name=queue.FIND_MENTIONS).update(status="succeeded")
    assert take_up_unrecognised() == 1
    assert waiting(queue.FIND_MENTIONS) == [{"issue_id": article.issue_id}]
    assert take_up_unrecognised() == 0
    find_mentions(article.issue_id)
    assert RecognisedArticle.objects.get().run == ready_engine().run


def test_the_command_looks_through_what_needs_it(capsys: pytest.CaptureFixture[str]) -> None:
    article = told_article()
    before = dump(article)
    call_command("find_mentions")
    assert capsys.readouterr().out == "0 issues, 0 articles looked through: 0 mentions changed.\n"
    call_command("find_mentions", "--all", "--verbosity", "2")
    said = capsys.readouterr().out
    assert "1 articles looked through, 0 mentions changed." in said
    assert said.endswith("1 issues, 1 articles looked through: 0 mentions changed.\n")
    assert dump(article) == before


def test_words_that_several_articles_print_small_are_common() -> None:
    told_article("The brackle was wet.", title="One")
    told_article("A brackle and a snorp.", rows=None, title="Two")
    assert take_words() > 0
    lexicon = ready_engine().lexicon
    assert (lexicon.common("brackle"), lexicon.common("snorp")) == (True, False)
