"""Why something waits: what to say of it, a small table, and who could change it. Never another tenant's name.

The words are in apps/quotas/words.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from apps.clusters.models import Cluster
from apps.core.sentences import Amount, Argument, Said, as_json, in_english, say
from apps.quotas.admission import Blocked, Book, Bound, Eviction, Key, Lack, Pending, Reason, Shrink, Waiting
from apps.quotas.errors import NeverFits, NoQuota
from apps.quotas.models import Workload
from apps.quotas.services.snapshots import Read
from apps.tenants.models import Project, Tenant

Row = dict[str, str | int]


@dataclass(frozen=True)
class Context:
    """What the sentences speak of: one workload in one cluster, as the round left it."""

    book: Book
    cluster: Cluster
    tenant: Tenant
    project: Project
    pending: Pending
    priority: str
    now: datetime

    @classmethod
    def of(cls, found: Read, workload: Workload, pending: Pending, book: Book | None = None) -> "Context":
        return cls(
            book=book or Book(found.snapshot),
            cluster=found.cluster,
            tenant=workload.tenant,
            project=workload.project,
            pending=pending,
            priority=workload.priority_class.name,
            now=datetime.fromtimestamp(found.snapshot.now, UTC),
        )


def refusal(blocked: Blocked, *, tenant: Tenant, project: Project, cluster: Cluster) -> NeverFits | NoQuota:
    """The problem to answer a request with that could never start."""
    lack = _worst(blocked.lacks)
    members: dict[str, Any] = {
        "cluster": cluster.slug,
        "bound": str(blocked.bound),
        "flavor": lack.flavor,
        "resource": lack.resource,
        "asked": lack.asked,
        "most": lack.most,
    }
    code = {
        Bound.NO_QUOTA: "refused-without-quota",
        Bound.TENANT_QUOTA: "refused-over-quota",
        Bound.PROJECT_CAP: "refused-over-cap",
        Bound.USER_RUNNING: "refused-over-own-cap",
        Bound.USER_GPUS: "refused-over-own-cap",
    }.get(blocked.bound, "refused-by-nodes")
    said = [
        say(
            code,
            asked=_amount(lack, lack.asked),
            most=_amount(lack, lack.most),
            what=_of(lack),
            tenant=tenant.name,
            project=project.slug,
            cluster=cluster.slug,
        )
    ]
    problem = NoQuota if blocked.bound is Bound.NO_QUOTA else NeverFits
    return problem(in_english(said), said=as_json(said), **members)


def sentence(context: Context, waiting: Waiting) -> list[Said]:
    """What the workload waits for, and what happens next."""
    blocked = waiting.blocked
    if blocked.reason is Reason.WAITING_FOR_PREEMPTED:
        return [say("waits-for-preempted", cluster=context.cluster.slug)]
    said = [_what(context, blocked)]
    if blocked.never or blocked.bound not in (Bound.TENANT_QUOTA, Bound.NODES):
        return said
    if waiting.reserved:
        return [*said, say("waits-place-kept")]
    kept_at = datetime.fromtimestamp(context.pending.queued_at + context.pending.patience, UTC)
    return [*said, say("waits-place-kept-from", at=kept_at)] if kept_at > context.now else said


def verdict(context: Context, waiting: Waiting | None, evicted: Sequence[Eviction], *, replicas: int) -> list[Said]:
    """The answer to "will it fit?". replicas: how many would start now; of independent ones that may be some."""
    where = context.cluster.slug
    asked = sum(context.pending.counts.values())
    if 0 < replicas < asked and context.pending.independent:
        some = say("would-start-some", cluster=where, count=replicas, total=asked)
        return [some, *(say("would-stop", count=len(evicted)) for _ in evicted[:1])]
    if waiting is None:
        return [say("would-start", cluster=where)]
    if evicted:
        count = len(evicted)
        return [say("would-start-for-one" if count == 1 else "would-start-for", cluster=where, count=count)]
    would = say("would-wait-after", ahead=waiting.ahead) if waiting.ahead else say("would-wait")
    return [would, *sentence(context, waiting)]


def table(context: Context) -> dict[str, list[Row]]:
    """asked | could ever fit | free now, one row a resource."""
    book, tenant = context.book, context.pending.owner.tenant
    keys = sorted(context.pending.total)
    return {
        "asked": _rows((key, context.pending.total[key]) for key in keys),
        "could_fit": _rows((key, book.most(tenant, key)) for key in keys),
        "free": _rows((key, max(0, book.available(tenant, key))) for key in keys),
    }


def helps(context: Context, blocked: Blocked) -> list[dict[str, Any]]:
    """What would help, who can do it, and the permission it takes."""
    tenant, cluster, project = context.tenant.name, context.cluster.slug, context.project.slug
    platform, operator, member = say("who-platform-admin"), say("who-operator"), say("who-member")
    tenant_admin, you = say("who-tenant-admin", tenant=tenant), say("who-you")
    less = _help(you, say("help-less"), "jobs.submit")
    stop = _help(member, say("help-stop"), "jobs.suspend")
    match blocked.bound:
        case Bound.TENANT_STATE:
            return [_help(platform, say("help-activate", tenant=tenant), "tenants.suspend")]
        case Bound.NO_QUOTA:
            return [_help(platform, say("help-grant", tenant=tenant, cluster=cluster), "quotas.manage"), less]
        case Bound.PROJECT_CAP:
            return [_help(tenant_admin, say("help-raise-cap", project=project), "quotas.divide"), less]
        case Bound.USER_RUNNING | Bound.USER_GPUS:
            own = _help(you, say("help-stop-own"), "jobs.suspend")
            return [own, _help(tenant_admin, say("help-raise-own-cap"), "quotas.divide")]
        case Bound.NODES:
            return [stop, _help(operator, say("help-nodes", cluster=cluster), "clusters.manage"), less]
        case Bound.TENANT_QUOTA:
            pass
    raised = _help(platform, say("help-raise-quota", tenant=tenant), "quotas.manage")
    return [raised, less] if blocked.never else [stop, raised, less]


def helps_with_quota(tenant: str) -> list[dict[str, Any]]:
    """What would help work that waits for quota in Kueue, whichever it is."""
    raised = _help(say("who-platform-admin"), say("help-raise-quota", tenant=tenant), "quotas.manage")
    less = _help(say("who-you"), say("help-less"), "jobs.submit")
    return [_help(say("who-member"), say("help-stop"), "jobs.suspend"), raised, less]


def eviction(eviction: Eviction, victim: Workload, preemptor: Workload | None) -> Said:
    """Why somebody's work was stopped, in words that its owner may read."""
    if eviction.reason is Reason.IN_COHORT_RECLAMATION:
        return say("evicted-by-lender")
    if preemptor is None:
        return say("evicted-for-other")
    if preemptor.priority_value > victim.priority_value:
        return say("evicted-by-priority", name=preemptor.subject_name, priority=preemptor.priority_class.name)
    return say("evicted-by-guarantee", project=preemptor.project.slug)


