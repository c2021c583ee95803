from django.db import migrations

from apps.core.policies import OfProject


class Migration(migrations.Migration):
    dependencies = [("code", "0001_initial"), ("core", "0004_walls")]

    operations = [OfProject("code_code")]
