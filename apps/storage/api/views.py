"""/projects/{project_id}/buckets/: buckets, what is in them, and addresses at which their files are written and read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.parameters import whole_number
from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.core.errors import InvalidRequest
from apps.storage import buckets, files, s3
from apps.storage.api.serializers import (
    MOST_FILES,
    BucketChange,
    BucketDetailOutput,
    BucketInput,
    BucketOutput,
    DownloadsInput,
    DownloadsOutput,
    FileRemovalInput,
    FileRemovalOutput,
    FilesOutput,
    LinkInput,
    LinkOutput,
    UploadsInput,
    UploadsOutput,
)
from apps.storage.models import Bucket, FileRemoval
from apps.storage.names import wrong_with
from apps.tenants.api.base import ProjectViewSet

MOST_LISTED = 500
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".avif")
PREVIEWED_SECONDS = 900


def preview_of(store_name: str, key: str) -> str:
    """An address at which a picture is shown for some minutes; empty for anything else."""
    if not key.lower().endswith(_PICTURES):
        return ""
    return s3.signed_get(store_name, key, seconds=PREVIEWED_SECONDS, download=False)


class BucketsViewSet(ProjectViewSet):
    permissions = {"list": "buckets.view", "create": "buckets.manage"}
    queryset = Bucket.objects.all()
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe("List the buckets of a project", gives=BucketOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        return self.page(BucketOutput, Bucket.objects.filter(project=self.project).select_related("created_by"))

    @describe(
        "Create a bucket",
        takes=BucketInput,
        gives=BucketDetailOutput,
        status=201,
        example={"name": "images", "quota_bytes": 10 * 2**30, "expire_after_days": None},
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        bucket = buckets.create_bucket(actor=self.actor, project=self.project, **self.given(BucketInput))
        response = self.answer(bucket, self.shown(BucketDetailOutput, bucket), status=201)
        response["Location"] = f"/api/v1/projects/{project_id}/buckets/{bucket.pk}/"
        return response


class BucketViewSet(ProjectViewSet):
    """Endpoints below one bucket. `self.bucket` is of the project in the address."""

    bucket: Bucket

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        self.bucket = visible_or_404(self.rows(), pk=self.kwargs["bucket_id"])

    def rows(self) -> Any:
        return Bucket.objects.filter(project=self.project).select_related("created_by")


class BucketDetailViewSet(BucketViewSet):
    permissions = {"retrieve": "buckets.view", "partial_update": "buckets.manage", "destroy": "buckets.manage"}

    @describe("Read a bucket", gives=BucketDetailOutput)
    def retrieve(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        return self.answer(self.bucket, self.shown(BucketDetailOutput, self.bucket))

    @describe(
        "Change a bucket's quota, or how long it keeps files",
        takes=BucketChange,
        gives=BucketDetailOutput,
        example={"quota_bytes": 50 * 2**30},
        text="A quota below what it holds keeps further files out; none is deleted for it.",
    )
    def partial_update(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        bucket = self.locked(self.rows(), pk=bucket_id)
        bucket = buckets.change_bucket(actor=self.actor, bucket=bucket, **self.given(BucketChange))
        return self.answer(bucket, self.shown(BucketDetailOutput, bucket))

    @describe("Remove an empty bucket", status=204)
    def destroy(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        buckets.remove_bucket(actor=self.actor, bucket=self.locked(self.rows(), pk=bucket_id))
        return Response(status=204)


class BucketFilesViewSet(BucketViewSet):
    queryset = Bucket.objects.all()
    permissions = {
        "browse": "buckets.view",
        "download": "buckets.view",
        "link": "buckets.view",
        "upload": "buckets.write",
        "remove": "buckets.write",
        "take_back": "buckets.write",
    }
    # Whoever has them reads and writes these files.
    secret_fields = frozenset({"uploads", "downloads", "url"})
    unversioned = frozenset({"take_back"})

    @describe(
        "List files and folders of a bucket, a page at a time",
        gives=FilesOutput,
        query={
            "prefix": "What their names begin with: a folder, and the beginning of a name.",
            "cursor": "`next` of the page before.",
            "limit": f"At most so many at once, up to {MOST_LISTED}.",
        },
    )
    def browse(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        prefix, cursor = (request.query_params.get(name, "") for name in ("prefix", "cursor"))
        limit = whole_number(request, "limit", most=MOST_LISTED, standard=100)
        if prefix.rstrip("/") and (wrong := wrong_with(prefix.removesuffix("/"))):
            raise InvalidRequest(errors=[{"pointer": "?prefix", "detail": wrong}])
        listing = files.hidden(self.bucket, s3.page(self.bucket.store_name, prefix=prefix, cursor=cursor, most=limit))
        shown = [
            {
                "key": entry.key,
                "size_bytes": entry.size_bytes,
                "modified_at": entry.modified_at,
                "preview_url": preview_of(self.bucket.store_name, entry.key),
            }
            for entry in listing.entries
        ]
        return Response(FilesOutput({"folders": listing.folders, "files": shown, "next": listing.next}).data)

    @describe(
        "Ask for addresses to upload files to",
        takes=UploadsInput,
        gives=UploadsOutput,
        example={"files": [{"key": "train/0001.png", "size_bytes": 4096}]},
        text=f"At most {MOST_FILES} files at once, of up to 5 GiB each. Each address takes one file of exactly the named "
        "size, and with `sha256` of that content alone; it goes to the store, not through the portal. A file that is there "
        "already, byte for byte, is not sent again.",
    )
    def upload(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        wanted = [files.Wanted(**file) for file in self.given(UploadsInput)["files"]]
        if len({file.key for file in wanted}) < len(wanted):
            raise InvalidRequest(errors=[{"pointer": "/files", "detail": "Each name once."}])
        uploads, expires_at = files.grant_uploads(actor=self.actor, bucket=self.bucket, files=wanted)
        return Response(self.shown(UploadsOutput, {"uploads": uploads, "expires_at": expires_at}))

    @describe(
        "Ask for addresses to download files from",
        takes=DownloadsInput,
        gives=DownloadsOutput,
        example={"prefix": "train/"},
        text="Those below a prefix, however deep, some at a time, with what their content must be. The addresses work for "
        "an hour.",
    )
    def download(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        given = self.given(DownloadsInput)
        downloads, further, expires_at = files.grant_downloads(
            actor=self.actor, bucket=self.bucket, prefix=given["prefix"], cursor=given["cursor"], most=given["limit"]
        )
        return Response(self.shown(DownloadsOutput, {"downloads": downloads, "next": further, "expires_at": expires_at}))

    @describe(
        "Ask for an address to download a file from",
        takes=LinkInput,
        gives=LinkOutput,
        example={"key": "train/0001.png", "expires_in_seconds": 300},
        text="Whoever has the address may download the file until it expires, a week from now at the latest.",
    )
    def link(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        given = self.given(LinkInput)
        lives = timedelta(seconds=given["expires_in_seconds"])
        url, expires_at = files.link(actor=self.actor, bucket=self.bucket, key=given["key"], lives=lives)
        return Response(self.shown(LinkOutput, {"url": url, "expires_at": expires_at}))

    @describe(
        "Delete files and folders",
        takes=FileRemovalInput,
        gives=FileRemovalOutput,
        status=202,
        example={"keys": ["train/0001.png"], "folders": ["old/"]},
        text="They are not listed any more at once, and are deleted half a minute later; until then it can be taken back. "
        "What is written under the same names after this stays.",
    )
    def remove(self, request: Request, project_id: UUID, bucket_id: UUID) -> Response:
        removal = files.remove_files(actor=self.actor, bucket=self.bucket, **self.given(FileRemovalInput))
        return Response(self.shown(FileRemovalOutput, removal), status=202)

    @describe("Take back a deletion that was not carried out yet", status=204)
    def take_back(self, request: Request, project_id: UUID, bucket_id: UUID, removal_id: UUID) -> Response:
        removal: FileRemoval = visible_or_404(self.bucket.removals.all(), pk=removal_id)
        files.take_back(actor=self.actor, bucket=self.bucket, removal=removal)
        return Response(status=204)
