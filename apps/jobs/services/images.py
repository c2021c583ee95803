"""Images brought to nodes before jobs need them."""

from django.db import transaction

from apps.audit import services as audit
from apps.clusters.models import Cluster, ClusterKind, Flavor
from apps.core import operations
from apps.core.errors import InvalidRequest
from apps.core.models import Operation
from apps.isolation.services import require_images
from apps.quotas.models import QuotaLine
from apps.tenants.actor import Actor
from apps.tenants.models import Project


@transaction.atomic
def pull_image(*, actor: Actor, project: Project, image: str, cluster: str, flavor: str) -> Operation:
    """Ask that the nodes of a flavor pull an image, as an operation that tells how far it is.

    cluster, flavor: slug and name. Raises InvalidRequest unless it is a Kubernetes cluster in which the tenant has quota
    for this flavor, RegistryClosed for an image from where the tenant may run none.
    """
    require_images([image], tenant_id=project.tenant_id)
    place = _place(project, cluster=cluster, flavor=flavor)
    operation = operations.begin(
        user_id=actor.user_id,
        kind="project.image-pull",
        task="kubernetes.pull_image",
        subject_kind="project",
        subject_id=project.pk,
        cluster_id=place.cluster_id,
        flavor_id=place.pk,
        image=image,
    )
    audit.record(
        actor=actor,
        action="project.image-pull",
        kind="project",
        subject_id=project.pk,
        label=project.slug,
        tenant_id=project.tenant_id,
        project_id=project.pk,
        after={"image": image, "cluster": cluster, "flavor": flavor},
    )
    return operation


def _place(project: Project, *, cluster: str, flavor: str) -> Flavor:
    lines = QuotaLine.objects.filter(quota__tenant_id=project.tenant_id, quota__cluster__kind=ClusterKind.KUBERNETES)
    if not lines.filter(quota__cluster__slug=cluster).exists():
        known = Cluster.objects.filter(pk__in=lines.values("quota__cluster")).order_by("slug").values_list("slug", flat=True)
        detail = f"A Kubernetes cluster in which the tenant has quota: {', '.join(known) or 'there is none'}."
        raise InvalidRequest(errors=[{"pointer": "/cluster", "detail": detail}])
    covered = Flavor.objects.filter(cluster__slug=cluster, pk__in=lines.values("flavor"))
    found = covered.filter(name=flavor).first()
    if found is None:
        names = covered.order_by("name").values_list("name", flat=True)
        detail = f"A flavor of {cluster} for which the tenant has quota: {', '.join(names)}."
        raise InvalidRequest(errors=[{"pointer": "/flavor", "detail": detail}])
    return found
