"""One Pulsar cluster of one process: broker, bookie and metadata, all on loopback, for whoever has a token of its key.

Why each setting is as it is: docs/how-to/run-pulsar-here.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from embedded.processes import Process
from embedded.pulsar.jars import Jars

PORTS = ("service", "web", "bookie")
ADMIN = "admin"
AUTHENTICATION = "org.apache.pulsar.client.impl.auth.AuthenticationToken"
_OPENED = (
    *("java.base/sun.net", "java.management/sun.management", "java.base/java.nio", "java.base/jdk.internal.misc"),
    *("java.base/java.util.zip", "java.base/jdk.internal.platform"),
)
_SETTINGS = {
    "bindAddress": "127.0.0.1",
    "advertisedAddress": "127.0.0.1",
    "managedLedgerDefaultEnsembleSize": 1,
    "managedLedgerDefaultWriteQuorum": 1,
    "managedLedgerDefaultAckQuorum": 1,
    "listeningInterface": "lo",
    "allowLoopback": "true",
    "allowEphemeralPorts": "true",
    "nettyMaxFrameSizeBytes": 5253120,
    "ledgerStorageClass": "org.apache.bookkeeper.bookie.storage.ldb.DbLedgerStorage",
    "dbStorage_writeCacheMaxSizeMb": 32,
    "dbStorage_readAheadCacheMaxSizeMb": 32,
    "dbStorage_rocksDB_blockCacheSize": 8388608,
    # A share of the disk, whatever its size: at the default of 0.95 a bookie refuses to write while gigabytes are free.
    "diskUsageThreshold": 0.99,
    "diskUsageWarnThreshold": 0.98,
    "diskUsageLwmThreshold": 0.98,
    "journalSyncData": "false",
    "journalWriteData": "true",
    "entryLogSizeLimit": 134217728,
    "gcWaitTime": 10000,
    "minorCompactionInterval": 60,
    "majorCompactionInterval": 300,
    "managedLedgerCacheSizeMB": 64,
    "maxMessagePublishBufferSizeInMB": 64,
    "managedLedgerMaxReadsInFlightSizeInMB": 64,
    "replicationProducerQueueSize": 16,
    "dispatcherMaxReadBatchSize": 32,
    "forceDeleteNamespaceAllowed": "true",
    "exposeTopicLevelMetricsInPrometheus": "false",
    "authenticationEnabled": "true",
    "authorizationEnabled": "true",
    "authenticationProviders": "org.apache.pulsar.broker.authentication.AuthenticationProviderToken",
    "authenticateMetricsEndpoint": "true",
    "authenticationRefreshCheckSeconds": 5,
    "superUserRoles": ADMIN,
    "brokerClientAuthenticationPlugin": AUTHENTICATION,
}
_LOGGING = """<Configuration status="WARN"><Appenders>
<Console name="out"><PatternLayout pattern="%d %p %c{1} %m%n"/></Console>
</Appenders><Loggers><Root level="WARN"><AppenderRef ref="out"/></Root></Loggers></Configuration>
"""


@dataclass(frozen=True)
class Broker:
    """`directory` must keep its spelling: the bookie refuses data that it knows by another path."""

    number: int
    directory: Path
    ports: Mapping[str, int]

    @property
    def name(self) -> str:
        return f"fl-pulsar-{self.number}"

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.ports['web']}"

    @property
    def service(self) -> str:
        return f"pulsar://127.0.0.1:{self.ports['service']}"

    def configure(self) -> None:
        """Write its key (kept when there is one), configuration and its own token."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self.directory.chmod(0o700)
        if not self._private.exists():
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            formats = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
            self._public.write_bytes(key.public_key().public_bytes(*formats))
            pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            _write_private(self._private, key.private_bytes(*pem).decode())
        own = self.directory / "admin.jwt"
        _write_private(own, self.token(ADMIN))
        (self.directory / "log4j2.xml").write_text(_LOGGING)
        settings = {
            **_SETTINGS,
            "clusterName": self.name,
            "brokerServicePort": self.ports["service"],
            "webServicePort": self.ports["web"],
            "tokenPublicKey": self._public.as_uri(),
            "brokerClientAuthenticationParameters": own.as_uri(),
        }
        (self.directory / "standalone.conf").write_text("".join(f"{key}={value}\n" for key, value in settings.items()))

    def token(self, role: str, **claims: Any) -> str:
        """A token of this cluster's key for `role`; `exp` limits it."""
        return jwt.encode({"sub": role, **claims}, self._private.read_bytes(), algorithm="RS256")

    def process(self, jars: Jars) -> Process:
        return Process(
            self.name,
            [
                *(str(jars.java), "-Xms64m", "-Xmx384m", "-XX:MaxDirectMemorySize=512m"),
                *("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                *(f"--add-opens={package}=ALL-UNNAMED" for package in _OPENED),
                "-Dio.netty.tryReflectionSetAccessible=true",
                f"-Dlog4j2.configurationFile={self.directory / 'log4j2.xml'}",
                *("-cp", jars.classpath, "org.apache.pulsar.PulsarStandaloneStarter"),
                *("-c", str(self.directory / "standalone.conf"), "-nfw", "-nss", "-a", "127.0.0.1"),
                *(
                    "--metadata-dir",
                    str(self.directory / "metadata"),
                    "--bookkeeper-dir",
                    str(self.directory / "bookkeeper"),
                ),
                *("--bookkeeper-port", str(self.ports["bookie"])),
            ],
            group="brokers",
            stop_seconds=30,
            directory=self.directory,
        )

    def admin(self, *, timeout: float = 20) -> httpx.Client:
        """A client of its admin API as its super user."""
        headers = {"Authorization": f"Bearer {self.token(ADMIN)}"}
        return httpx.Client(base_url=f"{self.web}/admin/v2", headers=headers, timeout=timeout)

    def is_ready(self) -> bool:
        """Whether a message goes through it, and it knows its own cluster (which it does a moment later than it answers)."""
        try:
            with self.admin() as admin:
                return admin.get("/brokers/health").status_code == 200 and self.name in admin.get("/clusters").json()
        except httpx.TransportError:
            return False

    @property
    def _private(self) -> Path:
        return self.directory / "private.pem"

    @property
    def _public(self) -> Path:
        return self.directory / "public.der"


def _write_private(file: Path, text: str) -> None:
    file.touch(0o600)
    file.write_text(text)
