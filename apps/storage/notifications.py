"""What volumes tell people."""

from apps.core.notifications import Delivery, NotificationKind, Severity, Words

KINDS = (
    NotificationKind(
        code="volume.fills",
        severity=Severity.WARNING,
        about="A volume is filled to 80 or 95 %.",
        words={
            "en": Words("Volume {name} is filled to {percent} %", "Delete files, or have it enlarged, before jobs run out."),
            "zh-hans": Words("存储卷 {name} 已用 {percent}%", "请在作业写满之前删除文件或申请扩容。"),
        },
        permission="volumes.view",
        roles=frozenset({"owner", "admin"}),
        mail=Delivery.DAILY,
    ),
)
