from django.db import migrations

from apps.core.policies import OfParent, OfProject


class Migration(migrations.Migration):
    dependencies = [("secrets", "0001_initial"), ("core", "0004_walls")]

    operations = [
        OfProject("secrets_secret"),
        OfParent("secrets_secretversion", parent="secrets_secret", key="secret_id"),
    ]
