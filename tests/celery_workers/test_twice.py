"""Every task, run twice and by four at once, comes to the state that once comes to."""

import hashlib
import io
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from apps.clusters import services as clusters
from apps.clusters.access import Access, Credential
from apps.clusters.models import Cluster, Node, NodePool
from apps.code.models import Code
from apps.core.ids import new_id
from apps.core.mail import Letter, send_mail
from apps.core.models import IdempotencyRecord, Operation, OutboxMail, OutboxNotification
from apps.core.notifications import notify
from apps.federation.models import Channels, FederatedJob, Partner, Party, PartyLetter
from apps.federation.services._changes import write_letter
from apps.forecasts.models import Day, Forecast, Run, Target
from apps.forecasts.services import runs as forecasts
from apps.inference import services as inference
from apps.inference.models import App, AppReplica
from apps.inference.spec import AppSpec
from apps.isolation.models import NetworkException
from apps.jobs import services as jobs
from apps.jobs.models import Artifact, Job, JobCode, Replica, Schedule, ScheduleRun, TimelineEntry
from apps.jobs.spec import JobSpec
from apps.monitoring.models import Notification
from apps.moves import services as moves
from apps.moves.models import Place, Plan
from apps.quotas import services as quotas
from apps.quotas.models import Asks, LedgerEntry, Quota, QuotaLine, QuotaRequest, Workload
from apps.secrets.models import Secret
from apps.storage import datasets, files, keys, s3, unpackings, volumes
from apps.storage import services as storage
from apps.storage.files import Wanted
from apps.storage.iam import Allowed
from apps.storage.models import Bucket, DatasetVersion, FileRemoval, StoredObject, StoreKey, Unpacking, Volume
from apps.tenants import services as tenants
from apps.tenants.actor import Actor
from apps.tenants.models import ApiToken, Project, Tenant
from apps.tenants.permissions import Role, permissions_of
from celery_workers import compute, copying
from celery_workers.local import replicas
from portal.celery import app
from tests.celery_workers.conftest import Portal
from tests.eventually import eventually
from tests.factories import (
    make_bucket,
    make_code,
    make_cohort,
    make_contract,
    make_dataset,
    make_exception,
    make_federated_job,
    make_flavor,
    make_kubernetes,
    make_load,
    make_node,
    make_partner,
    make_party,
    make_plan,
    make_quota,
    make_secret,
    make_target,
    make_tenant,
    make_user,
    make_volume,
)

Scene = Callable[[Portal], dict[str, Any]]
FOREVER = (sys.executable, "-c", "import time; time.sleep(600)")


def admitted_job(portal: Portal) -> dict[str, Any]:
    job = portal.submit(*FOREVER, replicas=2)
    portal.admit()
    return {"job_id": str(job.pk)}


def an_app(portal: Portal) -> App:
    spec = AppSpec.model_validate({"command": FOREVER, "cpu_millicores": 50})
    return inference.create_app(actor=portal.actor, project=portal.project, name="digits", spec=spec, replicas=2)


def an_app_that_has_its_quota(portal: Portal) -> dict[str, Any]:
    deployed = an_app(portal)
    inference.roll_out(app_id=deployed.pk)
    portal.admit()
    return {"app_id": str(deployed.pk)}


def apps_due(portal: Portal) -> dict[str, Any]:
    """And a replica that is over for long."""
    deployed = an_app(portal)
    place = {"tenant": portal.project.tenant, "project": portal.project, "app": deployed}
    over = {"number": 0, "revision": 1, "phase": "stopped", "finished_at": timezone.now() - timedelta(days=9)}
    AppReplica.objects.create(**place, **over)
    return {}


def restart_due(portal: Portal) -> dict[str, Any]:
    """And a job that is to be purged."""
    code = "import os, time; os.environ['HANSE_ATTEMPT'] == '1' and os._exit(1); time.sleep(600)"
    job = portal.submit(sys.executable, "-c", code, fault_policy={"restart": "on-failure"})
    purged = portal.submit("true")
    portal.until(purged, "succeeded")
    portal.until(job, "restarting")
    eventually(lambda: portal.work() or Job.objects.get(pk=job.pk).restart_at, what="a back-off")
    past = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(restart_at=past, next_reconcile_at=past)
    portal.until_settled(purged)
    Job.objects.filter(pk=purged.pk).update(purge_at=past)
    return {}


