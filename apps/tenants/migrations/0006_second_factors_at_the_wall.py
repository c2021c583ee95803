"""The wall opens nothing on the strength of a role that does not count for want of a second factor."""

from django.db import migrations

# A session counts by how it was opened; whoever comes otherwise (a token, somebody asked about), by what they have.
MAKE = """
CREATE FUNCTION wall_proven(who uuid, session text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM mfa_authenticator WHERE user_id = who AND type <> 'recovery_codes') OR CASE
        WHEN session <> '' THEN EXISTS (
            SELECT FROM accounts_opensession WHERE session_key = session AND user_id = who AND second_factor)
        ELSE EXISTS (
            SELECT FROM accounts_provideraccount AS known JOIN accounts_provider AS provider ON provider.id = known.provider_id
            WHERE known.user_id = who AND provider.asks_second_factor AND provider.is_active)
    END
$$;

-- The roles, each with whether it is closed. A row without a role says that all are, whatever there are.
-- policy: nobody, administrators or everybody (HANSE_SECOND_FACTOR_REQUIRED).
CREATE FUNCTION wall_roles_that_count(who uuid, session text, policy text)
RETURNS TABLE (role text, tenant_id uuid, project_id uuid, closed boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held record;
    of_platform boolean := policy = 'everybody';
    of_tenants boolean := false;
    lacking boolean := false;
BEGIN
    FOR held IN SELECT * FROM wall_roles(who) LOOP
        of_platform := of_platform OR (policy = 'administrators' AND held.tenant_id IS NULL);
        of_tenants := of_tenants OR held.second_factor;
    END LOOP;
    IF of_platform OR of_tenants THEN
        lacking := NOT wall_proven(who, session) AND EXISTS (SELECT FROM accounts_user WHERE id = who AND kind = 'person');
    END IF;
    IF lacking AND of_platform THEN
        closed := true;
        RETURN NEXT;
    END IF;
    RETURN QUERY SELECT one.role, one.tenant_id, one.project_id, lacking AND (of_platform OR one.second_factor)
        FROM wall_roles(who) AS one;
END $$;

DROP FUNCTION wall_enter(uuid, uuid);
CREATE FUNCTION wall_enter(who uuid, by_token uuid, session text, policy text)
RETURNS TABLE (role text, tenant_id uuid, project_id uuid, closed boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    only_tenant uuid;
    only_project uuid;
    everything boolean := false;
    lacking boolean := false;
    tenants uuid[] := '{}';
    places uuid[] := '{}';
    projects uuid[] := '{}';
BEGIN
    IF by_token IS NOT NULL THEN
        SELECT coalesce(project.tenant_id, token.tenant_id), token.project_id INTO only_tenant, only_project
            FROM tenants_apitoken AS token LEFT JOIN tenants_project AS project ON project.id = token.project_id
            WHERE token.id = by_token AND token.user_id = who;
        IF NOT FOUND THEN
            RETURN;
        END IF;
    END IF;
    FOR role, tenant_id, project_id, closed IN
        SELECT held.role, held.tenant_id, held.project_id, held.closed FROM wall_roles_that_count(who, session, policy) AS held
    LOOP
        RETURN NEXT;
        lacking := lacking OR role IS NULL;
        CONTINUE WHEN closed OR (only_tenant IS NOT NULL AND tenant_id <> only_tenant);
        IF only_project IS NOT NULL THEN
            CONTINUE WHEN project_id <> only_project;
            projects := ARRAY[only_project];
            places := ARRAY[only_tenant];
        ELSIF project_id IS NOT NULL THEN
            projects := projects || project_id;
            places := places || tenant_id;
        ELSIF coalesce(tenant_id, only_tenant) IS NOT NULL THEN
            tenants := tenants || coalesce(tenant_id, only_tenant);
            places := places || coalesce(tenant_id, only_tenant);
        ELSE
            everything := true;
        END IF;
    END LOOP;
    PERFORM set_config('hanse.user', who::text, true),
        set_config('hanse.principal', coalesce('token:' || by_token, 'user:' || who), true),
        set_config('hanse.sharee', CASE WHEN by_token IS NULL AND NOT lacking THEN who::text ELSE '' END, true),
        set_config('hanse.all', CASE WHEN everything THEN 'on' ELSE '' END, true),
        set_config('hanse.tenants', tenants::text, true),
        set_config('hanse.places', places::text, true),
        set_config('hanse.projects', projects::text, true);
END $$;

-- What whoever must add a second factor is told: the names of the tenants that wait for it, and nothing of them.
CREATE FUNCTION wall_tenants_that_ask() RETURNS TABLE (id uuid, slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT tenant.id, tenant.slug::text, tenant.name::text FROM tenants_tenant AS tenant
    WHERE tenant.requires_second_factor AND tenant.id IN (SELECT held.tenant_id FROM wall_roles(wall_user()) AS held)
$$;
"""
# As in 0005.
BEFORE = """
DROP FUNCTION wall_tenants_that_ask(), wall_enter(uuid, uuid, text, text), wall_roles_that_count(uuid, text, text),
    wall_proven(uuid, text);
CREATE FUNCTION wall_enter(who uuid, by_token uuid) RETURNS TABLE (role text, tenant_id uuid, project_id uuid, second_factor boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    only_tenant uuid;
    only_project uuid;
    everything boolean := false;
    tenants uuid[] := '{}';
    places uuid[] := '{}';
    projects uuid[] := '{}';
BEGIN
    IF by_token IS NOT NULL THEN
        SELECT coalesce(project.tenant_id, token.tenant_id), token.project_id INTO only_tenant, only_project
            FROM tenants_apitoken AS token LEFT JOIN tenants_project AS project ON project.id = token.project_id
            WHERE token.id = by_token AND token.user_id = who;
        IF NOT FOUND THEN
            RETURN;
        END IF;
    END IF;
    FOR role, tenant_id, project_id, second_factor IN
        SELECT held.role, held.tenant_id, held.project_id, held.second_factor FROM wall_roles(who) AS held
    LOOP
        RETURN NEXT;
        CONTINUE WHEN only_tenant IS NOT NULL AND tenant_id <> only_tenant;
        IF only_project IS NOT NULL THEN
            CONTINUE WHEN project_id <> only_project;
            projects := ARRAY[only_project];
            places := ARRAY[only_tenant];
        ELSIF project_id IS NOT NULL THEN
            projects := projects || project_id;
            places := places || tenant_id;
        ELSIF coalesce(tenant_id, only_tenant) IS NOT NULL THEN
            tenants := tenants || coalesce(tenant_id, only_tenant);
            places := places || coalesce(tenant_id, only_tenant);
        ELSE
            everything := true;
        END IF;
    END LOOP;
    PERFORM set_config('hanse.user', who::text, true),
        set_config('hanse.principal', coalesce('token:' || by_token, 'user:' || who), true),
        set_config('hanse.sharee', CASE WHEN by_token IS NULL THEN who::text ELSE '' END, true),
        set_config('hanse.all', CASE WHEN everything THEN 'on' ELSE '' END, true),
        set_config('hanse.tenants', tenants::text, true),
        set_config('hanse.places', places::text, true),
        set_config('hanse.projects', projects::text, true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0005_walls"),
        ("accounts", "0003_sessions_and_single_sign_on"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunSQL(MAKE, BEFORE)]
