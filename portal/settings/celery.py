"""Celery carries hints: each task may be lost, run twice or run late. See docs/explanation/nothing-is-lost.md."""

from portal.settings.environment import environment

CELERY_IMPORTS = [
    "celery_workers.context",
    "celery_workers.schedule",
    "celery_workers.tasks.code",
    "celery_workers.tasks.core",
    "celery_workers.tasks.forecasts",
    "celery_workers.tasks.federation",
    "celery_workers.tasks.inference",
    "celery_workers.tasks.jobs",
    "celery_workers.tasks.kubernetes",
    "celery_workers.tasks.local",
    "celery_workers.tasks.mail",
    "celery_workers.tasks.monitoring",
    "celery_workers.tasks.moves",
    "celery_workers.tasks.quotas",
    "celery_workers.tasks.storage",
    "celery_workers.tasks.tenants",
]
CELERY_BROKER_URL = environment().redis_url
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": f"{environment().redis_prefix}:celery:",
    "visibility_timeout": 120,
    "socket_timeout": 5,
    "socket_connect_timeout": 3,
    # Whoever sends (the relay, beat) tries again by itself; the client would keep it six seconds for each.
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "portal"
# One queue an outside system, so that a slow one holds up nobody else. The first part of a task's name chooses.
CELERY_TASK_ROUTES = {
    "code.*": {"queue": "code"},
    "federation.*": {"queue": "federation"},
    "forecasts.run": {"queue": "prediction"},
    "forecasts.score": {"queue": "prediction"},
    "forecasts.evaluate": {"queue": "prediction"},
    "kubernetes.*": {"queue": "kubernetes"},
    "local.*": {"queue": "local"},
    "mail.*": {"queue": "mail"},
    "moves.estimate": {"queue": "prediction"},
    "moves.learn": {"queue": "prediction"},
    "moves.plan": {"queue": "prediction"},
    "moves.windows": {"queue": "prediction"},
}
