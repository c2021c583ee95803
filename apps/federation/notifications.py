"""What parties tell people."""

from functools import partial

from apps.core.notifications import Delivery, NotificationKind, Severity, Words

_for_officers = partial(
    NotificationKind,
    permission="partners.decide",
    roles=frozenset({"data-officer"}),
    mail=Delivery.AT_ONCE,
    names_people=False,
)

KINDS = (
    _for_officers(
        code="partner.asked",
        severity=Severity.WARNING,
        about="Another party invites yours.",
        words={
            "en": Words("{name} ({number}) invites you", "Check the words of their key with their officer, then decide."),
            "zh-hans": Words("{name}（{number}）邀请贵方加入", "请与对方数据官核对密钥指纹后再决定。"),
        },
    ),
    _for_officers(
        code="partner.answered",
        severity=Severity.WARNING,
        about="Another party accepted your invitation; its key is to be checked.",
        words={
            "en": Words("{name} ({number}) accepted", "Check the words of their key with their officer, then confirm."),
            "zh-hans": Words("{name}（{number}）已接受邀请", "请与对方数据官核对密钥指纹，然后确认。"),
        },
    ),
    _for_officers(
        code="partner.ended",
        severity=Severity.WARNING,
        about="Another party refused, suspended or left an agreement.",
        words={
            "en": Words("{name} ({number}): the agreement is {phase}", "{reason}"),
            "zh-hans": Words("{name}（{number}）：合作状态为 {phase}", "{reason}"),
        },
    ),
    _for_officers(
        code="contract.offered",
        severity=Severity.WARNING,
        about="Another party proposes a contract on the use of data.",
        words={
            "en": Words("{name} ({number}) proposes: {contract}", "Read what each side brings, then sign or decline."),
            "zh-hans": Words("{name}（{number}）提议合约：{contract}", "请阅读双方提供的数据与条款，然后签署或拒绝。"),
        },
    ),
    _for_officers(
        code="contract.agreed",
        severity=Severity.INFO,
        about="Another party signed a contract that yours proposed.",
        words={
            "en": Words("{name} ({number}) signed: {contract}", "The contract stands."),
            "zh-hans": Words("{name}（{number}）已签署：{contract}", "合约已生效。"),
        },
    ),
    _for_officers(
        code="contract.ended",
        severity=Severity.WARNING,
        about="A contract with another party was declined, revoked or expired.",
        words={
            "en": Words("{contract}, with {name} ({number}), is {phase}", "{reason}"),
            "zh-hans": Words("与 {name}（{number}）的合约“{contract}”状态为 {phase}", "{reason}"),
        },
    ),
)
