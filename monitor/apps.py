"""The one app of the site."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    name = "monitor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Tells of statements that keep a page waiting.
        import_module("monitor.postgres.slow")
        # Listens to the library: annotations follow a text into each new reading of it.
        import_module("monitor.annotations.reanchoring")
        # So do judgements on mentions, and new texts are looked through for actors and regions.
        import_module("monitor.jobs.following_judgements")
        # Texts can be found as soon as they are stored.
        import_module("monitor.search.indexing")
        # Lists of articles can be filtered by tag, actor and region.
        import_module("monitor.annotations.article_filter")
        import_module("monitor.entities.article_filter")
        # Pages of articles show where they name actors and regions.
        import_module("monitor.entities.named")
        import_module("monitor.entities.in_focus")
