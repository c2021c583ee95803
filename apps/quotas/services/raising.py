"""Moving one limit up or down by an amount: what a granted quota request does, and what happens when its time is over.

Each limit is moved by the act that an admin would use, so that it is checked, previewed, audited and announced alike.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from django.db.models import Sum

from apps.clusters.models import Flavor
from apps.core.registries import Casualty
from apps.quotas.admission import most_generous
from apps.quotas.errors import NothingToRaise
from apps.quotas.models import Asks, Quota, QuotaRequest, Share, UserCap
from apps.quotas.services.dividing import (
    ShareLine,
    change_cap,
    create_cap,
    lock_clusters_of,
    preview_cap,
    preview_shares,
    set_shares,
    share_lines,
)
from apps.quotas.services.managing import Line, change_quota, create_quota, lines_of, preview_change
from apps.quotas.services.rounds import lock_cluster
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant


class Limit(Protocol):
    """`value`: what it is now, None when there is none. `least`: what it cannot go below."""

    value: int | None
    least: int

    def preview(self, to: int) -> list[Casualty]: ...
    def move(self, actor: Actor, to: int, *, confirm: bool) -> None: ...


def limit_of(request: QuotaRequest) -> Limit:
    """The limit that a request speaks of, as it is now."""
    if request.flavor is None:
        return _OfUser(request)
    if request.project is None:
        return _Nominal(request.tenant, request.flavor, request.resource)
    return _OfProject(request.project, request.flavor, request.resource, of=Asks(request.asks))


def preview(request: QuotaRequest, by: int) -> list[Casualty]:
    """Whom moving the limit by so much would hit. Raises as `move` does, but for QuotaInUse."""
    limit = limit_of(request)
    return [] if limit.value is None else limit.preview(max(limit.least, limit.value + by))


def move(request: QuotaRequest, *, actor: Actor, by: int, confirm: bool) -> int:
    """Move the limit, and return by how much it moved. Raises NothingToRaise, QuotaInUse, SharesExceedQuota."""
    # Before it is read: of two that move one limit at the same time, the second must see what the first did.
    if request.flavor is not None:
        lock_cluster(request.flavor.cluster_id)
    else:
        lock_clusters_of(request.tenant)
    limit = limit_of(request)
    if limit.value is None:
        raise NothingToRaise
    to = max(limit.least, limit.value + by)
    if to != limit.value:
        limit.move(actor, to, confirm=confirm)
    return abs(to - limit.value)


class _Nominal:
    """What the tenant is guaranteed of a resource of a flavor; a quota or line that is not there is one of 0."""

    def __init__(self, tenant: Tenant, flavor: Flavor, resource: str) -> None:
        self._tenant, self._flavor, self._resource = tenant, flavor, resource
        self._quota = Quota.objects.filter(tenant=tenant, cluster=flavor.cluster).first()
        self._lines = lines_of(self._quota) if self._quota else []
        self.value: int | None = next((line.nominal for line in self._lines if self._is_it(line)), 0)
        shares = Share.objects.filter(quota=self._quota, flavor=self._flavor, resource=self._resource)
        self.least = shares.aggregate(sum=Sum("guaranteed"))["sum"] or 0

    def preview(self, to: int) -> list[Casualty]:
        if self._quota is None:
            return []
        return preview_change(quota=self._quota, cohort=self._quota.cohort, lines=self._with(to))

    def move(self, actor: Actor, to: int, *, confirm: bool) -> None:
        if self._quota is None:
            create_quota(actor=actor, tenant=self._tenant, cluster=self._flavor.cluster, cohort=None, lines=self._with(to))
        else:
            change_quota(actor=actor, quota=self._quota, cohort=self._quota.cohort, lines=self._with(to), confirm=confirm)

    def _is_it(self, line: Line) -> bool:
        return (line.flavor, line.resource) == (self._flavor.name, self._resource)

    def _with(self, nominal: int) -> list[Line]:
        others = [line for line in self._lines if not self._is_it(line)]
        old = next((line for line in self._lines if self._is_it(line)), Line(self._flavor.name, self._resource, 0))
        lends = None if old.lending_limit is None else min(old.lending_limit, nominal)
        return [*others, replace(old, nominal=nominal, lending_limit=lends)]


class _OfProject:
    """What one project is guaranteed, or may at most use."""

    def __init__(self, project: Project, flavor: Flavor, resource: str, *, of: Asks) -> None:
        self._project, self._of = project, of
        place = (flavor.cluster.slug, flavor.name, resource)
        lines = share_lines(project)
        self._others = [line for line in lines if (line.cluster, line.flavor, line.resource) != place]
        self._line = next((line for line in lines if line not in self._others), ShareLine(*place))
        self.value = self._line.cap if of is Asks.CAP else self._line.guaranteed
        self.least = self._line.guaranteed if of is Asks.CAP else 0

    def preview(self, to: int) -> list[Casualty]:
        return preview_shares(project=self._project, lines=self._with(to))

    def move(self, actor: Actor, to: int, *, confirm: bool) -> None:
        set_shares(actor=actor, project=self._project, lines=self._with(to), confirm=confirm)

    def _with(self, to: int) -> Sequence[ShareLine]:
        """A guarantee above the cap lifts the cap with it: it would mean nothing otherwise."""
        if self._of is Asks.CAP:
            return [*self._others, replace(self._line, cap=to)]
        cap = None if self._line.cap is None else max(self._line.cap, to)
        return [*self._others, replace(self._line, guaranteed=to, cap=cap)]


class _OfUser:
    """What whoever asked may have running; who has the cap of a group or of everybody gets one of their own."""

    least = 0

    def __init__(self, request: QuotaRequest) -> None:
        self._tenant, self._user = request.tenant, request.requested_by
        self._field = "running_workloads" if request.asks == Asks.USER_RUNNING else "gpus"
        self._caps = UserCap.objects.filter(tenant=request.tenant).in_force(self._user.pk)
        self.value: int | None = most_generous(getattr(cap, self._field) for cap in self._caps)

    def preview(self, to: int) -> list[Casualty]:
        return preview_cap(cap=UserCap(tenant=self._tenant, user=self._user, **self._limits(to)))

    def move(self, actor: Actor, to: int, *, confirm: bool) -> None:
        limits = self._limits(to)
        if own := next((cap for cap in self._caps if cap.user_id), None):
            change_cap(actor=actor, cap=own, changes=limits, confirm=confirm)
        else:
            create_cap(actor=actor, tenant=self._tenant, user=self._user, confirm=confirm, **limits)

    def _limits(self, to: int) -> dict[str, Any]:
        if not self._caps:
            return {self._field: to}
        return {
            "running_workloads": most_generous(cap.running_workloads for cap in self._caps),
            "gpus": most_generous(cap.gpus for cap in self._caps),
            "may_use_restricted_priorities": any(cap.may_use_restricted_priorities for cap in self._caps),
            self._field: to,
        }