def directories_to_delete(portal: Portal) -> dict[str, Any]:
    cleaned = portal.submit("true", fault_policy={"clean": "all"})
    gone = portal.submit("true")
    for job in (cleaned, gone):
        portal.until(job, "succeeded")
        portal.until_settled(job)
    jobs.purge(job_id=gone.pk, now=timezone.now() + timedelta(days=400))
    return {}


def quota_in_a_cohort(portal: Portal) -> dict[str, Any]:
    portal.submit(*FOREVER)
    portal.admit()
    mine = portal.project.tenant.quotas.get()
    mine.cohort = make_cohort(mine.cluster)
    mine.save()
    Quota.objects.create(tenant=make_tenant(), cluster=mine.cluster, cohort=mine.cohort)
    return {"quota_id": str(mine.pk)}


def objects_given_up(portal: Portal) -> dict[str, Any]:
    place = {"tenant_id": portal.project.tenant_id, "project_id": portal.project.pk}
    job = portal.submit(*FOREVER)
    for name in ("kept", "old", "older"):
        stored = storage.put(
            **place, producer_kind="job", producer_id=job.pk, purpose="artifact", name=name, source=name.encode()
        )
        if name != "kept":
            StoredObject.objects.filter(pk=stored.pk).update(given_up_at=timezone.now())
    return {}


def code_to_fetch(portal: Portal) -> dict[str, Any]:
    """From a repository that is there for as long as the test."""
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    repository = portal.git.repository()
    repository.commit({"train.py": b"first"})
    job = portal.submit(*FOREVER, source={"git": {"url": repository.url}})
    return {"job_id": str(job.pk)}


def code_to_sweep(portal: Portal) -> dict[str, Any]:
    """Some to fetch, and some that nobody uses."""
    code_to_fetch(portal)
    unused = make_code(portal.project)
    Code.objects.filter(pk=unused.pk).update(used_at=timezone.now() - timedelta(days=365))
    return {}


def a_fleet_to_forecast(portal: Portal) -> dict[str, Any]:
    make_load(make_target(), days=4)
    make_target()
    run = forecasts.request_run(
        actor=portal.actor, selection={}, engine="naive-median", horizon_hours=24, device="auto", now=timezone.now()
    )
    return {"run_id": str(run.pk)}


def a_fleet(portal: Portal) -> dict[str, Any]:
    make_target()
    return {}


def a_forecast_whose_day_has_come(portal: Portal) -> dict[str, Any]:
    target = make_target()
    make_load(target, days=4)
    issued_at = forecasts.full_hour(timezone.now()) - timedelta(hours=30)
    said = bytes(Forecast.objects.get().said)
    Forecast.objects.create(target=target, issued_at=issued_at, engine="naive-last", device="cpu", said=said)
    Run.objects.create(issued_at=issued_at, engine="naive-last", horizon_hours=24, state="succeeded", forecast=1)
    return {}


def old_rows(portal: Portal) -> dict[str, Any]:
    for age in (0, 25):
        IdempotencyRecord.objects.create(
            actor="user", route="/", key=f"{age} h", body_digest="", created_at=timezone.now() - timedelta(hours=age)
        )
    return {}


def mails_due(portal: Portal) -> dict[str, Any]:
    with transaction.atomic():
        for number in range(3):
            send_mail(address=f"person-{number}@example.org", letter=Letter("Hello", ["Hello."]), purpose="test")
    return {}


def a_grant_that_is_over(portal: Portal) -> dict[str, Any]:
    tenant = portal.project.tenant
    line = QuotaLine.objects.get(quota__tenant=tenant, resource="cpu")
    admin = Actor(make_user().pk, "admin", on_platform=permissions_of(Role.PLATFORM_ADMIN))
    wish = quotas.Wish(Asks.QUOTA, 500, "A deadline.", line.flavor, "cpu", timezone.now() + timedelta(hours=1))
    request = quotas.request_quota(actor=portal.actor, tenant=tenant, project=None, wish=wish)
    quotas.approve_request(actor=admin, request_id=request.pk)
    QuotaRequest.objects.update(until=timezone.now() - timedelta(minutes=1))
    return {}


