"""What is left of an installation whose supervisor was killed."""

from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import redis

from embedded.layout import Layout
from embedded.ports import next_free
from embedded.processes import Process
from embedded.redis import Redis
from embedded.supervisor import Supervisor
from tests.eventually import eventually


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    layout = Layout(tmp_path / "var")
    layout.make()
    return Supervisor(layout.run, layout.sockets, layout.logs, "password", ("HANSE_STACK", str(layout.var)))


class TestLeftovers:
    def test_of_a_killed_supervisor_are_ended_redis_among_them(self, supervisor: Supervisor, tmp_path: Path):
        server = Redis(tmp_path / "redis", next_free(27500), "secret")
        server.configure()
        process = Process("redis", server.command(), group="servers", clean_environment=True)
        pid = supervisor.launch([process], groups={"servers": 10}, environment={})
        supervisor.start("servers")
        eventually(lambda: answers(server), within=20)
        orphan = psutil.Process(supervisor.pid("redis", group="servers"))

        psutil.Process(pid).kill()
        supervisor.end_leftovers()

        try:
            assert not answers(server)
        finally:
            with suppress(psutil.NoSuchProcess):
                orphan.kill()


def answers(server: Redis) -> bool:
    try:
        return bool(redis.from_url(server.url, socket_timeout=3).ping())
    except redis.RedisError:
        return False
