"""Structured logs: one JSON object a line, each with the request id that the user sees in an error; and traces."""

from typing import Any

import structlog

from portal.settings.environment import environment

_processors: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.StackInfoRenderer(),
]
OTLP_URL = environment().otlp_url.rstrip("/")
TRACE_RATIO = environment().trace_ratio
if OTLP_URL:
    from apps.core.tracing import add_ids

    _processors.insert(1, add_ids)
_renderer = structlog.processors.JSONRenderer() if environment().log_format == "json" else structlog.dev.ConsoleRenderer()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _renderer,
            ],
            "foreign_pre_chain": _processors,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["stderr"], "level": environment().log_level},
    "loggers": {
        # Refusals are answers, not incidents; they are logged by the problem handler, with their request id.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
    },
}

structlog.configure(
    processors=[*_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
