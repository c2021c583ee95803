"""Addresses of buckets, datasets and volumes."""

from typing import Any

from django.urls import path

from apps.storage.api.datasets import DatasetDetailViewSet, DatasetsViewSet, DatasetVersionsViewSet, VersionFilesViewSet
from apps.storage.api.unpackings import UnpackingsViewSet
from apps.storage.api.views import BucketDetailViewSet, BucketFilesViewSet, BucketsViewSet
from apps.storage.api.volume_files import VolumeFilesViewSet
from apps.storage.api.volumes import VolumeDetailViewSet, VolumeLimitViewSet, VolumesViewSet

_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
_buckets = "projects/<uuid:project_id>/buckets/"
_bucket = f"{_buckets}<uuid:bucket_id>/"
_datasets = "projects/<uuid:project_id>/datasets/"
_dataset = f"{_datasets}<uuid:dataset_id>/"
_volumes = "projects/<uuid:project_id>/volumes/"
_volume = f"{_volumes}<uuid:volume_id>/"
_version = f"{_dataset}versions/<int:number>/"

urlpatterns = [
    path(_buckets, BucketsViewSet.as_view({"get": "list", "post": "create"})),
    path(_bucket, BucketDetailViewSet.as_view(_row)),
    path(f"{_bucket}files/", BucketFilesViewSet.as_view({"get": "browse"})),
    path(f"{_bucket}uploads/", BucketFilesViewSet.as_view({"post": "upload"})),
    path(f"{_bucket}downloads/", BucketFilesViewSet.as_view({"post": "download"})),
    path(f"{_bucket}links/", BucketFilesViewSet.as_view({"post": "link"})),
    path(f"{_bucket}unpackings/", UnpackingsViewSet.as_view({"get": "list", "post": "create"})),
    path(f"{_bucket}unpackings/<uuid:unpacking_id>/", UnpackingsViewSet.as_view({"get": "retrieve"})),
    path(f"{_bucket}removals/", BucketFilesViewSet.as_view({"post": "remove"})),
    path(f"{_bucket}removals/<uuid:removal_id>/", BucketFilesViewSet.as_view({"delete": "take_back"})),
    path(_datasets, DatasetsViewSet.as_view({"get": "list", "post": "create"})),
    path(_dataset, DatasetDetailViewSet.as_view(_row)),
    path(f"{_dataset}versions/", DatasetVersionsViewSet.as_view({"get": "list", "post": "create"})),
    path(_version, DatasetVersionsViewSet.as_view(_row)),
    path(f"{_version}files/", VersionFilesViewSet.as_view({"get": "browse"})),
    path(f"{_version}downloads/", VersionFilesViewSet.as_view({"post": "download"})),
    path(f"{_version}links/", VersionFilesViewSet.as_view({"post": "link"})),
    path(_volumes, VolumesViewSet.as_view({"get": "list", "post": "create"})),
    path(_volume, VolumeDetailViewSet.as_view(_row)),
    path(f"{_volume}files/", VolumeFilesViewSet.as_view({"get": "browse"})),
    path(f"{_volume}content/", VolumeFilesViewSet.as_view({"get": "read", "put": "write", "delete": "remove"})),
    path(f"{_volume}folders/", VolumeFilesViewSet.as_view({"post": "make_folder"})),
    path("projects/<uuid:project_id>/volume-places/", VolumesViewSet.as_view({"get": "places"})),
    path("tenants/<uuid:tenant_id>/volume-limit/", VolumeLimitViewSet.as_view({"get": "retrieve", "put": "update"})),
]
