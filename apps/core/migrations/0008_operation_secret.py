"""What an operation found out and shows once."""

from django.db import migrations

import apps.core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_operation_progress"),
    ]

    operations = [
        migrations.AddField(
            model_name="operation",
            name="secret",
            field=apps.core.fields.EncryptedTextField(
                default="", help_text="What is to be shown once; empty when it was, or is none."
            ),
        ),
    ]
