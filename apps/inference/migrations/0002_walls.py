from django.db import migrations

from apps.core.policies import OfParent, OfProject


class Migration(migrations.Migration):
    dependencies = [("inference", "0001_initial"), ("core", "0004_walls")]

    operations = [
        OfProject("inference_app"),
        OfProject("inference_appreplica"),
        OfParent("inference_revision", parent="inference_app", key="app_id"),
    ]
