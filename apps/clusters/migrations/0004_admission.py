"""Who decides what starts in a cluster; so far the portal did everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clusters", "0003_what_is_seen")]

    operations = [
        migrations.AddField(
            "cluster",
            "admission",
            models.CharField(max_length=6, choices=[("portal", "Portal"), ("kueue", "Kueue")], default="portal"),
        ),
    ]
