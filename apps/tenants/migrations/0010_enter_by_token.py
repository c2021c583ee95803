"""A token is shown, and what is needed of it read, in one question."""

from django.db import migrations

# With the caller's rights: the wall shows the row whose digest is the proof, and its owner's, and no other.
MAKE = """
CREATE FUNCTION wall_token_shown(shown text, moment timestamptz) RETURNS TABLE (
    token_id uuid, user_id uuid, token_name text, permissions text[], tenant_id uuid, project_id uuid, expires_at timestamptz,
    last_used_at timestamptz, email text, user_name text, kind text, access_version bigint)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('hanse.proof', shown, true);
    RETURN QUERY SELECT token.id, token.user_id, token.name::text, ARRAY(SELECT jsonb_array_elements_text(token.permissions)),
            token.tenant_id, token.project_id, token.expires_at, token.last_used_at,
            owner.email::text, owner.name::text, owner.kind::text, owner.access_version
        FROM tenants_apitoken AS token JOIN accounts_user AS owner ON owner.id = token.user_id
        WHERE token.digest = shown AND token.revoked_at IS NULL AND token.expires_at > moment AND owner.is_active;
END $$;
"""
DROP = "DROP FUNCTION wall_token_shown(text, timestamptz);"


class Migration(migrations.Migration):
    dependencies = [("tenants", "0009_read_conditions_with_orjson")]

    operations = [migrations.RunSQL(MAKE, DROP)]
