"""Brings what was kept into a new installation, as if it had been made a minute ago."""

import base64
import json

from apps.core.walls import OWNER
from embedded.stack import Stack
from tests.upgrade.keep import KEPT, Scene, program

# Otherwise retention would delete, and expiry refuse, what is older every day. The trail says when things were done; its
# hashes know.
_MOVE_TO_NOW = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT table_name,
               string_agg(format('%1$I = %1$I + (now() - %2$L::timestamptz)', column_name, '{kept_at}'), ', ') AS moved
        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = 'timestamp with time zone'
          AND table_name NOT LIKE 'audit_%' AND table_name <> 'django_migrations'
        GROUP BY table_name
    LOOP
        EXECUTE format('UPDATE %I SET %s', found.table_name, found.moved);
    END LOOP;
END $$
"""


def load(stack: Stack) -> Scene:
    """Fill the empty database and object store of a stack whose servers run; nothing is migrated yet."""
    scene, url = Scene.read(), stack.database_url(OWNER)
    program("psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-1", "-f", str(KEPT / "database.sql"), url=url)
    program("psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-c", _MOVE_TO_NOW.replace("{kept_at}", scene.kept_at), url=url)
    for path, content in json.loads((KEPT / "objects.json").read_text()).items():
        file = stack.layout.objects / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(base64.b64decode(content))
    return scene