def things_happened(portal: Portal) -> dict[str, Any]:
    """Several jobs failed, and a token ends soon; a daily mail is due."""
    user_id = portal.actor.user_id
    past = timezone.now() - timedelta(minutes=5)
    ApiToken.objects.create(user_id=user_id, name="nightly", digest="x", expires_at=timezone.now() + timedelta(days=3))
    place = {"tenant_id": portal.project.tenant_id, "project_id": portal.project.pk}
    about = {"object_kind": "job", "path": "/", "user_id": user_id, **place}
    Notification.objects.create(code="job.stopped", severity="warning", object_id=new_id(), digest_at=past, **about)
    with transaction.atomic():
        for number in range(3):
            notify(
                "job.failed", object_kind="job", object_id=new_id(), path="/", to=[user_id], **place, name=f"job-{number}"
            )
    return {}


def schedules_due(portal: Portal) -> dict[str, Any]:
    """Of three schedules one may not submit any more, and one would submit what never fits."""
    fields = {"project": portal.project, "tenant": portal.project.tenant, "cron": "* * * * *", "overlap": "allow"}
    spec = JobSpec.model_validate({"name": "nightly", "roles": [{"command": FOREVER, "cpu_millicores": 100}]}).as_json()
    too_large = {**spec, "roles": [{**spec["roles"][0], "cpu_millicores": 900_000}]}
    gone = make_user()
    for name, owner, what in (
        ("fine", portal.actor.user_id, spec),
        ("large", portal.actor.user_id, too_large),
        ("gone", gone.pk, spec),
    ):
        due = timezone.now() - timedelta(minutes=3)
        Schedule.objects.create(
            name=name, owner_id=owner, spec=what, next_run_at=due.replace(second=0, microsecond=0), **fields
        )
    return {}


def a_project_to_remove(portal: Portal) -> dict[str, Any]:
    """One job of it still runs."""
    furnish(portal, portal.project)
    portal.until(portal.submit(*FOREVER), "running")
    tenants.remove_project(actor=portal.actor, project=portal.project, confirm=portal.project.slug)
    return {"project_id": str(portal.project.pk)}


def a_tenant_to_remove(portal: Portal) -> dict[str, Any]:
    """And its project, which must go first."""
    tenant = portal.project.tenant
    Tenant.objects.filter(pk=tenant.pk).update(phase="draining")
    tenants.remove_tenant(actor=portal.actor, tenant=tenant, confirm=tenant.slug)
    return {"tenant_id": str(tenant.pk)}


def places_to_remove(portal: Portal) -> dict[str, Any]:
    """A project in which nothing runs, and a tenant without any."""
    furnish(portal, portal.project)
    tenants.remove_project(actor=portal.actor, project=portal.project, confirm=portal.project.slug)
    empty = make_tenant(phase="draining")
    tenants.remove_tenant(actor=portal.actor, tenant=empty, confirm=empty.slug)
    return {}


def furnish(portal: Portal, project: Project) -> None:
    job = portal.submit("true")
    portal.until(job, "succeeded")
    portal.until_settled(job)
    place = {"tenant_id": project.tenant_id, "project_id": project.pk}
    storage.put(**place, producer_kind="job", producer_id=job.pk, purpose="artifact", name="model", source=b"model")
    make_code(project)
    make_secret(project)
    schedules_due(portal)
    an_app(portal)


def a_cluster_that_does_not_answer(portal: Portal, number: int = 0) -> dict[str, Any]:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    access = Access("https://127.0.0.1:9", Credential(token="s3cr3t"))
    return {"cluster_id": str(make_kubernetes(f"far-away-{number}", access=access).pk)}


def a_preflight_that_nobody_answers(portal: Portal) -> dict[str, Any]:
    return {"operation_id": str(_preflight(portal).pk)}


def a_node_to_cordon(portal: Portal) -> dict[str, Any]:
    cordon = clusters.set_schedulable(actor=portal.actor, node=_node_far_away(portal), schedulable=False)
    return {"operation_id": str(cordon.pk)}


