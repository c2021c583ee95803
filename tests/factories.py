"""Rows that tests start from: small, typed, told apart by a counter."""

import hashlib
import io
import tarfile
import tempfile
from array import array
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from django.utils import timezone

from apps.accounts.models import Group, Kind, User
from apps.clusters.access import Access, Credential
from apps.clusters.models import Cluster, ClusterConnection, ClusterKind, Flavor, FlavorKind, Health, Node
from apps.code import services as code_services
from apps.code.archives import inspect
from apps.code.models import Code
from apps.core.ids import new_id
from apps.federation import terms as terms_
from apps.federation.letters import Letter, PrivateKeys, write
from apps.federation.models import Channels, Contract, FederatedEvent, FederatedJob, Partner, Party, PartyLetter
from apps.forecasts.models import Day, Forecast, Target
from apps.forecasts.packing import STEP_MINUTES, STEPS, STEPS_AN_HOUR, PackedDay, pack
from apps.forecasts.services import samples
from apps.isolation import services as isolation
from apps.isolation.models import NetworkException
from apps.moves.models import Plan
from apps.quotas.models import Cohort, PriorityClass, Quota, QuotaLine
from apps.secrets import services as secrets
from apps.secrets.models import Secret, SecretKind
from apps.storage import buckets, datasets, volumes
from apps.storage.models import Bucket, Dataset, Volume
from apps.tenants.access import actor_of_user
from apps.tenants.models import ApiToken, Invitation, Member, Project, ServiceAccount, Tenant
from apps.tenants.permissions import PLATFORM_ROLES, Role

GIB = 2**30
PASSWORD = "correct-horse-battery"
_numbers = count(1)


def make_user(name: str = "", *, password: str | None = None, **fields: object) -> User:
    number = next(_numbers)
    name = name or f"Person {number}"
    fields.setdefault("email", f"person-{number}@example.org")
    return User.objects.create_user(name=name, password=password, **fields)


def make_group(*users: User, name: str = "") -> Group:
    group = Group.objects.create(name=name or f"group-{next(_numbers)}")
    group.users.set(users)
    return group


def make_tenant(slug: str = "", **fields: object) -> Tenant:
    slug = slug or f"tenant-{next(_numbers)}"
    return Tenant.objects.create(slug=slug, **{"name": slug.title(), **fields})


def make_project(tenant: Tenant | None = None, slug: str = "", **fields: object) -> Project:
    slug = slug or f"project-{next(_numbers)}"
    return Project.objects.create(tenant=tenant or make_tenant(), slug=slug, **{"name": slug.title(), **fields})


def make_member(
    role: str,
    *,
    user: User | None = None,
    group: Group | None = None,
    tenant: Tenant | None = None,
    project: Project | None = None,
) -> Member:
    """A role: on the platform for a platform role, else on `project` or, without one, on `tenant`."""
    if role in PLATFORM_ROLES:
        tenant = project = None
    else:
        tenant = project.tenant if project else tenant or make_tenant()
    if user is None and group is None:
        user = make_user()
    return Member.objects.create(role=Role(role), user=user, group=group, tenant=tenant, project=project)


def make_service_account(tenant: Tenant | None = None, name: str = "", *, role: str = "developer") -> ServiceAccount:
    """A program of the tenant, with a role on it."""
    tenant = tenant or make_tenant()
    name = name or f"program-{next(_numbers)}"
    user = make_user(name, email=f"{name}@{tenant.slug}.invalid", kind=Kind.SERVICE)
    make_member(role, user=user, tenant=tenant)
    return ServiceAccount.objects.create(tenant=tenant, user=user, name=name)


def make_token(user: User, *permissions: str, **fields: object) -> ApiToken:
    """A token of the user; nobody knows its secret."""
    number = next(_numbers)
    fields.setdefault("expires_at", timezone.now() + timedelta(days=1))
    return ApiToken.objects.create(
        user=user, name=f"token-{number}", digest=f"digest-{number}", permissions=list(permissions), **fields
    )


def make_invitation(
    tenant: Tenant, by: User | None, *, email: str = "", role: str = "viewer", **fields: object
) -> Invitation:
    fields.setdefault("expires_at", timezone.now() + timedelta(days=7))
    email = email or f"invited-{next(_numbers)}@example.org"
    return Invitation.objects.create(tenant=tenant, email=email, role=role, invited_by=by, **fields)


