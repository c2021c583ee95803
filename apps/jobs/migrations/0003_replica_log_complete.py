from django.db import migrations, models

# What ended before this was known is complete by now.
ENDED = "UPDATE jobs_replica SET log_complete = true WHERE finished_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_pause_after_failed_tries")]

    operations = [
        migrations.AddField(
            model_name="replica",
            name="log_complete",
            field=models.BooleanField(default=False, help_text="Every line that it wrote was taken over."),
        ),
        migrations.RunSQL(ENDED, migrations.RunSQL.noop),
    ]
