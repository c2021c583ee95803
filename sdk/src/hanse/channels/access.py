"""What a workload is given to use the channels of a contract."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VARIABLE = "HANSE_CHANNELS"
JOB_VARIABLE = "FEDERATED_JOB"


class NoAccess(Exception):
    """The job names no contract, or what it was given is not readable."""


@dataclass(frozen=True)
class Keys:
    """Base64 of 32 bytes each: what is signed with (Ed25519), and what is sealed to (X25519)."""

    sign: str
    seal: str


@dataclass(frozen=True)
class Access:
    """`us` and `them` are numbers of parties; `private` keys are of this edition of the contract, `theirs` are public."""

    contract: str
    edition: int
    us: int
    them: int
    service_url: str
    namespace: str
    token: str
    private: Keys
    theirs: Keys

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Access":
        """Raises NoAccess."""
        try:
            return cls(
                contract=str(document["contract"]),
                edition=int(document["edition"]),
                us=int(document["us"]),
                them=int(document["them"]),
                service_url=str(document["service_url"]),
                namespace=str(document["namespace"]),
                token=str(document["token"]),
                private=Keys(**document["private"]),
                theirs=Keys(**document["theirs"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise NoAccess(f"{VARIABLE} is not what Hanse gives: {error!r}") from error

    @classmethod
    def of_environment(cls) -> "Access":
        """As a job has it that names a contract. Raises NoAccess."""
        text = os.environ.get(VARIABLE)
        if not text:
            raise NoAccess(f"{VARIABLE} is not set: does the job name a contract whose channels are open?")
        try:
            return cls.read(json.loads(text))
        except json.JSONDecodeError as error:
            raise NoAccess(f"{VARIABLE} is no JSON.") from error

    @staticmethod
    def session_of_environment() -> str:
        """What parts of one federated job share; empty for two jobs that only name the same contract."""
        told = json.loads(os.environ.get(JOB_VARIABLE) or "{}")
        return str(told.get("id", ""))

    @property
    def their_cluster(self) -> str:
        return f"fl-pulsar-{self.them}"

    def outward(self, channel: str) -> str:
        """The topic that we write to."""
        return f"persistent://{self.namespace}/{self.us}.{self.them}.{channel}"

    def inward(self, channel: str) -> str:
        """The topic that they write to."""
        return f"persistent://{self.namespace}/{self.them}.{self.us}.{channel}"
