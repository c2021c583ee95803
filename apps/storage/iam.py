"""Users of the store, by IAM as AWS and SeaweedFS speak it: each with one key, and a policy that the store enforces."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from apps.storage.s3 import answering

_READING = ("s3:GetObject",)
_WRITING = ("s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
_POLICY = "prefixes"


@dataclass(frozen=True)
class Allowed:
    """What may be done below a prefix of one bucket. Neither holds `*`, `?` or `$`, which policies read as patterns."""

    bucket: str
    prefix: str
    writes: bool


@dataclass(frozen=True)
class Key:
    access_key: str
    secret_key: str = field(repr=False)


def policy_of(allowed: Sequence[Allowed]) -> dict[str, Any]:
    """What the store lets a user do: this, and nothing else."""
    statements: list[dict[str, Any]] = []
    for one in allowed:
        bucket = f"arn:aws:s3:::{one.bucket}"
        statements.append(
            {
                "Effect": "Allow",
                "Action": [*_READING, *(_WRITING if one.writes else ())],
                "Resource": [f"{bucket}/{one.prefix}*"],
            }
        )
        statements.append(
            {
                "Effect": "Allow",
                "Action": ["s3:ListBucket"],
                "Resource": [bucket],
                "Condition": {"StringLike": {"s3:prefix": [f"{one.prefix}*"]}},
            }
        )
    return {"Version": "2012-10-17", "Statement": statements}


def make_user(name: str, allowed: Sequence[Allowed]) -> Key:
    """A user with a new key; one of that name loses its keys, which nobody was given. Raises Unavailable."""
    with answering("iam", settings.S3_IAM_URL) as client:
        try:
            client.create_user(UserName=name)
        except client.exceptions.EntityAlreadyExistsException:
            _remove_keys(client, name)
        client.put_user_policy(UserName=name, PolicyName=_POLICY, PolicyDocument=json.dumps(policy_of(allowed)))
        made = client.create_access_key(UserName=name)["AccessKey"]
    return Key(made["AccessKeyId"], made["SecretAccessKey"])


def remove_user(name: str) -> None:
    """End its key; one that is not there is removed. Raises Unavailable."""
    with answering("iam", settings.S3_IAM_URL) as client:
        gone = client.exceptions.NoSuchEntityException
        with suppress(gone):
            _remove_keys(client, name)
        with suppress(gone):
            client.delete_user_policy(UserName=name, PolicyName=_POLICY)
        with suppress(gone):
            client.delete_user(UserName=name)


def _remove_keys(client: Any, name: str) -> None:
    for key in client.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        client.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
