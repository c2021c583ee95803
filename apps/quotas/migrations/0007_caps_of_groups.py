"""A cap may be for each one of a group."""

import django.db.models.deletion
from django.db import migrations, models

FORGET = "DELETE FROM quotas_usercap WHERE group_id IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("quotas", "0006_what_is_said"), ("accounts", "0003_sessions_and_single_sign_on")]

    operations = [
        migrations.RemoveConstraint("usercap", "one_cap_a_user"),
        migrations.AddField(
            "usercap",
            "group",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.group",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
        migrations.AddConstraint(
            "usercap",
            models.UniqueConstraint(
                fields=["tenant", "user", "group"], nulls_distinct=False, name="one_cap_a_principal"
            ),
        ),
        migrations.AddConstraint(
            "usercap",
            models.CheckConstraint(
                condition=models.Q(("user", None), ("group", None), _connector="OR"), name="cap_is_of_user_or_group"
            ),
        ),
    ]
