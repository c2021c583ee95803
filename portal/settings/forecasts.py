"""What forecasts may cost, and where they are computed (celery_workers/prediction/backend.py)."""

from portal.settings.environment import environment

FORECAST_SECONDS_A_DAY = environment().forecast_seconds_a_day
DASK_URL = environment().dask_url
DASK_TLS = {
    "tls_ca_file": environment().dask_tls_ca,
    "tls_client_cert": environment().dask_tls_certificate,
    "tls_client_key": environment().dask_tls_key,
}
DASK_PROCESSES = environment().dask_processes
