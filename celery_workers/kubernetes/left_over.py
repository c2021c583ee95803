"""What Hanse made in a cluster and wants no more: taken away, and only that very object."""

from collections.abc import Container

import structlog

from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import collection

_log = structlog.get_logger(__name__)


def remove(
    client: Client, version: str, kind: str, selector: str, *, kept: Container[str] = (), namespace: str = ""
) -> None:
    """Delete what the selector finds of a kind, but for the names that are kept. Raises NotFound where it is not served."""
    for page in client.pages(collection(version, kind, namespace), {"labelSelector": selector}):
        for found in page["items"]:
            if found["metadata"]["name"] not in kept:
                delete(client, version, kind, found)


def delete(client: Client, version: str, kind: str, found: Manifest) -> None:
    """Delete an object that was found; what is on its way out already is left to that."""
    metadata = found["metadata"]
    if "deletionTimestamp" in metadata:
        return
    path = f"{collection(version, kind, metadata.get('namespace', ''))}/{metadata['name']}"
    _log.info("left-over-removed", path=path)
    client.delete(path, uid=metadata["uid"])
