"""What tenants tell people."""

from apps.core.notifications import Delivery, NotificationKind, Severity, Words
from apps.tenants.permissions import TENANT_ROLES

_MEMBERS = frozenset(str(role) for role in TENANT_ROLES)

KINDS = (
    NotificationKind(
        code="tenant.suspended",
        severity=Severity.WARNING,
        about="A tenant was suspended: nothing new starts there.",
        words={
            "en": Words("Tenant {name} is suspended", "Nothing new starts. {reason}"),
            "zh-hans": Words("租户 {name} 已暂停", "不再启动新的任务。{reason}"),
        },
        permission="tenants.view",
        roles=_MEMBERS,
        mail=Delivery.AT_ONCE,
        names_people=False,
    ),
    NotificationKind(
        code="tenant.resumed",
        severity=Severity.SUCCESS,
        about="A suspended tenant is active again.",
        words={
            "en": Words("Tenant {name} is active again", "{reason}"),
            "zh-hans": Words("租户 {name} 已恢复", "{reason}"),
        },
        permission="tenants.view",
        roles=_MEMBERS,
        names_people=False,
    ),
    NotificationKind(
        code="tenant.draining",
        severity=Severity.WARNING,
        about="A tenant is draining: what runs there is stopped.",
        words={
            "en": Words("Tenant {name} is draining", "What runs is stopped, and nothing new starts. {reason}"),
            "zh-hans": Words("租户 {name} 正在排空", "正在运行的任务会被停止，也不再启动新的任务。{reason}"),
        },
        permission="tenants.view",
        roles=_MEMBERS,
        mail=Delivery.AT_ONCE,
        names_people=False,
    ),
    NotificationKind(
        code="member.added",
        severity=Severity.INFO,
        about="You were given a role on a tenant or project.",
        words={
            "en": Words("You are {role} of {place}", "{actor} gave you this role."),
            "zh-hans": Words("您已成为 {place} 的 {role}", "由 {actor} 授予此角色。"),
        },
        permission="tenants.view",
    ),
    NotificationKind(
        code="invitation.sent",
        severity=Severity.INFO,
        about="Somebody was invited to a tenant or project.",
        words={
            "en": Words("{who} invited {email} as {role} of {place}"),
            "zh-hans": Words("{who} 邀请 {email} 担任 {place} 的 {role}"),
        },
        permission="members.manage",
        roles=frozenset({"owner", "admin"}),
        names_people=False,
    ),
    NotificationKind(
        code="invitation.accepted",
        severity=Severity.SUCCESS,
        about="Whoever you invited took it up.",
        words={
            "en": Words("{email} is now {role} of {place}", "The invitation was accepted."),
            "zh-hans": Words("{email} 已成为 {place} 的 {role}", "邀请已被接受。"),
        },
        permission="members.view",
    ),
    NotificationKind(
        code="invitation.expired",
        severity=Severity.WARNING,
        about="An invitation of yours ended without being taken up.",
        words={
            "en": Words("The invitation of {email} to {place} has expired", "Send it again, or take it back."),
            "zh-hans": Words("发给 {email} 的 {place} 邀请已过期", "可以重新发送，或将其撤回。"),
        },
        permission="members.view",
    ),
    NotificationKind(
        code="token.expiring",
        severity=Severity.WARNING,
        about="An API token of yours ends within seven days.",
        words={
            "en": Words("Your API token {name} ends on {date}", "Make a new one before programs that use it are refused."),
            "zh-hans": Words("您的 API 令牌 {name} 将于 {date} 到期", "请及时创建新令牌，以免使用它的程序被拒绝。"),
        },
        mail=Delivery.AT_ONCE,
    ),
)
