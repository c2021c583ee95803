"""A pod that has its node pull an image, and runs nothing of it."""

from celery_workers.kubernetes.manifests.job import RESTRICTED_CONTAINER, RESTRICTED_POD
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.project import ACCOUNT

# No image has it: the pod ends when it cannot be started, which is after the image was pulled.
_NOTHING = "/hanse/nothing"
LONGEST_SECONDS = 3600


def pull_pod(*, name: str, namespace: str, marks: dict[str, str], node: str, image: str) -> Manifest:
    """Bound to the node, whatever that is tainted with: it takes next to nothing, and no device."""
    amounts = {"cpu": "1m", "memory": "4Mi"}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": marks},
        "spec": {
            "nodeName": node,
            "restartPolicy": "Never",
            "activeDeadlineSeconds": LONGEST_SECONDS,
            "terminationGracePeriodSeconds": 0,
            "serviceAccountName": ACCOUNT,
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "tolerations": [{"operator": "Exists"}],
            "securityContext": RESTRICTED_POD,
            "containers": [
                {
                    "name": "image",
                    "image": image,
                    "imagePullPolicy": "IfNotPresent",
                    "command": [_NOTHING],
                    "resources": {"requests": amounts, "limits": dict(amounts)},
                    "securityContext": RESTRICTED_CONTAINER,
                }
            ],
        },
    }
