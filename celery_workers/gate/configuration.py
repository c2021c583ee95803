"""From apps and where their replicas listen to the whole configuration of the Caddy before them."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

# Another replica is tried for so long while one does not take a request; nothing was sent to it yet.
_TRY = {"try_duration": "5s", "try_interval": "50ms"}
# Connections to replicas are used again, but not kept for long: an open one says that a request is under way.
_TRANSPORT = {"protocol": "http", "keep_alive": {"enabled": True, "idle_timeout": "1s"}}
# Who did not take a request is left alone for so long.
_LEFT_ALONE = {"fail_duration": "2s", "max_fails": 1}


@dataclass(frozen=True)
class Route:
    """One app: the beginning of its addresses, such as /vision-0a1b2c3d4e/digits, and where its replicas listen."""

    app: str
    prefix: str
    upstreams: tuple[str, ...]


def mark(routes: Sequence[Route]) -> str:
    """What tells this configuration from every other."""
    digest = hashlib.sha256(orjson.dumps([asdict(route) for route in routes])).hexdigest()
    return f"routes-{digest[:32]}"


def configuration(routes: Sequence[Route], *, admin: str, listen: str) -> dict[str, Any]:
    """As its `/load` takes it. A request to no app, or to one without a replica, is answered as a problem."""
    return {
        "admin": {"listen": f"unix/{admin}", "config": {"persist": False}},
        "logging": {"logs": {"default": {"level": "ERROR"}}},
        "apps": {
            "http": {
                # What is under way when a configuration goes, is answered by it.
                "grace_period": "1h",
                "servers": {
                    "apps": {
                        "@id": mark(routes),
                        "listen": [listen],
                        "automatic_https": {"disable": True},
                        "routes": [*(_route(route) for route in routes), {"handle": [_NO_APP]}],
                        "errors": {"routes": [{"handle": [_NO_ANSWER]}]},
                    }
                },
            }
        },
    }


def _route(route: Route) -> dict[str, Any]:
    below = {"match": [{"path": [f"{route.prefix}/*"]}], "terminal": True}
    if not route.upstreams:
        return {**below, "handle": [_NOT_READY]}
    return {
        **below,
        "handle": [
            {"handler": "rewrite", "strip_path_prefix": route.prefix},
            {
                "handler": "reverse_proxy",
                "upstreams": [{"dial": upstream} for upstream in route.upstreams],
                "transport": _TRANSPORT,
                "load_balancing": {"selection_policy": {"policy": "least_conn"}, **_TRY},
                "health_checks": {"passive": _LEFT_ALONE},
                "headers": {"request": {"set": {"X-Forwarded-Prefix": [route.prefix]}}},
            },
        ],
    }


def _problem(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail}
    headers = {"Content-Type": ["application/problem+json"], **({"Retry-After": ["2"]} if status == 503 else {})}
    return {"handler": "static_response", "status_code": status, "headers": headers, "body": orjson.dumps(body).decode()}


_NO_APP = _problem(404, "not-found", "There is no such thing, or you may not see it", "No app has this address.")
_NOT_READY = _problem(503, "unavailable", "A system that this needs does not answer", "No replica of this app is ready.")
_NO_ANSWER = _problem(502, "unavailable", "A system that this needs does not answer", "The app did not answer.")
