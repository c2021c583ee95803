"""Shares may be with groups."""

import django.db.models.deletion
from django.db import migrations, models

from apps.core.policies import USER

FORGET = "DELETE FROM jobs_jobshare WHERE group_id IS NOT NULL"
# Three look-ups by index, rather than one condition that reads all shares there are.
MAKE = """
CREATE OR REPLACE FUNCTION wall_shared() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    WITH person AS (
        SELECT id, email, is_active FROM accounts_user WHERE id = nullif(current_setting('hanse.sharee', true), '')::uuid
    ), share AS (
        SELECT content_object_id FROM jobs_jobshare WHERE user_id = (SELECT id FROM person)
        UNION
        SELECT content_object_id FROM jobs_jobshare
        WHERE user_id IS NULL AND group_id IS NULL AND email = (SELECT email FROM person WHERE is_active)
        UNION
        SELECT content_object_id FROM jobs_jobshare WHERE group_id IN (
            SELECT taken.group_id FROM accounts_group_users AS taken WHERE taken.user_id = (SELECT id FROM person WHERE is_active))
    )
    SELECT coalesce(array_agg(shown.id), '{}')
    FROM share
    JOIN jobs_job AS job ON job.id = share.content_object_id
    CROSS JOIN LATERAL (VALUES (job.id), (job.project_id), (job.tenant_id)) AS shown(id)
$$;
"""
# As in 0007.
BEFORE = """
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
ADDRESS = f"(SELECT person.email FROM accounts_user AS person WHERE person.id = {USER})"
MINE = f"user_id = {USER} OR (user_id IS NULL AND email = {ADDRESS})"
OF_MY_GROUPS = f"group_id IN (SELECT taken.group_id FROM accounts_group_users AS taken WHERE taken.user_id = {USER})"
POLICY = "ALTER POLICY wall_read ON jobs_jobshare USING ({rows})"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0008_what_is_said"), ("accounts", "0003_sessions_and_single_sign_on")]

    operations = [
        migrations.RemoveConstraint("jobshare", "one_share_an_address"),
        migrations.RemoveIndex("jobshare", "share_waits"),
        migrations.AddField(
            "jobshare",
            "group",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.group"
            ),
        ),
        migrations.AlterField(
            "jobshare",
            "email",
            models.EmailField(
                blank=True, help_text="As it was given, in small letters; empty for a group.", max_length=254
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
        migrations.AddConstraint(
            "jobshare",
            models.UniqueConstraint(
                fields=["content_object", "email", "group"], nulls_distinct=False, name="one_share_a_principal"
            ),
        ),
        migrations.AddConstraint(
            "jobshare",
            models.CheckConstraint(
                condition=models.Q(("group", None), models.Q(("email", ""), _negated=True))
                | models.Q(("email", ""), ("group__isnull", False), ("user", None)),
                name="share_is_by_address_or_group",
            ),
        ),
        migrations.AddIndex(
            "jobshare",
            models.Index(condition=models.Q(("group", None), ("user", None)), fields=["email"], name="share_waits"),
        ),
        migrations.RunSQL(MAKE, BEFORE),
        migrations.RunSQL(POLICY.format(rows=f"{MINE} OR {OF_MY_GROUPS}"), POLICY.format(rows=MINE)),
    ]
