"""The second wall: PostgreSQL shows each request only the rows of those for whom it is made.

The first wall are the permissions (`permitted()`, `require()`). This one holds when the first is forgotten: `web` and
`live` connect as the role `hanse_web`, to which the policies of the tables (policies.py) show what the settings of the
current transaction name: the user, the tenants and projects in which they have a role, and nothing while none are set.
tenants.access sets them when it builds an actor; see docs/explanation/walls.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.transaction import atomic

from apps.core import patience

# A request waits so long for the database in all, whatever it asks; with what else it does, it answers within 3.5 s.
PATIENCE_SECONDS = 2.5
OWNER, WEB, WORKER = "hanse_owner", "hanse_web", "hanse_worker"

_log = structlog.get_logger(__name__)

# What the policies ask of a transaction (the functions wall_…() read them).
SETTINGS = (
    "hanse.user",  # who acts
    "hanse.principal",  # the same as idempotency records name them: a user, a token, a running job
    "hanse.sharee",  # whose shares of single rows hold: the user's, when no token acts
    "hanse.all",  # `on` for platform roles, which see all tenants
    "hanse.tenants",  # tenants in which a role holds for everything
    "hanse.places",  # those, and tenants in which one holds for single projects
    "hanse.projects",  # these projects
    "hanse.proof",  # the digest of a secret that was shown, before it is known whose it is
)
_GOES_ROUND = """
    SELECT role.rolsuper OR role.rolbypassrls OR pg_has_role(role.oid, %s, 'member') OR EXISTS (
        SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND pg_has_role(role.oid, relowner, 'member'))
    FROM pg_roles AS role WHERE role.rolname = current_user
"""
_NOBODY = ", ".join(f"set_config('{name}', '', true)" for name in SETTINGS)


@contextmanager
def transaction() -> Iterator[None]:
    """Run the block in one transaction as `hanse_web`, in which nothing is visible until somebody has entered.

    In production this process connects as that role; whatever else it connects as (the owner, in tests) is put down.
    """
    nested = connection.in_atomic_block
    try:
        with patience.at_most(PATIENCE_SECONDS), atomic():
            if nested or connection.settings_dict["USER"] != WEB:
                _run(f"SELECT set_config('role', '{WEB}', true), {_NOBODY}")
            yield
    finally:
        if nested:
            _run(f"SELECT set_config('role', 'none', true), {_NOBODY}")


def refuse_other_roles() -> None:
    """Let this process use no connection that goes round the wall: whose role owns tables, or bypasses the policies.

    Raises ImproperlyConfigured when its database URL names such a role; later, whatever asks for a connection does.
    """
    connection_created.connect(_require_web_role, dispatch_uid="walls")
    try:
        connection.ensure_connection()
    except OperationalError as error:
        _log.warning("database-role-not-checked", error=str(error))  # it is away; whoever connects later checks
    else:
        connection.close()


def refuse_blind_roles() -> None:
    """Raises ImproperlyConfigured unless this process connects as a role that sees all rows, as what works for all must.

    When the database is away it is not known, and not refused: with a role that sees less, less is done.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(_GOES_ROUND, [WORKER])
            (goes_round,) = cursor.fetchone()
    except OperationalError as error:
        _log.warning("database-role-not-checked", error=str(error))
        return
    finally:
        connection.close()
    if not goes_round:
        raise ImproperlyConfigured(
            f"HANSE_DATABASE_URL of this process names the role {connection.settings_dict['USER']}, which does not see all "
            f"rows; worker, beat and watch connect as {WORKER} (docs/how-to/run-in-production.md)."
        )


def _require_web_role(connection: BaseDatabaseWrapper, **_: Any) -> None:
    with connection.connection.cursor() as cursor:
        cursor.execute(_GOES_ROUND, [WORKER])
        (goes_round,) = cursor.fetchone()
    if goes_round:
        role = connection.settings_dict["USER"]
        connection.close()
        raise ImproperlyConfigured(
            f"HANSE_DATABASE_URL of this process names the role {role}, which owns tables, is a superuser, or sees all "
            f"rows; web and live connect as {WEB} (docs/how-to/run-in-production.md)."
        )


def _run(sql: str) -> None:
    """Beside Django's cursor: it is no part of what a request asks, and is not counted as such."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(sql)
