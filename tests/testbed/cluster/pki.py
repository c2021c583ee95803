"""Certificates of one cluster, made when it first starts: its authority, and whoever that vouches for."""

import datetime
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# The testbed's clusters are started anew often; the operators' own rotation wants more than 90 days.
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_VALID = datetime.timedelta(days=3650)


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, in PEM."""

    certificate: bytes
    key: bytes

    def write(self, directory: Path, *, certificate: str = "tls.crt", key: str = "tls.key") -> None:
        directory.mkdir(parents=True, exist_ok=True)
        (directory / certificate).write_bytes(self.certificate)
        (directory / key).touch(0o600)
        (directory / key).write_bytes(self.key)


@dataclass(frozen=True)
class Authority:
    pair: Pair

    @classmethod
    def made(cls, name: str, *, hosts: Sequence[str] = ()) -> "Authority":
        # RSA, in its old form: the operators' cert-controller reads no other.
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = _name(name)
        certificate = (
            _builder(subject, key, hosts)
            .issuer_name(subject)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        return cls(_pair(certificate, key))

    @classmethod
    def kept(cls, directory: Path, name: str) -> "Authority":
        """The one in `directory`; made there the first time."""
        certificate, key = directory / f"{name}.crt", directory / f"{name}.key"
        if not key.exists():
            cls.made(name).pair.write(directory, certificate=certificate.name, key=key.name)
        return cls(Pair(certificate.read_bytes(), key.read_bytes()))

    def issue(self, name: str, *, organizations: Sequence[str] = (), hosts: Sequence[str] = ()) -> Pair:
        """A certificate for a server (`hosts`: names and addresses) or a client (`organizations`: its groups)."""
        own = x509.load_pem_x509_certificate(self.pair.certificate)
        own_key = serialization.load_pem_private_key(self.pair.key, None)
        assert isinstance(own_key, rsa.RSAPrivateKey)
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            _builder(_name(name, organizations), key, hosts)
            .issuer_name(own.subject)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False
            )
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(own_key.public_key()), critical=False)
            .sign(own_key, hashes.SHA256())
        )
        return _pair(certificate, key)


def signing_pair() -> Pair:
    """A bare key pair, with which tokens of service accounts are signed; `certificate` is its public half."""
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Pair(public, _pem(key))


def _builder(subject: x509.Name, key: Key, hosts: Sequence[str]) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + _VALID)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if hosts:
        builder = builder.add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
    return builder


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(name: str, organizations: Sequence[str] = ()) -> x509.Name:
    groups = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, group) for group in organizations]
    return x509.Name([*groups, x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_encipherment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pair(certificate: x509.Certificate, key: Key) -> Pair:
    return Pair(certificate.public_bytes(serialization.Encoding.PEM), _pem(key))


def _pem(key: Key) -> bytes:
    forms = serialization.PrivateFormat
    form = forms.TraditionalOpenSSL if isinstance(key, rsa.RSAPrivateKey) else forms.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