def _node_far_away(portal: Portal) -> Node:
    return make_node(Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"]))


def a_drain_to_foretell(portal: Portal) -> dict[str, Any]:
    return {"operation_id": str(clusters.preview_drain(actor=portal.actor, node=_node_far_away(portal)).pk)}


def a_node_to_drain(portal: Portal) -> dict[str, Any]:
    """What draining does in a cluster that answers: tests/kubernetes/test_drain.py."""
    node = _node_far_away(portal)
    drain = clusters.drain_node(actor=portal.actor, node=node, patience_seconds=60, unmanaged=False)
    return {"operation_id": str(drain.pk)}


def an_image_to_pull(portal: Portal) -> dict[str, Any]:
    """What that does in a cluster that answers: tests/kubernetes/test_images.py."""
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    make_quota(portal.project.tenant, cluster, {make_flavor(cluster, "v100", "gpu"): {"gpu": 8}})
    asked = {"image": "registry.example.org/train:3", "cluster": cluster.slug, "flavor": "v100"}
    return {"operation_id": str(jobs.pull_image(actor=portal.actor, project=portal.project, **asked).pk)}


def a_job_to_show(portal: Portal) -> dict[str, Any]:
    """What is shown of one that runs: tests/kubernetes/test_shown.py."""
    job = Job.objects.get(pk=admitted_job(portal)["job_id"])
    job.cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    job.save(update_fields=["cluster"])
    make_flavor(job.cluster)
    return {"operation_id": str(jobs.show_manifests(actor=portal.actor, job=job).pk)}


def namespaces_to_compare(portal: Portal) -> dict[str, Any]:
    """What comparing finds in a cluster that answers: tests/kubernetes/test_drift.py."""
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    return {"operation_id": str(clusters.begin_comparison(actor=portal.actor, cluster=cluster, repair=True).pk)}


def a_kubeconfig_to_make(portal: Portal) -> dict[str, Any]:
    """Of a cluster that answers: tests/kubernetes/test_members.py."""
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal)["cluster_id"])
    asked = clusters.begin_kubeconfig(actor=portal.actor, project=portal.project, cluster=cluster, minutes=60)
    return {"operation_id": str(asked.pk)}


def a_network_to_open(portal: Portal) -> dict[str, Any]:
    """What that does in a cluster that answers: tests/kubernetes/test_networks.py."""
    a_cluster_that_does_not_answer(portal)
    return {"project_id": str(make_exception(portal.project, "models").project_id)}


def a_node_pool_to_write(portal: Portal) -> dict[str, Any]:
    """What that does in a cluster that answers: tests/kubernetes/test_pools.py."""
    cluster_id = a_cluster_that_does_not_answer(portal)["cluster_id"]
    NodePool.objects.create(cluster_id=cluster_id, name="aurora", node_names=["a"])
    Node.objects.create(cluster_id=cluster_id, name="a")
    return {"cluster_id": cluster_id}


def a_bucket_with_files(portal: Portal) -> Bucket:
    bucket = make_bucket(portal.project)
    wanted = [Wanted(key, 7) for key in ("a/1", "a/2", "b", "c")]
    uploads, _ = files.grant_uploads(actor=portal.actor, bucket=bucket, files=wanted)
    for upload in uploads:
        assert upload.put is not None
        assert httpx.put(upload.put.url, content=b"content", headers=upload.put.headers).status_code == 200
    return bucket


def files_to_delete(portal: Portal) -> dict[str, Any]:
    removal = files.remove_files(
        actor=portal.actor, bucket=a_bucket_with_files(portal), keys=["b", "not-there"], folders=["a/"]
    )
    FileRemoval.objects.filter(pk=removal.pk).update(
        due_at=timezone.now(), requested_at=timezone.now() + timedelta(seconds=2)
    )
    return {}


def buckets_to_measure(portal: Portal) -> dict[str, Any]:
    a_bucket_with_files(portal)
    Bucket.objects.update(measure_at=timezone.now())
    return {}


