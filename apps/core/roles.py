"""The three roles of the database, and what must be so before the tables are made. Plain SQL: no settings are needed.

hanse_owner owns the tables and changes them; hanse_worker (worker, beat, watch, commands) has all rows; hanse_web (web,
live) has those that the wall shows it. None is a superuser, none bypasses row-level security, and only the first owns
anything.
"""

from collections.abc import Mapping
from typing import Any

from psycopg2 import sql

from apps.core.walls import OWNER, WEB, WORKER

ROLES = (OWNER, WEB, WORKER)
_ATTRIBUTES = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION")

# Everything in the schema that came from an earlier owner and is no part of an extension.
_MOVE = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT format('ALTER %s %I.%I OWNER TO hanse_owner',
                      CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
                      'public', relname) AS statement
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
          AND relowner <> 'hanse_owner'::regrole
          AND NOT EXISTS (
              SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO hanse_owner', pg_proc.oid::regprocedure)
        FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proowner <> 'hanse_owner'::regrole
          AND NOT EXISTS (
              SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
    LOOP
        EXECUTE found.statement;
    END LOOP;
END $$
"""


def make_roles(connection: Any, passwords: Mapping[str, str]) -> None:
    """Make the roles, with the passwords that are given, and give the connection's database to hanse_owner.

    connection: to the database of Hanse, as a superuser or as one that may make roles. Done twice, it changes nothing; a
    database whose tables belong to somebody else (of a release with one role) is handed over with all it holds.
    """
    with connection, connection.cursor() as cursor:
        # Two that make roles at once would both find none.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('hanse roles'))")
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)", [list(ROLES)])
        known = {name for (name,) in cursor.fetchall()}
        for role in ROLES:
            verb = sql.SQL("ALTER" if role in known else "CREATE")
            cursor.execute(sql.SQL("{} ROLE {} {}").format(verb, sql.Identifier(role), _ATTRIBUTES))
            if role in passwords:
                cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role)), [passwords[role]])
        cursor.execute(f"GRANT {WEB}, {WORKER} TO {OWNER}")
        cursor.execute(f"GRANT {OWNER} TO CURRENT_USER")
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        name = sql.Identifier(database)
        cursor.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(OWNER)))
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO hanse_web, hanse_worker").format(name))
        cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM PUBLIC; GRANT ALL ON SCHEMA public TO {OWNER}")
        cursor.execute(_MOVE)
