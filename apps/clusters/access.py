"""How a cluster is reached: its address, whom to believe that it is the one, and what proves to it who we are."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import jwt
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.utils import timezone

from apps.core.errors import InvalidRequest

MOST_BYTES = 256 * 1024
_NAME = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_NAME}(\.{_NAME})*", re.IGNORECASE)


@dataclass(frozen=True)
class Credential:
    """A bearer token, or a client certificate with its key (both PEM); one of the two."""

    token: str = field(default="", repr=False)
    client_certificate: str = field(default="", repr=False)
    client_key: str = field(default="", repr=False)

    @property
    def auth(self) -> str:
        return "token" if self.token else "certificate"

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Access:
    """`ca_certificate`: PEM; empty: what the portal's machine believes. `tls_server_name`: empty: that of the address."""

    server: str
    credential: Credential
    ca_certificate: str = ""
    tls_server_name: str = ""


def normal_server(url: str) -> str:
    """The address of an API server as it is kept. Raises ValueError, saying what would be right."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ValueError("This is no URL.") from error
    if parts.scheme != "https" or not parts.hostname:
        raise ValueError("Give an https:// address, such as https://10.1.2.3:6443. Hanse speaks to clusters by TLS only.")
    if parts.username is not None or parts.password is not None:
        raise ValueError("Leave user name and password out of the address.")
    if parts.query or parts.fragment:
        raise ValueError("Leave out what follows ? or #.")
    return urlunsplit(("https", f"{_bracketed(parts.hostname)}:{port or 443}", parts.path.rstrip("/"), "", ""))


def check_server_name(name: str) -> str:
    """Raises ValueError for what cannot be the name in a certificate."""
    if name and not _HOST.fullmatch(name):
        raise ValueError("This is no host name.")
    return name


def check_ca(pem: str) -> str:
    """PEM certificates, each of which can be read. Raises ValueError."""
    if pem:
        _certificates(pem)
    return pem


def check_credential(credential: Credential, *, now: datetime) -> str:
    """What is wrong with it, in a sentence; empty when nothing is."""
    if credential.token:
        if credential.client_certificate or credential.client_key:
            return "Give either a token or a client certificate with its key, not both."
        return "" if re.fullmatch(r"[\x21-\x7e]+", credential.token) else "A token is one line of printable ASCII."
    if not (credential.client_certificate and credential.client_key):
        return "Give a token, or a client certificate with its key."
    try:
        certificate, key = _certificates(credential.client_certificate)[0], _private_key(credential.client_key)
    except ValueError as error:
        return str(error)
    if _public(certificate.public_key()) != _public(key.public_key()):
        return "The key does not belong to the client certificate."
    if certificate.not_valid_after_utc <= now:
        return f"The client certificate expired on {certificate.not_valid_after_utc:%Y-%m-%d}."
    return ""


def expires_at(credential: Credential) -> datetime | None:
    """When the cluster will no longer take it, as far as it says so itself."""
    if credential.client_certificate:
        return _certificates(credential.client_certificate)[0].not_valid_after_utc
    try:
        claims: dict[str, Any] = jwt.decode(credential.token, options={"verify_signature": False})
        return datetime.fromtimestamp(float(claims["exp"]), UTC)
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def require_credential(credential: Credential, pointer: str) -> None:
    """Raise InvalidRequest when it is none, or is over."""
    now = timezone.now()
    wrong = check_credential(credential, now=now)
    if not wrong and (ends := expires_at(credential)) and ends <= now:
        wrong = f"This token expired at {ends:%Y-%m-%d %H:%M} UTC."
    if wrong:
        raise InvalidRequest(errors=[{"pointer": pointer, "detail": wrong}])


def _certificates(pem: str) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem.encode())
    except ValueError as error:
        raise ValueError("This is no certificate in PEM form (-----BEGIN CERTIFICATE-----).") from error


def _private_key(pem: str) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(pem.encode(), password=None)
    except TypeError as error:
        raise ValueError("The key is encrypted with a password; give it without one.") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError("This is no private key in PEM form.") from error


def _public(key: Any) -> bytes:
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
