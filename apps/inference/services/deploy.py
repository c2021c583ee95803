"""What users do with apps."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.clusters.models import Cluster, ClusterKind
from apps.core.errors import Conflict, InvalidRequest, NameTaken
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.inference.errors import AppsNotThere, NoSuchRevision
from apps.inference.models import App, AppAccess, Revision, RevisionFile
from apps.inference.services._life import audit, lock_app, settle, wake
from apps.inference.services.asking import pod_request
from apps.inference.services.files import files_of, find_files, give_files
from apps.inference.spec import AppSpec, Autoscaling, is_reserved, without_values
from apps.isolation.services import require_images
from apps.quotas import services as quotas
from apps.secrets import services as secrets
from apps.secrets.references import wrong_entries
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant


@transaction.atomic
def create_app(
    *,
    actor: Actor,
    project: Project,
    name: str,
    spec: AppSpec,
    replicas: int = 1,
    autoscaling: Autoscaling | None = None,
    cluster: str = "",
    priority: str = "low",
    access: str = AppAccess.TENANT,
    description: str = "",
    note: str = "",
) -> App:
    """Deploy a new app.

    Raises NameTaken within the project, AppsNotThere, InvalidRequest for secrets and files that are not there,
    RegistryClosed, and what quotas.assess raises: NeverFits when no replica of it could ever start.
    """
    found = _cluster_for(project.tenant, cluster, of_an_image=bool(spec.image))
    app = App(
        tenant_id=project.tenant_id,
        project=project,
        owner_id=actor.user_id,
        cluster=found,
        name=name,
        description=description,
        priority=priority,
        access=access,
        replicas=replicas,
    )
    _set_autoscaling(app, autoscaling)
    _require_room(actor, app, spec)
    files = find_files(actor, app, spec)
    with refused_when_taken(NameTaken(f"This project has an app {name}.", at="/name")):
        app.save(force_insert=True)
    _write_revision(app, spec, files, actor=actor, note=note)
    publish(op="added", subject=app)
    wake(app)
    settle(app)
    audit(app, "create", actor=actor, before=None, after=describe(app))
    return app


@transaction.atomic
def change_app(*, actor: Actor, app: App, spec: AppSpec | None = None, note: str = "", **fields: Any) -> App:
    """Change what is given: another `spec` is a new revision, which takes over from the old one. Raises as create_app.

    So is the same one when its files are others by now.
    """
    before = describe(app)
    autoscaling = fields.pop("autoscaling", autoscaling_of(app))
    for name, value in fields.items():
        setattr(app, name, value)
    _set_autoscaling(app, autoscaling)
    files = find_files(actor, app, spec) if spec is not None else []
    if spec is not None and spec.as_json() == _spec_of(app) and _same(files, files_of(app)):
        spec = None
    # Of a priority, too: whoever deployed the app may be allowed another one than who changes it.
    if spec is not None or app.priority != before["priority"]:
        _require_room(actor, app, spec or AppSpec.model_validate(_spec_of(app)))
    if spec is not None:
        app.revision += 1
        app.owner_id = actor.user_id
        app.begin_anew()
        _write_revision(app, spec, files, actor=actor, note=note)
    if describe(app) == before:
        return app
    _save_wish(app)
    audit(app, "change", actor=actor, before=before, after=describe(app))
    return app


@transaction.atomic
def roll_back(*, actor: Actor, app: App, revision: int, note: str = "") -> App:
    """Deploy an old revision anew, as a new one, with the very files and versions of secrets that it had.

    Raises NoSuchRevision.
    """
    app = _locked_or_conflict(app)
    old = Revision.objects.filter(app=app, number=revision).exclude(number=app.revision).first()
    if old is None:
        raise NoSuchRevision(f"{app.name} has no earlier revision {revision}.")
    before = describe(app)
    app.revision += 1
    app.owner_id = actor.user_id
    app.begin_anew()
    again = Revision.objects.create(
        tenant_id=app.tenant_id,
        app=app,
        number=app.revision,
        spec=old.spec,
        pinned=old.pinned,
        note=note,
        rolled_back_to=old.rolled_back_to or old.number,
        deployed_by_id=actor.user_id,
    )
    give_files(again, list(old.files.all()))
    _save_wish(app)
    audit(app, "roll-back", actor=actor, before=before, after=describe(app))
    return app


@transaction.atomic
def stop_app(*, actor: Actor, app: App) -> App:
    """Let no replica run until it is started again; requests under way are answered. Doing it twice changes nothing."""
    return _switch(actor, app, stopped=True)


@transaction.atomic
def start_app(*, actor: Actor, app: App) -> App:
    """Run as many replicas as are wanted again. Doing it twice changes nothing."""
    return _switch(actor, app, stopped=False)


@transaction.atomic
def delete_app(*, actor: Actor, app: App) -> None:
    """Stop an app for good; it goes, with its address and logs, when its last replica has."""
    app = _locked_or_conflict(app)
    app.deleting_at = timezone.now()
    app.save(update_fields=["deleting_at"])
    _save_wish(app)
    audit(app, "delete", actor=actor, before=describe(app), after=None)


def describe(app: App) -> dict[str, Any]:
    """An app as the audit trail keeps it: names of variables, never values."""
    return {
        "name": app.name,
        "description": app.description,
        "replicas": app.replicas,
        "max_replicas": app.max_replicas,
        "cpu_percent": app.cpu_percent,
        "stopped": app.stopped,
        "access": app.access,
        "priority": app.priority,
        "revision": app.revision,
        "spec": without_values(_spec_of(app)),
    }


def _spec_of(app: App) -> dict[str, Any]:
    spec: dict[str, Any] = Revision.objects.values_list("spec", flat=True).get(app=app, number=app.revision)
    return spec


def _switch(actor: Actor, app: App, *, stopped: bool) -> App:
    app = _locked_or_conflict(app)
    if app.stopped == stopped:
        return app
    app.stopped = stopped
    app.begin_anew()
    if not stopped:
        app.owner_id = actor.user_id
        _require_room(actor, app, AppSpec.model_validate(_spec_of(app)))
    _save_wish(app)
    audit(app, "stop" if stopped else "start", actor=actor, before={"stopped": not stopped}, after={"stopped": stopped})
    return app


def _locked_or_conflict(app: App) -> App:
    found = lock_app(app.pk)
    if found is None or found.deleting_at is not None:
        raise Conflict("This app is being removed.")
    return found


def _save_wish(app: App) -> None:
    """Save what users may change, as a new generation, and have it carried out."""
    app.generation += 1
    app.end_pause()
    app.save(
        update_fields=[
            *("generation", "description", "replicas", "stopped", "access", "priority", "revision", "owner_id"),
            *("max_replicas", "cpu_percent", "desired", "scaling", "failed_tries", "retry_at"),
        ]
    )
    wake(app)
    settle(app)


def autoscaling_of(app: App) -> Autoscaling | None:
    return Autoscaling(max_replicas=app.max_replicas, cpu_percent=app.cpu_percent) if app.max_replicas else None


def _set_autoscaling(app: App, autoscaling: Autoscaling | None) -> None:
    """Raises InvalidRequest where the cluster has no autoscaler, and for fewer at most than at least."""
    if autoscaling is None:
        app.max_replicas = app.desired = app.scaling = None
        return
    if app.cluster.kind == ClusterKind.LOCAL:
        none = f"{app.cluster.slug} is of the kind local, which scales no app by itself; a Kubernetes cluster does."
        raise InvalidRequest(errors=[{"pointer": "/autoscaling", "detail": none}])
    if autoscaling.max_replicas < app.replicas:
        fewer = f"It is at least {app.replicas}, which is `replicas`."
        raise InvalidRequest(errors=[{"pointer": "/autoscaling/max_replicas", "detail": fewer}])
    app.max_replicas, app.cpu_percent = autoscaling.max_replicas, autoscaling.cpu_percent


def _cluster_for(tenant: Tenant, slug: str, *, of_an_image: bool) -> Cluster:
    """The one of that name, or one that runs images (or none of them), as far as the tenant has quota there."""
    with_quota = Cluster.objects.filter(quotas__tenant=tenant).order_by("slug")
    kinds = [ClusterKind.KUBERNETES, ClusterKind.LOCAL] if of_an_image else [ClusterKind.LOCAL]
    choices = [with_quota.filter(slug=slug)] if slug else [with_quota.filter(kind=kind) for kind in kinds]
    found = next((cluster for choice in choices for cluster in choice), None)
    if found is None:
        where = f"the cluster {slug}" if slug else "a cluster that could run it"
        raise AppsNotThere(f"{tenant.name} has no quota in {where}.")
    return found


def _require_room(actor: Actor, app: App, spec: AppSpec) -> None:
    """Raise as quotas.enqueue would, for a replica that could never start; and for what the app's cluster does not do."""
    if spec.files and app.cluster.kind == ClusterKind.KUBERNETES:
        there = f"{app.cluster.slug} carries no files to apps; put them into the image, or have the app fetch them."
        raise InvalidRequest(errors=[{"pointer": "/spec/files", "detail": there}])
    require_images([spec.image] if spec.image else [], tenant_id=app.tenant_id)
    quotas.assess(
        actor=actor,
        project=app.project,
        priority=app.priority,
        gang=True,
        cluster=app.cluster.slug,
        pods=[pod_request(spec, tenant_id=app.tenant_id)],
    )


