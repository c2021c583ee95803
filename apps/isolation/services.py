"""Acts on what is open between projects and the world. Workers carry them out, and find who the other side is."""

from collections.abc import Collection, Iterable, Mapping
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.audit.services import record
from apps.clusters.models import ClusterConnection
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.outbox import hint, publish
from apps.core.sentences import Said
from apps.core.uniqueness import refused_when_taken
from apps.isolation import images as images_rules
from apps.isolation.addresses import Network, is_permitted, overlap, within
from apps.isolation.errors import NetworkClosed, RegistryClosed, TooManyExceptions
from apps.isolation.models import NetworkException, Sandbox, TenantIsolation
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant

MOST_EXCEPTIONS = 100
LIMITS = ("networks", "registries", "sandbox", "runtime_class")


@transaction.atomic
def create_exception(
    *, actor: Actor, project: Project, name: str, cidr: str = "", peer: str = "", **fields: Any
) -> NetworkException:
    """Open a project's network to a network or, from this side, to another project.

    Raises NetworkClosed, NameTaken, TooManyExceptions; InvalidRequest for a project of the same tenant that is not there.
    """
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if NetworkException.objects.filter(project=project).count() >= MOST_EXCEPTIONS:
        raise TooManyExceptions(f"There may be {MOST_EXCEPTIONS}.")
    if cidr:
        require_open_to(ip_network(cidr), limits_of(project.tenant_id))
    row = NetworkException(
        tenant_id=project.tenant_id,
        project=project,
        address=str(project),
        name=name,
        cidr=cidr,
        peer=peer,
        created_by_id=actor.user_id,
        **fields,
    )
    if peer:
        _require_known_neighbour(project, peer)
    with refused_when_taken(NameTaken(f"This project has a network exception {name}.", at="/name")):
        row.save(force_insert=True)
    publish(op="added", subject=row)
    hint("kubernetes.write_networks", project_id=project.pk)
    _audit("create", row, actor=actor, after=row.as_audited())
    return row


@transaction.atomic
def change_exception(*, actor: Actor, row: NetworkException, changes: Mapping[str, Any]) -> NetworkException:
    """Change what is said of it, its protocol or its ports. Where it leads stays: that would be another one."""
    before = row.as_audited()
    for name, value in changes.items():
        setattr(row, name, value)
    if row.as_audited() == before:
        return row
    row.generation += 1
    row.changed_at = timezone.now()
    row.save(update_fields=[*changes, "generation", "changed_at"])
    publish(op="changed", subject=row)
    hint("kubernetes.write_networks", project_id=row.project_id)
    _audit("change", row, actor=actor, before=before, after=row.as_audited())
    return row


@transaction.atomic
def remove_exception(*, actor: Actor, row: NetworkException) -> None:
    """Close it again."""
    publish(op="removed", subject=row)
    hint("kubernetes.write_networks", project_id=row.project_id)
    _audit("remove", row, actor=actor, before=row.as_audited())
    row.delete()


@transaction.atomic
def limit_tenant(*, actor: Actor, row: TenantIsolation, limits: Mapping[str, Any]) -> TenantIsolation:
    """Say within which networks a tenant may open its projects, whence its images come, and in what sandbox its pods run.

    What is open beyond the networks is closed; pods that run go on, and no new one starts from elsewhere or outside.
    """
    before = {name: getattr(row, name) for name in LIMITS}
    after = {**before, **limits}
    if before == after:
        return row
    for name in LIMITS:
        setattr(row, name, after[name])
    row.generation += 1
    row.save(update_fields=[*LIMITS, "generation"])
    for project_id in Project.objects.filter(tenant_id=row.tenant_id).values_list("pk", flat=True):
        hint("kubernetes.write_networks", project_id=project_id)
    record(
        actor=actor,
        action="tenant.limit",
        kind="tenant",
        subject_id=row.tenant_id,
        label=row.tenant.slug,
        tenant_id=row.tenant_id,
        before=before,
        after=after,
    )
    return row


def isolation_of(tenant: Tenant) -> TenantIsolation:
    """The tenant's row, or what holds without one."""
    return TenantIsolation.objects.filter(tenant=tenant).first() or TenantIsolation(tenant=tenant)


def limits_of(tenant_id: UUID) -> list[Network] | None:
    """Within which networks the tenant may open its projects; None: what is public."""
    networks = TenantIsolation.objects.filter(tenant_id=tenant_id).values_list("networks", flat=True).first()
    return None if networks is None else [ip_network(one) for one in networks]


def registries_of(tenant_id: UUID) -> list[str] | None:
    """From which registries the tenant may run images; None: from every one."""
    return TenantIsolation.objects.filter(tenant_id=tenant_id).values_list("registries", flat=True).first()


def sandbox_of(tenant_id: UUID) -> tuple[str, bool]:
    """RuntimeClass of the tenant's pods, and whether none runs without it; empty: they run as the cluster has it."""
    row = TenantIsolation.objects.filter(tenant_id=tenant_id).exclude(sandbox=Sandbox.OFF).first()
    return (row.runtime_class, row.sandbox == Sandbox.REQUIRED) if row else ("", False)


