from django.db import migrations

from apps.core.policies import OfProject


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_purpose_code"), ("core", "0004_walls")]

    operations = [OfProject("storage_storedobject", shared="producer_id")]
