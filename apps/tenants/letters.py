"""Mails of this app, in the languages that the console speaks."""

from apps.core.mail import Letter
from apps.tenants.models import Invitation

_WORDS = {
    "en": {
        "subject": "{inviter} invites you to {place} on Hanse",
        "offer": "{inviter} offers you the role {role} on {place}.",
        "until": "The link below works once, until {until} UTC. Whoever opens it can accept: do not pass it on.",
        "not_you": "If you do not know what this is about, you need do nothing.",
        "action": "Accept the invitation",
    },
    "zh-hans": {
        "subject": "{inviter} 邀请您加入 Hanse 上的 {place}",
        "offer": "{inviter} 邀请您在 {place} 中担任角色 {role}。",
        "until": "以下链接仅可使用一次，有效期至 {until}（UTC）。打开链接的人即可接受邀请，请勿转发。",
        "not_you": "如果您不清楚此邮件的来由，忽略即可。",
        "action": "接受邀请",
    },
}


def invitation_letter(invitation: Invitation, *, path: str) -> Letter:
    """What who is invited reads, in the language of who invites: nothing is known of them, nor to be told."""
    language = invitation.invited_by.language or "en"
    project = f" / {invitation.project.name}" if invitation.project else ""
    names = {
        "inviter": invitation.invited_by.name,
        "place": f"{invitation.tenant.name}{project}",
        "role": invitation.role,
        "until": f"{invitation.expires_at:%Y-%m-%d %H:%M}",
    }
    said = {name: text.format(**names) for name, text in _WORDS[language].items()}
    return Letter(
        subject=said["subject"],
        paragraphs=(said["offer"], said["until"], said["not_you"]),
        language=language,
        action=(said["action"], path),
    )
