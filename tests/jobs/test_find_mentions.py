"""Mentions are found after each storing, and wherever the gazetteer has changed since; the command says how many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from monitor.entities import engine
from monitor.entities.engine import RULES, current_runs, ready_engine
from monitor.entities.gazetteer_models import Retagging
from monitor.entities.loading import load_data
from monitor.entities.mention_models import RecognisedArticle
from monitor.entities.models import Actor, ActorAlias
from monitor.entities.naming import add_alias
from monitor.entities.storing import store_found
from monitor.jobs import queue
from monitor.jobs.find_mentions import find_mentions, take_up_unrecognised, take_words
from monitor.jobs.retagging import retag
from tests.entities.articles import actor_of, dump, told, told_article
from tests.entities.small_gazetteer import ROWS
from tests.factories import make_issue, make_user

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


def test_newer_rules_have_everything_looked_through_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is raised where rules may give other mentions: the run of before is no longer one to go by."""
    first, second = told_article(), told_article("Nobody came.", rows=None, title="None")
    before = RecognisedArticle.objects.get(article=first).run
    ProcrastinateJob.objects.filter(task_name=queue.FIND_MENTIONS).update(status="succeeded")
    assert take_up_unrecognised() == 0
    monkeypatch.setattr(engine, "RULES", "a later version")
    monkeypatch.setattr(engine, "_kept", [])
    assert not current_runs()
    assert take_up_unrecognised() == 2
    assert waiting(queue.FIND_MENTIONS) == [{"issue_id": second.issue_id}, {"issue_id": first.issue_id}]
    rows = dump(first)
    for job in waiting(queue.FIND_MENTIONS):
        found = find_mentions(job["issue_id"])
        assert found is not None
        assert (found.articles, found.changed) == (1, 0)
    after = RecognisedArticle.objects.get(article=first).run
    assert (before.rules, after.rules, after.gazetteer) == (RULES, "a later version", before.gazetteer)
    assert dump(first) == rows
    ProcrastinateJob.objects.filter(task_name=queue.FIND_MENTIONS).update(status="succeeded")
    assert take_up_unrecognised() == 0


def test_a_change_of_names_whose_job_failed_is_taken_up() -> None:
    told_article()
    add_alias(actor=actor_of("ardel-front"), text="Lampton Men", by=make_user("curator"))
    change = Retagging.objects.get()
    (args,) = waiting(queue.RETAG)
    assert take_up_unrecognised() == 0
    assert waiting(queue.RETAG) == [args]
    ProcrastinateJob.objects.filter(task_name=queue.RETAG).update(status="failed")
    assert take_up_unrecognised() == 0
    assert waiting(queue.RETAG) == [args]
    retag(change.pk, before=UUID(str(args["before"])), after=UUID(str(args["after"])))
    assert take_up_unrecognised() == 0
    assert waiting(queue.RETAG) == [args]


def test_names_that_change_while_an_issue_is_looked_through_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """The change is written between the reading of an article and its storing: it is read again."""
    article = told_article("The Lampton Men came to Ardelia.", title="Men")
    changes = ["Lampton Men"]

    def store_late(*args: Any) -> Any:
        stored = store_found(*args)
        for name in changes[:]:
            changes.remove(name)
            ActorAlias.objects.create(actor=actor_of("ardel-front"), text=name, source="heard")
        return stored

    monkeypatch.setattr("monitor.jobs.find_mentions.store_found", store_late)
    find_mentions(article.issue_id, again=True)
    assert [who for _words, who, _status in told(article)] == ["ardel-front", "AD"]
    assert RecognisedArticle.objects.get(article=article).run == ready_engine().run


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