def an_archive_to_unpack(portal: Portal) -> dict[str, Any]:
    bucket = a_bucket_with_files(portal)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("digits/0.txt", "zero")
        archive.writestr("../1.txt", "one")
    content = packed.getvalue()
    s3.put(
        bucket.store_name,
        "digits.zip",
        io.BytesIO(content),
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
    )
    row = unpackings.ask_for(actor=portal.actor, bucket=bucket, key="digits.zip", folder="out/")
    return {"unpacking_id": str(row.pk)}


def archives_left_alone(portal: Portal) -> dict[str, Any]:
    an_archive_to_unpack(portal)
    return {}


def a_version_to_copy(portal: Portal) -> dict[str, Any]:
    a_bucket_with_files(portal)
    dataset = make_dataset(portal.project)
    version = datasets.add_version(actor=portal.actor, dataset=dataset, bucket="images", prefix="a/")
    return {"version_id": str(version.pk)}


def versions_left_alone(portal: Portal) -> dict[str, Any]:
    a_version_to_copy(portal)
    return {}


def a_version_to_clear(portal: Portal) -> dict[str, Any]:
    copying.copy_version(UUID(a_version_to_copy(portal)["version_id"]))
    datasets.remove_version(actor=portal.actor, version=DatasetVersion.objects.get())
    return {}


def a_volume_to_make(portal: Portal) -> dict[str, Any]:
    return {"volume_id": str(make_volume(portal.project).pk)}


def volumes_due(portal: Portal) -> dict[str, Any]:
    """And one that is to go."""
    a_volume_to_make(portal)
    gone = make_volume(portal.project, "gone")
    compute.reconcile_volume(gone.pk)
    volumes.remove_volume(actor=portal.actor, volume=Volume.objects.get(pk=gone.pk))
    return {}


def loads_that_are_kept(portal: Portal) -> dict[str, Any]:
    """And a week that is not kept any more."""
    make_load(make_target())
    with connection.cursor() as cursor:
        for table in ("forecasts_day", "forecasts_forecast"):
            cursor.execute(
                f"CREATE TABLE {table}_w20250106 PARTITION OF {table} FOR VALUES FROM ('2025-01-06') TO ('2025-01-13')"
            )
    return {}


def keys_of_the_past(portal: Portal) -> dict[str, Any]:
    bucket = a_bucket_with_files(portal)
    allowed = [Allowed(bucket.store_name, "", writes=False)]
    place = {"tenant_id": bucket.tenant_id, "project_id": bucket.project_id}
    keys.key_for(**place, job_id=new_id(), attempt=1, allowed=allowed)
    return {}


def operations_of_long_ago(portal: Portal) -> dict[str, Any]:
    """One that nobody carried out, one that nobody reads any more."""
    for age in (timedelta(minutes=3), timedelta(days=2)):
        Operation.objects.filter(pk=_preflight(portal).pk).update(created_at=timezone.now() - age)
    return {}


def _preflight(portal: Portal) -> Operation:
    cluster = Cluster.objects.get(pk=a_cluster_that_does_not_answer(portal, Cluster.objects.count())["cluster_id"])
    return clusters.begin_preflight(actor=portal.actor, cluster=cluster)


def a_cluster_to_tidy(portal: Portal) -> dict[str, Any]:
    """What tidying does in one that answers: tests/kubernetes/test_tidy.py."""
    a_cluster_that_does_not_answer(portal)
    return {}


def a_workload_to_hand_over(portal: Portal) -> dict[str, Any]:
    """What asking does where Kueue answers: tests/kubernetes/test_kueue.py."""
    job = portal.submit("true")
    cluster_id = a_cluster_that_does_not_answer(portal)["cluster_id"]
    waiting = Workload.objects.filter(subject_id=job.pk)
    waiting.update(cluster=cluster_id, handed_at=timezone.now(), asking=1, active=False)
    return {"workload_id": str(waiting.get().pk), "cluster_id": cluster_id}


def a_letter_to_send(portal: Portal) -> dict[str, Any]:
    partner = make_partner(make_party(portal.project.tenant))
    with transaction.atomic():
        return {"letter_id": str(write_letter(partner, "suspend", {"reason": "Maintenance."}).pk)}


