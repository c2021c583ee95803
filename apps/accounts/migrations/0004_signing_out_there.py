"""Signing out here may sign out at the provider. Off for those that are there: their address must be registered first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions_and_single_sign_on")]

    operations = [
        migrations.AddField(
            "provider",
            "signs_out_there",
            models.BooleanField(default=False, help_text="Whoever signs out here is signed out there too."),
        ),
    ]
