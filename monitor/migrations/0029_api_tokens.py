"""Tokens of the API, answers that may be asked for again, and how often somebody asked."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('monitor', '0027_when_rows_changed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('who', models.CharField(help_text='rate, and token, person or network address', max_length=80, primary_key=True, serialize=False)),
                ('began', models.DateTimeField()),
                ('times', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name_plural': 'asked',
                'ordering': ['who'],
            },
        ),
        # Written at every request, and worth nothing after a minute.
        migrations.RunSQL("alter table monitor_asked set unlogged", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='KeptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=255)),
                ('asked', models.CharField(help_text='digest of method, address and body', max_length=64)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('headers', models.JSONField(default=dict)),
                ('body', models.BinaryField(default=bytes)),
                ('made', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made'],
                'constraints': [models.UniqueConstraint(fields=('person', 'key'), name='kept_answer_once_per_key')],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('digest', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('token_key', models.CharField(db_index=True, max_length=25)),
                ('created', models.DateTimeField(auto_now_add=True)),
                ('expiry', models.DateTimeField(blank=True, null=True)),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(help_text='what it is for', max_length=80, validators=[django.core.validators.RegexValidator('\\A[^\\x00-\\x1f\\x7f\\u202a-\\u202e\\u2066-\\u2069]*\\Z', 'Control characters are not allowed here.')])),
                ('scope', models.CharField(choices=[('read', 'Read'), ('write', 'Read and write')], default='read', max_length=5)),
                ('last_used', models.DateTimeField(blank=True, help_text='to the minute', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-created', 'uid'],
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__in', ['read', 'write'])), name='token_scope_is_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='token_has_a_name')],
            },
        ),
    ]