def a_party_that_does_not_answer(portal: Portal) -> dict[str, Any]:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    return {"party_id": str(make_party(portal.project.tenant).pk)}


def a_link_that_does_not_hold(portal: Portal) -> dict[str, Any]:
    party = Party.objects.get(pk=a_party_that_does_not_answer(portal)["party_id"])
    return {"partner_id": str(make_partner(party).pk)}


def channels_to_open(portal: Portal) -> dict[str, Any]:
    """What opening does in clusters that answer: tests/federation/test_channels.py."""
    a_link_that_does_not_hold(portal)
    return {"channels_id": str(make_contract(Partner.objects.get()).channels.pk)}


def a_federated_job_to_submit(portal: Portal) -> dict[str, Any]:
    a_link_that_does_not_hold(portal)
    contract = make_contract(Partner.objects.get())
    Channels.objects.update(phase="open")
    job = make_federated_job(contract)
    job.project, job.owner_id, job.their_channels_open = portal.project, portal.actor.user_id, True
    part = {"name": "digits", "roles": [{"command": FOREVER, "cpu_millicores": 100}]}
    job.spec, job.our_channels_open = JobSpec.model_validate(part).as_json(), True
    job.save()
    return {"job_id": str(job.pk)}


def all_of_a_party(portal: Portal) -> dict[str, Any]:
    a_link_that_does_not_hold(portal)
    with transaction.atomic():
        write_letter(Partner.objects.get(), "suspend", {"reason": "Maintenance."})
    return {}


def records_to_learn_from(portal: Portal) -> dict[str, Any]:
    imported = moves.import_records(
        actor=portal.actor, slug="zone-a", records=[{"key": "1", "memory_bytes": 2**32, "duration_seconds": 20.5}]
    )
    return {"operation_id": str(imported.operation.pk)}


def a_move_to_estimate(portal: Portal) -> dict[str, Any]:
    place = Place.objects.create(slug="zone-b")
    return {"operation_id": str(moves.ask_estimate(actor=portal.actor, place=place, move={"memory_bytes": 2**32}).pk)}


def a_machine_that_may_move(portal: Portal) -> dict[str, Any]:
    target = make_target(memory_bytes=2**32)
    make_load(target, days=3)
    return {"operation_id": str(moves.ask_windows(actor=portal.actor, target=target, asked={}).pk)}


def a_host_to_empty(portal: Portal) -> dict[str, Any]:
    for name in ("a", "b"):
        make_target(kind="host", name=name, vcpus=32, memory_bytes=2**36)
    make_target(name="vm", parent=Target.objects.get(name="a"), vcpus=4, memory_bytes=2**32)
    make_target(name="other", parent=Target.objects.get(name="b"), vcpus=4, memory_bytes=2**33)
    return {"plan_id": str(make_plan("planning").pk)}


def a_plan_whose_time_has_come(portal: Portal) -> dict[str, Any]:
    host, other = (make_target(kind="host", name=name) for name in ("a", "b"))
    target = make_target(name="vm", parent=host, synthetic=True)
    since = timezone.now() - timedelta(hours=1)
    plan = make_plan("pending", approved_at=since, starts_at=since)
    hosts = {"from_host_id": host.pk, "from_host": "a", "to_host_id": other.pk, "to_host": "b"}
    times = {"starts_at": since, "wanted_at": since, "seconds": 20.0, "low": 18.0, "high": 22.0, "downtime_seconds": 0.2}
    plan.moves.create(number=1, target_id=target.pk, machine="vm", **hosts, **times)
    return {}


