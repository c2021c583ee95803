from django.db import migrations

from apps.core.policies import OfTenant


class Migration(migrations.Migration):
    dependencies = [("federation", "0005_channels"), ("core", "0004_walls")]

    operations = [OfTenant("federation_channels")]
