"""SeaweedFS from its wheel: the store of buckets. Nobody gets at it without keys, though it listens on loopback alone.

Its four servers trust each other by certificates (gRPC) and by signed tokens (HTTP); the master's own HTTP interface, which
hands such tokens out and deletes collections, is closed to everybody. S3 is the one way in, with keys.
"""

import datetime
import hashlib
import hmac
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from embedded.ports import next_free

ACCESS_KEY, REGION = "hanse", "us-east-1"
SERVERS = ("master", "volume", "filer", "s3")
# From documentation's own network: the master's HTTP interface answers to these addresses, so to none.
_NOBODY = "192.0.2.1"
_VALID = datetime.timedelta(days=3650)


@dataclass(frozen=True)
class SeaweedFS:
    """`secret`: what all of its keys are derived from. `ports`: of each server, for HTTP; `<server>.grpc` for gRPC."""

    directory: Path
    ports: Mapping[str, int]
    secret: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports['s3']}"

    @property
    def secret_key(self) -> str:
        return self._derived("s3").hex()

    def configure(self) -> None:
        """Write what the servers read when they start, certificates included."""
        for place in (self.directory, *(self.directory / name for name in ("master", "volume", "filer"))):
            place.mkdir(parents=True, exist_ok=True)
            place.chmod(0o700)
        certificate, key = self.directory / "member.crt", self.directory / "member.key"
        authority = self.directory / "authority.crt"
        if not key.exists():
            _make_certificates(authority, certificate, key)
        tokens = ("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read")
        lines = [f'[{name}]\nkey = "{self._derived(name).hex()}"' for name in tokens]
        lines += [
            "[access]\nui = false",
            "[filer.expose_directory_metadata]\nenabled = false",
            f'[grpc]\nca = "{authority}"',
        ]
        lines += [f'[grpc.{name}]\ncert = "{certificate}"\nkey = "{key}"' for name in (*SERVERS, "client")]
        self._write("security.toml", "\n".join(lines) + "\n")
        # Each bucket is a collection with volumes of its own; one at a time is enough here.
        self._write("master.toml", "[master.volume_growth]\ncopy_1 = 1\n")
        self._write("filer.toml", f'[leveldb3]\nenabled = true\ndir = "{self.directory / "filer"}"\n')
        keys = [{"accessKey": ACCESS_KEY, "secretKey": self.secret_key}]
        self._write("s3.json", json.dumps({"identities": [{"name": "hanse", "credentials": keys, "actions": ["Admin"]}]}))

    def commands(self) -> dict[str, list[str]]:
        """Each server in the foreground, in the order in which they need each other."""
        here = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1"]
        master = f"{self._address('master')}.{self.ports['master.grpc']}"
        return {
            "master": [
                *self._server("master", *here, f"-mdir={self.directory / 'master'}", f"-whiteList={_NOBODY}"),
                *("-peers=none", "-volumeSizeLimitMB=1024", "-telemetry=false"),
            ],
            "volume": [
                *self._server("volume", *here, f"-dir={self.directory / 'volume'}", f"-master={master}"),
                *("-max=5000", "-preStopSeconds=0"),
            ],
            "filer": self._server("filer", *here, f"-master={master}", "-disableDirListing"),
            "s3": [
                *self._server("s3", "-ip.bind=127.0.0.1", f"-filer={self._address('filer')}.{self.ports['filer.grpc']}"),
                *(f"-config={self.directory / 's3.json'}", "-iam.readOnly=false"),
                *("-port.iceberg=0", "-port.lance=0", "-allowDeleteBucketNotEmpty=false", "-autoCreateBucket=false"),
            ],
        }

    def _server(self, name: str, *arguments: str) -> list[str]:
        binary = Path(sys.executable).parent / "weed"
        ports = (f"-port={self.ports[name]}", f"-port.grpc={self.ports[f'{name}.grpc']}")
        return [str(binary), "-logtostderr", f"-config_dir={self.directory}", name, *ports, *arguments]

    def _address(self, server: str) -> str:
        return f"127.0.0.1:{self.ports[server]}"

    def _derived(self, purpose: str) -> bytes:
        return hmac.digest(self.secret.encode(), purpose.encode(), hashlib.sha256)

    def _write(self, name: str, content: str) -> None:
        file = self.directory / name
        file.touch(0o600)
        file.write_text(content)


def no_ports() -> dict[str, int]:
    """Of an installation that was started before there was a store."""
    return {port: 0 for name in SERVERS for port in (name, f"{name}.grpc")}


def ports_from(first: int) -> dict[str, int]:
    """Free ports for all servers, from `first` on."""
    ports: dict[str, int] = {}
    for name in SERVERS:
        for port in (name, f"{name}.grpc"):
            ports[port] = next_free(max(ports.values(), default=first - 1) + 1)
    return ports


def _make_certificates(authority: Path, certificate: Path, key: Path) -> None:
    """An authority whose key nobody keeps, and the one certificate that it ever signed: all servers show the same."""
    of_authority, of_member = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hanse's store")])
    member = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "member")])
    now = datetime.datetime.now(datetime.UTC)
    for file, subject, public, is_authority in (
        (authority, name, of_authority.public_key(), True),
        (certificate, member, of_member.public_key(), False),
    ):
        builder = x509.CertificateBuilder(
            name, subject, public, x509.random_serial_number(), now - datetime.timedelta(days=1), now + _VALID
        )
        builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        file.write_bytes(builder.sign(of_authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    key.touch(0o600)
    key.write_bytes(
        of_member.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
