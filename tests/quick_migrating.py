"""Make the test database in less time: a constraint, index or trigger that a migration adds has no model drawn anew for it.

Django renders the model and all that lead to it after every such operation, some thirty classes at a time, though
PostgreSQL is only told a statement. What later operations ask of a model, its fields, is drawn anew as ever.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

OURS = "monitor"  # of others nobody knows what their next releases do
append_loudly = ProjectState._append_option  # type: ignore[attr-defined]


def append_quietly(self: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    if app_label != OURS:
        append_loudly(self, app_label, model_name, option_name, obj)
        return
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], obj]


def add_trigger_quietly(self: AddTrigger, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, self.model_name].options
    options["triggers"] = [*options.get("triggers", []), self.trigger]


def migrate_quickly() -> None:
    ProjectState._append_option = append_quietly  # type: ignore[attr-defined]
    AddTrigger.state_forwards = add_trigger_quietly  # type: ignore[method-assign]
