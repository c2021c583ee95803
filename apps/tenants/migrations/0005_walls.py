"""Who may see what is read here, by the database itself: an actor is built by entering, and entering opens the wall."""

from django.db import migrations, models
from django.db.models import Q

from apps.core.policies import SEES_ALL, USER, OfProject, OfTenant, Wall

# Runs with the owner's rights, for roles are read before anything is visible. A token of one tenant or project opens no
# more than that, also where its owner holds more (apps/tenants/access.py cuts the permissions in the same way).
MAKE = """
CREATE FUNCTION wall_roles(who uuid) RETURNS TABLE (role text, tenant_id uuid, project_id uuid, second_factor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT member.role::text, member.tenant_id, member.project_id, coalesce(tenant.requires_second_factor, false)
    FROM tenants_member AS member LEFT JOIN tenants_tenant AS tenant ON tenant.id = member.tenant_id
    WHERE (member.user_id = who
           OR member.group_id IN (SELECT taken.group_id FROM accounts_group_users AS taken WHERE taken.user_id = who))
      AND tenant.phase IS DISTINCT FROM 'closed'
$$;

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

-- An invitation is taken up by somebody who has no role yet. The portal asks for its issue, proves with it that the link is
-- genuine (the keys are not in the database), and only then lets whoever has it into the tenant, until the transaction ends.
CREATE FUNCTION wall_invitation_issue(invitation uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT issue FROM tenants_invitation WHERE id = invitation
$$;
CREATE FUNCTION wall_enter_invitation(invitation uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT set_config('hanse.tenants', (wall_tenants() || offered.tenant_id)::text, true),
        set_config('hanse.places', (wall_places() || offered.tenant_id)::text, true)
    FROM tenants_invitation AS offered WHERE offered.id = invitation
$$;

-- Whether a token that somebody else used was taken back.
CREATE FUNCTION wall_token_revoked(token uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM tenants_apitoken WHERE id = token AND revoked_at IS NOT NULL)
$$;

-- Which of these tokens still hold: asked by live for all its sockets at once.
CREATE FUNCTION wall_tokens_alive(ids uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM tenants_apitoken WHERE id = ANY (ids) AND revoked_at IS NULL AND expires_at > now()
$$;
"""
DROP = """
DROP FUNCTION wall_enter(uuid, uuid), wall_roles(uuid), wall_invitation_issue(uuid), wall_enter_invitation(uuid),
    wall_token_revoked(uuid), wall_tokens_alive(uuid[]);
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_token_end_told"), ("core", "0004_walls")]

    operations = [
        migrations.AddConstraint(
            "apitoken",
            models.CheckConstraint(condition=Q(project=None) | Q(tenant__isnull=False), name="project_with_its_tenant"),
        ),
        migrations.RunSQL(MAKE, DROP),
        OfTenant("tenants_tenant", tenant="id", shared="id"),
        OfProject("tenants_project", project="id", shared="id"),
        # Of the tenant, though some are on one project: whoever gives a role must know who is a colleague.
        OfTenant("tenants_member", read=f"user_id = {USER}"),
        OfTenant("tenants_serviceaccount"),
        OfProject("tenants_invitation"),
        # One's own, and those of programs of one's tenants.
        Wall(
            "tenants_apitoken",
            rows=f"{SEES_ALL} OR user_id = {USER} OR EXISTS (SELECT FROM tenants_serviceaccount AS program"
            " WHERE program.user_id = tenants_apitoken.user_id)",
            read="digest = (SELECT wall_proof())",
        ),
    ]
