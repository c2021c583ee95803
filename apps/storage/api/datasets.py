"""/projects/{project_id}/datasets/: names for data, versions under them that never change, and what these hold."""

from typing import Any, cast
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.parameters import whole_number
from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.core.errors import InvalidRequest
from apps.storage import datasets, versions
from apps.storage.api.dataset_serializers import (
    DatasetChange,
    DatasetInput,
    DatasetOutput,
    DatasetVersionDetailOutput,
    DatasetVersionOutput,
    VersionChange,
    VersionDownloadsInput,
    VersionDownloadsOutput,
    VersionInput,
    VersionLinkInput,
)
from apps.storage.api.serializers import FilesOutput, LinkOutput
from apps.storage.api.views import MOST_LISTED, preview_of
from apps.storage.models import Dataset, DatasetVersion
from apps.storage.names import wrong_with
from apps.tenants.api.base import ProjectViewSet


class DatasetsViewSet(ProjectViewSet):
    permissions = {"list": "datasets.view", "create": "datasets.write"}
    queryset = Dataset.objects.all()
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe("List the datasets of a project", gives=DatasetOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        return self.page(DatasetOutput, Dataset.objects.filter(project=self.project).select_related("created_by"))

    @describe(
        "Create a dataset",
        takes=DatasetInput,
        gives=DatasetOutput,
        status=201,
        example={"name": "digits", "description": "Handwritten digits, 8 by 8.", "licence": "CC-BY-4.0"},
        text="It is a name; what is known under it are its versions.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        dataset = datasets.create_dataset(actor=self.actor, project=self.project, **self.given(DatasetInput))
        response = self.answer(dataset, self.shown(DatasetOutput, dataset), status=201)
        response["Location"] = f"/api/v1/projects/{project_id}/datasets/{dataset.pk}/"
        return response


class DatasetViewSet(ProjectViewSet):
    """Endpoints below one dataset. `self.dataset` is of the project in the address."""

    dataset: Dataset

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        self.dataset = visible_or_404(self.rows(), pk=self.kwargs["dataset_id"])

    def rows(self) -> Any:
        return Dataset.objects.filter(project=self.project).select_related("created_by")


class DatasetDetailViewSet(DatasetViewSet):
    permissions = {"retrieve": "datasets.view", "partial_update": "datasets.write", "destroy": "datasets.write"}

    @describe("Read a dataset", gives=DatasetOutput)
    def retrieve(self, request: Request, project_id: UUID, dataset_id: UUID) -> Response:
        return self.answer(self.dataset, self.shown(DatasetOutput, self.dataset))

    @describe(
        "Change what is said of a dataset",
        takes=DatasetChange,
        gives=DatasetOutput,
        example={"licence": "CC0-1.0"},
    )
    def partial_update(self, request: Request, project_id: UUID, dataset_id: UUID) -> Response:
        dataset = self.locked(self.rows(), pk=dataset_id)
        dataset = datasets.change_dataset(actor=self.actor, dataset=dataset, **self.given(DatasetChange))
        return self.answer(dataset, self.shown(DatasetOutput, dataset))

    @describe("Remove a dataset that has no versions", status=204)
    def destroy(self, request: Request, project_id: UUID, dataset_id: UUID) -> Response:
        datasets.remove_dataset(actor=self.actor, dataset=self.locked(self.rows(), pk=dataset_id))
        return Response(status=204)


class DatasetVersionsViewSet(DatasetViewSet):
    permissions = {
        "list": "datasets.view",
        "retrieve": "datasets.view",
        "create": "datasets.write",
        "partial_update": "datasets.write",
        "destroy": "datasets.write",
    }
    queryset = DatasetVersion.objects.all()
    orders = {"number": "number"}
    default_order = "-number"

    @describe("List the versions of a dataset, the newest first", gives=DatasetVersionOutput(many=True))
    def list(self, request: Request, project_id: UUID, dataset_id: UUID) -> Response:
        return self.page(DatasetVersionOutput, self.versions())

    @describe(
        "Register a version from a bucket",
        takes=VersionInput,
        gives=DatasetVersionDetailOutput,
        status=202,
        example={"bucket": "images", "prefix": "train/", "note": "With the pictures of autumn."},
        text="A worker counts what lies below the prefix, takes that much of the bucket's room, and copies it within the "
        "store to where nobody writes. What is written or deleted there meanwhile fails the version.",
    )
    def create(self, request: Request, project_id: UUID, dataset_id: UUID) -> Response:
        self.actor.require("buckets.view", tenant_id=self.project.tenant_id, project_id=self.project.pk)
        version = datasets.add_version(actor=self.actor, dataset=self.dataset, **self.given(VersionInput))
        response = self.answer(version, self.shown(DatasetVersionDetailOutput, version), status=202)
        response["Location"] = f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{version.number}/"
        return response

    @describe("Read a version of a dataset", gives=DatasetVersionDetailOutput)
    def retrieve(self, request: Request, project_id: UUID, dataset_id: UUID, number: int) -> Response:
        version = visible_or_404(self.versions(), number=number)
        return self.answer(version, self.shown(DatasetVersionDetailOutput, version))

    @describe(
        "Change the note of a version, or hold it",
        takes=VersionChange,
        gives=DatasetVersionDetailOutput,
        example={"hold": "Read by the paper under review."},
        text="A version that is held cannot be deleted. What it holds never changes.",
    )
    def partial_update(self, request: Request, project_id: UUID, dataset_id: UUID, number: int) -> Response:
        version = self.locked(self.versions(), number=number)
        version = datasets.change_version(actor=self.actor, version=version, **self.given(VersionChange))
        return self.answer(version, self.shown(DatasetVersionDetailOutput, version))

    @describe("Delete a version of a dataset", status=204)
    def destroy(self, request: Request, project_id: UUID, dataset_id: UUID, number: int) -> Response:
        datasets.remove_version(actor=self.actor, version=self.locked(self.versions(), number=number))
        return Response(status=204)

    def versions(self) -> Any:
        return DatasetVersion.objects.filter(dataset=self.dataset).select_related("created_by", "dataset")


class VersionFilesViewSet(DatasetViewSet):
    """What a version holds."""

    permissions = {"browse": "datasets.view", "download": "datasets.view", "link": "datasets.view"}
    queryset = DatasetVersion.objects.all()
    # Whoever has them reads these files.
    secret_fields = frozenset({"downloads", "url"})

    @property
    def version(self) -> DatasetVersion:
        rows = DatasetVersion.objects.filter(dataset=self.dataset, deleting_at=None).select_related("dataset")
        return cast("DatasetVersion", visible_or_404(rows, number=self.kwargs["number"]))

    @describe(
        "List files and folders of a version, a page at a time",
        gives=FilesOutput,
        query={
            "prefix": "What their paths begin with: a folder, and the beginning of a name.",
            "cursor": "`next` of the page before.",
            "limit": f"At most so many at once, up to {MOST_LISTED}.",
        },
    )
    def browse(self, request: Request, project_id: UUID, dataset_id: UUID, number: int) -> Response:
        prefix, cursor = (request.query_params.get(name, "") for name in ("prefix", "cursor"))
        limit = whole_number(request, "limit", most=MOST_LISTED, standard=100)
        if prefix.rstrip("/") and (wrong := wrong_with(prefix.removesuffix("/"))):
            raise InvalidRequest(errors=[{"pointer": "?prefix", "detail": wrong}])
        version = self.version
        listing = versions.listed(version=version, prefix=prefix, cursor=cursor, most=limit)
        shown = [
            {
                "key": entry.key[len(version.place_of_files) :],
                "size_bytes": entry.size_bytes,
                "modified_at": entry.modified_at,
                "preview_url": preview_of(version.store_name, entry.key),
            }
            for entry in listing.entries
        ]
        return Response(FilesOutput({"folders": listing.folders, "files": shown, "next": listing.next}).data)

    @describe(
        "Ask for addresses to download a version's files from",
        takes=VersionDownloadsInput,
        gives=VersionDownloadsOutput,
        example={"part": 1},
        text="A part of its manifest after the other, each file with its SHA-256. The addresses work for an hour.",
    )
    def download(self, request: Request, project_id: UUID, dataset_id: UUID, number: int) -> Response:
        part = self.given(VersionDownloadsInput)["part"]
        downloads, further, expires_at = versions.grant_downloads(actor=self.actor, version=self.version, part=part)
        answer = {"downloads": downloads, "next": further, "expires_at": expires_at}
        return Response(self.shown(VersionDownloadsOutput, answer))

    @describe(
        "Ask for an address to download a file of a version from",
        takes=VersionLinkInput,
        gives=LinkOutput,
        example={"path": "0001.png"},
        text="Whoever has the address may download the file for five minutes. Without a path it is the manifest.",
    )
    def link(self, request: Request, project_id: UUID, dataset_id: UUID, number: int) -> Response:
        path = self.given(VersionLinkInput)["path"]
        url, expires_at = versions.link(actor=self.actor, version=self.version, path=path)
        return Response(self.shown(LinkOutput, {"url": url, "expires_at": expires_at}))
