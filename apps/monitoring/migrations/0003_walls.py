"""Points say to whom they belong, as chunks of logs do."""

from django.db import migrations, models

from apps.core.policies import USER, OfProject, Wall

# All points that there are were written by jobs, which lie above this app; in a new database there are neither.
LEARN = """
DO $$ BEGIN
    IF to_regclass('jobs_job') IS NOT NULL THEN
        UPDATE monitoring_metricpoint AS point SET tenant_id = job.tenant_id, project_id = job.project_id
            FROM jobs_job AS job WHERE job.id = point.subject_id;
        DELETE FROM monitoring_metricpoint WHERE tenant_id IS NULL;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0002_notifications"), ("core", "0004_walls")]

    operations = [
        migrations.AddField("metricpoint", "tenant_id", models.UUIDField(null=True)),
        migrations.AddField("metricpoint", "project_id", models.UUIDField(null=True)),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
        migrations.AlterField("metricpoint", "tenant_id", models.UUIDField()),
        migrations.AlterField("metricpoint", "project_id", models.UUIDField()),
        OfProject("monitoring_metricpoint", shared="subject_id"),
        OfProject("monitoring_logchunk", shared="subject_id"),
        Wall("monitoring_notification", rows=f"user_id = {USER}"),
        Wall("monitoring_inbox", rows=f"user_id = {USER}"),
        Wall("monitoring_mute", rows=f"user_id = {USER}"),
    ]
