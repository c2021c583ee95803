"""PostgreSQL."""

from urllib.parse import urlsplit

import dj_database_url

from portal.settings.environment import environment

# What a request asks is given up after 2.5 s (apps/core/patience.py); whoever waits for another's change is told so before.
# Workers hold no transaction open during a remote call.
_OF_REQUESTS = "-c statement_timeout=5000 -c lock_timeout=2000"
_OF_WORKERS = "-c statement_timeout=15000 -c lock_timeout=5000"
_LIMITS = _OF_REQUESTS if urlsplit(environment().database_url).username == "hanse_web" else _OF_WORKERS

DATABASES = {
    "default": {
        **dj_database_url.parse(environment().database_url, conn_max_age=600, conn_health_checks=True),
        "OPTIONS": {
            "application_name": "hanse",
            "connect_timeout": 3,
            # A server that is gone without a word is noticed too: a query that nobody acknowledges fails after 10 s.
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
            "options": f"{_LIMITS} -c idle_in_transaction_session_timeout=60000",
        },
    }
}
DATABASE_CONNECTIONS = environment().database_connections
