"""Why something waits, in words: one sentence, a small table, and who could change it. Never another tenant's name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from apps.clusters.models import Cluster
from apps.core.units import format_amount, format_bytes
from apps.quotas.admission import Blocked, Book, Bound, Eviction, Key, Lack, Pending, Reason, Waiting
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
    asked, most = _amount(lack, lack.asked), _amount(lack, lack.most)
    match blocked.bound:
        case Bound.NO_QUOTA:
            return NoQuota(
                f"{tenant.name} has no quota for {_of(lack)} in {cluster.slug}. A platform admin can give it some.",
                **members,
            )
        case Bound.TENANT_QUOTA:
            text = f"It asks for {asked}; {tenant.name} may hold at most {most} in {cluster.slug}, borrowed included."
            return NeverFits(f"{text} Ask for less, or ask a platform admin for more quota.", **members)
        case Bound.PROJECT_CAP:
            text = f"It asks for {asked}; the project {project.slug} is capped at {most}."
            return NeverFits(f"{text} Ask for less, or ask an admin of {tenant.name} to raise the cap.", **members)
        case Bound.USER_RUNNING | Bound.USER_GPUS:
            text = f"It asks for {asked}; you may have at most {most} at a time in {tenant.name}."
            return NeverFits(f"{text} Ask for less, or ask an admin of {tenant.name} to raise your cap.", **members)
        case _:
            text = f"It asks for {asked}, in pods that the nodes of {cluster.slug} could not hold even empty"
            return NeverFits(f"{text} ({most} in all). Ask for smaller or fewer pods.", **members)


def sentence(context: Context, waiting: Waiting) -> str:
    """What the workload waits for, and what happens next."""
    blocked = waiting.blocked
    if blocked.reason is Reason.WAITING_FOR_PREEMPTED:
        return f"Starts as soon as the work that makes room for it in {context.cluster.slug} has stopped."
    text = _what(context, blocked)
    if blocked.never or blocked.bound not in (Bound.TENANT_QUOTA, Bound.NODES):
        return text
    if waiting.reserved:
        return f"{text} Its place is kept: what becomes free goes to it first."
    kept_at = datetime.fromtimestamp(context.pending.queued_at + context.pending.patience, UTC)
    if kept_at > context.now:
        return f"{text} From {kept_at:%H:%M} UTC on its place is kept."
    return text


def verdict(context: Context, waiting: Waiting | None, evicted: Sequence[Eviction]) -> str:
    """The answer to "will it fit?"."""
    where = context.cluster.slug
    if waiting is None:
        return f"It would start now, in {where}."
    if evicted:
        count = f"{len(evicted)} workload{'s' if len(evicted) != 1 else ''}"
        return f"It would start in {where} within moments: {count} of less claim would be stopped for it."
    ahead = f", after {waiting.ahead} of your tenant" if waiting.ahead else ""
    return f"It would wait{ahead}. {sentence(context, waiting)}"


def table(context: Context) -> dict[str, list[Row]]:
    """asked | could ever fit | free now, one row a resource."""
    book, tenant = context.book, context.pending.owner.tenant
    keys = sorted(context.pending.total)
    return {
        "asked": _rows((key, context.pending.total[key]) for key in keys),
        "could_fit": _rows((key, book.most(tenant, key)) for key in keys),
        "free": _rows((key, max(0, book.available(tenant, key))) for key in keys),
    }


def helps(context: Context, blocked: Blocked) -> list[dict[str, str]]:
    """What would help, who can do it, and the permission it takes."""
    tenant = context.tenant.name
    less = {"who": "you", "what": "Ask for less, or for fewer replicas.", "permission": "jobs.submit"}
    match blocked.bound:
        case Bound.TENANT_STATE:
            return [_help("a platform admin", f"Make {tenant} active again.", "tenants.suspend")]
        case Bound.NO_QUOTA:
            return [_help("a platform admin", f"Give {tenant} quota in {context.cluster.slug}.", "quotas.manage"), less]
        case Bound.PROJECT_CAP:
            return [_help(f"an admin of {tenant}", f"Raise the cap of {context.project.slug}.", "quotas.divide"), less]
        case Bound.USER_RUNNING | Bound.USER_GPUS:
            return [
                {"who": "you", "what": "Suspend or cancel some of your running work.", "permission": "jobs.suspend"},
                _help(f"an admin of {tenant}", "Raise your cap.", "quotas.divide"),
            ]
        case Bound.NODES:
            return [
                _help("a member of your tenant", "Suspend or cancel running work.", "jobs.suspend"),
                _help("an operator", f"Add or repair nodes of {context.cluster.slug}.", "clusters.manage"),
                less,
            ]
        case Bound.TENANT_QUOTA:
            pass
    found = [_help("a platform admin", f"Raise the quota of {tenant}.", "quotas.manage")]
    if not blocked.never:
        found.insert(0, _help("a member of your tenant", "Suspend or cancel running work.", "jobs.suspend"))
    return [*found, less]


def eviction_message(eviction: Eviction, victim: Workload, preemptor: Workload | None) -> str:
    """Why somebody's work was stopped, in words that its owner may read."""
    if eviction.reason is Reason.IN_COHORT_RECLAMATION:
        return "It ran on borrowed quota, which the tenant that lent it needs back. It is queued again."
    if preemptor is None:
        return "It makes room for other work of your tenant. It is queued again."
    if preemptor.priority_value > victim.priority_value:
        name, priority = preemptor.subject_name, preemptor.priority_class.name
        return f"It makes room for {name}, which has the higher priority {priority}. It is queued again."
    return f"It ran on what the project {preemptor.project.slug} is guaranteed and needs now. It is queued again."


