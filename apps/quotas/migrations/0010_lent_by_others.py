"""What the tenants of a cohort lend, in sum: a submit asks how much could ever be borrowed, whoever it comes from.

Before it read the quota of each of them. It is given to whoever sees a quota of the cohort, as those were (`walls`).
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION quotas_lent_by_others(cohort uuid, tenant uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_array(name, resource, amount)) FROM (
        SELECT flavor.name, line.resource, sum(least(line.nominal, coalesce(line.lending_limit, line.nominal))) AS amount
        FROM quotas_quota AS quota
        JOIN quotas_quotaline AS line ON line.quota_id = quota.id JOIN clusters_flavor AS flavor ON flavor.id = line.flavor_id
        WHERE quota.cohort_id = cohort AND quota.tenant_id <> tenant AND (
            NOT wall_stands() OR wall_sees_all() OR EXISTS (
                SELECT FROM quotas_quota AS own
                WHERE own.cohort_id = cohort AND own.tenant_id = ANY ((SELECT wall_places())::uuid[])))
        GROUP BY 1, 2
    ) AS lent
$$;
"""
DROP = "DROP FUNCTION quotas_lent_by_others(uuid, uuid);"


class Migration(migrations.Migration):
    dependencies = [("quotas", "0009_handed_to_kueue")]

    operations = [migrations.RunSQL(MAKE, DROP)]