SCENES: dict[str, Scene] = {
    "moves.plan": a_host_to_empty,
    "moves.sweep": a_plan_whose_time_has_come,
    "moves.windows": a_machine_that_may_move,
    "moves.estimate": a_move_to_estimate,
    "moves.learn": records_to_learn_from,
    "federation.advance": a_federated_job_to_submit,
    "federation.channels": channels_to_open,
    "federation.look": a_party_that_does_not_answer,
    "federation.reconcile": a_link_that_does_not_hold,
    "federation.send": a_letter_to_send,
    "federation.sweep": all_of_a_party,
    "code.fetch": code_to_fetch,
    "code.sweep": code_to_sweep,
    "core.operations": operations_of_long_ago,
    "core.sweep": old_rows,
    "forecasts.forget": loads_that_are_kept,
    "inference.reconcile": an_app_that_has_its_quota,
    "inference.sweep": apps_due,
    "jobs.end_keys": keys_of_the_past,
    "jobs.reconcile": admitted_job,
    "jobs.run_schedules": schedules_due,
    "jobs.sweep": restart_due,
    "kubernetes.ask": a_workload_to_hand_over,
    "kubernetes.compare": namespaces_to_compare,
    "kubernetes.drain": a_node_to_drain,
    "kubernetes.kubeconfig": a_kubeconfig_to_make,
    "kubernetes.look": a_cluster_that_does_not_answer,
    "kubernetes.preview_drain": a_drain_to_foretell,
    "kubernetes.pull_image": an_image_to_pull,
    "kubernetes.show_job": a_job_to_show,
    "kubernetes.set_schedulable": a_node_to_cordon,
    "kubernetes.preflight": a_preflight_that_nobody_answers,
    "kubernetes.tidy": a_cluster_to_tidy,
    "kubernetes.write_members": a_cluster_to_tidy,
    "kubernetes.write_networks": a_network_to_open,
    "kubernetes.write_pools": a_node_pool_to_write,
    "kubernetes.write_queues": a_cluster_that_does_not_answer,
    "local.tidy": directories_to_delete,
    "forecasts.run": a_fleet_to_forecast,
    "forecasts.score": a_forecast_whose_day_has_come,
    "forecasts.sweep": a_fleet,
    "mail.deliver": mails_due,
    "monitoring.deliver": things_happened,
    "monitoring.sweep": things_happened,
    "quotas.announce_cohort": quota_in_a_cohort,
    "quotas.end_grants": a_grant_that_is_over,
    "quotas.sweep": admitted_job,
    "storage.delete_files": files_to_delete,
    "storage.measure_buckets": buckets_to_measure,
    "storage.copy_version": a_version_to_copy,
    "storage.copy_waiting": versions_left_alone,
    "storage.clear_versions": a_version_to_clear,
    "storage.reconcile_volume": a_volume_to_make,
    "storage.sweep": objects_given_up,
    "storage.sweep_volumes": volumes_due,
    "storage.unpack": an_archive_to_unpack,
    "storage.unpack_waiting": archives_left_alone,
    "tenants.remove_project": a_project_to_remove,
    "tenants.remove_tenant": a_tenant_to_remove,
    "tenants.sweep": places_to_remove,
}