def _same(found: Sequence[RevisionFile], given: Sequence[RevisionFile]) -> bool:
    return {one.content for one in found} == {one.content for one in given}


def _write_revision(app: App, spec: AppSpec, files: Sequence[RevisionFile], *, actor: Actor, note: str) -> None:
    there: dict[str, secrets.Pinned] = {}
    wrong: list[dict[str, str]] = []
    for name, version, at in spec.named_secrets():
        pinned = there.get(name) or secrets.pin(project_id=app.project_id, name=name, version=version)
        if pinned is None:
            wrong.append({"pointer": f"{at}/secret", "detail": f"This project has no secret {name} with a value."})
            continue
        there[name] = pinned
    keys_of = {name: pinned.keys for name, pinned in there.items()}
    wrong += wrong_entries(spec.env, spec.env_from, keys_of, at="/spec", is_reserved=is_reserved)
    if wrong:
        raise InvalidRequest(errors=wrong)
    revision = Revision.objects.create(
        tenant_id=app.tenant_id,
        app=app,
        number=app.revision,
        spec=spec.as_json(),
        pinned={name: {"secret_id": str(one.secret_id), "version": one.version} for name, one in there.items()},
        note=note,
        deployed_by_id=actor.user_id,
    )
    give_files(revision, files)
    for one in there.values():
        secrets.note_use(one.secret_id)
