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
    *(
        _for_officers(
            code=f"partner.{phase}",
            severity=Severity.WARNING,
            about=f"Another party {did} an agreement.",
            words={
                "en": Words(f"{{name}} ({{number}}) {did} the agreement", "{reason}"),
                "zh-hans": Words(f"{{name}}（{{number}}）已{in_chinese}", "{reason}"),
            },
        )
        for phase, did, in_chinese in (
            ("refused", "refused", "拒绝合作"),
            ("suspended", "suspended", "暂停合作"),
            ("left", "left", "退出合作"),
        )
    ),
    _for_officers(
        code="partner.token-ends",
        severity=Severity.WARNING,
        about="The token that another party has for your cluster ends within two weeks.",
        words={
            "en": Words("The token of {name} ({number}) ends on {day}", "Rotate it before, or nothing of theirs arrives."),
            "zh-hans": Words("{name}（{number}）的令牌将于 {day} 到期", "请先轮换令牌：到期后收不到对方的数据。"),
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
        code="contract.used-up",
        severity=Severity.WARNING,
        about="As much has left your house as a contract allows; nothing more can be sent under it.",
        words={
            "en": Words("{contract}, with {name} ({number}): all bytes are used up", "Propose another edition to go on."),
            "zh-hans": Words("与 {name}（{number}）的合约“{contract}”流量已用尽", "如需继续，请提议新的一版。"),
        },
    ),
    *(
        _for_officers(
            code=f"contract.{phase}",
            severity=Severity.WARNING,
            about=f"A contract with another party {was}.",
            words={
                "en": Words(f"{{contract}}, with {{name}} ({{number}}), {was}", "{reason}"),
                "zh-hans": Words(f"与 {{name}}（{{number}}）的合约“{{contract}}”{in_chinese}", "{reason}"),
            },
        )
        for phase, was, in_chinese in (
            ("declined", "was declined", "已被对方拒绝"),
            ("revoked", "was revoked", "已被撤销"),
            ("expired", "expired", "已到期"),
        )
    ),
)
