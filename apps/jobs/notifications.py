"""What jobs and schedules tell people."""

from apps.core.notifications import Delivery, NotificationKind, Severity, Words

_JOBS = "/t/{tenant}/p/{project}/jobs"

KINDS = (
    NotificationKind(
        code="job.succeeded",
        severity=Severity.SUCCESS,
        about="A job that you submitted has succeeded.",
        words={
            "en": Words(
                "Job {name} succeeded", "In {tenant}/{project}.", many="{count} jobs succeeded in {tenant}/{project}"
            ),
            "zh-hans": Words(
                "作业 {name} 已成功", "位于 {tenant}/{project}。", many="{tenant}/{project} 中有 {count} 个作业成功"
            ),
        },
        permission="jobs.view",
        many_path=f"{_JOBS}?phase=succeeded",
    ),
    NotificationKind(
        code="job.failed",
        severity=Severity.ERROR,
        about="A job that you submitted has failed, and is not tried again.",
        words={
            "en": Words("Job {name} failed", "{message}", many="{count} jobs failed in {tenant}/{project}"),
            "zh-hans": Words(
                "作业 {name} 失败", "原因：{reason}。{message}", many="{tenant}/{project} 中有 {count} 个作业失败"
            ),
        },
        permission="jobs.view",
        mail=Delivery.AT_ONCE,
        many_path=f"{_JOBS}?phase=failed",
    ),
    NotificationKind(
        code="job.preempted",
        severity=Severity.WARNING,
        about="A job that you submitted had to give up its quota, and queues again.",
        words={
            "en": Words("Job {name} was preempted", "{message}", many="{count} jobs were preempted in {tenant}/{project}"),
            "zh-hans": Words(
                "作业 {name} 被抢占", "它会重新排队。{message}", many="{tenant}/{project} 中有 {count} 个作业被抢占"
            ),
        },
        permission="jobs.view",
        many_path=f"{_JOBS}?phase=queued",
    ),
    NotificationKind(
        code="job.stopped",
        severity=Severity.WARNING,
        about="Somebody else cancelled or suspended a job that you submitted.",
        words={
            "en": Words(
                "Job {name} was {what} by {actor}", "{message}", many="{count} jobs were stopped in {tenant}/{project}"
            ),
            "zh-hans": Words(
                "作业 {name} 被 {actor} 停止", "{message}", many="{tenant}/{project} 中有 {count} 个作业被停止"
            ),
        },
        permission="jobs.view",
        many_path=_JOBS,
    ),
    NotificationKind(
        code="schedule.failed",
        severity=Severity.ERROR,
        about="A schedule of yours begins to fail, or fails for another reason than the last time.",
        words={
            "en": Words("Schedule {name} could not submit its job", "{message}"),
            "zh-hans": Words("定时任务 {name} 未能提交作业", "原因：{reason}。{message}"),
        },
        permission="schedules.view",
        mail=Delivery.AT_ONCE,
    ),
    NotificationKind(
        code="schedule.stopped",
        severity=Severity.WARNING,
        about="A schedule was stopped: its owner is gone, or may not submit jobs there any more.",
        words={
            "en": Words("Schedule {name} was stopped", "{message} Whoever resumes it becomes its owner."),
            "zh-hans": Words(
                "定时任务 {name} 已停止", "其所有者的账号已停用，或不再有权提交作业。恢复它的人将成为新的所有者。"
            ),
        },
        permission="schedules.view",
        roles=frozenset({"owner", "admin"}),
        mail=Delivery.AT_ONCE,
    ),
)
