"""What may be in a secret: the keys that its kind wants, and how much."""

import base64
import binascii
import re
from collections.abc import Mapping

from apps.core.errors import InvalidRequest
from apps.secrets.models import SecretKind

KEY = r"^[A-Za-z0-9_.-]{1,128}$"
MOST_KEYS, MOST_BYTES = 100, 256 * 1024
# kind -> keys that must be there, keys that may.
KEYS_OF: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    SecretKind.BASIC_AUTH: (frozenset({"password"}), frozenset({"username"})),
    SecretKind.SSH_AUTH: (frozenset({"ssh-privatekey", "known_hosts"}), frozenset()),
    SecretKind.REGISTRY: (frozenset({"server", "username", "password"}), frozenset()),
}
SERVER = re.compile(rb"[a-z0-9.-]+(?::\d{1,5})?(?:/[a-z0-9._/-]+)?")


def read_entries(kind: str, *, data: Mapping[str, str], binary_data: Mapping[str, str]) -> dict[str, bytes]:
    """Entries from texts and from base64, as Kubernetes' ConfigMap has the two. Raises InvalidRequest with pointers."""
    wrong = [_wrong(f"/binary_data/{key}", "It is in `data` too.") for key in binary_data if key in data]
    entries = {key: value.encode() for key, value in data.items()}
    for key, value in binary_data.items():
        try:
            entries[key] = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            wrong.append(_wrong(f"/binary_data/{key}", "This is no base64."))
    wrong += _wrong_entries(entries, binary_data) + _wrong_keys(kind, entries)
    if wrong:
        raise InvalidRequest(errors=wrong)
    return entries


def _wrong_entries(entries: Mapping[str, bytes], binary: Mapping[str, str]) -> list[dict[str, str]]:
    if not entries:
        return [_wrong("/data", "Give at least one entry, in `data` or `binary_data`.")]
    if len(entries) > MOST_KEYS:
        return [_wrong("/data", f"At most {MOST_KEYS} entries.")]
    if sum(map(len, entries.values())) > MOST_BYTES:
        return [_wrong("/data", f"All values together must not exceed {MOST_BYTES // 1024} KiB.")]
    wrong = []
    for key, value in entries.items():
        pointer = f"/{'binary_data' if key in binary else 'data'}/{key}"
        if not re.fullmatch(KEY, key) or key in (".", ".."):
            wrong.append(_wrong(pointer, "Keys are letters, digits, dots, hyphens and underscores, at most 128."))
        elif not value:
            wrong.append(_wrong(pointer, "It has no value."))
    return wrong


def _wrong_keys(kind: str, entries: Mapping[str, bytes]) -> list[dict[str, str]]:
    if kind not in KEYS_OF:
        return []
    required, optional = KEYS_OF[kind]
    missing = [_wrong(f"/data/{key}", f"A secret of the kind {kind} needs it.") for key in sorted(required - set(entries))]
    unknown = sorted(set(entries) - required - optional)
    wrong = missing + [_wrong(f"/data/{key}", f"A secret of the kind {kind} has no such entry.") for key in unknown]
    return wrong + _wrong_login(entries) if kind == SecretKind.REGISTRY else wrong


def _wrong_login(entries: Mapping[str, bytes]) -> list[dict[str, str]]:
    """What no cluster could log in with."""
    wrong = [_wrong(f"/data/{key}", "It is one line of text.") for key, value in entries.items() if not _is_line(value)]
    if "server" in entries and not SERVER.fullmatch(entries["server"]):
        wrong.append(_wrong("/data/server", "A registry such as registry.example.org, or a path in it, without a scheme."))
    return wrong


def _is_line(value: bytes) -> bool:
    try:
        return value.decode().isprintable()
    except UnicodeDecodeError:
        return False


def _wrong(pointer: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "detail": detail}
