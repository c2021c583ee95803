"""The console begins where one was last, also in another browser."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_signing_out_there")]

    operations = [
        migrations.AddField(
            "user",
            "last_project_id",
            models.UUIDField(null=True, editable=False, help_text="Where a fresh sign-in to the console begins."),
        ),
    ]
