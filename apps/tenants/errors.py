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
        "`casualties` lists what would be orphaned. Drain the tenant, wait until what runs has stopped, and close it then."
    )


class BeingRemoved(Problem):
    code, status = "being-removed", HTTPStatus.CONFLICT
    title = "It is being removed"
    advice = (
        "Somebody asked for its removal, which cannot be taken back. What is left can be read until it is gone; nothing can "
        "be changed or started there. `removal` of the project or tenant says how far it is, and what it waits for."
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


class ViewIsReadOnly(Problem):
    code, status = "view-is-read-only", HTTPStatus.FORBIDDEN
    title = "Whoever looks as somebody else changes nothing"
    advice = "You look at the console as somebody else sees it. End the view (the banner has the button) to act as yourself."


class ViewIsOver(Problem):
    code, status = "view-is-over", HTTPStatus.FORBIDDEN
    title = "The time of this view is over"
    advice = (
        "A view as somebody else lasts as long as was asked for, while the account is active and you may look. End it with "
        "`DELETE /api/v1/view-as/`, which the banner's button does, and go on as yourself."
    )


class AlreadyInvited(Problem):
    code, status = "already-invited", HTTPStatus.CONFLICT
    title = "That address is invited to this role already"
    advice = "Resend the invitation, which makes a new link and ends the old one, or revoke it first."


class InvitationOver(Problem):
    code, status = "invitation-over", HTTPStatus.GONE
    title = "This invitation cannot be accepted any more"
    advice = (
        "It was accepted or revoked, its time is over, a newer link took its place, or whoever invited may no longer give "
        "the role. Ask for another; links work once."
    )


class ForSomebodyElse(Problem):
    code, status = "for-somebody-else", HTTPStatus.FORBIDDEN
    title = "This invitation is for another address"
    advice = "Sign out, and open the link again as the person who was invited."


class SignInFirst(Problem):
    code, status = "sign-in-first", HTTPStatus.CONFLICT
    title = "This address has an account"
    advice = "One person has one account for all tenants. Sign in with it, open the link again, and accept."
