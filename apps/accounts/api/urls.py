"""Of what django-allauth offers, what the console uses, below /_allauth/browser/v1/; each request is one transaction.

The rest (sign-up, changing addresses, codes by mail) stays shut: administrators say who is who, and an address must not
be taken by whoever types it.
"""

from allauth.headless.account.views import ChangePasswordView
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from django.db import transaction
from django.urls import path

from apps.accounts.api import views
from apps.accounts.api.single_sign_on import BeginView

_VIEWS = {
    "config": ConfigView,
    "auth/session": views.SignOutView,
    "auth/login": views.SignInView,
    "auth/reauthenticate": views.ProveByPasswordView,
    "auth/2fa/authenticate": views.SecondFactorView,
    "auth/2fa/reauthenticate": views.ProveBySecondFactorView,
    "auth/provider/begin": BeginView,
    "auth/webauthn/login": mfa.LoginWebAuthnView,
    "auth/webauthn/authenticate": mfa.AuthenticateWebAuthnView,
    "auth/webauthn/reauthenticate": mfa.ReauthenticateWebAuthnView,
    "account/password/change": ChangePasswordView,
    "account/authenticators": mfa.AuthenticatorsView,
    "account/authenticators/totp": views.AuthenticatorAppView,
    "account/authenticators/webauthn": views.PasskeysView,
    "account/authenticators/recovery-codes": views.RecoveryCodesView,
}

urlpatterns = [path(route, transaction.atomic(view.as_api_view(client=Client.BROWSER))) for route, view in _VIEWS.items()]
