from uuid import UUID

from celery_workers.kubernetes import asking, images, kubeconfigs, members, networks, pools, queues, schedulable, shown, tidy
from celery_workers.kubernetes import drain as draining
from celery_workers.kubernetes import look as looking
from celery_workers.kubernetes import preflight as preflights
from portal.celery import app


@app.task(name="kubernetes.look", acks_late=True)
def look(*, cluster_id: str, **_newer_arguments: object) -> None:
    """See whether a cluster answers, after somebody said how it is reached."""
    looking.look_at(UUID(cluster_id))


@app.task(name="kubernetes.preflight", acks_late=True)
def preflight(*, operation_id: str, **_newer_arguments: object) -> None:
    """Look what a cluster has and lacks."""
    preflights.run(UUID(operation_id))


@app.task(name="kubernetes.tidy", acks_late=True)
def tidy_clusters(**_newer_arguments: object) -> None:
    """Put namespaces right, and take away what is left of projects and jobs that are gone."""
    tidy.tidy_clusters()


@app.task(name="kubernetes.compare", acks_late=True)
def compare(*, operation_id: str, **_newer_arguments: object) -> None:
    """Compare namespaces with what they should be, and put them right when that was asked for."""
    tidy.compare(UUID(operation_id))


@app.task(name="kubernetes.write_queues", acks_late=True)
def write_queues(*, cluster_id: str, **_newer_arguments: object) -> None:
    """Write what the cluster's Kueue goes by, or take it away where the portal admits."""
    queues.write_for(UUID(cluster_id))


@app.task(name="kubernetes.write_pools", acks_late=True)
def write_pools(*, cluster_id: str = "", **_newer_arguments: object) -> None:
    """Put labels and taints of node pools where they belong, and take them from where they do not."""
    pools.write(UUID(cluster_id) if cluster_id else None)


@app.task(name="kubernetes.write_members", acks_late=True)
def write_members(**_newer_arguments: object) -> None:
    """Bind members to what they may do now, in every cluster."""
    members.write_everywhere()


@app.task(name="kubernetes.write_networks", acks_late=True)
def write_networks(*, project_id: str = "", **_newer_arguments: object) -> None:
    """Carry a project's network exceptions to its clusters; without one, those that are still to be carried."""
    if project_id:
        networks.write_for(UUID(project_id))
    else:
        networks.write_pending()


@app.task(name="kubernetes.kubeconfig", acks_late=True)
def kubeconfig(*, operation_id: str, **_newer_arguments: object) -> None:
    """Make a kubeconfig for whoever asked."""
    kubeconfigs.run(UUID(operation_id))


@app.task(name="kubernetes.ask", acks_late=True)
def ask(*, workload_id: str, cluster_id: str, **_newer_arguments: object) -> None:
    """Make what is asked of the cluster's Kueue for a workload be what is wanted."""
    asking.reconcile(UUID(workload_id), UUID(cluster_id))


@app.task(name="kubernetes.set_schedulable", acks_late=True)
def set_schedulable(*, operation_id: str, **_newer_arguments: object) -> None:
    """Cordon or uncordon a node."""
    schedulable.run(UUID(operation_id))


@app.task(name="kubernetes.preview_drain", acks_late=True)
def preview_drain(*, operation_id: str, **_newer_arguments: object) -> None:
    """Tell what draining a node would hit."""
    draining.preview(UUID(operation_id))


@app.task(name="kubernetes.drain", acks_late=True)
def drain(*, operation_id: str, **_newer_arguments: object) -> None:
    """Work at draining a node for one turn."""
    draining.run(UUID(operation_id))


@app.task(name="kubernetes.pull_image", acks_late=True)
def pull_image(*, operation_id: str, **_newer_arguments: object) -> None:
    """Work at bringing an image to nodes for one turn."""
    images.run(UUID(operation_id))


@app.task(name="kubernetes.show_job", acks_late=True)
def show_job(*, operation_id: str, **_newer_arguments: object) -> None:
    """Render what a job is in its cluster, for whoever asked."""
    shown.run(UUID(operation_id))
