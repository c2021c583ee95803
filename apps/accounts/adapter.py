"""How django-allauth behaves here."""

import time
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from apps.core import fields


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: administrators make accounts and tenants invite."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the whole portal goes by (behind proxies, and on a Unix socket, the peer's is not it)."""
        return str(request.META["hanse.address"])

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Whether to prove once more who one is. Having just signed in counts as having proved it.

        Raises ReauthenticationRequired for somebody who can only do so by signing in again, where allauth asks nothing.
        """
        request = context.request
        proofs = get_authentication_records(request, request.user)
        if proofs and time.time() - proofs[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        if not get_reauthentication_flows(request.user):
            raise ReauthenticationRequired
        return True


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys of authenticator apps and seeds of recovery codes are encrypted; passkeys belong to the host of the console."""

    def encrypt(self, text: str) -> str:
        return fields.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return fields.decrypt(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        asked = str(urlsplit(f"//{context.request.get_host()}").hostname)
        # Browsers know no passkeys for numbers, such as 127.0.0.1; by its name, the same machine can be asked too.
        return {"id": asked if asked == "localhost" else str(urlsplit(settings.PUBLIC_URL).hostname), "name": "Hanse"}
