"""Shares are by address: such as have no account yet take effect when they do."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from apps.core.policies import USER

LEARN = "UPDATE jobs_jobshare AS share SET email = person.email FROM accounts_user AS person WHERE person.id = share.user_id"
FORGET = "DELETE FROM jobs_jobshare WHERE user_id IS NULL"

SHARE = """
CREATE OR REPLACE FUNCTION wall_shared() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT coalesce(array_agg(shown.id), '{}')
    FROM accounts_user AS person
    JOIN jobs_jobshare AS share
        ON share.user_id = person.id OR (share.user_id IS NULL AND share.email = person.email AND person.is_active)
    JOIN jobs_job AS job ON job.id = share.content_object_id
    CROSS JOIN LATERAL (VALUES (job.id), (job.project_id), (job.tenant_id)) AS shown(id)
    WHERE person.id = nullif(current_setting('hanse.sharee', true), '')::uuid
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION wall_shared() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT coalesce(array_agg(shown.id), '{}')
    FROM jobs_jobshare AS share
    JOIN jobs_job AS job ON job.id = share.content_object_id
    CROSS JOIN LATERAL (VALUES (job.id), (job.project_id), (job.tenant_id)) AS shown(id)
    WHERE share.user_id = nullif(current_setting('hanse.sharee', true), '')::uuid
$$;
"""
MINE = f"user_id = {USER}"
OF_MY_ADDRESS = f"user_id IS NULL AND email = (SELECT person.email FROM accounts_user AS person WHERE person.id = {USER})"
POLICY = "ALTER POLICY wall_read ON jobs_jobshare USING ({rows})"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0006_walls"), ("accounts", "0003_sessions_and_single_sign_on")]

    operations = [
        migrations.AddField("jobshare", "email", models.EmailField(max_length=254, null=True)),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
        migrations.AlterField(
            "jobshare", "email", models.EmailField(help_text="As it was given, in small letters.", max_length=254)
        ),
        migrations.AlterField(
            "jobshare",
            "user",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
        migrations.AddConstraint(
            "jobshare", models.UniqueConstraint(fields=["content_object", "email"], name="one_share_an_address")
        ),
        migrations.AddIndex("jobshare", models.Index(fields=["email"], condition=models.Q(user=None), name="share_waits")),
        migrations.RunSQL(SHARE, BEFORE),
        migrations.RunSQL(POLICY.format(rows=f"{MINE} OR ({OF_MY_ADDRESS})"), POLICY.format(rows=MINE)),
    ]
