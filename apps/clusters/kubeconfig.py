"""What is left of a kubeconfig: server, CA, and a token or client certificate.

A kubeconfig may name programs to run, files to read and proxies to go through, all of which would happen on the portal's
machine. So it is never handed to a client: what is needed is taken out of it, and what cannot be honoured is refused by
its name rather than left out in silence.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from typing import Any

from apps.clusters.access import Access, Credential
from apps.core.errors import InvalidRequest

_RUNS = "It would run a program on the portal's machine. Give the token of a service account instead."
_READS = "It names a file, which the portal would look for on its own machine. Put the content in {} instead."
_ACTS_AS = "Hanse acts as itself. Give the credential of the account that it is to be."
_REFUSED_OF_USERS = {
    "exec": _RUNS,
    "auth-provider": "Auth providers are gone from Kubernetes since 1.26. Give the token of a service account instead.",
    "tokenFile": _READS.format("`token`"),
    "client-certificate": _READS.format("`client-certificate-data`"),
    "client-key": _READS.format("`client-key-data`"),
    "username": "Kubernetes takes no passwords since 1.19. Give the token of a service account instead.",
    "password": "Kubernetes takes no passwords since 1.19. Give the token of a service account instead.",
    "as": _ACTS_AS,
    "as-uid": _ACTS_AS,
    "as-groups": _ACTS_AS,
    "as-user-extra": _ACTS_AS,
}
_REFUSED_OF_CLUSTERS = {
    "insecure-skip-tls-verify": "The certificate is always checked. Put the cluster's CA in `certificate-authority-data`.",
    "certificate-authority": _READS.format("`certificate-authority-data`"),
    "proxy-url": "Hanse connects to the address itself, which it has checked. Give one that it reaches without a proxy.",
}
_KNOWN_OF_USERS = frozenset({"token", "client-certificate-data", "client-key-data", "extensions"})
_KNOWN_OF_CLUSTERS = frozenset(
    {"server", "certificate-authority-data", "tls-server-name", "disable-compression", "extensions"}
)


def reduce_kubeconfig(document: Any, *, context: str = "") -> Access:
    """What one context of a kubeconfig says; of the current one when none is named. Raises InvalidRequest with pointers."""
    if not isinstance(document, dict) or document.get("kind", "Config") != "Config":
        raise _refused({"": "This is no kubeconfig: it has to be a document of the kind Config."})
    chosen = context or document.get("current-context")
    if not chosen:
        known = ", ".join(name for name, _ in _named(document, "contexts")) or "none"
        raise _refused({"/current-context": f"Name one of its contexts: {known}."})
    _, of_context = _find(document, "contexts", "context", chosen)
    cluster_at, cluster = _find(document, "clusters", "cluster", of_context.get("cluster"))
    user_at, user = _find(document, "users", "user", of_context.get("user"))
    wrong = {
        **_unacceptable(cluster, cluster_at, _REFUSED_OF_CLUSTERS, _KNOWN_OF_CLUSTERS),
        **_unacceptable(user, user_at, _REFUSED_OF_USERS, _KNOWN_OF_USERS),
    }
    if wrong:
        raise _refused(wrong)
    return Access(
        server=_text(cluster, cluster_at, "server"),
        ca_certificate=_decoded(cluster, cluster_at, "certificate-authority-data"),
        tls_server_name=_text(cluster, cluster_at, "tls-server-name"),
        credential=Credential(
            token=_text(user, user_at, "token"),
            client_certificate=_decoded(user, user_at, "client-certificate-data"),
            client_key=_decoded(user, user_at, "client-key-data"),
        ),
    )


def _named(document: Mapping[str, Any], kind: str) -> Iterator[tuple[str, int]]:
    """Names of what is listed there, with their places."""
    listed = document.get(kind)
    for place, item in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(item, dict) and isinstance(item.get("name"), str):
            yield item["name"], place


def _find(document: Mapping[str, Any], kind: str, member: str, name: Any) -> tuple[str, Mapping[str, Any]]:
    """The pointer and content of the entry `name`."""
    places = dict(_named(document, kind))
    if name not in places:
        raise _refused({f"/{kind}": f"There is no {member} {name!r}; there are: {', '.join(places) or 'none'}."})
    content = document[kind][places[name]].get(member)
    pointer = f"/{kind}/{places[name]}/{member}"
    if not isinstance(content, dict):
        raise _refused({pointer: f"It has no {member}."})
    return pointer, content


def _unacceptable(
    content: Mapping[str, Any], pointer: str, refused: Mapping[str, str], known: frozenset[str]
) -> dict[str, str]:
    """Pointers and reasons. What is set to nothing (`insecure-skip-tls-verify: false`) asks for nothing."""
    asked = {key for key, value in content.items() if value}
    return {
        **{f"{pointer}/{key}": f"`{key}` is refused. {refused[key]}" for key in sorted(asked & set(refused))},
        **{f"{pointer}/{key}": f"`{key}` is not known here." for key in sorted(asked - set(refused) - known)},
    }


def _text(content: Mapping[str, Any], pointer: str, key: str) -> str:
    value = content.get(key) or ""
    if not isinstance(value, str):
        raise _refused({f"{pointer}/{key}": "This is no text."})
    return value


def _decoded(content: Mapping[str, Any], pointer: str, key: str) -> str:
    """PEM text that a kubeconfig holds in base64."""
    try:
        return base64.b64decode("".join(_text(content, pointer, key).split()), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise _refused({f"{pointer}/{key}": "This is no base64 of PEM text."}) from error


def _refused(wrong: Mapping[str, str]) -> InvalidRequest:
    errors = [{"pointer": f"/connection/kubeconfig{pointer}", "detail": detail} for pointer, detail in wrong.items()]
    return InvalidRequest("This kubeconfig cannot be used as it is.", errors=errors)
