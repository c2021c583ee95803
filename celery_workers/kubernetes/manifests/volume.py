"""A volume as a claim of its project's namespace; a provisioner of the cluster makes what it is of."""

from uuid import UUID

from apps.storage.models import Volume
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.quantities import quantity


def claim(volume: Volume, *, namespace: str, cluster_id: UUID) -> Manifest:
    marks = labels.of_project(cluster_id=cluster_id, tenant_id=volume.tenant_id, project_id=volume.project_id)
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {
            "name": volume.claim,
            "namespace": namespace,
            "labels": {**marks, labels.VOLUME: str(volume.pk)},
            "annotations": {f"{labels.DOMAIN}/name": volume.name},
        },
        "spec": {
            "accessModes": [str(volume.access_mode)],
            "storageClassName": volume.storage_class,
            "resources": {"requests": {"storage": quantity("storage", volume.size_bytes)}},
        },
    }
