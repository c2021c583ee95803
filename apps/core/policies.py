"""Which rows of which table the wall shows: one operation in a migration for each table that belongs to tenants.

    operations = [OfProject("jobs_job", shared="id"), OfTenant("quotas_quota"), OfParent("quotas_quotaline", ...)]

A table with neither a policy nor a line in EXEMPT cannot be read by `hanse_web` at all, and fails a test.
"""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.operations.base import Operation
from django.db.utils import ProgrammingError

from apps.core.walls import OWNER, WEB, WORKER

# Each is a sub-query, so that PostgreSQL asks once a query, and not once a row.
SEES_ALL = "(SELECT wall_sees_all())"
USER = "(SELECT wall_user())"
_TENANTS = "ANY ((SELECT wall_tenants())::uuid[])"
_PLACES = "ANY ((SELECT wall_places())::uuid[])"
_PROJECTS = "ANY ((SELECT wall_projects())::uuid[])"
_SHARED = "ANY ((SELECT wall_shared())::uuid[])"
# The platform's own audit chain.
_NOBODYS = "'00000000-0000-0000-0000-000000000000'::uuid"


class Wall(Operation):
    """Show and take those rows of `table` for which the SQL condition `rows` holds.

    `read` and `add` are conditions for rows that may be read or added besides. The worker's role has all rows.
    """

    reversible = True

    def __init__(self, table: str, *, rows: str = "false", read: str = "", add: str = "") -> None:
        self.table, self.rows, self.read, self.add = table, rows, read, add

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {"rows": self.rows, "read": self.read, "add": self.add}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models know nothing of it."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        _require_roles(schema_editor)
        for statement in (
            f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY wall ON {self.table} TO {WEB} USING ({self.rows}) WITH CHECK ({self.rows})",
            self.read and f"CREATE POLICY wall_read ON {self.table} FOR SELECT TO {WEB} USING ({self.read})",
            self.add and f"CREATE POLICY wall_add ON {self.table} FOR INSERT TO {WEB} WITH CHECK ({self.add})",
            f"CREATE POLICY everything ON {self.table} TO {WORKER} USING (true) WITH CHECK (true)",
        ):
            if statement:
                schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for policy in ("wall", "wall_read", "wall_add", "everything"):
            schema_editor.execute(f"DROP POLICY IF EXISTS {policy} ON {self.table}")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Wall {self.table} off between tenants"


def OfTenant(table: str, *, tenant: str = "tenant_id", read: str = "", shared: str = "") -> Wall:  # noqa: N802
    """Rows of a tenant as a whole, which whoever has any role in it may see."""
    return Wall(table, rows=f"{SEES_ALL} OR {tenant} = {_PLACES}", read=_also(read, shared))


def OfProject(  # noqa: N802
    table: str, *, tenant: str = "tenant_id", project: str = "project_id", read: str = "", shared: str = ""
) -> Wall:
    """Rows of one project of a tenant. `shared`: a column that holds what may be shared with one person."""
    rows = f"{SEES_ALL} OR {tenant} = {_TENANTS} OR {project} = {_PROJECTS}"
    return Wall(table, rows=rows, read=_also(read, shared))


def of_place(tenant: str, project: str) -> str:
    """Columns that name another place: whoever sees that one meets the condition."""
    return f"{tenant} = {_TENANTS} OR {project} = {_PROJECTS}"


def OfParent(table: str, *, parent: str, key: str, read: str = "") -> Wall:  # noqa: N802
    """Rows whose parent is visible; for the few that one parent has: it costs a look-up a row."""
    return Wall(table, rows=f"EXISTS (SELECT FROM {parent} AS parent WHERE parent.id = {table}.{key})", read=read)


def OfTrail(table: str) -> Wall:  # noqa: N802
    """Audit entries: read by roles on the whole tenant, appended by whoever acts in it, or on nobody's behalf."""
    return Wall(table, rows=f"{SEES_ALL} OR tenant_id = {_TENANTS}", add=f"tenant_id = {_PLACES} OR tenant_id = {_NOBODYS}")


def OfChain(table: str) -> Wall:  # noqa: N802
    """Heads of audit chains, which whoever appends an entry moves on."""
    return Wall(table, rows=f"{SEES_ALL} OR tenant_id = {_PLACES} OR tenant_id = {_NOBODYS}")


def OnlyAdded(table: str) -> Wall:  # noqa: N802
    """Rows that are written for a visible tenant, or for none, and never read again (the privileges see to that)."""
    return Wall(table, rows="false", read="true", add=f"tenant_id IS NULL OR {SEES_ALL} OR tenant_id = {_PLACES}")


def _also(read: str, shared: str) -> str:
    return " OR ".join(filter(None, (read, shared and f"{shared} = {_SHARED}")))


@dataclass(frozen=True)
class Exempt:
    """A table without a policy: what `hanse_web` may do with it, and why that shows nobody another's."""

    privileges: str
    because: str


_ALL = "SELECT, INSERT, UPDATE, DELETE"
_PEOPLE = "People belong to no tenant, and must be found before it is known who asks."
_INVENTORY = "The platform's own: it says nothing about any tenant."
_CATALOGUE = "A list that comes with the code."
_UNUSED = "Django brings it; nothing in Hanse reads or writes it."

