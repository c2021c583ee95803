from django.db import migrations

from apps.core.policies import OfTenant


class Migration(migrations.Migration):
    dependencies = [("federation", "0001_initial"), ("core", "0004_walls")]

    operations = [
        OfTenant("federation_party"),
        OfTenant("federation_partner"),
        OfTenant("federation_partyletter"),
    ]
