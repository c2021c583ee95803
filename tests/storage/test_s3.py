"""Objects in a store that speaks S3, as in production."""

import hashlib
from io import BytesIO

import httpx
import pytest
from django.conf import settings

from apps.storage import objects
from apps.storage.errors import ObjectMissing
from tests.testbed.seaweedfs import SeaweedFS

pytestmark = pytest.mark.usefixtures("s3")
# More than one part of an upload of several, and no whole number of blocks.
LARGE = bytes(range(256)) * 50_000 + b"end"


class TestObjects:
    def test_come_back_whole_with_their_digest(self, tmp_path):
        (tmp_path / "given").write_bytes(LARGE)

        written = objects.write("a/artifact/b", tmp_path / "given")

        assert (written.size_bytes, written.sha256) == (len(LARGE), hashlib.sha256(LARGE).hexdigest())
        assert b"".join(objects.stream("a/artifact/b")) == LARGE

    def test_are_replaced_by_what_is_written_later(self):
        objects.write("a/log/b", b"first")
        assert objects.read("a/log/b") == b"first"

        objects.write("a/log/b", b"the second, which is longer")

        assert objects.read("a/log/b") == b"the second, which is longer"

    def test_appear_whole_or_not_at_all(self):
        class Breaks(BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                assert not objects.exists("a/artifact/half")
                if self.tell():
                    raise OSError("the source went away")
                return super().read(size)

        with pytest.raises(OSError, match="went away"):
            objects.write("a/artifact/half", Breaks(LARGE))

        assert not objects.exists("a/artifact/half")

    def test_that_are_not_there_are_missing(self):
        with pytest.raises(ObjectMissing):
            objects.read("a/artifact/none")
        assert not objects.exists("a/artifact/none")

    def test_are_gone_once_deleted_and_may_be_deleted_again(self):
        objects.write("a/artifact/b", b"x")

        for _ in range(2):
            objects.delete("a/artifact/b")

        assert not objects.exists("a/artifact/b")

    def test_are_given_to_nobody_without_the_keys(self, s3: SeaweedFS):
        objects.write("a/artifact/b", b"of a tenant")
        bucket = settings.OBJECTS_URL.removeprefix("s3://")

        assert httpx.get(f"{s3.address}/{bucket}/a/artifact/b").status_code == 403
