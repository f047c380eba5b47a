"""The job that imports a large file. Apart from `importing`: the queue loads it by its settings."""

from __future__ import annotations

from procrastinate.contrib.django import app

from monitor.interchange import importing


@app.task(name=importing.IMPORT_FILE)
def import_file(import_id: int) -> None:
    try:
        importing.go_on(import_id)
    except Exception:
        importing.give_up(import_id)
        raise
