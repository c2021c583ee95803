"""Downloads that run when the right to them ends, from the process `web` as it runs in production."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.utils import timezone

from apps.jobs import services as jobs
from apps.tenants.models import ApiToken, Member, Project
from tests.conftest import Client
from tests.eventually import eventually
from tests.factories import in_time, make_code
from tests.jobs.jobs import address, run, submitted
from tests.testbed.web import WebProcess

# Far more than sockets hold, and incompressible.
SIZE_BYTES = 64 * 1024 * 1024
CUT_WITHIN_SECONDS = 5.0


@pytest.fixture(scope="module")
def portal(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebProcess]:
    with django_db_blocker.unblock():
        web = WebProcess(objects_url=f"file://{tmp_path_factory.mktemp('objects')}")
        web.start()
    yield web
    web.stop()


@pytest.fixture
def web(portal: WebProcess, transactional_db: None, settings) -> WebProcess:
    settings.OBJECTS_URL = portal.objects_url
    return portal


def artifact(client: Client, project: Project, large: Path) -> str:
    job = run(submitted(client, project))
    jobs.add_artifact(job_id=job.pk, attempt=1, rank=0, name="model.bin", source=large)
    (listed,) = client.get(address(project, job, "artifacts/")).json()["results"]
    return address(project, job, f"artifacts/{listed['id']}/download/")


def code(client: Client, project: Project, large: Path) -> str:
    kept = make_code(project)
    stored = Path(settings.OBJECTS_URL.removeprefix("file://"), kept.stored.path)
    stored.write_bytes(large.read_bytes())
    type(kept).objects.filter(pk=kept.pk).update(size_bytes=SIZE_BYTES)
    return f"/api/v1/projects/{project.pk}/code/{kept.pk}/download/"


@contextmanager
def downloading(web: WebProcess, client: Client, path: str) -> Iterator[Iterator[bytes]]:
    """The blocks of a download with a token of this person."""
    body = {"name": "ci", "permissions": ["projects.view", "jobs.view"], "expires_at": in_time(days=1)}
    token = client.post("/api/v1/me/tokens/", body).json()["token"]
    with httpx.stream("GET", f"{web.address}{path}", headers={"Authorization": f"Bearer {token}"}, timeout=30) as answer:
        assert answer.status_code == 200
        blocks = answer.iter_raw(64 * 1024)
        next(blocks)
        yield blocks


def leaves_the_tenant(client: Client) -> None:
    Member.objects.filter(user=client.user).delete()


def loses_the_token(client: Client) -> None:
    ApiToken.objects.update(revoked_at=timezone.now())


def is_switched_off(client: Client) -> None:
    type(client.user).objects.filter(pk=client.user.pk).update(is_active=False)


@pytest.mark.parametrize("lose", [leaves_the_tenant, loses_the_token, is_switched_off])
@pytest.mark.parametrize("file", [artifact, code])
def test_a_download_is_cut_when_its_reader(
    web: WebProcess, as_role, tmp_path: Path, file: Callable[..., str], lose: Callable[[Client], None]
):
    client, project = as_role("developer", equipped=True)
    large = tmp_path / "large"
    large.write_bytes(os.urandom(SIZE_BYTES))

    with downloading(web, client, file(client, project, large)) as blocks:
        lose(client)

        def cut() -> bool:
            try:
                next(blocks)
            except httpx.RemoteProtocolError:
                return True
            except StopIteration:
                pytest.fail("the whole file was sent")
            return False

        eventually(cut, within=4 * CUT_WITHIN_SECONDS)
