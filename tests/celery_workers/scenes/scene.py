"""What stands before a task is run: a function that makes it and returns the arguments of the task."""

import sys
from collections.abc import Callable
from typing import Any

from tests.celery_workers.conftest import Portal

Scene = Callable[[Portal], dict[str, Any]]
FOREVER = (sys.executable, "-c", "import time; time.sleep(600)")
