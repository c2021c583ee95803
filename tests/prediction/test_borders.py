"""What forecasts compute with stays out of the processes that answer requests: each would be a tenth of a GB and seconds."""

import subprocess
import sys

HEAVY = {"xgboost", "duckdb", "dask", "distributed", "statsforecast", "pandas", "jax", "optax", "scipy"}


class TestTheWebProcess:
    def test_imports_none_of_it(self):
        program = "import sys, django; django.setup(); import portal.urls; print(*sys.modules)"

        loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

        assert loaded.returncode == 0, loaded.stderr

        assert not HEAVY & {name.partition(".")[0] for name in loaded.stdout.split()}
