"""A scene for every task."""

from tests.celery_workers.scenes import apps, clusters, federation, fleet, jobs, portal, storage
from tests.celery_workers.scenes.scene import Scene

SCENES: dict[str, Scene] = {
    **apps.SCENES,
    **clusters.SCENES,
    **federation.SCENES,
    **fleet.SCENES,
    **jobs.SCENES,
    **portal.SCENES,
    **storage.SCENES,
}
