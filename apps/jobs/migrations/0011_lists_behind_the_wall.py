"""Lists, counts and searches of jobs read nothing but indexes behind the wall, and labels have a table to be found by."""

import django.db.models.deletion
from django.db import migrations, models

from apps.core.policies import OfProject

# An index in the shape of a table: it says of every job what its column says, whoever writes that.
LABELS = """
CREATE FUNCTION jobs_keep_labels() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM jobs_joblabel WHERE job_id = NEW.id;
    END IF;
    INSERT INTO jobs_joblabel (job_id, tenant_id, project_id, label)
        SELECT NEW.id, NEW.tenant_id, NEW.project_id, one.name || ':' || one.value FROM jsonb_each_text(NEW.labels) AS one(name, value);
    RETURN NULL;
END $$;
CREATE TRIGGER keep_labels_of_new AFTER INSERT ON jobs_job
    FOR EACH ROW WHEN (NEW.labels <> '{}') EXECUTE FUNCTION jobs_keep_labels();
CREATE TRIGGER keep_labels_of_changed AFTER UPDATE OF labels ON jobs_job
    FOR EACH ROW WHEN (OLD.labels IS DISTINCT FROM NEW.labels) EXECUTE FUNCTION jobs_keep_labels();
"""
UNLABEL = """
DROP TRIGGER keep_labels_of_new ON jobs_job;
DROP TRIGGER keep_labels_of_changed ON jobs_job;
DROP FUNCTION jobs_keep_labels();
"""
LEARN = """
INSERT INTO jobs_joblabel (job_id, tenant_id, project_id, label)
    SELECT job.id, job.tenant_id, job.project_id, one.name || ':' || one.value
    FROM jobs_job AS job, jsonb_each_text(job.labels) AS one(name, value)
"""
# Looks over the wall, and says only which job lies so many further on: so that a reader of very many tenants can look at a
# stretch of known length first.
HORIZON = """
CREATE FUNCTION jobs_horizon(beyond uuid, rows integer, upwards boolean) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    last CONSTANT uuid := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
BEGIN
    IF upwards THEN
        RETURN coalesce((SELECT id FROM jobs_job WHERE id > coalesce(beyond, first) ORDER BY id OFFSET rows LIMIT 1), last);
    END IF;
    RETURN coalesce((SELECT id FROM jobs_job WHERE id < coalesce(beyond, last) ORDER BY id DESC OFFSET rows LIMIT 1), first);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0010_replica_in_a_cluster")]

    operations = [
        migrations.CreateModel(
            name='JobLabel',
            fields=[
                ('pk', models.CompositePrimaryKey('job_id', 'label', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.UUIDField()),
                ('project_id', models.UUIDField()),
                ('job', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='labelled', to='jobs.job')),
                ('label', models.CharField(max_length=127)),
            ],
        ),
        migrations.RemoveIndex(model_name='job', name='job_of_tenant'),
        migrations.RemoveIndex(model_name='job', name='job_of_tenant_by_phase'),
        migrations.RemoveIndex(model_name='job', name='job_of_tenant_by_user'),
        migrations.RemoveIndex(model_name='job', name='job_of_project'),
        migrations.RemoveIndex(model_name='job', name='job_by_phase'),
        migrations.RemoveIndex(model_name='job', name='job_by_framework'),
        migrations.RemoveIndex(model_name='job', name='job_by_priority'),
        migrations.RemoveIndex(model_name='job', name='job_by_user'),
        migrations.RemoveIndex(model_name='job', name='job_by_name'),
        migrations.RemoveIndex(model_name='job', name='job_by_name_prefix'),
        migrations.RemoveIndex(model_name='job', name='job_of_tenant_by_prefix'),
        migrations.RemoveIndex(model_name='job', name='job_by_label'),
        migrations.AlterField(
            model_name='job',
            name='name',
            field=models.CharField(db_collation='C', max_length=63),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['tenant', '-id'], include=('project',), name='job_of_tenant'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['project', '-id'], include=('tenant',), name='job_of_project'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['tenant', 'phase', '-id'], include=('project', 'deleted_at'), name='job_of_tenant_by_phase'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(fields=['project', 'phase', '-id'], include=('tenant', 'deleted_at'), name='job_by_phase'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['tenant', 'submitted_by', '-id'], include=('project',), name='job_of_tenant_by_user'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['project', 'submitted_by', '-id'], include=('tenant',), name='job_by_user'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['project', 'framework', '-id'], include=('tenant',), name='job_by_framework'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['project', 'priority', '-id'], include=('tenant',), name='job_by_priority'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['tenant', 'name', 'id'], include=('project',), name='job_of_tenant_by_name'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['project', 'name', 'id'], include=('tenant',), name='job_by_name'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('deleted_at', None)), fields=['name', 'id'], include=('tenant', 'project'), name='job_by_name_anywhere'),
        ),
        migrations.AddIndex(
            model_name='joblabel',
            index=models.Index(fields=['project_id', 'label', '-job'], name='job_by_label'),
        ),
            OfProject("jobs_joblabel", shared="job_id"),
        migrations.RunSQL(LABELS, UNLABEL),
        migrations.RunSQL(HORIZON, "DROP FUNCTION jobs_horizon(uuid, integer, boolean)"),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
    ]
