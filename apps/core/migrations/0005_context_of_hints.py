"""Hints say which request left them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_walls")]

    operations = [
        migrations.AddField(
            "outboxhint",
            "context",
            models.JSONField(null=True, help_text="The request that left it, and its trace."),
        ),
    ]