def shrink(shrink: Shrink, victim: Workload, preemptor: Workload | None) -> Said:
    """Why somebody's elastic work goes on with fewer replicas, in words that its owner may read."""
    before, after = sum(victim.admitted_counts.values()), sum(shrink.counts.values())
    if shrink.reason is Reason.IN_COHORT_RECLAMATION or preemptor is None:
        return say("shrinks-for-lender", after=after, before=before)
    return say("shrinks-for-other", after=after, before=before, name=preemptor.subject_name)


def _what(context: Context, blocked: Blocked) -> Said:
    lack = _worst(blocked.lacks)
    arguments: dict[str, Argument] = {"asked": _amount(lack, lack.asked), "tenant": context.tenant.name}
    match blocked.bound:
        case Bound.TENANT_STATE:
            return say("waits-for-tenant", tenant=context.tenant.name, phase=context.tenant.phase)
        case Bound.NO_QUOTA:
            where = context.cluster.slug
            return say("never-without-quota", tenant=context.tenant.name, what=_of(lack), cluster=where)
        case Bound.PROJECT_CAP:
            left: dict[str, Argument] = {"free": _plain(lack, lack.free), "most": _plain(lack, lack.most)}
            code = "never-under-cap" if blocked.never else "waits-for-cap"
            return say(code, **arguments, **left, project=context.project.slug)
        case Bound.USER_RUNNING:
            return say("waits-for-own-running", most=lack.most, tenant=context.tenant.name)
        case Bound.USER_GPUS:
            code = "never-with-own-gpus" if blocked.never else "waits-for-own-gpus"
            return say(code, **arguments, free=lack.free, most=lack.most)
        case Bound.NODES:
            return _of_nodes(context, blocked, lack)
        case Bound.TENANT_QUOTA:
            return _of_quota(context, blocked, lack)


def _of_nodes(context: Context, blocked: Blocked, lack: Lack) -> Said:
    where = context.cluster.slug
    if context.cluster.is_stale(context.now):
        return say("waits-for-stale", cluster=where)
    if blocked.never:
        return say("never-on-nodes", cluster=where, asked=_amount(lack, lack.asked))
    return say("waits-for-nodes", cluster=where, asked=_amount(lack, lack.asked), free=_amount(lack, lack.free))


def _of_quota(context: Context, blocked: Blocked, lack: Lack) -> Said:
    book, owner, key = context.book, context.pending.owner, (lack.flavor, lack.resource)
    limit, used, lent = book.limit(owner.tenant, key), book.used(owner.tenant, key), book.lent(owner.tenant, key)
    arguments: dict[str, Argument] = {"asked": _amount(lack, lack.asked), "tenant": context.tenant.name}
    if blocked.never:
        return say("never-within-quota", **arguments, most=_amount(lack, lack.most))
    arguments |= {
        "used": _plain(lack, min(used, limit.nominal)),
        "nominal": _plain(lack, limit.nominal),
        "free": _amount(lack, lack.free),
    }
    borrowed = max(0, used - limit.nominal)
    if borrowed:
        arguments["borrowed"] = _plain(lack, borrowed)
    if lent:
        arguments["lent"] = _plain(lack, lent)
    part = "-both" if borrowed and lent else "-borrows" if borrowed else "-lent" if lent else ""
    return say(f"waits-for-quota{part}", **arguments)


def _worst(lacks: Sequence[Lack]) -> Lack:
    """The resource that is shortest, in proportion."""
    return min(lacks, key=lambda lack: lack.free / max(1, lack.asked), default=Lack("", "workloads", 1, 0, 0))


def _of(lack: Lack) -> str:
    """The resource by name, which the console says in its language; a device by its signs, which all languages share."""
    return lack.resource if lack.resource in ("cpu", "memory") else f"{lack.resource.upper()} {lack.flavor}"


def _amount(lack: Lack, amount: int) -> Amount:
    return Amount(lack.resource, amount, lack.flavor)


def _plain(lack: Lack, amount: int) -> Amount:
    return Amount(lack.resource, amount, plain=True)


def _help(who: Said, what: Said, permission: str) -> dict[str, Any]:
    return {
        "who": str(who),
        "what": str(what),
        "permission": permission,
        "said": {"who": who.as_json(), "what": what.as_json()},
    }


def _rows(amounts: Iterable[tuple[Key, int]]) -> list[Row]:
    return [{"flavor": flavor, "resource": resource, "amount": amount} for (flavor, resource), amount in amounts]
