"""The base of endpoints below one job."""

from typing import Any, ClassVar

from rest_framework.response import Response

from apps.core.api.serializers import sparse
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.jobs.documents import job_document, new_job_document
from apps.jobs.models import Job
from apps.tenants.actor import Actor

_OF_JOBS = ("jobs.", "templates.")


class JobViewSet(ResourceViewSet):
    """Endpoints below /projects/{project_id}/jobs/{job_id}/. `self.job` is one that the actor may read.

    `shared` names the actions that are also open to whom the job was shared with.
    """

    shared: ClassVar[frozenset[str]] = frozenset()
    job: Job

    def authorize(self, permission: str) -> None:
        readable = Job.objects.readable(self.actor).filter(project_id=self.kwargs["project_id"])
        self.job = visible_or_404(readable.select_related("project", "cluster"), pk=self.kwargs["job_id"])
        if permission and not (self.action in self.shared and permission == "jobs.view"):
            self.actor.require(permission, tenant_id=self.job.tenant_id, project_id=self.job.project_id)

    def shown_job(self, job: Job, *, status: int = 200) -> Response:
        """The whole job, as it is now, with what the actor may do to it."""
        document = shown_job(self.actor, job)
        shown = sparse(document, self.get_serializer_context()["fields"])
        return Response(shown, status=status, headers={"ETag": f'"{document["generation"]}"'})


def shown_job(actor: Actor, job: Job) -> dict[str, Any]:
    """The whole job as this actor sees it: values of variables are for who may submit where it belongs."""
    can = permissions_on(actor, job)
    return {**job_document(job.pk, values="jobs.submit" in can), "can": can}


def shown_new_job(actor: Actor, job: Job) -> dict[str, Any]:
    """The same of a job that this request has just made."""
    can = permissions_on(actor, job)
    return {**new_job_document(job, values="jobs.submit" in can), "can": can}


def permissions_on(actor: Actor, job: Job) -> list[str]:
    """What the actor holds on a job that they may read; by a share that is only to view it."""
    held = actor.on_project(job.project_id, job.tenant_id)
    return sorted({"jobs.view", *(permission for permission in held if permission.startswith(_OF_JOBS))})