def make_cluster(slug: str = "", **fields: object) -> Cluster:
    slug = slug or f"cluster-{next(_numbers)}"
    fields = {
        "name": slug.title(),
        "kind": ClusterKind.LOCAL,
        "health": Health.HEALTHY,
        "last_seen_at": timezone.now(),
        **fields,
    }
    return Cluster.objects.create(slug=slug, **fields)


def make_kubernetes(slug: str = "", *, access: Access | None = None, **fields: object) -> Cluster:
    """A registered Kubernetes cluster; without `access` one far away, which nobody asks."""
    access = access or Access("https://93.184.216.34:6443", Credential(token="s3cr3t"))
    cluster = make_cluster(slug, kind=ClusterKind.KUBERNETES, **fields)
    place = {"server": access.server, "ca_certificate": access.ca_certificate, "tls_server_name": access.tls_server_name}
    secret = orjson.dumps(access.credential.as_json()).decode()
    ClusterConnection.objects.create(cluster=cluster, auth=access.credential.auth, secret=secret, **place)
    return cluster


def make_flavor(cluster: Cluster, name: str = "cpu", kind: str = FlavorKind.CPU, **fields: object) -> Flavor:
    return Flavor.objects.create(cluster=cluster, name=name, kind=kind, **fields)


def make_node(cluster: Cluster, name: str = "", **amounts_by_flavor: dict[str, int]) -> Node:
    """A healthy machine, such as make_node(cluster, cpu={"cpu": 8000, "memory": 16 * GIB}, a100={"gpu": 8})."""
    return Node.objects.create(
        cluster=cluster,
        name=name or f"node-{next(_numbers)}",
        allocatable=amounts_by_flavor,
        health=Health.HEALTHY,
        last_seen_at=timezone.now(),
    )


def make_quota(
    tenant: Tenant,
    cluster: Cluster,
    nominal: dict[Flavor, dict[str, int]],
    *,
    cohort: Cohort | None = None,
    **limits: int | None,
) -> Quota:
    """A quota with one line a resource, such as make_quota(tenant, cluster, {a100: {"gpu": 8}}, borrowing_limit=4)."""
    quota = Quota.objects.create(tenant=tenant, cluster=cluster, cohort=cohort)
    for flavor, amounts in nominal.items():
        for resource, amount in amounts.items():
            QuotaLine.objects.create(quota=quota, flavor=flavor, resource=resource, nominal=amount, **limits)
    return quota


def make_cohort(cluster: Cluster, name: str = "commons") -> Cohort:
    return Cohort.objects.create(cluster=cluster, name=name)


def make_priorities() -> tuple[PriorityClass, PriorityClass]:
    """The classes `low` and `high`, made once."""
    low, _ = PriorityClass.objects.get_or_create(name="low", defaults={"value": 100})
    high, _ = PriorityClass.objects.get_or_create(
        name="high", defaults={"value": 1000, "starts_within_seconds": 300, "restricted": True}
    )
    return low, high


def equip(tenant: Tenant, *, cpu_millicores: int = 8000, memory_bytes: int = 16 * GIB, gpus: int = 0) -> Cluster:
    """A cluster of one node and a quota that covers all of it: flavor `cpu`, with `gpus` also `a100`."""
    make_priorities()
    cluster = make_cluster()
    amounts = {"cpu": {"cpu": cpu_millicores, "memory": memory_bytes}}
    flavors = {make_flavor(cluster): amounts["cpu"]}
    if gpus:
        amounts["a100"] = {"gpu": gpus}
        flavors[make_flavor(cluster, "a100", FlavorKind.GPU, unit_memory_bytes=80 * GIB)] = amounts["a100"]
    make_node(cluster, **amounts)
    make_quota(tenant, cluster, flavors)
    return cluster


def make_bucket(project: Project, name: str = "images", *, quota_bytes: int = 2**30) -> Bucket:
    """A bucket, in the store too: the fixture `store` brings one."""
    actor = actor_of_user(make_user())
    return buckets.create_bucket(actor=actor, project=project, name=name, quota_bytes=quota_bytes)


