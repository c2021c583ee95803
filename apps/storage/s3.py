"""The store of buckets: anything that speaks S3. With objects.py the one place in apps that speaks to another system.

People get addresses signed for one file and one size, workloads get credentials for one prefix: bytes do not pass through
here. What may be in a bucket's name and in a key is decided before (names.py).
"""

import base64
import io
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings

from apps.core.errors import Unavailable
from apps.storage.errors import BucketNotEmpty

CONNECT_SECONDS, READ_SECONDS = 1.0, 10.0
MOST_DELETED_AT_ONCE = 1000
_RANGE_BYTES = 4 * 2**20


@dataclass(frozen=True)
class Entry:
    """A file in a bucket. `etag` is of its content."""

    key: str
    size_bytes: int
    modified_at: datetime
    etag: str


@dataclass(frozen=True)
class Listing:
    """Some of what lies below a prefix; `next` continues it, empty at the end."""

    folders: Sequence[str]
    entries: Sequence[Entry]
    next: str


@dataclass(frozen=True)
class Signed:
    """A request that whoever has it may make; `headers` must be sent as they are."""

    url: str
    headers: Mapping[str, str]


def configured() -> bool:
    return bool(settings.S3_URL)


def count_buckets() -> int:
    with answering() as client:
        return len(client.list_buckets()["Buckets"])


def make_bucket(name: str) -> None:
    """Make a bucket; one of ours that is there already is made."""
    with answering() as client:
        try:
            client.create_bucket(Bucket=name)
        except (client.exceptions.BucketAlreadyOwnedByYou, client.exceptions.BucketAlreadyExists):
            return


def remove_bucket(name: str) -> None:
    """Remove an empty bucket; one that is not there is removed. Raises BucketNotEmpty."""
    with answering(BucketNotEmpty=BucketNotEmpty("It holds files.")) as client:
        try:
            client.delete_bucket(Bucket=name)
        except client.exceptions.NoSuchBucket:
            return


def page(name: str, *, prefix: str, cursor: str = "", after: str = "", most: int, folders: bool = True) -> Listing:
    """What lies below `prefix`, in the order of names, behind `cursor` or the name `after`.

    With `folders`, not what lies deeper.
    """
    with answering() as client:
        further = {"ContinuationToken": cursor} if cursor else {"StartAfter": after} if after else {}
        further |= {"Delimiter": "/"} if folders else {}
        answer = client.list_objects_v2(Bucket=name, Prefix=prefix, MaxKeys=most, **further)
    return Listing(
        folders=[each["Prefix"] for each in answer.get("CommonPrefixes", [])],
        entries=[
            Entry(each["Key"], each["Size"], each["LastModified"], each["ETag"].strip('"'))
            for each in answer.get("Contents", [])
            # The place of a folder that somebody made with another program.
            if not each["Key"].endswith("/")
        ],
        next=answer.get("NextContinuationToken", "") if answer.get("IsTruncated") else "",
    )


def entry(name: str, key: str) -> Entry | None:
    """One file; None when the store has no such."""
    found = page(name, prefix=key, most=1, folders=False).entries
    return found[0] if found and found[0].key == key else None


def everything(name: str) -> Iterator[Entry]:
    """All files of a bucket, a page at a time."""
    cursor = ""
    while True:
        listing = page(name, prefix="", cursor=cursor, most=1000, folders=False)
        yield from listing.entries
        cursor = listing.next
        if not cursor:
            return


def digest(name: str, key: str) -> tuple[int, str] | None:
    """Size and SHA-256 of a file, as the store kept them when it was written; None when it has no such file."""
    with answering() as client:
        try:
            answer = client.head_object(Bucket=name, Key=key, ChecksumMode="ENABLED")
        except client.exceptions.ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise
    return answer["ContentLength"], base64.b64decode(answer.get("ChecksumSHA256", "")).hex()


def put(name: str, key: str, content: IO[bytes], *, size_bytes: int, sha256: bytes) -> None:
    """Write a file, which is there whole or not at all; the store refuses other content."""
    with answering() as client:
        client.put_object(
            Bucket=name,
            Key=key,
            Body=content,
            ContentLength=size_bytes,
            ContentType=media_type_of(key),
            ChecksumSHA256=base64.b64encode(sha256).decode(),
        )


def read(name: str, key: str) -> bytes:
    """A whole file; for what is known to be small and there."""
    with answering() as client:
        content: bytes = client.get_object(Bucket=name, Key=key)["Body"].read()
    return content


def copy(name: str, found: Entry, *, to: str, key: str) -> None:
    """Copy a file within the store. Raises OSError when it is another by now, or gone."""
    gone = OSError("it was written anew or deleted meanwhile")
    with answering(PreconditionFailed=gone, NoSuchKey=gone) as client:
        client.copy_object(
            Bucket=to,
            Key=key,
            CopySource={"Bucket": name, "Key": found.key},
            CopySourceIfMatch=f'"{found.etag}"',
        )


