"""From apps and where their replicas listen to the whole configuration of the Caddy before them."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

# Where the doorman is asked, of which app and by whom, and how the app is told who calls.
PATH, APP, ADDRESS, CONSUMER = "/apps/check", "X-Hanse-App", "X-Hanse-Address", "X-Hanse-Consumer"
# Another replica is tried for so long while one does not take a request; nothing was sent to it yet.
_TRY = {"try_duration": "5s", "try_interval": "50ms"}
# Connections to replicas are used again, but not kept for long: an open one says that a request is under way.
_TRANSPORT = {"protocol": "http", "keep_alive": {"enabled": True, "idle_timeout": "1s"}}
# Who did not take a request is left alone for so long.
_LEFT_ALONE = {"fail_duration": "2s", "max_fails": 1}


@dataclass(frozen=True)
class Route:
    """One app: the beginning of its addresses, such as /vision-0a1b2c3d4e/digits, and where its replicas listen.

    `asks`: whether a request passes only when the doorman lets it.
    """

    app: str
    prefix: str
    upstreams: tuple[str, ...]
    asks: bool = True


def mark(routes: Sequence[Route]) -> str:
    """What tells this configuration from every other."""
    digest = hashlib.sha256(orjson.dumps([asdict(route) for route in routes])).hexdigest()
    return f"routes-{digest[:32]}"


def configuration(routes: Sequence[Route], *, admin: str, listen: str, doorman: str, log: str) -> dict[str, Any]:
    """As its `/load` takes it. A request to no app, or to one without a replica, is answered as a problem.

    `doorman`: where it is asked who may call an app, as Caddy writes addresses (celery_workers/gate/doorman.py).
    `log`: the file in which it writes down each request (celery_workers/gate/traffic.py); empty: none.
    """
    return {
        "admin": {"listen": f"unix/{admin}", "config": {"persist": False}},
        "logging": {"logs": {"default": {"level": "ERROR"}, **({"traffic": _writing_down(log)} if log else {})}},
        "apps": {
            "http": {
                # What is under way when a configuration goes, is answered by it.
                "grace_period": "1h",
                "servers": {
                    "apps": {
                        "@id": mark(routes),
                        "listen": [listen],
                        "automatic_https": {"disable": True},
                        # The server before this one says who calls it.
                        "trusted_proxies_unix": True,
                        **({"logs": {"default_logger_name": "traffic"}} if log else {}),
                        "routes": [*(_route(route, doorman) for route in routes), {"handle": [_NO_APP]}],
                        "errors": {"routes": [{"handle": [_NO_ANSWER]}]},
                    }
                },
            }
        },
    }


def _route(route: Route, doorman: str) -> dict[str, Any]:
    asked = [_asking(route.app, doorman), _WITHOUT_KEY] if route.asks else []
    named = [_noting("app", route.app), _noting("prefix", route.prefix)]
    return {
        "match": [{"path": [f"{route.prefix}/*"]}],
        "terminal": True,
        "handle": [*named, _WITHOUT_CONSUMER, *asked, _WHO, *(_sending(route) if route.upstreams else [_NOT_READY])],
    }


def _asking(app: str, doorman: str) -> dict[str, Any]:
    """Caddy's forward_auth: what the doorman refuses is answered as it says, and what it lets pass is told who calls.

    While it does not answer, nothing passes.
    """
    told = {"set": {CONSUMER: [f"{{http.reverse_proxy.header.{CONSUMER}}}"]}}
    return {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": doorman}],
        "rewrite": {"method": "GET", "uri": PATH},
        # A WebSocket is asked for as any other request; opening it is between the caller and the app.
        "headers": {
            "request": {"set": {APP: [app], ADDRESS: ["{http.vars.client_ip}"]}, "delete": ["Connection", "Upgrade"]}
        },
        "load_balancing": {"try_duration": "3s", "try_interval": "100ms"},
        "handle_response": [
            {"match": {"status_code": [2]}, "routes": [{"handle": [{"handler": "headers", "request": told}]}]}
        ],
    }


def _sending(route: Route) -> list[dict[str, Any]]:
    return [
        {"handler": "rewrite", "strip_path_prefix": route.prefix},
        {
            "handler": "reverse_proxy",
            "upstreams": [{"dial": upstream} for upstream in route.upstreams],
            "transport": _TRANSPORT,
            "load_balancing": {"selection_policy": {"policy": "least_conn"}, **_TRY},
            "health_checks": {"passive": _LEFT_ALONE},
            "headers": {"request": {"set": {"X-Forwarded-Prefix": [route.prefix]}}},
        },
    ]


def _writing_down(log: str) -> dict[str, Any]:
    """Neither what is asked for within an address, nor what comes with a request or its answer."""
    unsaid = {"request>headers": {"filter": "delete"}, "resp_headers": {"filter": "delete"}}
    path_only = {"request>uri": {"filter": "regexp", "regexp": "\\?.*", "value": ""}}
    return {
        "level": "INFO",
        "include": ["http.log.access.traffic"],
        "encoder": {"format": "filter", "wrap": {"format": "json"}, "fields": {**unsaid, **path_only}},
        "writer": {"output": "file", "filename": log, "roll_size_mb": 32, "roll_keep": 8, "roll_gzip": False},
    }


def _noting(key: str, value: str) -> dict[str, Any]:
    return {"handler": "log_append", "key": key, "value": value}


def _problem(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail}
    headers = {"Content-Type": ["application/problem+json"], **({"Retry-After": ["2"]} if status == 503 else {})}
    return {"handler": "static_response", "status_code": status, "headers": headers, "body": orjson.dumps(body).decode()}


# Whoever calls cannot say who they are, and what proved it is not for the app: a token could be used by it.
_WITHOUT_CONSUMER = {"handler": "headers", "request": {"delete": [CONSUMER]}}
_WHO = _noting("consumer", f"{{http.request.header.{CONSUMER}}}")
_WITHOUT_KEY = {"handler": "headers", "request": {"delete": ["Authorization"]}}
_NO_APP = _problem(404, "not-found", "There is no such thing, or you may not see it", "No app has this address.")
_NOT_READY = _problem(503, "unavailable", "A system that this needs does not answer", "No replica of this app is ready.")
_NO_ANSWER = _problem(502, "unavailable", "A system that this needs does not answer", "The app did not answer.")
