"""Does every cluster answer?"""

from collections.abc import Iterator

from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from apps.clusters.models import Cluster, Health
from apps.core.health import Finding, degraded, healthy


def check_clusters() -> Iterator[Finding]:
    try:
        clusters = list(Cluster.objects.order_by("slug"))
    except (DatabaseError, InterfaceError):
        return  # the check of the database says so
    now = timezone.now()
    for cluster in clusters:
        seen = cluster.seen_ago(now)
        fix = "See the cluster's page. What runs there goes on; nothing new is started until it answers."
        if cluster.is_stale(now):
            ago = "never" if seen is None else f"{seen.total_seconds():.0f} s ago"
            yield degraded("cluster.stale", f"{cluster.slug} was last seen {ago}", fix, cluster=cluster.slug, ago=ago)
        elif cluster.health in (Health.DEGRADED, Health.DOWN):
            text = f"{cluster.slug} is {cluster.health}: {cluster.health_message}"
            yield degraded(f"cluster.{cluster.health}", text, fix, cluster=cluster.slug, message=cluster.health_message)
        else:
            yield healthy("cluster.seen", f"{cluster.slug} answers", cluster=cluster.slug)