def opened(name: str, found: Entry) -> IO[bytes]:
    """A file to be read from any place. Raises OSError once it is another, or gone."""
    return io.BufferedReader(_Ranges(name, found), _RANGE_BYTES)


class _Ranges(io.RawIOBase):
    def __init__(self, name: str, found: Entry) -> None:
        self._name, self._found, self._at = name, found, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._found.size_bytes}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        end = min(self._at + len(buffer), self._found.size_bytes)
        if self._at >= end:
            return 0
        gone = OSError("it was written anew or deleted meanwhile")
        with answering(PreconditionFailed=gone, NoSuchKey=gone) as client:
            answer = client.get_object(
                Bucket=self._name, Key=self._found.key, Range=f"bytes={self._at}-{end - 1}", IfMatch=f'"{self._found.etag}"'
            )
            content = answer["Body"].read()
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


def delete(name: str, keys: Sequence[str]) -> None:
    """Delete files; those that are not there are deleted."""
    with answering() as client:
        for first in range(0, len(keys), MOST_DELETED_AT_ONCE):
            some = [{"Key": key} for key in keys[first : first + MOST_DELETED_AT_ONCE]]
            answer = client.delete_objects(Bucket=name, Delete={"Objects": some, "Quiet": True})
            if failed := answer.get("Errors"):
                raise Unavailable(f"{failed[0].get('Message', 'Refused')}: {failed[0].get('Key')}", system="buckets")


def empty(name: str, prefix: str) -> None:
    """Delete all files below a prefix."""
    while keys := [entry.key for entry in page(name, prefix=prefix, most=MOST_DELETED_AT_ONCE, folders=False).entries]:
        delete(name, keys)


def signed_put(name: str, key: str, *, size_bytes: int, sha256: str = "", seconds: int) -> Signed:
    """For writing one file of exactly this size; with `sha256` the store refuses other content."""
    headers = {"content-length": str(size_bytes), "content-type": media_type_of(key)}
    if sha256:
        headers["x-amz-checksum-sha256"] = base64.b64encode(bytes.fromhex(sha256)).decode()
    url = _signed("PUT", name, key, seconds=seconds, headers=headers)
    # A browser counts for itself, and lets nobody set it.
    return Signed(url, {header: value for header, value in headers.items() if header != "content-length"})


def signed_get(name: str, key: str, *, seconds: int, download: bool) -> str:
    """For reading one file: to be kept, or (an image) to be shown in a page."""
    file = quote(key.rpartition("/")[2], safe="")
    query = {"response-content-disposition": f"attachment; filename*=UTF-8''{file}"} if download else {}
    return _signed("GET", name, key, seconds=seconds, query=query)


def media_type_of(key: str) -> str:
    return mimetypes.guess_type(key)[0] or "application/octet-stream"


def _signed(
    method: str,
    name: str,
    key: str,
    *,
    seconds: int,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> str:
    from botocore.auth import S3SigV4QueryAuth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    address = f"{settings.S3_PUBLIC_URL}/{name}/{quote(key, safe='/~')}"
    request = AWSRequest(method, address, headers=dict(headers or {}), params=dict(query or {}))
    credentials = Credentials(settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY)
    S3SigV4QueryAuth(credentials, "s3", settings.S3_REGION, expires=seconds).add_auth(request)
    return str(request.url)


@contextmanager
def answering(service: str = "s3", url: str = "", **problems: Exception) -> Iterator[Any]:
    """The client of a service of the store.

    What the store says becomes one of `problems` by its code, all else that it cannot is Unavailable.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    if not configured():
        raise Unavailable("This installation has no store of buckets.", system="buckets")
    try:
        yield _client_of(service, url or settings.S3_URL, settings.S3_REGION, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY)
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in problems:
            raise problems[code] from error
        raise Unavailable(f"The store of buckets refuses: {code}.", system="buckets") from error
    except BotoCoreError as error:
        raise Unavailable("The store of buckets does not answer; nothing was changed.", system="buckets") from error


# botocore takes a second to load: only who has to do with buckets does.
@cache
def _client_of(service: str, url: str, region: str, access_key: str, secret_key: str) -> Any:
    from botocore.config import Config
    from botocore.session import get_session

    config = Config(
        signature_version="s3v4" if service == "s3" else "v4",
        s3={"addressing_style": "path"},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": 1},
        max_pool_connections=32,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    keys = {"aws_access_key_id": access_key, "aws_secret_access_key": secret_key}
    return get_session().create_client(service, endpoint_url=url, region_name=region, config=config, **keys)
