"""Sessions move into a table that names their person; those who are signed in stay so."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.db import migrations, models

SALT = "django.contrib.sessions.SessionStore"  # as `SessionBase.key_salt`, before and after


def move_sessions(apps, schema_editor):
    Kept, Session = apps.get_model("sessions", "Session"), apps.get_model("monitor", "Session")
    people = set(apps.get_model("monitor", "User").objects.values_list("pk", flat=True))
    for old in Kept.objects.iterator():
        try:
            data = signing.loads(old.session_data, salt=SALT)
        except signing.BadSignature:
            continue  # of another key: nobody can use it any more
        person = int(data.get(SESSION_KEY) or 0)
        if person in people:
            Session.objects.create(
                session_key=old.session_key,
                session_data=old.session_data,
                expire_date=old.expire_date,
                person_id=person,
            )
    Kept.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0017_mail_of_notices"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key")),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.RunPython(move_sessions, migrations.RunPython.noop),
    ]
