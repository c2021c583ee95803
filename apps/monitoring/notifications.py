"""What monitoring itself tells people."""

from apps.core.notifications import NotificationKind, Severity, Words

KINDS = (
    NotificationKind(
        code="mail.failed",
        severity=Severity.ERROR,
        about="A mail was refused for good, or could not be sent for three days.",
        words={
            "en": Words("Mail to {address} was not delivered", "{error}", many="{count} mails were not delivered"),
            "zh-hans": Words("发给 {address} 的邮件未能送达", "{error}", many="{count} 封邮件未能送达"),
        },
        permission="mail.view",
        roles=frozenset({"platform-admin"}),
        many_path="/platform/mail",
        names_people=False,
    ),
)
