"""The two requests of a sign-in by a provider: the one that begins it, and the one that its answer comes back with."""

import time
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import structlog
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.headless.base.views import APIView
from allauth.headless.internal.restkit.inputs import CharField, Input
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme

from apps.accounts import oidc, single_sign_on
from apps.accounts.models import Provider
from apps.accounts.signals import Person
from apps.accounts.single_sign_on import NotLetIn
from apps.core import fields
from apps.core.outward import Refused
from apps.core.web.methods import only_get

# In the session of the browser that began: an answer that somebody else fetched opens nothing here.
_ATTEMPTS = "sign_in_attempts"
# And of one that has signed in: by whom, and the ID token, encrypted, with which the provider knows whom to sign out.
_CAME_BY = "came_by"
_MOST_ATTEMPTS, _LASTS_SECONDS = 5, 600
_log = structlog.get_logger(__name__)


class _BeginInput(Input):
    provider = CharField()
    next = CharField(required=False)


class BeginView(APIView):
    """Answers with the address to go to, rather than to redirect there, so that the page's policy need not name it."""

    input_class = _BeginInput

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        provider = Provider.objects.filter(slug=self.input.cleaned_data["provider"], is_active=True).first()
        if provider is None:
            return JsonResponse({"status": 404}, status=404)
        attempt = oidc.Attempt.new()
        try:
            address = oidc.address_to_ask(provider, attempt, callback=_callback_of(provider))
        except Refused as error:
            _log.warning("provider-does-not-answer", provider=provider.slug, error=str(error))
            return JsonResponse({"status": 503}, status=503)
        attempts = request.session.get(_ATTEMPTS, {})
        kept = sorted(attempts.items(), key=lambda item: item[1]["at"])[-(_MOST_ATTEMPTS - 1) :]
        begun = {**asdict(attempt), "provider": provider.slug, "next": self.input.cleaned_data["next"], "at": time.time()}
        request.session[_ATTEMPTS] = {**dict(kept), attempt.state: begun}
        return JsonResponse({"address": address})


@only_get
def callback(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the provider sends the browser back to."""
    begun = _begun(request, slug)
    provider = Provider.objects.filter(slug=slug, is_active=True).first()
    if begun is None or provider is None:
        return _refuse("expired")
    who = Person(
        user_id=UUID(int=0),
        label=f"single sign-on {slug}",
        request_id=request.META["hanse.request_id"],
        address=request.META["hanse.address"],
    )
    try:
        claims, id_token = _claims(request, provider, begun)
        user = single_sign_on.user_of_claims(provider=provider, claims=claims, who=who)
    except (Refused, NotLetIn) as error:
        reason = error.reason if isinstance(error, NotLetIn) else "refused"
        _log.warning("single-sign-on-refused", provider=slug, reason=reason, error=str(error))
        single_sign_on.record_refusal(provider=provider, reason=f"{reason}: {error}"[:300], who=who)
        return _refuse(reason)
    with transaction.atomic():
        if request.user.is_authenticated:
            get_adapter().logout(request)
        record_authentication(
            request, user, "single-sign-on", provider=slug, second_factor=provider.asks_second_factor or None
        )
        perform_login(request, Login(user=user))
        request.session[_CAME_BY] = {"provider": slug, "id_token": fields.encrypt(id_token)}
    here = begun["next"] if _is_ours(begun["next"]) else "/"
    # With a second factor still to come, the sign-in page goes on from where it is.
    return HttpResponseRedirect(here if request.user.is_authenticated else f"/sign-in?{urlencode({'next': here})}")


def _begun(request: HttpRequest, slug: str) -> dict[str, Any] | None:
    """The attempt that this answers, taken out: an answer counts once."""
    attempts = request.session.get(_ATTEMPTS, {})
    begun: dict[str, Any] | None = attempts.pop(request.GET.get("state", ""), None)
    request.session[_ATTEMPTS] = attempts
    request.session.save()
    if begun is None or begun["provider"] != slug or time.time() - begun["at"] > _LASTS_SECONDS:
        return None
    return begun


def address_to_leave(request: HttpRequest) -> str | None:
    """Where the browser must go to be signed out by the provider too that it came by; None where that is not wanted."""
    came_by = request.session.get(_CAME_BY, {})
    provider = Provider.objects.filter(slug=came_by.get("provider"), is_active=True, signs_out_there=True).first()
    if provider is None:
        return None
    try:
        id_token = fields.decrypt(came_by["id_token"])
        return oidc.address_to_leave(provider, id_token=id_token, back=signed_out_url())
    except (Refused, InvalidToken) as error:
        _log.warning("provider-not-left", provider=provider.slug, error=str(error))
        return None


def signed_out_url() -> str:
    """Where a provider sends the browser back to that was signed out there; to be registered with it."""
    return f"{settings.PUBLIC_URL}/sign-in"


def _claims(request: HttpRequest, provider: Provider, begun: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if request.GET.get("error"):
        raise NotLetIn("cancelled" if request.GET["error"] == "access_denied" else "refused")
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        raise Refused("The answer is of another provider.")
    attempt = oidc.Attempt(state=begun["state"], nonce=begun["nonce"], verifier=begun["verifier"])
    return oidc.claims_of(provider, attempt, code=request.GET.get("code", ""), callback=_callback_of(provider))


def _callback_of(provider: Provider) -> str:
    return f"{settings.PUBLIC_URL}/sign-in/{provider.slug}/callback/"


def _is_ours(path: str) -> bool:
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def _refuse(reason: str) -> HttpResponse:
    return HttpResponseRedirect(f"/sign-in?{urlencode({'refused': reason})}")
