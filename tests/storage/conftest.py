"""`s3`: an object store in which Hanse keeps its objects during the test, in a bucket of its own."""

from collections.abc import Iterator

import pytest
import s3fs

from tests.testbed.seaweedfs import SeaweedFS, seaweedfs_running


@pytest.fixture(scope="session")
def _seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    with seaweedfs_running(tmp_path_factory.mktemp("seaweedfs")) as server:
        yield server


@pytest.fixture
def s3(_seaweedfs: SeaweedFS, settings, monkeypatch: pytest.MonkeyPatch) -> SeaweedFS:
    for name, value in _seaweedfs.environment.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    settings.OBJECTS_URL = f"s3://{_seaweedfs.make_bucket()}/objects"
    return _seaweedfs
