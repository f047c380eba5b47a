"""What the recogniser said stays beside what a person judged, so that a judgement can be taken back at once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitor', '0014_names_in_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='mention',
            name='fold',
            field=models.TextField(default='', help_text='the surface as it is compared'),
        ),
        migrations.AddField(
            model_name='mention',
            name='found',
            field=models.JSONField(blank=True, help_text='what the recogniser said, where a judgement says otherwise', null=True),
        ),
        migrations.AddField(
            model_name='recognitionrun',
            name='stamp',
            field=models.UUIDField(blank=True, help_text="of the gazetteer's tables when they last had this digest", null=True),
        ),
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(condition=models.Q(('status', 'suggested')), fields=['fold', 'actor'], name='mentions_waiting_alike'),
        ),
    ]
