"""What parties tell people."""

from apps.core.notifications import Delivery, NotificationKind, Severity, Words

_OFFICERS = frozenset({"data-officer"})

KINDS = (
    NotificationKind(
        code="partner.asked",
        severity=Severity.WARNING,
        about="Another party invites yours.",
        words={
            "en": Words("{name} ({number}) invites you", "Check the words of their key with their officer, then decide."),
            "zh-hans": Words("{name}（{number}）邀请贵方加入", "请与对方数据官核对密钥指纹后再决定。"),
        },
        permission="partners.decide",
        roles=_OFFICERS,
        mail=Delivery.AT_ONCE,
        names_people=False,
    ),
    NotificationKind(
        code="partner.answered",
        severity=Severity.WARNING,
        about="Another party accepted your invitation; its key is to be checked.",
        words={
            "en": Words("{name} ({number}) accepted", "Check the words of their key with their officer, then confirm."),
            "zh-hans": Words("{name}（{number}）已接受邀请", "请与对方数据官核对密钥指纹，然后确认。"),
        },
        permission="partners.decide",
        roles=_OFFICERS,
        mail=Delivery.AT_ONCE,
        names_people=False,
    ),
    NotificationKind(
        code="partner.ended",
        severity=Severity.WARNING,
        about="Another party refused, suspended or left an agreement.",
        words={
            "en": Words("{name} ({number}): the agreement is {phase}", "{reason}"),
            "zh-hans": Words("{name}（{number}）：合作状态为 {phase}", "{reason}"),
        },
        permission="partners.decide",
        roles=_OFFICERS,
        mail=Delivery.AT_ONCE,
        names_people=False,
    ),
)
