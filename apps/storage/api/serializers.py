"""Buckets and their files as they come in and go out."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from apps.core.api.serializers import Input, Output, RefOutput
from apps.core.validators import LABEL
from apps.storage.files import promised_bytes
from apps.storage.models import Bucket, Unpacking
from apps.storage.names import wrong_with, wrong_with_folder

MOST_FILES, MOST_BYTES = 200, 5 * 2**30
_SHA256 = r"^[0-9a-f]{64}$"
_EXPIRY: dict[str, Any] = {"min_value": 1, "max_value": 36_500, "allow_null": True, "required": False}


def name_of_file(value: str) -> None:
    if wrong := wrong_with(value):
        raise serializers.ValidationError(wrong)


def name_of_folder(value: str) -> None:
    if wrong := wrong_with_folder(value):
        raise serializers.ValidationError(wrong)


class BucketInput(Input):
    name = serializers.CharField(min_length=3, max_length=40, validators=[LABEL])
    quota_bytes = serializers.IntegerField(min_value=2**20, max_value=2**60, help_text="What it may hold.")
    expire_after_days = serializers.IntegerField(**_EXPIRY, help_text="Older files are deleted; null: none.")


class BucketChange(Input):
    quota_bytes = serializers.IntegerField(min_value=2**20, max_value=2**60, required=False)
    expire_after_days = serializers.IntegerField(**_EXPIRY)


class BucketOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    store_name = serializers.CharField(help_text="What programs that speak S3 call it.")
    quota_bytes = serializers.IntegerField()
    used_bytes = serializers.IntegerField(help_text="What the store said when it was last measured.")
    files = serializers.IntegerField()
    kept_bytes = serializers.IntegerField(
        help_text="What versions of datasets take that were made of it; it counts against the quota as well."
    )
    measured_at = serializers.DateTimeField(allow_null=True)
    expire_after_days = serializers.IntegerField(allow_null=True)
    created_by = RefOutput()
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")


class BucketDetailOutput(BucketOutput):
    promised_bytes = serializers.SerializerMethodField(help_text="Room that uploads were promised and may still use.")

    def get_promised_bytes(self, bucket: Bucket) -> int:
        return promised_bytes(bucket)


class FileInput(Input):
    key = serializers.CharField(max_length=900, trim_whitespace=False, validators=[name_of_file])
    size_bytes = serializers.IntegerField(min_value=0, max_value=MOST_BYTES)
    sha256 = serializers.RegexField(
        _SHA256, required=False, default="", help_text="With it the same file is not sent again, and no other is taken."
    )


class UploadsInput(Input):
    files = FileInput(many=True, allow_empty=False, max_length=MOST_FILES)  # type: ignore[call-arg]


class UploadOutput(Output):
    key = serializers.CharField()
    there = serializers.SerializerMethodField(help_text="The very same file is there: nothing is to be sent.")
    url = serializers.SerializerMethodField(help_text="Where to PUT it; empty when it is there.")
    headers = serializers.SerializerMethodField(help_text="To be sent with it, as they are.")

    def get_there(self, upload: Any) -> bool:
        return upload.put is None

    def get_url(self, upload: Any) -> str:
        return "" if upload.put is None else str(upload.put.url)

    def get_headers(self, upload: Any) -> dict[str, str]:
        return {} if upload.put is None else dict(upload.put.headers)


class UploadsOutput(Output):
    uploads = UploadOutput(many=True)
    expires_at = serializers.DateTimeField(help_text="Until then the addresses work; ask again for what is not done.")


class FileOutput(Output):
    key = serializers.CharField()
    size_bytes = serializers.IntegerField()
    modified_at = serializers.DateTimeField()
    preview_url = serializers.CharField(help_text="Of a picture, for some minutes; empty for anything else.")


class FilesOutput(Output):
    folders = serializers.ListField(child=serializers.CharField(), help_text="Prefixes; each ends with a slash.")
    files = FileOutput(many=True)
    next = serializers.CharField(help_text="`cursor` of the next page; empty at the end.")


class DownloadsInput(Input):
    prefix = serializers.CharField(
        max_length=901, allow_blank=True, trim_whitespace=False, default="", help_text="What their names begin with."
    )
    cursor = serializers.CharField(max_length=2000, allow_blank=True, default="", help_text="`next` of the answer before.")
    limit = serializers.IntegerField(min_value=1, max_value=MOST_FILES, default=MOST_FILES)

    def validate_prefix(self, prefix: str) -> str:
        if prefix.rstrip("/"):
            name_of_file(prefix.removesuffix("/"))
        return prefix


class DownloadOutput(Output):
    key = serializers.CharField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Empty when the store does not know it.")
    url = serializers.CharField()


class DownloadsOutput(Output):
    downloads = DownloadOutput(many=True)
    next = serializers.CharField(help_text="`cursor` of the next files; empty at the end.")
    expires_at = serializers.DateTimeField()


class LinkInput(Input):
    key = serializers.CharField(max_length=900, trim_whitespace=False, validators=[name_of_file])
    expires_in_seconds = serializers.IntegerField(min_value=1, max_value=7 * 24 * 3600, default=300)


class LinkOutput(Output):
    url = serializers.CharField()
    expires_at = serializers.DateTimeField()


class UnpackingInput(Input):
    key = serializers.CharField(
        max_length=900,
        trim_whitespace=False,
        validators=[name_of_file],
        help_text="A zip, a tar or a tar.gz in the bucket.",
    )
    folder = serializers.CharField(
        max_length=901,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        validators=[name_of_folder],
        help_text="Where its files go; it ends with a slash.",
    )


class RefusalOutput(Output):
    name = serializers.CharField()
    why = serializers.CharField()


class UnpackingOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    bucket_id = serializers.UUIDField()
    key = serializers.CharField()
    folder = serializers.CharField()
    phase = serializers.ChoiceField(Unpacking.Phase.choices)
    why = serializers.CharField(help_text="Why it failed, or what it waits for; else empty.")
    files = serializers.IntegerField(help_text="So many are written by now.")
    unpacked_bytes = serializers.IntegerField()
    refused = serializers.IntegerField(help_text="So many entries were not taken; all others are.")
    refusals = RefusalOutput(many=True, help_text="The first hundred of them.")
    created_by = RefOutput()
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")


class FileRemovalInput(Input):
    keys = serializers.ListField(
        child=serializers.CharField(max_length=900, trim_whitespace=False, validators=[name_of_file]),
        max_length=1000,
        default=list,
    )
    folders = serializers.ListField(
        child=serializers.CharField(max_length=901, trim_whitespace=False, validators=[name_of_folder]),
        max_length=100,
        default=list,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["keys"] and not attrs["folders"]:
            raise serializers.ValidationError({"keys": "Name files, folders, or both."})
        return attrs


class FileRemovalOutput(Output):
    id = serializers.UUIDField()
    due_at = serializers.DateTimeField(help_text="Until then it can be taken back.")
    left_seconds = serializers.SerializerMethodField()

    def get_left_seconds(self, removal: Any) -> int:
        left: timedelta = removal.due_at - timezone.now()
        return max(0, round(left.total_seconds()))
