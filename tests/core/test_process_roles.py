"""Each process, started for real with the database role of another: it says so and does not run."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from apps.core.walls import OWNER, WEB, WORKER
from tests.testbed.web import database_of

COMMANDS = {
    "web": ["gunicorn", "portal.wsgi:application", "--bind", "127.0.0.1:0", "--no-control-socket"],
    "live": ["uvicorn", "portal.asgi:application", "--port", "0"],
    "gateway": ["uvicorn", "celery_workers.gateway.asgi:application", "--port", "0"],
    "worker": ["celery", "-A", "portal.celery", "worker", "-P", "threads", "-c", "1", "-Q", "nobodys"],
    "watch": ["celery_workers.watchers"],
}


@pytest.mark.django_db
class TestWrongRole:
    @pytest.mark.parametrize(
        ("process", "role", "right"),
        [
            ("web", WORKER, WEB),
            ("web", OWNER, WEB),
            ("live", WORKER, WEB),
            ("worker", WEB, WORKER),
            ("watch", WEB, WORKER),
            ("gateway", WEB, WORKER),
        ],
    )
    def test_the_process_ends_with_a_sentence(self, process, role, right):
        ended = subprocess.run(
            [sys.executable, "-m", *COMMANDS[process]],
            env={**os.environ, **database_of(role)},
            cwd=settings.CONSOLE_DIRECTORY.parents[1],
            capture_output=True,
            text=True,
            timeout=40,
            check=False,
        )

        said = ended.stdout + ended.stderr
        assert ended.returncode != 0
        assert f"names the role {role}" in said
        assert f"connect as {right}" in said
