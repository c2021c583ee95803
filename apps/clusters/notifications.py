"""What clusters tell people."""

from apps.core.notifications import Delivery, NotificationKind, Severity, Words

_FLEET = frozenset({"platform-admin", "operator"})

KINDS = (
    NotificationKind(
        code="cluster.down",
        severity=Severity.ERROR,
        about="A cluster is down.",
        words={
            "en": Words("Cluster {name} is down", "{message}"),
            "zh-hans": Words("集群 {name} 已宕机", "{message}"),
        },
        permission="clusters.manage",
        roles=_FLEET,
        mail=Delivery.AT_ONCE,
        names_people=False,
    ),
    NotificationKind(
        code="cluster.up",
        severity=Severity.SUCCESS,
        about="A cluster that was down is back.",
        words={
            "en": Words("Cluster {name} is back", "It is {health}."),
            "zh-hans": Words("集群 {name} 已恢复", "当前状态：{health}。"),
        },
        permission="clusters.manage",
        roles=_FLEET,
        names_people=False,
    ),
)
