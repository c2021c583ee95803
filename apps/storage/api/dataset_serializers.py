"""Datasets and their versions as they come in and go out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.serializers import Input, Output, RefOutput
from apps.core.validators import LABEL
from apps.storage.api.serializers import name_of_file, name_of_folder
from apps.storage.models import DatasetVersion

_DESCRIPTION: dict[str, Any] = {"max_length": 2000, "allow_blank": True}
_LICENCE: dict[str, Any] = {
    "max_length": 100,
    "allow_blank": True,
    "help_text": "Under which it may be used, such as CC-BY-4.0.",
}


class DatasetInput(Input):
    name = serializers.CharField(min_length=3, max_length=40, validators=[LABEL])
    description = serializers.CharField(**_DESCRIPTION, default="")
    licence = serializers.CharField(**_LICENCE, default="")


class DatasetChange(Input):
    description = serializers.CharField(**_DESCRIPTION, required=False)
    licence = serializers.CharField(**_LICENCE, required=False)


class DatasetOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    licence = serializers.CharField()
    newest = serializers.IntegerField(help_text="Number of the newest version, be it ready or not; 0: none yet.")
    created_by = RefOutput()
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")


class VersionInput(Input):
    bucket = serializers.CharField(max_length=40, help_text="Name of a bucket of the project.")
    prefix = serializers.CharField(
        max_length=901,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        validators=[name_of_folder],
        help_text="What lies below this folder, which ends with a slash; empty: the whole bucket.",
    )
    note = serializers.CharField(max_length=300, allow_blank=True, default="", help_text="What is new in it.")
    job = serializers.UUIDField(default=None, allow_null=True, help_text="Id of the job of the project that wrote it.")


class VersionChange(Input):
    note = serializers.CharField(max_length=300, allow_blank=True, required=False)
    hold = serializers.CharField(
        max_length=300, allow_blank=True, required=False, help_text="Why it must not be deleted; empty: it may."
    )


class SuffixOutput(Output):
    suffix = serializers.CharField(help_text="Empty: of files without one, and of the rarer ones together.")
    files = serializers.IntegerField()
    bytes = serializers.IntegerField()


class ColumnOutput(Output):
    name = serializers.CharField()
    kind = serializers.CharField(help_text="What its first values look like: integer, number or text.")


class TableOutput(Output):
    path = serializers.CharField()
    columns = ColumnOutput(many=True)
    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()), help_text="The first ten.")


class DatasetVersionOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    dataset_id = serializers.UUIDField()
    number = serializers.IntegerField()
    note = serializers.CharField()
    hold = serializers.CharField(help_text="Why it must not be deleted; empty: it may.")
    bucket = serializers.CharField(source="bucket_name", help_text="What the bucket was called that it was made of.")
    prefix = serializers.CharField()
    made_by_job = serializers.UUIDField(allow_null=True, help_text="Id of the job that wrote what it was made of.")
    phase = serializers.ChoiceField(DatasetVersion.Phase.choices)
    why = serializers.CharField(help_text="Why it failed, or what it waits for; else empty.")
    files = serializers.IntegerField(allow_null=True, help_text="Null until they are counted.")
    size_bytes = serializers.IntegerField(allow_null=True)
    copied_files = serializers.IntegerField()
    copied_bytes = serializers.IntegerField()
    digest = serializers.CharField(help_text="SHA-256 of the manifest, in hexadecimal; empty until it is ready.")
    deleting = serializers.SerializerMethodField(help_text="It is deleted; its copies go.")
    created_by = RefOutput()
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")

    def get_deleting(self, row: DatasetVersion) -> bool:
        return row.deleting_at is not None


class DatasetVersionDetailOutput(DatasetVersionOutput):
    suffixes = serializers.SerializerMethodField(help_text="What kinds of files it holds, the most frequent first.")
    preview = TableOutput(allow_null=True, help_text="The first table in it: CSV, TSV or JSON lines.")

    @extend_schema_field(SuffixOutput(many=True))
    def get_suffixes(self, row: DatasetVersion) -> list[dict[str, Any]]:
        ordered = sorted(row.suffixes.items(), key=lambda one: -one[1][0])
        return [{"suffix": suffix, "files": files, "bytes": size} for suffix, (files, size) in ordered]


class VersionDownloadsInput(Input):
    part = serializers.IntegerField(min_value=1, default=1, help_text="`next` of the answer before.")


class VersionDownloadOutput(Output):
    path = serializers.CharField()
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    url = serializers.CharField()


class VersionDownloadsOutput(Output):
    downloads = VersionDownloadOutput(many=True)
    next = serializers.IntegerField(allow_null=True, help_text="`part` of the next files; null at the end.")
    expires_at = serializers.DateTimeField()


def _name_of_file_if_any(value: str) -> None:
    if value:
        name_of_file(value)


class VersionLinkInput(Input):
    path = serializers.CharField(
        max_length=900,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        validators=[_name_of_file_if_any],
        help_text="Empty: the manifest.",
    )
