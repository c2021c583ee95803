"""The two classes that every installation begins with; admins may change them and add more."""

from django.db import migrations


def create(apps, schema_editor):
    priority_class = apps.get_model("quotas", "PriorityClass")
    priority_class.objects.get_or_create(
        name="high",
        defaults={
            "value": 1000,
            "description": "Starts within a minute inside the tenant's guarantee; evicts work of lower priority.",
            "starts_within_seconds": 60,
            "restricted": True,
        },
    )
    priority_class.objects.get_or_create(
        name="low",
        defaults={"value": 0, "description": "Fills what is idle; makes room for work of higher priority."},
    )


class Migration(migrations.Migration):
    dependencies = [("quotas", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