def _what(context: Context, blocked: Blocked) -> str:
    lack, tenant, where = _worst(blocked.lacks), context.tenant.name, context.cluster.slug
    asked = _amount(lack, lack.asked)
    match blocked.bound:
        case Bound.TENANT_STATE:
            return f"Waits because {tenant} is {context.tenant.phase}; a platform admin can make it active again."
        case Bound.NO_QUOTA:
            return f"Cannot start: {tenant} has no quota for {_of(lack)} in {where}. A platform admin can give it some."
        case Bound.PROJECT_CAP:
            left = f"{_plain(lack, lack.free)} of {_plain(lack, lack.most)} are left under the cap of {context.project.slug}"
            return f"{_verb(blocked)} {asked}: {left}. An admin of {tenant} can raise the cap."
        case Bound.USER_RUNNING:
            return f"Waits for one of your {lack.most} running workloads to end. An admin of {tenant} can raise your cap."
        case Bound.USER_GPUS:
            left = f"you have {lack.free} left of the {lack.most} that you may hold"
            return f"{_verb(blocked)} {asked}: {left}. An admin of {tenant} can raise your cap."
        case Bound.NODES:
            return _node_words(context, blocked, lack)
        case Bound.TENANT_QUOTA:
            return _quota_words(context, blocked, lack)


def _node_words(context: Context, blocked: Blocked, lack: Lack) -> str:
    asked, where = _amount(lack, lack.asked), context.cluster.slug
    if context.cluster.is_stale(context.now):
        return f"Waits because {where} was not seen lately; nothing starts there until it answers. An operator can look."
    if blocked.never:
        return f"Cannot start: no nodes of {where} could hold {asked} in such pods. An operator can add nodes."
    return f"Waits for room on the nodes of {where} for {asked}; {_free(lack)} free there, too few or too scattered."


def _quota_words(context: Context, blocked: Blocked, lack: Lack) -> str:
    book, owner, key = context.book, context.pending.owner, (lack.flavor, lack.resource)
    limit, used, lent = book.limit(owner.tenant, key), book.used(owner.tenant, key), book.lent(owner.tenant, key)
    asked, tenant = _amount(lack, lack.asked), context.tenant.name
    if blocked.never:
        most = _amount(lack, lack.most)
        return f"Cannot start: it asks for {asked}, the quota of {tenant} now allows {most}. A platform admin can raise it."
    own = f"{_plain(lack, min(used, limit.nominal))} of {_plain(lack, limit.nominal)} in use"
    parts = [f"{tenant} has {own}"]
    if used > limit.nominal:
        parts.append(f"borrows {_plain(lack, used - limit.nominal)}")
    if lent:
        parts.append(f"lent {_plain(lack, lent)}")
    return f"Waits for {asked}: {', '.join(parts)}; {_free(lack)} left for it now."


def _worst(lacks: Sequence[Lack]) -> Lack:
    """The resource that is shortest, in proportion."""
    return min(lacks, key=lambda lack: lack.free / max(1, lack.asked), default=Lack("", "workloads", 1, 0, 0))


def _verb(blocked: Blocked) -> str:
    return "Cannot start with" if blocked.never else "Waits for"


def _of(lack: Lack) -> str:
    return f"{lack.resource} of {lack.flavor}" if lack.resource not in ("cpu", "memory") else lack.resource


def _plain(lack: Lack, amount: int) -> str:
    if lack.resource == "memory":
        return format_bytes(amount)
    return f"{amount / 1000:g}" if lack.resource == "cpu" else str(amount)


def _amount(lack: Lack, amount: int) -> str:
    """Such as "2 GPUs of a100", "1.5 cores", "4 GiB of memory"."""
    if lack.resource == "memory":
        return f"{format_bytes(amount)} of memory"
    if lack.resource == "cpu":
        return format_amount("cpu", amount)
    if lack.resource == "workloads":
        return f"{amount} workload{'s' if amount != 1 else ''}"
    unit = lack.resource.upper() + ("s" if amount != 1 else "")
    return f"{amount} {unit} of {lack.flavor}" if lack.flavor else f"{amount} {unit}"


def _free(lack: Lack) -> str:
    return f"{_amount(lack, lack.free)} {'is' if lack.free == 1 else 'are'}"


def _help(who: str, what: str, permission: str) -> dict[str, str]:
    return {"who": who, "what": what, "permission": permission}


def _rows(amounts: Iterable[tuple[Key, int]]) -> list[Row]:
    return [{"flavor": flavor, "resource": resource, "amount": amount} for (flavor, resource), amount in amounts]
