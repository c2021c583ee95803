from django.db import migrations

from apps.core.policies import OfProject, OfTenant, of_place


class Migration(migrations.Migration):
    dependencies = [("isolation", "0001_initial"), ("core", "0004_walls")]

    operations = [
        # Whom an exception leads to may read that it does, to answer it.
        OfProject("isolation_networkexception", read=of_place("peer_tenant_id", "peer_project_id")),
        OfTenant("isolation_tenantisolation"),
    ]
