"""A site in a new folder, into which a backup comes back twice: as it is, then as an older Monitor would have made it.

usage: restoring_site.py BACKUP SECOND_BACKUP, with MONITOR_VAR naming the folder. Prints one JSON object.
"""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "monitor.settings"

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

FORMATS = ("ris", "csl-json", "passages-csv")


def main(backup: str, second: str) -> None:
    django.setup()
    stranger = Path(settings.MEDIA_ROOT) / "originals" / "ab" / "stranger.txt"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("not of the backup", encoding="utf-8")
    told: dict[str, object] = {"beside a stranger": said("restore", backup)}
    stranger.unlink()
    told["first"] = said("restore", backup)
    told["again"] = said("restore", backup)
    told["state"] = state()
    call_command("migrate", "account", "0008", verbosity=0)
    told["older backup"] = said("backup", second)
    with connection.cursor() as cursor:
        cursor.execute("drop schema public cascade; create schema public")
    told["older"] = said("restore", second)
    told["older state"] = state()
    sys.stdout.write(json.dumps(told))


def said(command: str, *arguments: str) -> str:
    """Return what a command printed, its refusal included."""
    out = io.StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=io.StringIO())
    except CommandError as refusal:
        out.write(f"refused: {refusal}")
    except SystemExit as end:
        out.write(f"exit {end.code}")
    return out.getvalue()


def state() -> dict[str, object]:
    """Return what must be as it was: rows of each table, files with their modes, what is exported for a person."""
    from monitor.jobs.backing_up import count_rows, kept_of, stored_files  # noqa: PLC0415 (after setup)

    root = Path(settings.MEDIA_ROOT)
    return {
        "rows": count_rows(),
        "files": {name: kept_of(root / name).sha256 for name in stored_files()},
        "modes": sorted({oct((root / name).stat().st_mode & 0o777) for name in stored_files()}),
        "exports": [said("export", "--format", name, "--user", "author", "--no-bom") for name in FORMATS],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