EXEMPT: dict[str, Exempt] = {
    "accounts_user": Exempt("SELECT, INSERT, UPDATE", _PEOPLE),
    "accounts_group": Exempt(_ALL, _PEOPLE),
    "accounts_group_users": Exempt(_ALL, _PEOPLE),
    "account_emailaddress": Exempt(_ALL, _PEOPLE),
    "accounts_opensession": Exempt(_ALL, _PEOPLE),
    "accounts_provider": Exempt(_ALL, _PEOPLE),
    "accounts_provideraccount": Exempt(_ALL, _PEOPLE),
    "mfa_authenticator": Exempt(_ALL, _PEOPLE),
    "django_session": Exempt(_ALL, "Found by a key that only its browser knows, before it is known who asks."),
    "clusters_cluster": Exempt(_ALL, _INVENTORY),
    "clusters_clusterconnection": Exempt(
        "INSERT, UPDATE, DELETE, "
        "SELECT (cluster_id, server, tls_server_name, ca_certificate, auth, number, expires_at, given_at)",
        "The platform's own; web may write the secret in it, and never read it.",
    ),
    "clusters_flavor": Exempt(_ALL, _INVENTORY),
    "clusters_node": Exempt(_ALL, _INVENTORY),
    "clusters_nodepool": Exempt(_ALL, _INVENTORY),
    "clusters_capacitysample": Exempt("SELECT, DELETE", "The platform's own, written by workers; goes with its cluster."),
    "quotas_priorityclass": Exempt(_ALL, _INVENTORY),
    "forecasts_run": Exempt(_ALL, "Read by platform roles only, who see all tenants."),
    "forecasts_model": Exempt("SELECT", _INVENTORY),
    "forecasts_score": Exempt("SELECT", "Sums over many targets: they name no machine and no tenant."),
    "forecasts_evaluation": Exempt("SELECT", _INVENTORY),
    "forecasts_release": Exempt("SELECT, INSERT, UPDATE", _INVENTORY),
    "forecasts_part": Exempt("", "Written and read by workers: which targets a part of a run has."),
    "inference_trafficread": Exempt("", "The workers' own: how far they read."),
    "moves_place": Exempt(_ALL, _INVENTORY),
    "moves_plan": Exempt(_ALL, "Read by platform roles only, who see all tenants."),
    "moves_plannedmove": Exempt(_ALL, "Read by platform roles only, who see all tenants."),
    "moves_record": Exempt(_ALL, "Read by platform roles only, who see all tenants."),
    "auth_permission": Exempt("SELECT", _CATALOGUE),
    "django_content_type": Exempt("SELECT", _CATALOGUE),
    "core_outboxhint": Exempt(
        "INSERT, SELECT (id, created_at)", "Written for workers; of it web may only read how much is left."
    ),
    "account_emailconfirmation": Exempt("", _UNUSED),
    "accounts_user_groups": Exempt("", _UNUSED),
    "accounts_user_user_permissions": Exempt("", _UNUSED),
    "auth_group": Exempt("", _UNUSED),
    "auth_group_permissions": Exempt("", _UNUSED),
    "guardian_groupobjectpermission": Exempt("", _UNUSED),
    "guardian_userobjectpermission": Exempt("", _UNUSED),
    "django_migrations": Exempt("SELECT", "What the doctor compares with the code."),
}
# Tables with a policy of which the roles may not do everything.
_NARROWER = {
    "audit_auditentry": {WEB: "SELECT, INSERT", WORKER: "SELECT, INSERT"},
    "audit_auditchain": {WEB: "SELECT, INSERT, UPDATE", WORKER: "SELECT, INSERT, UPDATE"},
    "core_outboxevent": {WEB: "INSERT, SELECT (id, created_at)"},
    "core_outboxnotification": {WEB: "INSERT, SELECT (id, created_at)"},
}


def grant(using: str = DEFAULT_DB_ALIAS) -> None:
    """Give `hanse_web` and `hanse_worker` what each table's decision says, and nothing on a table without one.

    Partitions are reached by the table that they are of, and by nothing else.
    Called after every migrate. Does nothing where the roles are not made yet.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", [[WEB, WORKER]])
        if cursor.fetchone() != (2,):
            return
        cursor.execute(
            "SELECT relname, relrowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition"
            " AND pg_has_role(relowner, 'usage')"
        )
        statements = [f"GRANT USAGE ON SCHEMA public TO {WEB}, {WORKER}"]
        for table, walled in cursor.fetchall():
            web = _ALL if walled else EXEMPT[table].privileges if table in EXEMPT else ""
            for role, privileges in {WEB: web, WORKER: _ALL, **_NARROWER.get(table, {})}.items():
                statements.append(f"REVOKE ALL ON {table} FROM {role}")
                statements += [f"GRANT {privileges} ON {table} TO {role}"] * bool(privileges)
        cursor.execute("; ".join(statements))


def _require_roles(schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s)", [[WEB, WORKER]])
        if cursor.fetchone() != (2,):
            raise ProgrammingError(
                f"The roles {OWNER}, {WEB} and {WORKER} are not there. Make them first: "
                "python manage.py make_roles (docs/how-to/run-in-production.md)."
            )
