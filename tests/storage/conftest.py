"""`s3`: an object store in which Hanse keeps its objects during the test, in a bucket of its own."""

import pytest
import s3fs

from tests.testbed.seaweedfs import SeaweedFS


@pytest.fixture
def s3(seaweedfs: SeaweedFS, settings, monkeypatch: pytest.MonkeyPatch) -> SeaweedFS:
    for name, value in seaweedfs.environment.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    settings.OBJECTS_URL = f"s3://{seaweedfs.make_bucket()}/objects"
    return seaweedfs
