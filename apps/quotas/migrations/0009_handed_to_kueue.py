"""Whether the Kueue of its cluster decides on a workload, and by which request."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quotas", "0008_end_of_grant_told")]

    operations = [
        migrations.AddField(
            "workload",
            "handed_at",
            models.DateTimeField(null=True, help_text="Since when the Kueue of its cluster decides on it."),
        ),
        migrations.AddField(
            "workload",
            "asking",
            models.PositiveIntegerField(default=0, help_text="How often it was handed over; each time is an object there."),
        ),
    ]