def state(portal: Portal) -> dict[str, Any]:
    """What there is once what was started stands; without what is new each time (ids, moments), and without fences."""
    on_the_way = Job.objects.filter(phase="starting")
    eventually(lambda: portal.watch() or not on_the_way.exists(), what="that all that starts runs")
    return {
        "loads": Day.objects.count(),
        "forecasts": sorted(Forecast.objects.values_list("engine", flat=True)),
        "runs of forecasts": sorted(Run.objects.values_list("standing", "state", "forecast", "score__hours"), key=str),
        "plans": sorted(Plan.objects.values_list("state", "moves__machine", "moves__state"), key=str),
        "machines": sorted(Target.objects.values_list("name", "parent__name"), key=str),
        "operations": sorted(Operation.objects.values_list("state", "problem__detail")),
        "clusters": sorted(Cluster.objects.values_list("slug", "health", "health_message")),
        "jobs": sorted(Job.objects.values_list("phase", "attempt", "restarts", "generation", "observed_generation")),
        "replicas": sorted(Replica.objects.values_list("attempt", "rank", "node")),
        "timeline": sorted(TimelineEntry.objects.values_list("attempt", "phase", "reason")),
        "apps": sorted(App.objects.values_list("name", "phase", "observed_generation")),
        "replicas of apps": sorted(AppReplica.objects.values_list("number", "phase")),
        "workloads": sorted(Workload.objects.values_list("state", "active")),
        "held": LedgerEntry.objects.filter(until=None).count(),
        "grants": sorted(QuotaRequest.objects.values_list("state", "returned")),
        "nominal": sorted(QuotaLine.objects.values_list("resource", "nominal")),
        "artifacts": Artifact.objects.count(),
        "code": sorted(Code.objects.values_list("origin", "commit")),
        "fetched": sorted(JobCode.objects.values_list("state", "commit", "tries")),
        "objects": sorted(StoredObject.objects.exclude(purpose="log-chunk").values_list("name", flat=True)),
        "answers": sorted(IdempotencyRecord.objects.values_list("key", flat=True)),
        "running": sorted(
            (directory.attempt, directory.rank)
            for directory in replicas.all_opened()
            if (status := directory.status()) and not status.final
        ),
        "runs": sorted(ScheduleRun.objects.values_list("schedule__name", "outcome", "reason")),
        "schedules": sorted(Schedule.objects.values_list("name", "state", "state_reason", "last_outcome")),
        "told": sorted(Notification.objects.values_list("code", "count", "bell")),
        "to be told": OutboxNotification.objects.count(),
        "mails": sorted(OutboxMail.objects.values_list("address", "phase", "attempts")),
        "taken": sorted(message["To"] for message in portal.mail_server.messages),
        "projects": sorted(Project.objects.values_list("slug", "generation", "removal__left", "failed_tries"), key=str),
        "tenants": sorted(Tenant.objects.values_list("slug", "generation", "removal__left", "failed_tries"), key=str),
        "volumes": sorted(Volume.objects.values_list("name", "phase", "observed_generation", "used_bytes")),
        "secrets": sorted(Secret.objects.values_list("name", flat=True)),
        "parties": sorted(Party.objects.values_list("observed_generation", "checks__0__state")),
        "partners": sorted(Partner.objects.values_list("phase", "observed_generation", "checks__0__state")),
        "federated jobs": sorted(FederatedJob.objects.values_list("phase", "ours", "our_number", "events__code")),
        "letters": sorted(PartyLetter.objects.values_list("kind", "state")),
        "exceptions": sorted(NetworkException.objects.values_list("name", "observed_generation", "clusters"), key=str),
        "buckets": sorted(Bucket.objects.values_list("name", "files", "used_bytes")),
        "files": sorted(one.key for bucket in Bucket.objects.all() for one in s3.everything(bucket.store_name)),
        "keys": StoreKey.objects.count(),
        "versions": sorted(DatasetVersion.objects.values_list("number", "phase", "copied_files", "parts", "digest")),
        "kept bytes": sorted(Bucket.objects.values_list("kept_bytes", flat=True)),
        "unpacked": sorted(Unpacking.objects.values_list("phase", "files", "refused")),
        "being deleted": FileRemoval.objects.count(),
        "kept": len(replicas.kept_jobs()),
        "work": sum(1 for _ in Path(settings.LOCAL_COMPUTE_DIRECTORY).glob("*/*/*/work")),
    }


def run(task: str, arguments: dict[str, Any]) -> None:
    app.tasks[task](**arguments, an_argument_of_a_newer_release=1)


def run_at_once(task: str, arguments: dict[str, Any]) -> None:
    failures: list[BaseException] = []

    def body() -> None:
        try:
            run(task, arguments)
        except Exception as failure:  # noqa: BLE001 - told to the test below
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=body) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.fixture(autouse=True)
def _tasks_run_here(portal, mail_server, store) -> Iterator[None]:
    """All are registered, and those that ask for others do so in this process; there is no worker beside the test."""
    portal.mail_server = mail_server
    app.loader.import_default_modules()
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.mark.django_db
def test_every_task_has_a_scene():
    assert set(SCENES) == {name for name in app.tasks if not name.startswith("celery.")}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", SCENES)
def test_twice_and_at_once_is_once(task, portal):
    arguments = SCENES[task](portal)

    run(task, arguments)
    once = state(portal)
    run(task, arguments)
    assert state(portal) == once
    run_at_once(task, arguments)
    assert state(portal) == once


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("task", SCENES)
def test_at_once_from_the_beginning_is_once(task, portal):
    before = state(portal)
    arguments = SCENES[task](portal)

    run_at_once(task, arguments)
    together = state(portal)
    run(task, arguments)

    assert state(portal) == together
    assert before != together
