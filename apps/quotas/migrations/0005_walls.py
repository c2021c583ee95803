"""What tenants of a cohort may know of each other: amounts, and nothing by name.

A tenant borrows what others of its cohort do not use, and waits behind what others run. Explaining that, and refusing what
could never fit, needs the others' limits and amounts. Three functions give exactly those, to whoever sees a quota in the
same cluster, and only of rows that the caller cannot see. They give ids (which tell one from another, and stay inside the
portal) but no names, no subjects, no persons.
"""

from django.db import migrations

from apps.core.policies import SEES_ALL, OfParent, OfProject, OfTenant, Wall

MAKE = """
-- Clusters of these in which the caller sees a quota, and others that it cannot see may be: none outside the wall.
CREATE FUNCTION quotas_clusters_shared(clusters uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT quota.cluster_id), '{}') FROM quotas_quota AS quota
    WHERE wall_stands() AND NOT wall_sees_all()
      AND quota.cluster_id = ANY (clusters) AND quota.tenant_id = ANY ((SELECT wall_places())::uuid[])
$$;

CREATE FUNCTION quotas_of_others(clusters uuid[]) RETURNS TABLE (
    id uuid, tenant_id uuid, cluster_id uuid, cohort_id uuid, active boolean, lines jsonb
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT quota.id, quota.tenant_id, quota.cluster_id, quota.cohort_id, tenant.phase = 'active',
        (SELECT coalesce(jsonb_agg(jsonb_build_array(
                flavor.name, line.resource, line.nominal, line.borrowing_limit, line.lending_limit)), '[]')
            FROM quotas_quotaline AS line JOIN clusters_flavor AS flavor ON flavor.id = line.flavor_id
            WHERE line.quota_id = quota.id)
    FROM quotas_quota AS quota JOIN tenants_tenant AS tenant ON tenant.id = quota.tenant_id
    WHERE quota.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])
      AND quota.tenant_id <> ALL ((SELECT wall_places())::uuid[])
$$;

CREATE FUNCTION quotas_held_by_others(clusters uuid[]) RETURNS TABLE (
    cluster_id uuid, tenant_id uuid, flavor text, resource text, amount numeric
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT entry.cluster_id, entry.tenant_id, flavor.key, resource.key, sum(resource.value::bigint)
    FROM quotas_ledgerentry AS entry
    CROSS JOIN LATERAL jsonb_each(entry.amounts) AS flavor
    CROSS JOIN LATERAL jsonb_each_text(flavor.value) AS resource
    WHERE entry.until IS NULL AND entry.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])
      AND entry.tenant_id <> ALL ((SELECT wall_tenants())::uuid[]) AND entry.project_id <> ALL ((SELECT wall_projects())::uuid[])
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
$$;

CREATE FUNCTION quotas_work_of_others(clusters uuid[]) RETURNS TABLE (
    id uuid, tenant_id uuid, project_id uuid, user_id uuid, cluster_id uuid, priority_class_id uuid, priority_value integer,
    state text, active boolean, gang boolean, any_cluster boolean, asked jsonb, pod_sets jsonb, admitted_counts jsonb,
    placements jsonb, reason text, waiting_for jsonb, evicting_since timestamptz, reserved_since timestamptz,
    queued_at timestamptz, admitted_at timestamptz,
    ended_counts jsonb, shrinking_to jsonb, resized_at timestamptz, resize_pause_seconds integer
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT work.id, work.tenant_id, work.project_id, work.user_id, work.cluster_id, work.priority_class_id,
        work.priority_value, work.state, work.active, work.gang, work.any_cluster, work.asked, work.pod_sets,
        work.admitted_counts, work.placements, work.reason,
        jsonb_build_object('cluster', work.waiting_for -> 'cluster'), work.evicting_since, work.reserved_since,
        work.queued_at, work.admitted_at, work.ended_counts, work.shrinking_to, work.resized_at, work.resize_pause_seconds
    FROM quotas_workload AS work
    WHERE work.state IN ('pending', 'admitted')
      AND work.tenant_id <> ALL ((SELECT wall_tenants())::uuid[]) AND work.project_id <> ALL ((SELECT wall_projects())::uuid[])
      AND (work.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])
           OR work.cluster_id IS NULL AND work.tenant_id IN (
               SELECT quota.tenant_id FROM quotas_quota AS quota
               WHERE quota.cluster_id = ANY ((SELECT quotas_clusters_shared(clusters))::uuid[])))
$$;
"""
DROP = """
DROP FUNCTION quotas_work_of_others(uuid[]), quotas_held_by_others(uuid[]), quotas_of_others(uuid[]),
    quotas_clusters_shared(uuid[]);
"""


class Migration(migrations.Migration):
    dependencies = [("quotas", "0004_elastic_and_independent_pods"), ("core", "0004_walls"), ("tenants", "0005_walls")]

    operations = [
        OfTenant("quotas_quota"),
        OfParent("quotas_quotaline", parent="quotas_quota", key="quota_id"),
        OfParent("quotas_share", parent="quotas_quota", key="quota_id"),
        OfTenant("quotas_usercap"),
        OfTenant("quotas_quotarequest"),
        OfProject("quotas_workload", shared="subject_id"),
        OfProject("quotas_ledgerentry"),
        Wall(
            "quotas_cohort",
            rows=SEES_ALL,
            read="EXISTS (SELECT FROM quotas_quota AS quota WHERE quota.cohort_id = quotas_cohort.id)",
        ),
        migrations.RunSQL(MAKE, DROP),
    ]
