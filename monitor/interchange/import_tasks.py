"""The jobs of files that come in: a large one, and what is forgotten. Apart from `importing`: the queue loads it by its settings."""

from __future__ import annotations

from procrastinate.contrib.django import app

from monitor.interchange import importing

EVERY_HOUR = "47 * * * *"


@app.task(name=importing.IMPORT_FILE)
def import_file(import_id: int) -> None:
    try:
        importing.go_on(import_id)
    except Exception:
        importing.give_up(import_id)
        raise


@app.periodic(cron=EVERY_HOUR)
@app.task(name="sweep_imports", queueing_lock="sweep_imports")
def sweep_imports(timestamp: int) -> None:
    importing.forget_old_imports()
