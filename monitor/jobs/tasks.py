"""The jobs a worker does. Each may be started again at any moment and then changes nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from procrastinate.contrib.django import app

from monitor.accounts.auditing import forget_old_entries
from monitor.annotations.tagging_everywhere import tag_everywhere
from monitor.annotations.trash import empty_trash
from monitor.entities.judgement_models import MentionJudgement
from monitor.entities.judging import settle_alike as settle_all_alike
from monitor.entities.loading import load_files
from monitor.jobs import alerts, page_pictures, queue, sweeping, watched_folder
from monitor.jobs.apart import apart
from monitor.jobs.find_mentions import find_mentions as find_mentions_of_issue
from monitor.jobs.find_mentions import take_up_unrecognised
from monitor.jobs.mailing_notices import mail_notices as mail_all_notices
from monitor.jobs.read_file import read_file as read_one_file
from monitor.jobs.read_file import recognise_file as recognise_one_file
from monitor.jobs.retagging import retag as retag_articles
from monitor.jobs.stalled import take_up_lost_files, take_up_stalled_jobs
from monitor.jobs.waiting_scans import take_up_waiting_scans
from monitor.search.indexing import take_up_changes

if TYPE_CHECKING:
    from procrastinate import JobContext

# Of six fields the seconds are the last one.
EVERY_10_SECONDS = "* * * * * */10"
EVERY_20_SECONDS = "* * * * * */20"
EVERY_MINUTE = "* * * * *"
EVERY_5_MINUTES = "*/5 * * * *"
EVERY_HOUR = "7 * * * *"


@app.task(name=queue.READ_FILE)
def read_file(ingest_id: int) -> None:
    read_one_file(ingest_id)


@app.task(name=queue.DRAW_PAGES, pass_context=True)
def draw_pages(context: JobContext, issue_id: int) -> None:
    page_pictures.draw_pages(issue_id, attempts=context.job.attempts)


@app.periodic(cron=EVERY_5_MINUTES)
@app.task(name="take_up_undrawn_pages", queueing_lock="take_up_undrawn_pages")
def take_up_undrawn(timestamp: int) -> None:
    page_pictures.take_up_undrawn()


@app.task(name=queue.FIND_MENTIONS)
def find_mentions(issue_id: int) -> None:
    apart.call(find_mentions_of_issue, issue_id)


@app.task(name=queue.SETTLE_ALIKE)
def settle_alike(judgement_id: int) -> None:
    for judgement in MentionJudgement.objects.filter(pk=judgement_id):
        settle_all_alike(judgement)


@app.task(name=queue.RETAG)
def retag(retagging_id: int, before: str, after: str) -> None:
    apart.call(retag_articles, retagging_id, before=before, after=after)


@app.task(name=queue.TAG_EVERYWHERE)
def tag_all_places(run_id: int) -> None:
    tag_everywhere(run_id)


@app.task(name=queue.LOAD_GAZETTEER)
def load_gazetteer() -> None:
    if settings.GAZETTEER_FOLDER:
        apart.call(load_files, settings.GAZETTEER_FOLDER)


@app.periodic(cron=EVERY_5_MINUTES)
@app.task(name="take_up_unrecognised", queueing_lock="take_up_unrecognised")
def take_up_issues_without_mentions(timestamp: int) -> None:
    take_up_unrecognised()


@app.task(name=queue.RECOGNISE_FILE, queue=queue.RECOGNISING)
def recognise_file(ingest_id: int) -> None:
    recognise_one_file(ingest_id)


@app.periodic(cron=EVERY_20_SECONDS)
@app.task(name="take_up_stalled_jobs", queueing_lock="take_up_stalled_jobs", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    await take_up_stalled_jobs(context.app.job_manager)


@app.periodic(cron=EVERY_20_SECONDS)
@app.task(name="take_up_lost_files", queueing_lock="take_up_lost_files")
def take_up_lost(timestamp: int) -> None:
    take_up_lost_files()
    take_up_waiting_scans()


@app.periodic(cron=EVERY_10_SECONDS)
@app.task(name="scan_watched_folder", queueing_lock="scan_watched_folder", lock="scan_watched_folder")
def scan_watched_folder(timestamp: int) -> None:
    if settings.INGEST_FOLDER:
        watched_folder.scan(settings.INGEST_FOLDER)


@app.periodic(cron=EVERY_5_MINUTES)
@app.task(name="look_for_matches", queueing_lock="look_for_matches", lock="look_for_matches")
def look_for_matches(timestamp: int) -> None:
    alerts.look_for_matches()


@app.periodic(cron=EVERY_10_SECONDS)
@app.task(name="take_up_changes", queueing_lock="take_up_changes", lock="take_up_changes")
def take_up_changed_articles(timestamp: int) -> None:
    take_up_changes()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="sweep_leftovers", queueing_lock="sweep_leftovers")
def sweep(timestamp: int) -> None:
    sweeping.sweep_leftovers()
    forget_old_entries()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="empty_trash", queueing_lock="empty_trash")
def empty_old_trash(timestamp: int) -> None:
    empty_trash()


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="mail_notices", queueing_lock="mail_notices", lock="mail_notices")
def mail_notices(timestamp: int) -> None:
    mail_all_notices()


@app.periodic(cron=EVERY_HOUR)
@app.task(name="forget_old_jobs", queueing_lock="forget_old_jobs", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    await sweeping.forget_old_jobs(context.app.job_manager)
