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
_for_those_who_work = partial(
    NotificationKind,
    permission="federated-jobs.stop",
    roles=frozenset({"data-officer", "developer"}),
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
    *(
        _for_those_who_work(
            code=f"federated-job.{code}",
            severity=severity,
            about=about,
            words={
                "en": Words(f"{{name}} ({{number}}): {{job}} {title}", text),
                "zh-hans": Words(f"{{name}}（{{number}}）：{{job}} {title_zh}", text_zh),
            },
        )
        for code, severity, about, title, text, title_zh, text_zh in (
            (
                "offered",
                Severity.WARNING,
                "Another party proposes a job under a contract.",
                "is proposed",
                "Give your part of it, or refuse.",
                "待贵方确认",
                "请提供贵方的部分，或拒绝。",
            ),
            (
                "accepted",
                Severity.INFO,
                "Another party gave its part of a job.",
                "is accepted",
                "It starts once the channels are open on both sides.",
                "已被接受",
                "双方通道就绪后即开始。",
            ),
            (
                "refused",
                Severity.WARNING,
                "Another party refused a job.",
                "is refused",
                "{reason}",
                "已被拒绝",
                "{reason}",
            ),
            (
                "silent",
                Severity.WARNING,
                "Nothing was heard of the other side of a job for a minute.",
                "is not heard of",
                "Their officer should look at their side.",
                "对方失去联系",
                "请联系对方数据官检查其一侧。",
            ),
            (
                "stopped",
                Severity.WARNING,
                "Another party stopped a job.",
                "was stopped by them",
                "{reason}",
                "已被对方停止",
                "{reason}",
            ),
            (
                "failed",
                Severity.ERROR,
                "A job with another party has failed.",
                "has failed",
                "{reason}",
                "已失败",
                "{reason}",
            ),
            (
                "lost",
                Severity.ERROR,
                "The other side of a job was silent for too long.",
                "lost its other side",
                "Nothing of it runs here any more.",
                "对方失联过久",
                "本方已停止全部运行。",
            ),
            (
                "succeeded",
                Severity.SUCCESS,
                "A job with another party has succeeded.",
                "has succeeded",
                "",
                "已成功",
                "",
            ),
        )
    ),
)
