"""Files that an app brings along: what a job left, and what lies in a bucket."""

import hashlib
import io
from pathlib import Path
from typing import Any

import httpx
import pytest

from apps.inference import services
from apps.inference.models import RevisionFile
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.storage import s3
from apps.storage import services as storage
from apps.storage.models import Bucket, StoredObject
from apps.tenants.services import REMOVER
from celery_workers.local.apps import directory_of
from tests.factories import make_bucket
from tests.inference.conftest import Apps
from tests.inference.test_apps import SPEC, address, deployed
from tests.jobs.jobs import bring_to

READS = ["python", "-m", "http.server", "--bind", "$HOST", "--directory", "$HANSE_FILES", "$PORT"]


@pytest.fixture
def developer(as_role):
    return as_role("developer", equipped=True)


def put(bucket: Bucket, key: str, content: bytes) -> None:
    digest = hashlib.sha256(content).digest()
    s3.put(bucket.store_name, key, io.BytesIO(content), size_bytes=len(content), sha256=digest)


def leave(job: Job, tmp_path: Path, name: str, content: bytes, *, attempt: int = 1, rank: int = 0) -> None:
    source = tmp_path / "left"
    source.write_bytes(content)
    jobs.add_artifact(job_id=job.pk, attempt=attempt, rank=rank, name=name, source=source)


def brings(*files: dict[str, Any]) -> dict[str, Any]:
    return {**SPEC, "files": list(files)}


def listed(client: Any, project: Any, app: Any) -> list[list[tuple[str, int]]]:
    """Of each revision, oldest first, its files."""
    rows = client.get(address(project, app, "revisions/?order=number")).json()["results"]
    return [[(file["path"], file["size_bytes"]) for file in row["files"]] for row in rows]


class TestAnApp:
    def test_brings_what_a_job_left_and_what_lies_in_a_bucket_and_an_old_revision_what_it_had(
        self, developer, store, tmp_path
    ):
        client, project = developer
        bucket = make_bucket(project, "models")
        put(bucket, "digits/labels/names.txt", b"zero")
        job = bring_to("succeeded", client, project)
        leave(job, tmp_path, "model.npz", b"of the first attempt")
        leave(job, tmp_path, "model.npz", b"of the second", attempt=2, rank=1)
        leave(job, tmp_path, "model.npz", b"best", attempt=2)
        spec = brings(
            {"job": str(job.pk), "artifact": "model.npz", "to": "m/weights.npz"}, {"bucket": "models", "key": "digits/"}
        )

        app = deployed(client, project, spec=spec).json()
        put(bucket, "digits/labels/names.txt", b"zero, one")
        same = client.change("patch", address(project, app), {"spec": spec}, match=f'"{app["generation"]}"').json()
        still = client.change("patch", address(project, app), {"spec": spec}, match=f'"{same["generation"]}"').json()
        client.post(address(project, app, "rollback/"), {"revision": 1})

        first = [("labels/names.txt", 4), ("m/weights.npz", 4)]
        assert (same["revision"], still["revision"]) == (2, 2)
        assert listed(client, project, app) == [first, [("labels/names.txt", 9), ("m/weights.npz", 4)], first]

    @pytest.mark.parametrize(
        ("files", "pointer"),
        [
            ([{"bucket": "models", "key": "nothing"}], "/spec/files/0/key"),
            ([{"bucket": "models", "key": "model"}], "/spec/files/0/key"),
            ([{"bucket": "nobody-s", "key": "a"}], "/spec/files/0/bucket"),
            ([{"bucket": "theirs", "key": "a"}], "/spec/files/0/bucket"),
            ([{"job": "THEIR_JOB", "artifact": "model.npz"}], "/spec/files/0/artifact"),
            ([{"key": "a"}], "/spec/files/0"),
            ([{"bucket": "models", "artifact": "a"}], "/spec/files/0"),
            ([{"bucket": "models", "key": "model.npz", "to": "../a"}], "/spec/files/0/to"),
            ([{"bucket": "models", "key": "model.npz"}] * 2, "/spec/files"),
            (
                [{"bucket": "models", "key": "model.npz", "to": "a"}, {"bucket": "models", "key": "model.npz", "to": "a/b"}],
                "/spec/files",
            ),
        ],
    )
    def test_is_refused_with_files_that_are_not_there_or_not_of_its_project(
        self, developer, as_role, store, tmp_path, files, pointer
    ):
        client, project = developer
        put(make_bucket(project, "models"), "model.npz", b"weights")
        other, foreign = as_role("owner", equipped=True)
        put(make_bucket(foreign, "theirs"), "a", b"weights")
        their_job = bring_to("succeeded", other, foreign)
        leave(their_job, tmp_path, "model.npz", b"weights")
        given = [{**one, "job": str(their_job.pk)} if "job" in one else one for one in files]

        refused = deployed(client, project, spec=brings(*given))

        assert refused.status_code == 422, refused.json()
        assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
        assert not RevisionFile.objects.exists()

    def test_keeps_what_it_brings_when_the_job_goes_and_lets_it_go_with_itself(self, developer, tmp_path):
        client, project = developer
        job = bring_to("succeeded", client, project)
        leave(job, tmp_path, "model.npz", b"weights")
        leave(job, tmp_path, "loss.csv", b"1,2")
        app = deployed(client, project, spec=brings({"job": str(job.pk), "artifact": "model.npz"})).json()

        jobs.remove_stopped_job(job_id=job.pk)
        storage.sweep()
        kept = list(StoredObject.objects.values_list("name", flat=True))
        again = deployed(client, project, name="late", spec=brings({"job": str(job.pk), "artifact": "model.npz"}))
        services.delete_apps_of(actor=REMOVER, project_id=project.pk, most=5)
        services.remove_when_empty(app_id=app["id"])
        storage.sweep()

        assert kept == ["model.npz"]
        assert again.status_code == 422
        assert not StoredObject.objects.exists()


class TestAReplica:
    def test_finds_its_files_and_another_revision_the_newer_ones(self, apps: Apps, store):
        bucket = make_bucket(apps.project, "models")
        put(bucket, "v/weights.txt", b"first")
        brings = {"command": READS, "files": [{"bucket": "models", "key": "v/"}]}
        app = apps.until(apps.deploy(**brings), "ready")
        first = httpx.get(f"{apps.address(app)}/weights.txt").text
        mode = (directory_of(apps.going(app)[0]).files / "weights.txt").stat().st_mode & 0o777

        put(bucket, "v/weights.txt", b"second")
        services.change_app(actor=apps.actor, app=app, spec=apps.spec(**brings))
        apps.until(app, "ready", what=lambda app: app.serving_revision == 2)
        second = httpx.get(f"{apps.address(app)}/weights.txt").text
        services.roll_back(actor=apps.actor, app=app, revision=1)
        apps.until(app, "ready", what=lambda app: app.serving_revision == 3)

        assert (first, second, httpx.get(f"{apps.address(app)}/weights.txt").text) == ("first", "second", "first")
        assert mode == 0o444
        assert StoredObject.objects.filter(producer_kind="app", purpose="artifact").count() == 2

    def test_does_not_start_with_what_was_changed_before_it_was_copied(self, apps: Apps, store):
        bucket = make_bucket(apps.project, "models")
        put(bucket, "weights.txt", b"meant")
        app = apps.deploy(command=READS, files=[{"bucket": "models", "key": "weights.txt"}])
        put(bucket, "weights.txt", b"another")

        apps.until(app, "deploying", what=lambda app: "was changed or deleted in its bucket" in app.message)

        assert "weights.txt of revision 1" in app.message
        assert not apps.going(app)[0].ready_at