def require_images(images: Collection[str], *, tenant_id: UUID) -> None:
    """Raises RegistryClosed for an image from where the tenant may run none."""
    registries = registries_of(tenant_id) if images else None
    for image in images:
        if not images_rules.is_permitted(image, registries):
            allowed = ", ".join(registries or ()) or "none"
            raise RegistryClosed(f"{image} is not from a registry of this tenant: {allowed}.")


def require_open_to(network: Network, limits: list[Network] | None) -> None:
    """Raises NetworkClosed for what nobody may open, or this tenant may not."""
    if any(within(network, server) for server in _api_servers()):
        raise NetworkClosed(f"{network} is a cluster's API server.", at="/cidr")
    if not is_permitted(network, limits):
        allowed = "public networks" if limits is None else ", ".join(map(str, limits)) or "none at all"
        raise NetworkClosed(f"{network} is not among what this tenant may open: {allowed}.", at="/cidr")


@transaction.atomic
def settle(*, project_ids: Iterable[UUID]) -> set[UUID]:
    """Find the other side of these projects' exceptions, and whether it has opened its own: of those that ask them too.

    Returns whose are answered since: their clusters are to be told whom they lead to. That there is such a project is told
    to nobody before it answers.
    """
    opened = set[UUID]()
    ids = list(project_ids)
    about = Q(project__in=ids) | Q(peer_project__in=ids) | Q(peer__in=_addresses(ids))
    rows = NetworkException.objects.select_for_update(of=("self",)).exclude(peer="").filter(about).order_by("pk")
    for row in rows:
        before = (row.peer_project_id, row.answered)
        peer = _project_at(row.peer)
        row.peer_project_id, row.peer_tenant_id = (peer.pk, peer.tenant_id) if peer else (None, None)
        row.answered = (
            any(_answers(row, theirs) for theirs in NetworkException.objects.filter(project=peer)) if peer else False
        )
        if before == (row.peer_project_id, row.answered):
            continue
        if row.answered:
            row.observed_generation = 0
            opened.add(row.project_id)
        row.save(update_fields=["peer_project", "peer_tenant", "answered", "observed_generation"])
        if row.answered != before[1]:
            publish(op="changed", subject=row)
    return opened


@transaction.atomic
def record_applied(*, cluster: str, hindered: Mapping[UUID, tuple[int, Said | None]]) -> None:
    """Write down which exceptions a cluster has taken, at which generation, and what keeps the others from being open."""
    rows = NetworkException.objects.select_for_update().filter(pk__in=list(hindered)).order_by("pk")
    for row in rows:
        generation, problem = hindered[row.pk]
        said = problem.as_json() if problem else None
        if row.generation != generation or row.clusters.get(cluster, "") == said:
            continue
        row.clusters[cluster] = said
        row.save(update_fields=["clusters"])
        publish(op="changed", subject=row)


@transaction.atomic
def observe(*, generations: Mapping[UUID, int], clusters: Collection[str]) -> None:
    """Write down that every cluster which has their project was told of these exceptions, as they were then."""
    for row in NetworkException.objects.select_for_update().filter(pk__in=list(generations)).order_by("pk"):
        known = {slug: said for slug, said in row.clusters.items() if slug in clusters}
        if (row.observed_generation, row.clusters) != (generations[row.pk], known):
            row.observed_generation, row.clusters = generations[row.pk], known
            row.save(update_fields=["observed_generation", "clusters"])
            publish(op="changed", subject=row)


def _answers(ours: NetworkException, theirs: NetworkException) -> bool:
    return (
        theirs.peer == ours.address
        and theirs.direction != ours.direction
        and theirs.protocol == ours.protocol
        and overlap(ours.ports, theirs.ports)
    )


def _addresses(project_ids: list[UUID]) -> list[str]:
    return [str(project) for project in Project.objects.filter(pk__in=project_ids).select_related("tenant")]


def _project_at(address: str) -> Project | None:
    tenant, _, slug = address.partition("/")
    return Project.objects.staying().filter(tenant__slug=tenant, slug=slug).first()


def _require_known_neighbour(project: Project, peer: str) -> None:
    """Within a tenant names are no secret: a misspelt one is said at once."""
    tenant, _, slug = peer.partition("/")
    if peer == str(project):
        raise InvalidRequest(errors=[{"pointer": "/peer", "detail": "Inside itself a project is open already."}])
    if tenant == project.tenant.slug and _project_at(peer) is None:
        raise InvalidRequest(errors=[{"pointer": "/peer", "detail": f"This tenant has no project {slug}."}])


def _api_servers() -> list[Network]:
    """Those that are registered by their address; names are looked up where it is applied."""
    found = []
    for server in ClusterConnection.objects.values_list("server", flat=True):
        try:
            found.append(ip_network(ip_address(urlsplit(server).hostname or "")))
        except ValueError:  # a name
            continue
    return found


def _audit(
    act: str,
    row: NetworkException,
    *,
    actor: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        actor=actor,
        action=f"network-exception.{act}",
        kind=NetworkException.live_kind,
        subject_id=row.pk,
        label=row.name,
        tenant_id=row.tenant_id,
        project_id=row.project_id,
        before=before,
        after=after,
    )
