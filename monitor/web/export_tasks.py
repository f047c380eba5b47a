"""The jobs that write files which take too long to be waited for. They draw comments as pages do, hence their room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from monitor.jobs import queue
from monitor.web.kept_exports import forget_old_exports, give_up_lost_exports
from monitor.web.kept_exports import write_export as write_one_export

EVERY_HOUR = "17 * * * *"


@app.task(name=queue.WRITE_EXPORT)
def write_export(export_id: int) -> None:
    write_one_export(export_id)


@app.periodic(cron=EVERY_HOUR)
@app.task(name="sweep_exports", queueing_lock="sweep_exports")
def sweep_exports(timestamp: int) -> None:
    give_up_lost_exports()
    forget_old_exports()
