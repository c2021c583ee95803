from uuid import UUID

from apps.tenants.models import Project, Tenant
from celery_workers import removal
from portal.celery import app

MOST_AT_ONCE, EXPIRES_SECONDS = 100, 60


@app.task(name="tenants.remove_project", acks_late=True)
def remove_project(*, project_id: str, **_newer_arguments: object) -> None:
    """Take some of a project that is being removed away."""
    if removal.remove_project(UUID(project_id)):
        remove_project.apply_async(kwargs={"project_id": project_id}, expires=EXPIRES_SECONDS)


@app.task(name="tenants.remove_tenant", acks_late=True)
def remove_tenant(*, tenant_id: str, **_newer_arguments: object) -> None:
    """Take a tenant that is being removed away, when its projects are gone."""
    removal.remove_tenant(UUID(tenant_id))


@app.task(name="tenants.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Look again at all that is being removed."""
    for project_id in Project.objects.to_remove().order_by("?").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        remove_project.apply_async(kwargs={"project_id": str(project_id)}, expires=EXPIRES_SECONDS)
    for tenant_id in Tenant.objects.to_remove().order_by("?").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        remove_tenant.apply_async(kwargs={"tenant_id": str(tenant_id)}, expires=EXPIRES_SECONDS)
