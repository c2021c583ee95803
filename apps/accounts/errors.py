"""What can go wrong with accounts."""

from http import HTTPStatus

from apps.core.errors import Problem


class AddressTaken(Problem):
    code, status = "address-taken", HTTPStatus.CONFLICT
    title = "Somebody has an account with this e-mail address"
    advice = "One person has one account for all tenants. Look for the address under *Users* and give that account roles."


class ResetLinkSpent(Problem):
    code, status = "reset-link-spent", HTTPStatus.CONFLICT
    title = "This link no longer sets a password"
    advice = "A link works once, within an hour, and until the next sign-in. Ask for another one on the sign-in page."
