"""That an invitation is over is told once; of those that are over already, nobody is told any more."""

from django.db import migrations, models
from django.db.models import Q

TOLD = "UPDATE tenants_invitation SET end_told_at = now() WHERE expires_at <= now()"


class Migration(migrations.Migration):
    dependencies = [("tenants", "0007_removal")]

    operations = [
        migrations.AddField(
            "invitation",
            "end_told_at",
            models.DateTimeField(null=True, editable=False, help_text="When who invited was told that it is over."),
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.AddIndex(
            "invitation",
            models.Index(
                fields=["expires_at"],
                condition=Q(accepted_at=None, revoked_at=None, end_told_at=None),
                name="invitation_ends_untold",
            ),
        ),
    ]
