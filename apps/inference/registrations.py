"""What apps answer to questions of lower apps."""

from functools import partial
from operator import attrgetter
from uuid import UUID

from django.db.models import F, QuerySet

from apps.accounts.models import User
from apps.core import live, registries, sentences
from apps.core.registries import Belonging, Found, LogState, SecretUse, SubjectScope, Toll, in_place, is_held
from apps.core.sentences import say
from apps.inference import services
from apps.inference.documents import render_apps
from apps.inference.models import App, AppReplica, Revision, RevisionFile
from apps.inference.services._life import SUBJECT, WORDS
from apps.tenants import models as tenants
from apps.tenants.actor import Actor
from apps.tenants.models import TenantPhase

_EFFECTS = {
    "removal-apps-stop": "Waits for {count} apps to stop.",
    "effect-app-stopped": "is stopped",
    "effect-app-starts-nothing": "goes on serving; no replica of it starts anew",
    "effect-app-deleted": "is stopped, and deleted with its address and logs",
}


def register() -> None:
    live.register("app", render_apps)
    sentences.register({**WORDS, **_EFFECTS})
    registries.workload_subjects.register(SUBJECT, services.ReplicaWorkload())
    registries.subject_scopes.register("app", scope)
    registries.subject_holds.register("app", partial(is_held, App))
    registries.log_states.register("app", log_state)
    registries.searches.register("app", search)
    registries.secret_uses.register("app", secret_uses)
    registries.object_holds.register("app", files_needed)
    registries.tolls.register("app", toll)
    registries.tenant_changes.register("app", carry_out)
    registries.belongings.register("app", apps_of)
    registries.transfers.register("app", transfer)


def scope(actor: Actor, app_id: UUID) -> SubjectScope | None:
    found = App.objects.permitted(actor).filter(pk=app_id).values_list("tenant_id", "project_id").first()
    return SubjectScope(tenant_id=found[0], project_id=found[1]) if found else None


def log_state(app_id: UUID) -> LogState:
    """OPEN while replicas are wanted, or go."""
    going = AppReplica.objects.filter(app_id=app_id, finished_at=None).exists()
    wanted = App.objects.kept().filter(pk=app_id, stopped=False).exists()
    return LogState.OPEN if going or wanted else LogState.COMPLETE


def search(actor: Actor, text: str, limit: int) -> list[Found]:
    """Apps whose name begins with `text`."""
    rows = App.objects.kept().permitted(actor).filter(name__startswith=text.lower()).select_related("project__tenant")
    return [
        Found(
            "app",
            app.pk,
            app.name,
            f"{app.project.tenant.slug}/{app.project.slug}, {app.phase}",
            f"/t/{app.project.tenant.slug}/p/{app.project.slug}/apps/{app.pk}",
        )
        for app in rows.order_by("name", "pk")[:limit]
    ]


def secret_uses(actor: Actor, tenant_id: UUID, project_id: UUID, name: str, limit: int) -> list[SecretUse]:
    """Apps whose wanted revision names the secret."""
    if "apps.view" not in actor.on_project(project_id, tenant_id):
        return []
    wanted = Revision.objects.filter(app__project_id=project_id, number=F("app__revision"), pinned__has_key=name)
    return [
        SecretUse("app", one.app_id, one.app.name, one.app.phase, one.pinned[name]["version"])
        for one in wanted.select_related("app").order_by("app_id")[:limit]
    ]


def files_needed() -> QuerySet[RevisionFile, UUID | None]:
    """An old revision is deployed anew as it was; so what it was given stays, whatever becomes of the job that left it."""
    return RevisionFile.objects.filter(stored__isnull=False).values_list("stored_id", flat=True)


def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What becomes of a tenant's (or project's) apps; asked for "closed": those that are not stopped."""
    apps = in_place(App.objects.kept(), tenant_id, project_id)
    match phase:
        case TenantPhase.SUSPENDED:
            apps, effect = apps.filter(stopped=False), "effect-app-starts-nothing"
        case TenantPhase.DRAINING | TenantPhase.CLOSED:
            apps, effect = apps.filter(stopped=False), "effect-app-stopped"
        case tenants.REMOVED:
            effect = "effect-app-deleted"
        case _:
            return None
    return Toll("app", say(effect), apps.only("pk", "name"), name=attrgetter("name"))


def carry_out(actor: Actor, tenant_id: UUID, project_id: UUID | None, phase: str) -> None:
    """Draining stops what serves; a removed project's apps go one by one, by its removal."""
    if phase == TenantPhase.DRAINING:
        services.stop_apps_of(actor=actor, tenant_id=tenant_id, project_id=project_id)


def apps_of(user_id: UUID) -> list[Belonging]:
    """Apps that the user deployed last: their replicas ask for quota as them."""
    rows = App.objects.kept().filter(owner_id=user_id).order_by("-pk").values_list("pk", "name", "tenant_id")
    return [Belonging("app", pk, name, tenant) for pk, name, tenant in rows]


def transfer(actor: Actor, user: User, to: User, tenant_id: UUID | None) -> int:
    mine = [one for one in apps_of(user.pk) if tenant_id in (None, one.tenant_id)]
    for app in services.lock_apps(App.objects.filter(pk__in=[one.id for one in mine])):
        services.give_app(actor=actor, app=app, to=to)
    return len(mine)
