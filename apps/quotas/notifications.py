"""What quotas tell people."""

from apps.core.notifications import Delivery, NotificationKind, Severity, Words

KINDS = (
    NotificationKind(
        code="quota.cut",
        severity=Severity.WARNING,
        about="A quota was changed so that work of yours, or of your tenant, is worse off.",
        words={
            "en": Words(
                "The quota of {tenant} in {cluster} was cut",
                "{hits} jobs are hit: what runs goes on, but some of it on borrowed quota, and some may not start again.",
            ),
            "zh-hans": Words(
                "{tenant} 在集群 {cluster} 的配额被削减",
                "有 {hits} 个作业受到影响：正在运行的会继续，但部分改用借来的配额，部分可能无法再次启动。",
            ),
        },
        permission="quotas.view",
        roles=frozenset({"owner", "admin"}),
        mail=Delivery.AT_ONCE,
    ),
    NotificationKind(
        code="quota.requested",
        severity=Severity.INFO,
        about="Somebody asks for more quota, and you may decide.",
        words={
            "en": Words("{who} asks for more: {what}", "For {place}. {reason}"),
            "zh-hans": Words("{who} 申请更多配额：{what}", "用于 {place}。{reason}"),
        },
        permission="quotas.divide",
        roles=frozenset({"owner", "admin", "platform-admin"}),
        mail=Delivery.DAILY,
        names_people=False,
    ),
    NotificationKind(
        code="quota.approved",
        severity=Severity.SUCCESS,
        about="Quota that you asked for was granted.",
        words={
            "en": Words("Granted: {what}", "For {place}, by {who}. {reason}"),
            "zh-hans": Words("配额申请已批准：{what}", "用于 {place}，由 {who} 批准。{reason}"),
        },
        permission="quotas.view",
        mail=Delivery.AT_ONCE,
    ),
    NotificationKind(
        code="quota.declined",
        severity=Severity.WARNING,
        about="Quota that you asked for was not granted.",
        words={
            "en": Words("Declined: {what}", "For {place}, by {who}. {reason}"),
            "zh-hans": Words("配额申请未获批准：{what}", "用于 {place}，由 {who} 决定。{reason}"),
        },
        permission="quotas.view",
        mail=Delivery.AT_ONCE,
    ),
    NotificationKind(
        code="quota.expiring",
        severity=Severity.WARNING,
        about="Quota that was granted for a while goes back within three days.",
        words={
            "en": Words("{what} of {place} goes back on {date}", "Ask again before, if it is still needed."),
            "zh-hans": Words("{place} 的 {what} 将于 {date} 收回", "如仍需要，请提前再次申请。"),
        },
        permission="quotas.view",
        roles=frozenset({"owner", "admin"}),
        mail=Delivery.AT_ONCE,
    ),
    NotificationKind(
        code="quota.returned",
        severity=Severity.INFO,
        about="Quota that was granted for a while went back.",
        words={
            "en": Words("{what} of {place} went back", "Nothing is stopped; what is above the limit starts nothing new."),
            "zh-hans": Words("{place} 的 {what} 已收回", "不会停止任何任务；超出上限时不再启动新的任务。"),
        },
        permission="quotas.view",
    ),
    NotificationKind(
        code="workload.place-kept",
        severity=Severity.INFO,
        about="Room is being made for something of yours that waits: its place is kept free.",
        words={
            "en": Words("A place is kept for {name}", "It starts as soon as enough is free in {cluster}."),
            "zh-hans": Words("已为 {name} 预留位置", "集群 {cluster} 有足够的空闲资源后即会启动。"),
        },
        permission="jobs.view",
    ),
)
