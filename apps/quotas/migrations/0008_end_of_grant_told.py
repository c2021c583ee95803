"""That a grant ends soon is told once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quotas", "0007_caps_of_groups")]

    operations = [
        migrations.AddField(
            "quotarequest",
            "end_told_at",
            models.DateTimeField(null=True, editable=False, help_text="When people were told that it ends soon."),
        ),
    ]
