"""What keeps an operator from making the pods of an attempt, as its object and the events about it tell.

Only asked where pods are missing; where they are there, they say more than the object does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apps.jobs.models import Job, ReplicaPhase
from celery_workers.kubernetes.client import Client, NotFound, is_denied
from celery_workers.kubernetes.manifests import kinds
from celery_workers.kubernetes.paths import collection

# An operator that goes on trying, or says nothing, is given up after so long.
PATIENCE = timedelta(minutes=5)
# Reasons of events after which an operator does not look at the object again.
_FINAL = frozenset({"ValidationError"})


@dataclass(frozen=True)
class Hindrance:
    """`code`: of the dictionary of failures. `final`: it is of no use to wait any longer."""

    code: str
    message: str
    final: bool


def hindrance(client: Client, job: Job, *, now: datetime) -> Hindrance | None:
    """Why the attempt has not all of its pods; None while that is as it should be. Raises Unavailable."""
    kind = job.parsed_spec().kind
    namespace, name = job.project.namespace, kinds.name_of(job.pk, job.attempt)
    try:
        found = client.get(kinds.path_of(kind, namespace, job.pk, job.attempt))
    except NotFound:
        return Hindrance("operator-refused", f"Somebody deleted the {kind} {name}.", final=True)
    given_up = now - datetime.fromisoformat(found["metadata"]["creationTimestamp"]) > PATIENCE
    if failed := _failure_of(found):
        return Hindrance("operator-refused", failed, final=True)
    if warning := next(_warnings(client, namespace, name), None):
        message = str(warning.get("message") or warning.get("reason") or "")
        if is_denied(message):
            return Hindrance("admission-denied", message, final=True)
        return Hindrance("operator-refused", message, final=given_up or warning.get("reason") in _FINAL)
    if kinds.is_suspended(kind, found):
        held = f"The {kind} {name} is suspended in the cluster, and not by Hanse."
        return Hindrance("operator-silent", held, final=given_up)
    begun = job.replicas_now().exclude(phase=ReplicaPhase.WAITING)
    if given_up and not begun.exists():  # else it is at it
        return Hindrance("operator-silent", f"The operator of the {kind} {name} said nothing in {_minutes()}.", final=True)
    return None


def _failure_of(found: dict[str, Any]) -> str:
    """What the operator says of an object that it has given up; empty when it has not."""
    conditions = (found.get("status") or {}).get("conditions") or []
    failed: dict[str, Any] = next((one for one in conditions if one["type"] == "Failed" and one["status"] == "True"), {})
    return str(failed.get("message") or failed.get("reason") or "")


def _warnings(client: Client, namespace: str, name: str) -> Iterator[dict[str, Any]]:
    """Warnings about the object and what its operator made of it, but the pods; the newest first."""
    query = {"fieldSelector": "type=Warning"}
    found = [event for page in client.pages(collection("v1", "Event", namespace), query) for event in page["items"]]
    about = [
        event
        for event in found
        if event["involvedObject"].get("kind") != "Pod" and f"{event['involvedObject'].get('name')}-".startswith(f"{name}-")
    ]
    yield from sorted(about, key=_when, reverse=True)


def _when(event: dict[str, Any]) -> str:
    return str(event.get("lastTimestamp") or event.get("eventTime") or event["metadata"]["creationTimestamp"])


def _minutes() -> str:
    return f"{int(PATIENCE.total_seconds()) // 60} minutes"
