"""Tells the portal that runs here of a cluster, through its REST API, as an administrator of the demonstration."""

from typing import Any

import httpx

from demonstration.people import ADMIN
from embedded.stack import Stack


class RegistrationFailed(Exception):
    """The portal refused; the message has its answer."""


def register(stack: Stack, slug: str, kubeconfig: str) -> str:
    """Register the cluster, or give the portal its new credential when it knows it. Returns what there is to say."""
    if not (stack.was_started() and stack.ready()):
        return "No portal runs here: after `make run`, `make cluster` registers the cluster in it."
    with httpx.Client(base_url=stack.address, timeout=30, headers={"Origin": stack.address}) as browser:
        browser.get("/")
        login = {"email": ADMIN.email, "password": stack.keys.demonstration}
        _checked(_send(browser, "POST", "/_allauth/browser/v1/auth/login", login))
        known = {one["slug"]: one for one in _checked(browser.get("/api/v1/clusters/", params={"limit": 200}))["results"]}
        connection = {"connection": {"kubeconfig": kubeconfig}}
        if slug in known:
            _checked(_send(browser, "PATCH", f"/api/v1/clusters/{known[slug]['id']}/connection/", connection))
            return f"The portal at {stack.address} knows it as {slug}, and has its credential anew."
        cluster = {"slug": slug, "name": "Kubernetes on this machine", "kind": "kubernetes", **connection}
        _checked(_send(browser, "POST", "/api/v1/clusters/", cluster))
        return f"It is registered in the portal at {stack.address} as {slug}."


def _send(browser: httpx.Client, verb: str, path: str, body: dict[str, Any]) -> httpx.Response:
    headers = {"X-CSRFToken": browser.cookies.get("hanse_csrf", ""), "If-Match": "*"}
    return browser.request(verb, path, json=body, headers=headers)


def _checked(answer: httpx.Response) -> Any:
    if not answer.is_success:
        asked = f"{answer.request.method} {answer.request.url.path}"
        raise RegistrationFailed(f"{asked}: {answer.status_code} {answer.text[:500]}")
    return answer.json()
