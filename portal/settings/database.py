"""PostgreSQL."""

import dj_database_url

from portal.settings.environment import environment

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
            # A request never waits longer than it promises to answer; workers use the same bound, for they hold no
            # transaction open during a remote call.
            "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000",
        },
    }
}
DATABASE_CONNECTIONS = environment().database_connections
