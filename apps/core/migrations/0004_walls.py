"""What a transaction may see, as the policies of all tables ask for it. See apps/core/walls.py."""

from django.db import migrations

from apps.core.policies import SEES_ALL, OnlyAdded, Wall

# Unset or empty is nobody, nothing, no rows.
MAKE = """
CREATE FUNCTION wall_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('hanse.user', true), '')::uuid $$;
CREATE FUNCTION wall_principal() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('hanse.principal', true), '') $$;
CREATE FUNCTION wall_proof() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('hanse.proof', true), '') $$;
CREATE FUNCTION wall_sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('hanse.all', true), '') = 'on' $$;
CREATE FUNCTION wall_tenants() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('hanse.tenants', true), ''), '{}')::uuid[] $$;
CREATE FUNCTION wall_places() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('hanse.places', true), ''), '{}')::uuid[] $$;
CREATE FUNCTION wall_projects() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('hanse.projects', true), ''), '{}')::uuid[] $$;

-- Ids of single rows that were shared with the user. Who has something to share answers (jobs replace it).
CREATE FUNCTION wall_shared() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT '{}'::uuid[] $$;

-- Whether the wall stands round the caller: for functions that run with the owner's rights, and so see everything.
-- Workers, watchers and commands are outside, unless they take hanse_web's part.
CREATE FUNCTION wall_stands() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE current_setting('role')
        WHEN 'none' THEN NOT pg_has_role(session_user, 'hanse_worker', 'member')
        ELSE current_setting('role') NOT IN ('hanse_worker', 'hanse_owner')
    END
$$;
"""
DROP = """
DROP FUNCTION wall_user(), wall_principal(), wall_proof(), wall_sees_all(), wall_tenants(), wall_places(), wall_projects(),
    wall_shared(), wall_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_notifications")]

    operations = [
        migrations.RunSQL(MAKE, DROP),
        OnlyAdded("core_outboxevent"),
        OnlyAdded("core_outboxnotification"),
        # Written by whoever causes a mail; looked after by administrators of the platform.
        Wall("core_outboxmail", rows=SEES_ALL, add="true"),
        Wall("core_idempotencyrecord", rows="actor = (SELECT wall_principal())"),
    ]
