from django.db import migrations, models

from monitor.library.models import title_key

BATCH = 1000


def fill_title_keys(apps, schema_editor):
    articles = apps.get_model("monitor", "Article").objects.only("title", "title_key")
    batch = []
    for article in articles.iterator(chunk_size=BATCH):
        article.title_key = title_key(article.title)
        batch.append(article)
        if len(batch) == BATCH:
            articles.bulk_update(batch, ["title_key"])
            batch = []
    articles.bulk_update(batch, ["title_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('monitor', '0008_places_and_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='title_key',
            field=models.CharField(default='', editable=False, help_text='see title_key', max_length=100),
        ),
        migrations.RunPython(fill_title_keys, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['title_key', 'id'], name='article_by_title'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['-sort_date', '-id'], name='issue_by_date'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['-created', '-id'], name='issue_by_day_of_adding'),
        ),
    ]
