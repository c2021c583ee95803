"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: administrators make accounts and tenants invite."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the whole portal goes by (behind proxies, and on a Unix socket, the peer's is not it)."""
        return str(request.META["hanse.address"])
