"""The values of a job's secrets and its key for buckets, for the worker that hands them to its replicas alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from apps.jobs.buckets import key_of
from apps.jobs.contracts import channels_of
from apps.jobs.failures import Unusable
from apps.jobs.models import Job, JobSecret
from apps.jobs.spec import ReplicaRole, is_reserved
from apps.secrets import services as secrets
from apps.secrets.errors import SecretGone
from apps.secrets.references import ENV_NAME


class SecretUnusable(Unusable):
    code = "secret-unusable"


@dataclass(frozen=True)
class Given:
    """Of one role: variables by name, and files by their place below the directory of secrets."""

    env: Mapping[str, str] = field(repr=False, default_factory=dict)
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)


def given_to(job: Job) -> dict[str, Given]:
    """By role, what its replicas are given of the versions that were pinned at admission, and the key for its buckets.

    Raises Unusable, and Unavailable when the store of buckets does not answer or the channels of the contract are not open.
    """
    roles = job.parsed_spec().roles
    named = {one.secret for role in roles for one in role.env_from} | {
        one.secret for role in roles for one in role.secret_files
    }
    pinned = {row.name: row for row in JobSecret.objects.filter(job=job, name__in=named)}
    opened = {name: _open(name, pinned.get(name)) for name in sorted(named)}
    key = {**key_of(job), **channels_of(job)}
    return {role.name: Given({**dict(_variables(role, opened)), **key}, dict(_files(role, opened))) for role in roles}


def _open(name: str, row: JobSecret | None) -> Mapping[str, bytes]:
    if row is None or row.secret_id is None or row.version is None:
        raise SecretUnusable(f"there was no secret {name} when the job was admitted.")
    try:
        return secrets.open_version(secret_id=row.secret_id, version=row.version)
    except SecretGone as error:
        raise SecretUnusable(f"version {row.version} of {name} was destroyed.") from error


def _variables(role: ReplicaRole, opened: Mapping[str, Mapping[str, bytes]]) -> Iterator[tuple[str, str]]:
    for one in role.env_from:
        entries = opened[one.secret]
        for key in [one.key] if one.key else sorted(entries):
            name = one.name or key
            if key not in entries:
                raise SecretUnusable(f"{one.secret} has no entry {key} in the version that it was given.")
            if not ENV_NAME.fullmatch(name) or is_reserved(name):
                raise SecretUnusable(f"{key} of {one.secret} cannot be a variable.")
            try:
                value = entries[key].decode()
            except UnicodeDecodeError as error:
                raise SecretUnusable(f"{key} of {one.secret} is no text; take it as a file.") from error
            if "\0" in value:
                raise SecretUnusable(f"{key} of {one.secret} holds a NUL character; take it as a file.")
            yield name, value


def _files(role: ReplicaRole, opened: Mapping[str, Mapping[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for one in role.secret_files:
        entries = opened[one.secret]
        if one.key is not None and one.key not in entries:
            raise SecretUnusable(f"{one.secret} has no entry {one.key} in the version that it was given.")
        for key in [one.key] if one.key else sorted(entries):
            yield f"{one.secret}/{key}", entries[key]
