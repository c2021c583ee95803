"""OpenID Connect, the relying party's side: authorization code with PKCE, state and nonce; every token's signature checked.

django-allauth's own provider sends no nonce, trusts tokens that came over TLS unsigned, follows redirects and keeps secrets
in clear; what it is good at (the steps of a sign-in) is used once the person is known.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
from django.core.cache import cache

from apps.accounts.models import Provider
from apps.core.outward import Refused, ask_json, require_safe_url

KEPT_SECONDS = 300
CLOCK_SECONDS = 60
# Asymmetric ones only: with HS256, or none, whoever knows the client could sign.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Attempt:
    """One try to sign in, kept in the session of the browser that began it, used once."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))


def discover(issuer: str) -> dict[str, Any]:
    """What the provider says of itself. Raises Refused for an issuer that is none, or names other addresses than its own."""
    if (known := cache.get(kept_as(issuer))) is not None:
        return dict(known)
    document = ask_json("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if document.get("issuer") != issuer:
        raise Refused(f"It calls itself {document.get('issuer')}, not {issuer}; write the issuer as it does.")
    for endpoint in ENDPOINTS:
        if not isinstance(document.get(endpoint), str):
            raise Refused(f"Its discovery document names no {endpoint}.")
        require_safe_url(document[endpoint])
    cache.set(kept_as(issuer), document, KEPT_SECONDS)
    return document


def kept_as(address: str) -> str:
    """The key of the cache under which what was read there is kept."""
    return f"oidc:{hashlib.sha256(address.encode()).hexdigest()}"


def address_to_ask(provider: Provider, attempt: Attempt, *, callback: str) -> str:
    """Where the browser goes to say who it is. Raises Refused."""
    challenge = urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).decode().rstrip("=")
    question = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback,
        "scope": "openid profile email" + (" groups" if provider.groups_claim == "groups" else ""),
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    known_scopes = discover(provider.issuer).get("scopes_supported")
    if known_scopes:
        question["scope"] = " ".join(scope for scope in question["scope"].split() if scope in known_scopes)
    address = str(discover(provider.issuer)["authorization_endpoint"])
    return f"{address}{'&' if '?' in address else '?'}{urlencode(question)}"


def address_to_leave(provider: Provider, *, id_token: str, back: str) -> str | None:
    """Where the browser goes to be signed out there too, coming back to `back`; None when it offers no such place.

    (OpenID Connect RP-Initiated Logout 1.0.) Raises Refused.
    """
    address = discover(provider.issuer).get("end_session_endpoint")
    if not isinstance(address, str):
        return None
    require_safe_url(address)
    said = {"id_token_hint": id_token, "client_id": provider.client_id, "post_logout_redirect_uri": back}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(said)}"


def claims_of(provider: Provider, attempt: Attempt, *, code: str, callback: str) -> tuple[dict[str, Any], str]:
    """What the provider says of whoever brought `code`: claims of the ID token, and of the user info where it lacks them.

    The second value is the ID token itself. Raises Refused for a code that it does not take, and for a token that is not
    meant for this very attempt.
    """
    tokens = _redeem(provider, attempt, code, callback)
    id_token = str(tokens.get("id_token", ""))
    claims = verified(provider, id_token, nonce=attempt.nonce)
    asked = discover(provider.issuer).get("userinfo_endpoint")
    if asked and tokens.get("access_token"):
        told = ask_json("GET", asked, headers={"Authorization": f"Bearer {tokens['access_token']}"})
        if told.get("sub") != claims["sub"]:
            raise Refused("The user info is of somebody else than the ID token.")
        claims = {**told, **claims}
    return claims, id_token


def _redeem(provider: Provider, attempt: Attempt, code: str, callback: str) -> dict[str, Any]:
    about = discover(provider.issuer)
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback,
        "code_verifier": attempt.verifier,
    }
    ways = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" in ways:
        return ask_json("POST", about["token_endpoint"], data=body, auth=(provider.client_id, provider.secret))
    secret = {"client_id": provider.client_id, "client_secret": provider.secret}
    return ask_json("POST", about["token_endpoint"], data={**body, **secret})


def verified(provider: Provider, token: str, *, nonce: str) -> dict[str, Any]:
    """The claims of an ID token. Raises Refused unless it was signed for us, for this attempt, and still holds."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise Refused(f"The ID token is signed with {header.get('alg')}, which proves nothing.")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_signing_key(provider, header.get("kid")),
            algorithms=[header["alg"]],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=CLOCK_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise Refused(f"The ID token does not hold: {error}") from error
    if not hmac.compare_digest(str(claims.get("nonce", "")), nonce):
        raise Refused("The ID token answers another attempt.")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise Refused("The ID token was made for another client.")
    return claims


def _signing_key(provider: Provider, kid: str | None) -> Any:
    address = discover(provider.issuer)["jwks_uri"]
    cached = kept_as(address)
    # A provider that has changed its keys names one that is not among those kept.
    for document in (cache.get(cached), None):
        if document is None:
            document = ask_json("GET", address)
            cache.set(cached, document, KEPT_SECONDS)
        keys = [key for key in document.get("keys", []) if key.get("use", "sig") == "sig"]
        fitting = [key for key in keys if kid is None or key.get("kid") == kid]
        if len(fitting) == 1:
            return jwt.PyJWK(fitting[0]).key
    raise Refused("The ID token is signed with a key that the provider does not name.")
