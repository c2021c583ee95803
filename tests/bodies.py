"""What a request to each address carries, right in itself: only a right could refuse it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.utils import timezone

from apps.accounts import oidc
from apps.accounts.models import User
from apps.federation.models import Contract
from apps.moves.models import Place
from tests.conftest import File
from tests.factories import (
    PASSWORD,
    THEIR_KEYS,
    in_time,
    invitation_to,
    make_contract,
    make_member,
    make_partner,
    make_target,
    make_tenant,
    tar_of,
    terms_between,
)
from tests.jobs.jobs import spec

if TYPE_CHECKING:
    from tests.world import World

LINES = [
    {"flavor": "cpu", "resource": "cpu", "nominal": 8000},
    {"flavor": "cpu", "resource": "memory", "nominal": 2**34},
]
SIGNING_KEY = (
    rsa.generate_private_key(public_exponent=65537, key_size=2048)
    .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    .decode()
)
APP = {"command": ["python", "-m", "http.server"], "cpu_millicores": 10, "memory_bytes": "1Mi"}
PROVIDER = {"slug": "aurora", "name": "Aurora", "client_id": "hanse", "secret": "s", "domains": ["aurora.example"]}
MOVED = {"memory_bytes": 2**32, "duration_seconds": 20.5}


def our_part(world: "World") -> dict[str, Any]:
    """Of a federated job."""
    return {"project_id": str(world.project.pk), "spec": spec()}


def issuer_that_answered() -> str:
    """An issuer whose discovery document was read a moment ago, so that it is not asked again."""
    issuer = "https://login.aurora.example"
    cache.set(oidc.kept_as(issuer), {"issuer": issuer}, 60)
    return issuer


def reset_key(user: User) -> str:
    return f"{user.pk.hex}-{default_token_generator.make_token(user)}"


BODIES: dict[str, Callable[["World"], Any]] = {
    "PUT me/place/": lambda world: {"project": str(world.project.pk)},
    "PATCH me/": lambda _: {"theme": "dark"},
    "POST me/tokens/": lambda _: {"name": "new", "permissions": ["tenants.view"], "expires_at": in_time(days=1)},
    "PATCH me/notification-choices/": lambda _: {"choices": [{"code": "job.failed", "mail": "daily"}]},
    "POST me/notifications/{notification_id}/mute/": lambda _: {"what": "object"},
    "POST tenants/": lambda world: {
        "slug": "cygnus",
        "name": "Cygnus",
        "owner": {"email": world.newcomer.email, "name": "Nell"},
        "project": {"slug": "first", "name": "First"},
    },
    "PATCH tenants/{tenant_id}/": lambda _: {"description": "New."},
    "DELETE tenants/{tenant_id}/": lambda world: {"confirm": world.project.tenant.slug},
    "POST tenants/{tenant_id}/projects/": lambda _: {"slug": "second", "name": "Second"},
    "PATCH projects/{project_id}/": lambda _: {"description": "New."},
    "DELETE projects/{project_id}/": lambda world: {"confirm": world.project.slug},
    "POST tenants/{tenant_id}/members/": lambda world: {
        "email": make_member("viewer", project=world.project).user.email,
        "role": "viewer",
    },
    "POST tenants/{tenant_id}/invitations/": lambda _: {"email": "new@aurora.example", "role": "viewer"},
    "POST tenants/{tenant_id}/service-accounts/": lambda _: {"name": "nightly", "role": "viewer"},
    "PATCH tenants/{tenant_id}/service-accounts/{account_id}/": lambda _: {"description": "New."},
    "POST tenants/{tenant_id}/service-accounts/{account_id}/tokens/": lambda _: {
        "name": "new",
        "permissions": ["jobs.view"],
        "expires_at": in_time(days=1),
    },
    "POST invitations/open/": lambda world: {"secret": world.secret()},
    "POST invitations/accept/": lambda world: {"secret": world.secret(), "name": "New", "password": PASSWORD},
    "POST platform/members/": lambda world: {"email": world.newcomer.email, "role": "auditor"},
    "POST view-as/": lambda world: {"user": str(world.newcomer.pk), "reason": "Ticket 4711."},
    "POST users/{user_id}/deactivate/": lambda _: {"to": None},
    "POST users/{user_id}/transfer/": lambda world: {"to": world.owner.user.email},
    "POST tenants/{tenant_id}/ownership/": lambda world: {
        "to": make_member("viewer", tenant=world.project.tenant).user.email,
        "owner": world.owner.user.email,
    },
    "POST tenants/{tenant_id}/handover/": lambda world: {"to": world.owner.user.email},
    "POST users/": lambda _: {"email": "new@aurora.example", "name": "New"},
    "POST sign-in-providers/": lambda _: {**PROVIDER, "issuer": issuer_that_answered()},
    "PATCH sign-in-providers/{provider_id}/": lambda _: {"name": "Borealis"},
    "POST password-resets/": lambda world: {"email": world.newcomer.email},
    "POST password-resets/redeem/": lambda world: {"key": reset_key(world.newcomer), "password": "quite-another-horse"},
    "PATCH users/{user_id}/": lambda _: {"name": "Nelly"},
    "POST groups/": lambda _: {"name": "perception"},
    "PATCH groups/{group_id}/": lambda _: {"name": "perception"},
    "POST groups/{group_id}/users/": lambda world: {"email": world.newcomer.email},
    "POST clusters/": lambda _: {"slug": "second", "name": "Second", "kind": "local"},
    "POST projects/{project_id}/kubeconfigs/": lambda world: {"cluster": world.cluster.slug},
    "PATCH clusters/{cluster_id}/": lambda _: {"name": "Renamed"},
    "PATCH clusters/{cluster_id}/admission/": lambda _: {"admission": "kueue"},
    "PATCH clusters/{cluster_id}/connection/": lambda _: {"connection": {"token": "another"}},
    "POST clusters/{cluster_id}/flavors/": lambda _: {"name": "a100", "kind": "gpu"},
    "POST clusters/{cluster_id}/node-pools/": lambda _: {"name": "spare", "node_names": ["spare"]},
    "PATCH clusters/{cluster_id}/node-pools/{pool_id}/": lambda _: {"description": "New."},
    "PATCH flavors/{flavor_id}/": lambda _: {"description": "New."},
    "POST cohorts/": lambda world: {"cluster": world.cluster.slug, "name": "second"},
    "PATCH cohorts/{cohort_id}/": lambda _: {"description": "New."},
    "POST quotas/": lambda world: {"tenant": make_tenant().slug, "cluster": world.cluster.slug, "lines": LINES},
    "PUT quotas/{quota_id}/": lambda world: {"cohort": world.cohort.name, "lines": LINES},
    "POST tenants/{tenant_id}/caps/": lambda _: {"running_workloads": 3},
    "PATCH caps/{cap_id}/": lambda _: {"running_workloads": 4},
    "POST tenants/{tenant_id}/quota-requests/": lambda world: {**world.wish(), "asks": "quota"},
    "POST quota-requests/{request_id}/decline/": lambda _: {"reason": "Not now."},
    "PUT projects/{project_id}/shares/": lambda _: {"shares": []},
    "POST priorities/": lambda _: {"name": "nightly", "value": 50},
    "PATCH priorities/{priority_id}/": lambda _: {"description": "New."},
    "POST projects/{project_id}/jobs/": lambda _: spec(),
    "POST projects/{project_id}/jobs/bulk/": lambda world: {"act": "cancel", "ids": [str(world.job("GET", "").pk)]},
    "POST projects/{project_id}/image-pulls/": lambda world: world.image_pull(),
    "PATCH projects/{project_id}/jobs/{job_id}/": lambda _: {"description": "New."},
    "POST projects/{project_id}/jobs/{job_id}/clone/": lambda _: {"name": "again"},
    "POST projects/{project_id}/jobs/{job_id}/template/": lambda _: {"name": "Saved"},
    "POST projects/{project_id}/jobs/{job_id}/shares/": lambda world: {"email": world.newcomer.email},
    "POST projects/{project_id}/apps/": lambda _: {"name": "digits", "spec": APP},
    "PATCH projects/{project_id}/apps/{app_id}/": lambda _: {"replicas": 2},
    "POST projects/{project_id}/apps/{app_id}/keys/": lambda _: {"consumer": f"shop-{uuid4().hex[:8]}"},
    "POST projects/{project_id}/apps/{app_id}/rollback/": lambda _: {"revision": 1},
    "POST projects/{project_id}/buckets/": lambda _: {"name": f"made-{uuid4().hex[:8]}", "quota_bytes": 2**30},
    "PATCH projects/{project_id}/buckets/{bucket_id}/": lambda _: {"quota_bytes": 2**31},
    "POST projects/{project_id}/buckets/{bucket_id}/uploads/": lambda _: {"files": [{"key": "a", "size_bytes": 1}]},
    "POST projects/{project_id}/buckets/{bucket_id}/downloads/": lambda _: {},
    "POST projects/{project_id}/buckets/{bucket_id}/links/": lambda _: {"key": "a"},
    "POST projects/{project_id}/buckets/{bucket_id}/unpackings/": lambda world: {"key": world.archive()},
    "POST projects/{project_id}/buckets/{bucket_id}/removals/": lambda _: {"keys": ["a"]},
    "POST projects/{project_id}/volumes/": lambda world: {
        "name": f"made-{uuid4().hex[:8]}",
        "cluster": world.cluster.slug,
        "size_bytes": 2**30,
    },
    "PATCH projects/{project_id}/volumes/{volume_id}/": lambda _: {"size_bytes": 2**31},
    "PUT projects/{project_id}/volumes/{volume_id}/content/": lambda _: File(b"a"),
    "POST projects/{project_id}/volumes/{volume_id}/folders/": lambda _: {"path": "runs"},
    "PUT tenants/{tenant_id}/volume-limit/": lambda _: {"most_bytes": 2**40, "most_volumes": None},
    "POST projects/{project_id}/datasets/": lambda _: {"name": f"made-{uuid4().hex[:8]}"},
    "PATCH projects/{project_id}/datasets/{dataset_id}/": lambda _: {"licence": "CC0-1.0"},
    "POST projects/{project_id}/datasets/{dataset_id}/versions/": lambda world: {"bucket": world.archive() and "images"},
    "PATCH projects/{project_id}/datasets/{dataset_id}/versions/{number}/": lambda _: {"note": "New."},
    "POST projects/{project_id}/datasets/{dataset_id}/versions/{number}/downloads/": lambda _: {},
    "POST projects/{project_id}/datasets/{dataset_id}/versions/{number}/links/": lambda _: {"path": "a.zip"},
    "POST tenants/{tenant_id}/party/": lambda _: {
        "number": 77_777,
        "name": "Aurora",
        "contact": "officer@aurora.example",
        "web_url": "https://pulsar.aurora.example",
        "service_url": "pulsar+ssl://pulsar.aurora.example",
        "admin_token": "token",
        "signing_key": SIGNING_KEY,
    },
    "PATCH tenants/{tenant_id}/party/": lambda _: {"contact": "officers@aurora.example"},
    "POST tenants/{tenant_id}/partners/": lambda _: {"number": 499_998},
    "POST tenants/{tenant_id}/letters/": lambda world: {"text": invitation_to(world.party())},
    **{
        f"POST tenants/{{tenant_id}}/partners/{{partner_id}}/{act}/": (
            lambda _: {"fingerprint": THEIR_KEYS.public.fingerprint}
        )
        for act in ("accept", "confirm")
    },
    **{
        f"POST tenants/{{tenant_id}}/partners/{{partner_id}}/{act}/": (lambda _: {"reason": "It is over."})
        for act in ("refuse", "suspend", "cut")
    },
    "POST tenants/{tenant_id}/partners/{partner_id}/leave/": lambda world: {
        "reason": "It is over.",
        "confirm": str(world.party().partners.latest("pk").number),
    },
    "POST tenants/{tenant_id}/contracts/": lambda world: {
        "partner_id": str((partner := make_partner(world.party())).pk),
        "terms": terms_between(partner.party, partner),
    },
    "POST tenants/{tenant_id}/contracts/{contract_id}/sign/": lambda world: {
        "digest": Contract.objects.filter(tenant=world.project.tenant).latest("pk").digest
    },
    **{
        f"POST tenants/{{tenant_id}}/contracts/{{contract_id}}/{act}/": (lambda _: {"reason": "It is over."})
        for act in ("decline", "revoke")
    },
    "POST tenants/{tenant_id}/federated-jobs/": lambda world: {
        "contract_id": str(make_contract(make_partner(world.party())).pk),
        "name": "digits",
        "rounds": 5,
        **our_part(world),
    },
    "POST tenants/{tenant_id}/federated-jobs/{federated_job_id}/accept/": lambda world: our_part(world),
    **{
        f"POST tenants/{{tenant_id}}/federated-jobs/{{federated_job_id}}/{act}/": (lambda _: {"reason": "It is over."})
        for act in ("refuse", "stop")
    },
    "POST projects/{project_id}/network-exceptions/": lambda _: {
        "name": "registry",
        "direction": "egress",
        "cidr": "203.0.113.0/24",
    },
    "PATCH projects/{project_id}/network-exceptions/{exception_id}/": lambda _: {"ports": ["443"]},
    "PUT tenants/{tenant_id}/isolation/": lambda _: {"networks": ["203.0.113.0/24"], "registries": None},
    "POST projects/{project_id}/secrets/": lambda _: {"name": "tracker", "data": {"api-key": "s3cr3t-value"}},
    "POST projects/{project_id}/code/": lambda _: File(tar_of({"train.py": b"print(1)"})),
    "PATCH projects/{project_id}/secrets/{secret_id}/": lambda _: {"description": "New."},
    "DELETE projects/{project_id}/secrets/{secret_id}/": lambda _: {"confirm": "spare"},
    "POST projects/{project_id}/secrets/{secret_id}/rotate/": lambda _: {"data": {"api-key": "n3w-value"}},
    "POST projects/{project_id}/schedules/": lambda _: {"name": "nightly", "cron": "0 2 * * *", "spec": spec()},
    "PATCH projects/{project_id}/schedules/{schedule_id}/": lambda _: {"cron": "0 3 * * *"},
    "POST fleet/targets/": lambda _: {"targets": [{"kind": "host", "name": "host-9"}]},
    "POST fleet/forecast-runs/": lambda world: {"selection": {"targets": [str(make_target(world.project.tenant).pk)]}},
    "POST fleet/forecast-releases/": lambda _: {"segment": "vm-busy", "engine": "naive-median"},
    "POST fleet/forecast-runs/estimate/": lambda world: {"engine": "arima"},
    "POST fleet/samples/": lambda world: {
        "unit": "ratio",
        "series": [
            {
                "name": make_target().name,
                "starts_at": timezone.now().replace(second=0, microsecond=0).isoformat(),
                "mean": [0.5],
            }
        ],
    },
    "POST move-records/": lambda _: {"place": "zone-a", "records": [{"key": "1", **MOVED}]},
    "POST fleet/targets/{target_id}/windows/": lambda _: {},
    "POST move-plans/": lambda _: {"goal": "consolidate"},
    "POST move-plans/{plan_id}/approve/": lambda _: {},
    "POST move-estimates/": lambda _: {"place": Place.objects.create(slug="zone-b").slug, "memory_bytes": "4Gi"},
    "POST templates/": lambda _: {"name": "Fresh", "spec": spec()},
    "POST tenants/{tenant_id}/templates/": lambda _: {"name": "Fresh", "spec": spec()},
    "PATCH templates/{template_id}/": lambda _: {"description": "New."},
}
