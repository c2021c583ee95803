"""What all tests share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.tenants.models import Project
from apps.tenants.permissions import Role
from tests.cookies import SecretCookies
from tests.factories import equip, make_member, make_project, make_tenant, make_user
from tests.mail import MailServer, mail_server_running
from tests.testbed.seaweedfs import SeaweedFS, seaweedfs_running


@pytest.fixture(autouse=True)
def _quick_and_apart(tmp_path: Path, settings) -> None:
    """Each test keeps its objects to itself; passwords are hashed cheaply.

    Forecasts are computed in place, for no other process sees what is in a test's transaction.
    """
    settings.OBJECTS_URL = f"file://{tmp_path}/objects"
    settings.DASK_URL = "inline"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    """A real SMTP server that the portal sends its mail to; `tasks.mail.deliver_mail()` sends what is due."""
    with mail_server_running() as server:
        settings.MAIL_URL, settings.MAIL_FROM = server.url, "Hanse <hanse@example.org>"
        yield server


@pytest.fixture(scope="session")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    """SeaweedFS, as `make run` starts it."""
    with seaweedfs_running(tmp_path_factory.mktemp("seaweedfs")) as server:
        yield server


@pytest.fixture
def store(seaweedfs: SeaweedFS, settings) -> SeaweedFS:
    """SeaweedFS as the store of the portal's buckets."""
    settings.S3_URL = settings.S3_PUBLIC_URL = seaweedfs.address
    settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY = seaweedfs.access_key, seaweedfs.secret_key
    return seaweedfs


class File(bytes):
    """A body that is a file."""


class Queries(CaptureQueriesContext):
    """What was asked of the database. Savepoints do not count: tests run in a transaction, where requests begin one."""

    @property
    def captured_queries(self) -> list[dict[str, str]]:
        return [one for one in super().captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]


@pytest.fixture
def django_assert_num_queries() -> Callable[[int], Any]:
    """pytest-django's, with what counts as a query here."""

    @contextmanager
    def exactly(number: int) -> Iterator[None]:
        with Queries(connection) as queries:
            yield
        assert len(queries) == number, "\n".join(query["sql"] for query in queries.captured_queries)

    return exactly


class Client(SecretCookies, APIClient):
    """REST framework's client, with the user it is signed in as, and short ways to send the two headers of Hanse."""

    user: User | None = None

    def post(self, path: str, data: Any = None, **options: Any) -> Any:
        if isinstance(data, File):
            return super().post(path, bytes(data), content_type="application/octet-stream", **options)
        return super().post(path, data, **options)

    def put(self, path: str, data: Any = None, **options: Any) -> Any:
        if isinstance(data, File):
            return super().put(path, bytes(data), content_type="application/octet-stream", **options)
        return super().put(path, data, **options)

    def change(self, verb: str, path: str, body: Any = None, *, match: str = "*", **headers: Any) -> Any:
        """PUT, PATCH or DELETE with If-Match; `*` takes whatever version there is."""
        return getattr(self, verb.lower())(path, body, headers={"If-Match": match, **headers})

    def once(self, path: str, body: Any = None, *, key: str) -> Any:
        """POST with an Idempotency-Key."""
        return self.post(path, body, headers={"Idempotency-Key": key})


AsRole = Callable[..., tuple[Client, Project]]


@pytest.fixture
def as_role(db) -> AsRole:
    """`as_role(role, **options)` -> (client, project): a fresh user of that role in a fresh tenant with one project.

    role: one of Role; "outsider" (signed in, no role anywhere), "anonymous", "other-tenant-owner" (owner of another
    tenant that has a project too; `project` is not theirs).
    Options: `project` takes part in an existing one; `on="project"` gives the role on the project instead of the tenant;
    `user` gives the role to somebody who is there; `equipped=True` or `largest_node_gpus=n` brings a cluster of one node
    and a quota of all of it.
    """

    def make(
        role: str,
        *,
        project: Project | None = None,
        user: User | None = None,
        on: str = "tenant",
        equipped: bool = False,
        largest_node_gpus: int = 0,
    ) -> tuple[Client, Project]:
        if project is None:
            project = make_project(make_tenant())
            if equipped or largest_node_gpus:
                equip(project.tenant, gpus=largest_node_gpus)
        client = Client()
        if role == "anonymous":
            return client, project
        client.user = user or make_user(f"The {role}")
        if role == "other-tenant-owner":
            make_member(Role.OWNER, user=client.user, tenant=make_project().tenant)
        elif role != "outsider":
            scope = {"project": project} if on == "project" else {"tenant": project.tenant}
            make_member(role, user=client.user, **scope)
        client.force_login(client.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client, project

    return make
