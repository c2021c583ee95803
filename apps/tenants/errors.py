"""What can go wrong with tenants, roles and tokens."""

from http import HTTPStatus

from apps.core.errors import Problem


class TenantNotActive(Problem):
    code, status = "tenant-not-active", HTTPStatus.CONFLICT
    title = "The tenant is not active"
    advice = (
        "A suspended tenant starts nothing new, a draining one stops what runs, a closed one is over. "
        "A platform admin resumes a suspended tenant; `phase` and `reason` say what is the case."
    )


class StillRunning(Problem):
    code, status = "still-running", HTTPStatus.CONFLICT
    title = "Something still runs there"
    advice = (
        "`casualties` lists what would be orphaned. Drain the tenant, or cancel what runs in the project; then close or "
        "remove it when nothing is left."
    )


class ConfirmationWrong(Problem):
    code, status = "confirmation-wrong", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The typed name is not the name of what would be removed"
    advice = "Removing cannot be undone, so the slug is typed once more: send it as `confirm`."


class LastOwner(Problem):
    code, status = "last-owner", HTTPStatus.CONFLICT
    title = "A tenant always has an owner"
    advice = (
        "This would leave a tenant without anybody who answers for it. Make somebody else an owner first; an owner counts "
        "when the account is active and the role is on the tenant, by themselves or by a group."
    )


class AlreadyMember(Problem):
    code, status = "already-member", HTTPStatus.CONFLICT
    title = "That role is there already"
    advice = "A user or group has each role once on a tenant or project. Nothing was changed."


class GrantsTooMuch(Problem):
    code, status = "grants-too-much", HTTPStatus.FORBIDDEN
    title = "Nobody can give or take more than they hold"
    advice = (
        "`missing` lists the permissions of that role which you do not hold there. Ask somebody who holds them, such as an "
        "owner of the tenant or a platform admin."
    )


class NeedsSession(Problem):
    code, status = "needs-session", HTTPStatus.FORBIDDEN
    title = "Only a person who is signed in can do that"
    advice = (
        "Tokens cannot make tokens or change accounts, so that a leaked one cannot outlive its revocation. Use the console."
    )
