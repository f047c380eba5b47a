"""All places of a phrase, tagged by a worker."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("monitor", "0029_api_tokens")]

    operations = [
        migrations.CreateModel(
            name="TaggingRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phrase", models.CharField(max_length=200)),
                ("letters", models.BooleanField(default=False, help_text="capitals and accents count")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="keys of the tags", size=None
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[("private", "Only me"), ("team", "My team"), ("everyone", "Everyone signed in")],
                        default="private",
                        max_length=8,
                    ),
                ),
                (
                    "articles",
                    models.PositiveIntegerField(
                        help_text="to be looked through; None: it waits for its turn", null=True
                    ),
                ),
                ("looked", models.PositiveIntegerField(default=0, help_text="articles looked through")),
                ("found", models.PositiveIntegerField(default=0, help_text="places that do not bear the tags yet")),
                (
                    "created",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("finished", models.DateTimeField(null=True)),
                ("trouble", models.TextField(blank=True, help_text="why nothing was tagged, in a sentence")),
                (
                    "act",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="tagging_run",
                        to="monitor.operation",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        help_text="here only",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="monitor.article",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        help_text="here only",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="monitor.issue",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagging_runs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="monitor.team"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=Q(article=None) | Q(issue=None), name="tagging_run_has_one_scope"),
                    models.CheckConstraint(
                        condition=Q(visibility="team", team__isnull=False) | (~Q(visibility="team") & Q(team=None)),
                        name="tagging_run_team_if_for_a_team",
                    ),
                    models.CheckConstraint(
                        condition=Q(finished__isnull=False) | Q(trouble="", act=None), name="tagging_run_ends_once"
                    ),
                ],
            },
        ),
    ]
