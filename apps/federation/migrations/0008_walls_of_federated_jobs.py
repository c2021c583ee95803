from django.db import migrations

from apps.core.policies import OfTenant


class Migration(migrations.Migration):
    dependencies = [("federation", "0007_federated_jobs"), ("core", "0004_walls")]

    operations = [OfTenant("federation_federatedjob"), OfTenant("federation_federatedevent")]
