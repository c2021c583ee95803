"""What belongs to a job says to whom it belongs; and what of jobs is shared with single persons."""

from django.db import migrations, models

from apps.core.policies import USER, OfParent, OfProject, OfTenant

LEARN = "UPDATE {table} AS part SET tenant_id = job.tenant_id, project_id = job.project_id FROM jobs_job AS job" + (
    " WHERE job.id = part.job_id"
)

# A shared job comes with the project and the tenant that it is named by. A token reads no shares: hanse.sharee is empty.
SHARE = """
CREATE OR REPLACE FUNCTION wall_shared() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT coalesce(array_agg(shown.id), '{}')
    FROM jobs_jobshare AS share
    JOIN jobs_job AS job ON job.id = share.content_object_id
    CROSS JOIN LATERAL (VALUES (job.id), (job.project_id), (job.tenant_id)) AS shown(id)
    WHERE share.user_id = nullif(current_setting('hanse.sharee', true), '')::uuid
$$;

-- A running job may report about itself (its token was signed by the portal), and sees its project while it does.
CREATE FUNCTION wall_enter_report(reporting uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
    SELECT set_config('hanse.principal', 'report:' || job.id, true),
        set_config('hanse.places', ARRAY[job.tenant_id]::text, true),
        set_config('hanse.projects', ARRAY[job.project_id]::text, true)
    FROM jobs_job AS job WHERE job.id = reporting
$$;
"""
UNSHARE = """
CREATE OR REPLACE FUNCTION wall_shared() RETURNS uuid[] LANGUAGE sql STABLE SECURITY INVOKER AS $$ SELECT '{}'::uuid[] $$;
DROP FUNCTION wall_enter_report(uuid);
"""
PARTS = ("replica", "timelineentry", "artifact")


def columns() -> list[migrations.operations.base.Operation]:
    operations: list[migrations.operations.base.Operation] = []
    for part in PARTS:
        operations += [migrations.AddField(part, name, models.UUIDField(null=True)) for name in ("tenant_id", "project_id")]
        operations.append(migrations.RunSQL(LEARN.format(table=f"jobs_{part}"), migrations.RunSQL.noop))
        operations += [migrations.AlterField(part, name, models.UUIDField()) for name in ("tenant_id", "project_id")]
    return operations


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0005_schedules"),
        ("core", "0004_walls"),
        ("tenants", "0005_walls"),
        ("quotas", "0005_walls"),
        ("monitoring", "0003_walls"),
        ("storage", "0003_walls"),
    ]

    operations = [
        *columns(),
        migrations.RunSQL(SHARE, UNSHARE),
        OfProject("jobs_job", shared="id"),
        *(OfProject(f"jobs_{part}", shared="job_id") for part in PARTS),
        OfProject("jobs_jobsecret", shared="job_id"),
        OfProject("jobs_schedule"),
        OfParent("jobs_schedulerun", parent="jobs_schedule", key="schedule_id"),
        OfParent("jobs_jobcode", parent="jobs_job", key="job_id"),
        OfParent("jobs_jobshare", parent="jobs_job", key="content_object_id", read=f"user_id = {USER}"),
        # The platform's gallery is for whoever has signed in.
        OfTenant("jobs_template", read=f"tenant_id IS NULL AND {USER} IS NOT NULL"),
    ]
