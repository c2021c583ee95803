from django.db import migrations

from apps.core.policies import OfChain, OfTrail


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_on_behalf_of"), ("core", "0004_walls")]

    operations = [OfTrail("audit_auditentry"), OfChain("audit_auditchain")]
