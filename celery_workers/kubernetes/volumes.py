"""Volumes as PersistentVolumeClaims: applied, and what became of them read."""

from contextlib import suppress
from datetime import timedelta

from apps.core.errors import Unavailable
from apps.core.sentences import Said, say
from apps.storage.models import Volume, VolumePhase
from apps.storage.volumes import VolumeSeen
from celery_workers.kubernetes import projects
from celery_workers.kubernetes.client import Client, Forbidden, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.volume import claim
from celery_workers.kubernetes.nodes import read_amounts
from celery_workers.kubernetes.paths import collection, path_of

# What changes by itself is looked at often; what stands, so that what others do to it is seen.
_SOON, _LATER = timedelta(seconds=5), timedelta(minutes=1)
_PHASES = {"Bound": VolumePhase.BOUND, "Lost": VolumePhase.LOST}


def carry_out(volume: Volume) -> VolumeSeen:
    """Make the claim be what is wanted, and say what it is. Raises Unavailable."""
    client = client_for(volume.cluster)
    # What stands is only looked at, each volume once a minute: its namespace is compared apart.
    if volume.phase == VolumePhase.PENDING or volume.observed_generation != volume.generation:
        projects.ensure(client, volume.cluster, volume.project)
    wanted = claim(volume, namespace=volume.project.namespace, cluster_id=volume.cluster_id)
    try:
        # One that was bound is not made anew: it would be another, and empty.
        there = client.get(path_of(wanted)) if volume.phase != VolumePhase.PENDING else None
        if there is None or (_is_of(volume, there) and volume.observed_generation != volume.generation):
            there = client.apply(path_of(wanted), wanted, force=True)
        return _seen(client, volume, there)
    except NotFound:
        return VolumeSeen(phase=VolumePhase.LOST, again=_LATER, said=[say("volume-lost")])
    except Refused as refusal:
        raise Unavailable(f"The cluster does not take the claim: {refusal}") from refusal


def remove(volume: Volume) -> bool:
    """Delete the claim; False while it is still there: a pod that mounts it keeps it. Raises Unavailable."""
    client = client_for(volume.cluster)
    wanted = claim(volume, namespace=volume.project.namespace, cluster_id=volume.cluster_id)
    try:
        found = client.get(path_of(wanted))
        if _is_of(volume, found):
            _reclaim_as_wanted(client, volume, found)
            client.delete(path_of(wanted), uid=found["metadata"]["uid"])
            client.get(path_of(wanted))
            return False
    except NotFound:
        return True
    except Refused as refusal:
        raise Unavailable(f"The cluster does not delete the claim: {refusal}") from refusal
    return True


def _seen(client: Client, volume: Volume, found: Manifest) -> VolumeSeen:
    if not _is_of(volume, found):
        return VolumeSeen(phase=VolumePhase.LOST, again=_LATER, said=[say("volume-lost")])
    status = found.get("status", {})
    phase = _PHASES.get(status.get("phase", ""), VolumePhase.PENDING)
    capacity = read_amounts(status.get("capacity", {})).get("storage")
    said: list[Said] = []
    if phase == VolumePhase.PENDING:
        said = [_waits_for(client, volume, found)]
    elif phase == VolumePhase.LOST:
        said = [say("volume-lost")]
    else:
        _reclaim_as_wanted(client, volume, found)
        if capacity is not None and capacity < volume.size_bytes:
            said = [say("volume-grows")]
    bound = phase == VolumePhase.BOUND
    again = _SOON if said else _LATER
    return VolumeSeen(phase=phase, again=again, said=said, capacity_bytes=capacity, size_enforced=True if bound else None)


def _is_of(volume: Volume, found: Manifest) -> bool:
    return labels.id_in(found["metadata"].get("labels", {}), labels.VOLUME) == volume.pk


def _waits_for(client: Client, volume: Volume, found: Manifest) -> Said:
    """What the cluster says of a claim that it has not bound: its newest event."""
    known = {one["name"]: one for one in volume.cluster.storage_classes}
    query = {"fieldSelector": f"involvedObject.uid={found['metadata']['uid']}"}
    events: list[Manifest] = []
    with suppress(Refused, Forbidden):
        events = client.get(collection("v1", "Event", volume.project.namespace), query).get("items", [])
    newest = max(events, key=lambda event: str(event.get("lastTimestamp") or event.get("eventTime") or ""), default=None)
    if newest is not None and newest.get("reason") not in ("WaitForFirstConsumer", "ExternalProvisioning", "Provisioning"):
        return say("volume-waits-because", reason=str(newest.get("message", ""))[:300])
    if known.get(volume.storage_class, {}).get("waits"):
        return say("volume-waits-mount")
    return say("volume-waits")


def _reclaim_as_wanted(client: Client, volume: Volume, found: Manifest) -> None:
    """What becomes of the files is said by what the claim is bound to, of which the class decided when it was made.

    Raises Unavailable where Hanse may not, rather than let files go that are to be retained.
    """
    name = found["spec"].get("volumeName")
    if not name:
        return
    path = f"{collection('v1', 'PersistentVolume')}/{name}"
    bound = client.get(path)
    if bound["spec"].get("persistentVolumeReclaimPolicy") != volume.reclaim_policy:
        client.patch(path, {"spec": {"persistentVolumeReclaimPolicy": str(volume.reclaim_policy)}})
