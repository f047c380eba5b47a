from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitor', '0005_grades_of_sources'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='ingest',
            name='ingest_state_is_known',
        ),
        migrations.AlterField(
            model_name='ingest',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('reading', 'reading'), ('recognising', 'recognising'), ('stored', 'stored'), ('updated', 'updated'), ('unchanged', 'unchanged'), ('unpacked', 'unpacked'), ('refused', 'refused'), ('failed', 'failed'), ('needs_ocr', 'needs OCR')], default='waiting', max_length=11),
        ),
        migrations.AddConstraint(
            model_name='ingest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'reading', 'recognising', 'stored', 'updated', 'unchanged', 'unpacked', 'refused', 'failed', 'needs_ocr'])), name='ingest_state_is_known'),
        ),
    ]
