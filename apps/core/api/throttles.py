"""How often one actor may ask."""

from typing import Any

import structlog
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

_log = structlog.get_logger(__name__)


class ActorThrottle(SimpleRateThrottle):
    """Counts requests per token or user; of strangers, per address.

    Without Redis nothing is counted and nobody is refused: losing the counter must not take the portal down.
    """

    scope = "actor"

    def allow_request(self, request: Request, view: Any) -> bool:
        try:
            return super().allow_request(request, view)
        except RedisError:
            _log.warning("throttle-not-counted")
            return True

    def get_cache_key(self, request: Request, view: Any) -> str:
        actor: Any = request.user
        if actor is None:
            return f"throttle:{request.META.get('hanse.address', '')}"
        return f"throttle:{actor.pk}"