def make_dataset(project: Project, name: str = "digits") -> Dataset:
    """A name without versions yet."""
    return datasets.create_dataset(actor=actor_of_user(make_user()), project=project, name=name)


def make_volume(project: Project, name: str = "scratch", *, size_bytes: int = GIB, **fields: Any) -> Volume:
    """Wanted in a cluster where the tenant has quota; nobody has carried it out yet."""
    cluster = fields.pop("cluster", None) or project.tenant.quotas.order_by("pk").first().cluster.slug
    actor = actor_of_user(make_user())
    return volumes.create_volume(actor=actor, project=project, name=name, cluster=cluster, size_bytes=size_bytes, **fields)


def make_target(tenant: Tenant | None = None, name: str = "", *, kind: str = "vm", **fields: Any) -> Target:
    """A virtual machine of the tenant, or what the platform owns of another kind."""
    return Target.objects.create(tenant=tenant, kind=kind, name=name or f"{kind}-{new_id().hex}", **fields)


def make_load(target: Target, load: Callable[[int], float] = lambda hour: 20.0, *, days: int = 1) -> None:
    """Of today and the days before it, as a function of the hour; and a forecast of it that says 20 all along."""
    today = timezone.now().date()
    calendar = [today - timedelta(days=back) for back in range(days)]
    samples.make_weeks(calendar)
    for day in calendar:
        packed = PackedDay.empty()
        for step in range(STEPS):
            load_then = load(step // STEPS_AN_HOUR)
            packed.take(step * STEP_MINUTES, mean=load_then, highest=min(load_then * 1.5, 100.0), minutes=STEP_MINUTES)
        Day.objects.create(target=target, day=day, samples=packed.packed(), hours=packed.hours())
    said = pack(array("H", [2000] * 4 * 24))
    issued_at = timezone.now().replace(minute=0, second=0, microsecond=0)
    Forecast.objects.create(target=target, issued_at=issued_at, engine="naive-last", device="cpu", said=said)


def make_plan(state: str = "recommended", **fields: Any) -> Plan:
    """Of moves of made-up machines; without any."""
    now = timezone.now()
    limits = {"source": 2, "target": 2, "link": 8, "group": 1}
    usual = {"goal": "consolidate", "hours": 24, "limits": limits, "asked_by": new_id(), "starts_at": now, "made_at": now}
    return Plan.objects.create(**{**usual, "state": state, "synthetic": True, **fields})


# Of a party of another portal; made once, for keys take their time.
THEIR_KEYS = PrivateKeys.new()


def make_party(tenant: Tenant) -> Party:
    """A party whose cluster is nowhere."""
    number, keys = 10_000 + next(_numbers), PrivateKeys.new()
    given = {"web_url": "http://127.0.0.1:1", "service_url": "pulsar://127.0.0.1:1", "contact": "officer@example.org"}
    private = {"sign_private": keys.sign, "seal_private": keys.seal, "admin_token": "token", "signing_key": "key"}
    public = {"sign_public": keys.public.sign, "seal_public": keys.public.seal}
    return Party.objects.create(tenant=tenant, number=number, name=f"Party {number}", **given, **private, **public)


def make_partner(party: Party, phase: str = "ready") -> Partner:
    """An agreement with a party of another portal, whose keys are THEIR_KEYS, with the letter that began it."""
    public = {"sign_public": THEIR_KEYS.public.sign, "seal_public": THEIR_KEYS.public.seal}
    partner = Partner.objects.create(
        tenant_id=party.tenant_id, party=party, number=500_000 + next(_numbers), phase=phase, name="They", issued=1, **public
    )
    PartyLetter.objects.create(
        tenant_id=party.tenant_id, partner=partner, kind="invite", outgoing=False, text="x", state="delivered"
    )
    return partner


def terms_between(party: Party, partner: Partner, **changed: Any) -> dict[str, Any]:
    """What a contract between the two may say."""
    return {
        "name": "Digits together",
        "purpose": "Read digits.",
        "algorithm": "horizontal-averaging",
        "rounds": 20,
        "megabytes": 50,
        "epsilon": 8.0,
        "until": in_time(days=30),
        "model_at": [party.number],
        "brings": {
            str(one): {"dataset": "digits, version 1", "columns": ["pixels"]} for one in (party.number, partner.number)
        },
        **changed,
    }


def make_contract(partner: Partner, phase: str = "agreed") -> Contract:
    terms = terms_.read(terms_between(partner.party, partner), parties=(partner.party.number, partner.number or 0))
    contract = Contract.objects.create(
        tenant_id=partner.tenant_id,
        partner=partner,
        terms=terms.as_json(),
        digest=terms.digest,
        phase=phase,
        ends_at=in_time(days=7),
    )
    PartyLetter.objects.create(
        tenant_id=partner.tenant_id, partner=partner, contract=contract, kind="propose", outgoing=True, state="delivered"
    )
    if phase == "agreed":
        Channels.objects.create(tenant_id=partner.tenant_id, contract=contract)
    return contract


def make_federated_job(contract: Contract, phase: str = "ready") -> FederatedJob:
    """One whose other side is a party of another portal, with a line of its timeline."""
    job = FederatedJob.objects.create(
        tenant_id=contract.tenant_id,
        contract=contract,
        name="digits",
        rounds=5,
        phase=phase,
        proposed_by_them=True,
        ours="none" if phase == "offered" else "ready",
        theirs="ready",
        answer_by=in_time(days=7),
        ready_at=timezone.now(),
    )
    FederatedEvent.objects.create(tenant_id=contract.tenant_id, job=job, by_them=True, code="federated-part-ready")
    return job


def invitation_to(party: Party) -> str:
    """The letter with which the holder of THEIR_KEYS invites the party."""
    now, public = timezone.now(), THEIR_KEYS.public
    card = {"number": 499_999, "name": "They", "contact": "they@example.org", "sign": public.sign, "seal": public.seal}
    addresses = {"web_url": "http://pulsar.example.org:8080", "service_url": "pulsar://pulsar.example.org:6650"}
    body = {"card": {**card, **addresses}, "note": "For the fraud model."}
    letter = Letter(new_id(), "invite", new_id(), 499_999, party.number, body, now, now + timedelta(days=1))
    return write(letter, THEIR_KEYS)


def make_exception(project: Project, name: str, **fields: Any) -> NetworkException:
    """A project opened to a network outside; `peer`: to another project."""
    given = {"direction": "egress", "protocol": "TCP", "ports": ["443"], **fields}
    end = {} if given.keys() & {"cidr", "peer"} else {"cidr": "198.51.100.0/24"}
    return isolation.create_exception(actor=actor_of_user(make_user()), project=project, name=name, **end, **given)


def make_secret(
    project: Project,
    name: str = "tracker",
    *,
    kind: str = "opaque",
    versions: int = 1,
    **entries: str | bytes,
) -> Secret:
    """A secret with these entries; keys are written with underscores for hyphens. Without any it has one, `api-key`."""
    values = {key.replace("_", "-"): value for key, value in entries.items()} or {"api-key": "s3cr3t-value"}
    given = {key: value.encode() if isinstance(value, str) else value for key, value in values.items()}
    actor = actor_of_user(make_user())
    secret = secrets.create_secret(actor=actor, project=project, name=name, kind=SecretKind(kind), entries=given)
    for _ in range(versions - 1):
        secret = secrets.rotate_secret(actor=actor, secret=secret, entries=given)
    return secret


def tar_of(files: dict[str, bytes], *, executable: tuple[str, ...] = ()) -> bytes:
    """A tar.gz of these files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, content in files.items():
            header = tarfile.TarInfo(name)
            header.size, header.mode = len(content), 0o755 if name in executable else 0o644
            tar.addfile(header, io.BytesIO(content))
    return packed.getvalue()


def make_code(project: Project, archive: bytes | None = None, name: str = "trainer.tar.gz") -> Code:
    """An archive as it is kept after an upload; without one given, of one file `train.py`."""
    content = archive or tar_of({"train.py": b"print('trained')\n"})
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        code, _ = code_services.keep_upload(
            actor=actor_of_user(make_user()),
            project=project,
            name=name,
            source=Path(file.name),
            sha256=hashlib.sha256(content).hexdigest(),
            size_bytes=len(content),
            contents=inspect(file, size_bytes=len(content)),
        )
    return code


def in_time(**delta: int) -> str:
    """A moment from now on, as the API writes it, such as in_time(days=30)."""
    return (timezone.now() + timedelta(**delta)).isoformat()
