from tests.monitoring.fixtures import follower_dies, redis_forgets

__all__ = ["follower_dies", "redis_forgets"]
