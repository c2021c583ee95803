"""The runner's contract, with real processes."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest

from celery_workers.local.replicas import ReplicaDirectory, Status, launch_all
from celery_workers.local.runner import cgroup
from celery_workers.local.runner.files import Spec
from celery_workers.local.runner.output import LINE_BYTES
from celery_workers.local.runner.secrets import Secrets
from portal.settings.environment import REPOSITORY
from tests.eventually import eventually


@pytest.fixture
def directory() -> ReplicaDirectory:
    return ReplicaDirectory(uuid4(), 1, 0)


def python(code: str, **options: Any) -> Spec:
    return spec(sys.executable, "-c", code, **options)


def spec(*command: str, env: dict[str, str] | None = None, **options: Any) -> Spec:
    user = "nobody" if os.geteuid() == 0 else ""
    environment = {"PATH": os.defpath, "PYTHONUNBUFFERED": "1", **(env or {})}
    return Spec(command=list(command), env=environment, user=user, **options)


def start(directory: ReplicaDirectory, wanted: Spec) -> None:
    directory.prepare(wanted, {})
    assert launch_all([directory]) == []


def ended(directory: ReplicaDirectory, *, within: float = 15) -> Status:
    def final() -> Status | None:
        status = directory.status()
        return status if status and status.final else None

    return eventually(final, within=within, what="the end of the replica")


def run(directory: ReplicaDirectory, wanted: Spec) -> Status:
    start(directory, wanted)
    return ended(directory)


def lines(directory: ReplicaDirectory) -> list[tuple[int, datetime, str, str]]:
    found = []
    for record in (directory.path / "output.log").read_text().split("\n")[:-1]:
        number, at, stream, text = record.split("\t", 3)
        found.append((int(number), datetime.fromisoformat(at), stream, text))
    return found


def texts(directory: ReplicaDirectory, stream: str = "out") -> list[str]:
    return [text for _, _, of, text in lines(directory) if of == stream]


def opened_for_writing(fifo: Path) -> int | None:
    """Its descriptor, once somebody reads."""
    with suppress(OSError):
        return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
    return None


def pid_printed(directory: ReplicaDirectory) -> int:
    return int(eventually(lambda: (directory.path / "output.log").exists() and texts(directory))[0])


class TestEnd:
    def test_success_is_exit_code_zero(self, directory):
        status = run(directory, python("print('done')"))

        assert (status.phase, status.exit_code, status.signal, status.reason) == ("succeeded", 0, None, "")
        assert status.started_at <= status.finished_at

    def test_an_exit_code_is_kept(self, directory):
        status = run(directory, python("raise SystemExit(42)"))

        assert (status.phase, status.exit_code, status.signal) == ("failed", 42, None)

    def test_a_signal_is_kept(self, directory):
        status = run(directory, python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"))

        assert (status.phase, status.exit_code, status.signal) == ("failed", None, signal.SIGSEGV)

    def test_a_command_that_is_not_there_says_so(self, directory):
        status = run(directory, spec("no-such-program"))

        assert (status.phase, status.exit_code, status.reason) == ("failed", 127, "cannot-start")
        assert "no-such-program" in texts(directory, "hanse")[0]

    def test_everything_it_started_ends_with_it(self, directory):
        """Even what left its session and its parent."""
        status = run(
            directory,
            python(
                "import os, subprocess, sys\n"
                "child = subprocess.Popen([sys.executable, '-c', 'import signal, time;"
                " signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)'],"
                " start_new_session=True, stdout=subprocess.PIPE)\n"
                "child.stdout.readline(); print(child.pid)"
            ),
        )

        assert status.phase == "succeeded"
        assert not psutil.pid_exists(int(texts(directory)[0]))

    def test_the_deadline_ends_it(self, directory):
        deadline = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()

        status = run(directory, python("import time; time.sleep(600)", deadline_at=deadline))

        assert (status.phase, status.reason, status.signal) == ("failed", "deadline", signal.SIGTERM)

    def test_more_memory_than_its_limit_ends_it(self, directory):
        hungry = python("held = b'x' * (200 * 2**20)\nimport time; time.sleep(600)", memory_bytes=100 * 2**20)

        status = run(directory, hungry)

        assert (status.phase, status.reason, status.signal) == ("failed", "out-of-memory", signal.SIGKILL)
        assert "the limit is 100 MiB" in texts(directory, "hanse")[0]

    @pytest.mark.skipif(not cgroup.can_be_made(), reason="this machine lets us make no memory cgroup")
    def test_the_kernel_ends_a_burst_that_nobody_could_have_seen(self, directory):
        status = run(directory, python("held = b'x' * (200 * 2**20); del held", memory_bytes=100 * 2**20))

        assert (status.phase, status.reason, status.signal) == ("failed", "out-of-memory", signal.SIGKILL)
        assert "by the kernel" in texts(directory, "hanse")[0]
        group = cgroup.MemoryGroup.make("after", limit_bytes=2**26)
        assert group is not None
        group.remove()
        assert not [path for path in group.path.parent.glob("hanse-*") if str(directory.job_id) in path.name]

    def test_memory_of_its_children_counts(self, directory):
        code = (
            "import subprocess, sys\n"
            "subprocess.run([sys.executable, '-c', 'held = b\"x\" * (200 * 2**20); import time; time.sleep(600)'])"
        )

        assert run(directory, python(code, memory_bytes=100 * 2**20)).reason == "out-of-memory"


class TestStop:
    def test_it_is_asked_first(self, directory):
        code = (
            "import signal, sys, time\n"
            "signal.signal(signal.SIGTERM, lambda *_: (print('saving'), sys.exit(0)))\n"
            "print('ready'); time.sleep(600)"
        )
        start(directory, python(code))
        eventually(lambda: texts(directory))

        directory.stop()

        assert ended(directory).phase == "stopped"
        assert texts(directory) == ["ready", "saving"]

    def test_then_killed(self, directory):
        code = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('ready'); time.sleep(600)"
        start(directory, python(code, grace_seconds=0.5))
        eventually(lambda: texts(directory))

        directory.stop()

        status = ended(directory)
        assert (status.phase, status.signal) == ("stopped", signal.SIGKILL)

    def test_a_machine_that_stops_loses_it(self, directory):
        start(directory, python("import time; time.sleep(600)"))

        directory.stop(phase="lost", reason="machine-stopped")

        status = ended(directory)
        assert (status.phase, status.reason) == ("lost", "machine-stopped")

    def test_stopped_before_it_stands_it_never_starts(self, directory):
        directory.prepare(python("print('started')"), {})
        directory.stop()

        launch_all([directory])

        assert ended(directory).phase == "stopped"
        assert texts(directory) == []


class TestApart:
    def test_whoever_started_it_may_die_with_its_whole_tree(self, directory):
        directory.prepare(python("import time; print('ready'); time.sleep(600)"), {})
        code = (
            "import subprocess, sys, time\n"
            f"sys.path.insert(0, {str(REPOSITORY)!r})\n"
            "import django; from django.conf import settings\n"
            f"settings.configure(LOCAL_COMPUTE_DIRECTORY={str(directory.path.parents[2])!r})\n"
            "from uuid import UUID\n"
            "from celery_workers.local.replicas import ReplicaDirectory, launch_all\n"
            f"launch_all([ReplicaDirectory(UUID({str(directory.job_id)!r}), 1, 0)])\n"
            "print('launched', flush=True); time.sleep(600)"
        )
        starter = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
        assert starter.stdout.readline() == b"launched\n"
        eventually(lambda: texts(directory))

        tree = [*psutil.Process(starter.pid).children(recursive=True), starter]
        for process in tree:
            process.kill()
        os.killpg(starter.pid, signal.SIGKILL)
        starter.communicate()

        status = directory.status()
        assert status.phase == "running"
        assert status.runner.alive
        assert psutil.Process(status.pid).is_running()

    def test_it_goes_on_when_its_starter_is_killed_before_it_stands(self, directory):
        directory.prepare(python("print('ran')"), {})
        wanted = (directory.path / "spec.json").read_text()
        (directory.path / "spec.json").unlink()
        os.mkfifo(directory.path / "spec.json")  # the runner waits here
        starter = directory.launch(Secrets({}, {}))
        writing = eventually(lambda: opened_for_writing(directory.path / "spec.json"), what="that the runner reads")
        starter.kill()
        starter.wait()

        os.write(writing, wanted.encode())
        os.close(writing)

        assert ended(directory).phase == "succeeded"
        assert texts(directory) == ["ran"]

    def test_a_runner_that_is_killed_takes_its_command_along_and_is_lost(self, directory):
        start(directory, python("import time; print('ready'); time.sleep(600)"))
        eventually(lambda: texts(directory))
        pid = directory.status().pid

        os.kill(directory.status().runner.pid, signal.SIGKILL)

        status = ended(directory)
        assert (status.phase, status.reason) == ("lost", "runner-gone")
        eventually(lambda: not psutil.pid_exists(pid))

    def test_what_a_killed_runner_left_is_found(self, directory):
        code = (
            "import subprocess, sys, time\n"
            "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\n"
            "print(child.pid); time.sleep(600)"
        )
        start(directory, python(code, env={"HANSE_REPLICA": directory.label}))
        child = pid_printed(directory)
        os.kill(directory.status().runner.pid, signal.SIGKILL)
        status = ended(directory)

        directory.kill_left_over(status)

        eventually(lambda: not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE)

    def test_another_process_with_its_pid_is_not_it(self, directory):
        start(directory, python("import time; time.sleep(600)"))
        runner = directory.status().runner

        stranger = replace(runner, start_ticks=runner.start_ticks - 1)

        assert not stranger.alive
        assert not stranger.send(signal.SIGKILL)
        assert runner.alive

    def test_twice_is_once(self, directory):
        wanted = python("import time; print('started'); time.sleep(600)")
        directory.prepare(wanted, {})

        assert launch_all([directory] * 4) == []
        assert launch_all([directory]) == []

        eventually(lambda: texts(directory))
        assert texts(directory) == ["started"]


class TestSurroundings:
    def test_the_environment_is_what_was_given_and_nothing_else(self, directory, monkeypatch):
        monkeypatch.setenv("HANSE_DATABASE_URL", "postgresql://secret")

        run(directory, spec("/usr/bin/env", env={"RANK": "0"}))

        names = {line.partition("=")[0] for line in texts(directory)}
        assert names == {"PATH", "PYTHONUNBUFFERED", "RANK"}

    def test_it_works_in_its_own_directory(self, directory):
        run(directory, python("import os; open('artifacts/model', 'w').write('x'); print(os.getcwd())"))

        assert (directory.artifacts / "model").exists()
        assert texts(directory) == [str(directory.path / "work")]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
    def test_it_is_not_root_and_cannot_write_what_is_recorded_of_it(self, directory):
        code = (
            "import os; print(os.getuid(), os.getgroups())\n"
            "for name in ('status.json', 'output.log', 'spec.json', 'stop'):\n"
            "    try: open(f'../{name}', 'a')\n"
            "    except PermissionError: print('refused')"
        )

        run(directory, python(code))

        assert texts(directory) == ["65534 []", *["refused"] * 4]

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root must not")
    @pytest.mark.parametrize("user", ["", "root", "no-such-user"])
    def test_root_without_a_user_for_it_refuses(self, directory, user):
        status = run(directory, replace(python("print('started')"), user=user))

        assert status.reason == "cannot-start"
        assert "HANSE_LOCAL_COMPUTE_USER" in texts(directory, "hanse")[0]

    def test_it_leaves_no_core_is_nice_and_bound_to_its_processors(self, directory):
        code = (
            "import os, resource; print(resource.getrlimit(resource.RLIMIT_CORE)[1], os.nice(0), os.sched_getaffinity(0),"
            " resource.getrlimit(resource.RLIMIT_FSIZE)[1])"
        )

        run(directory, python(code, cpus=[0], file_limit_bytes=2**30))

        assert texts(directory) == [f"0 5 {{0}} {2**30}"]


class TestOutput:
    def test_lines_are_numbered_and_timed_in_order(self, directory):
        run(directory, python("import sys\nfor n in range(300): print(n)\nprint('wrong', file=sys.stderr)"))

        numbers, times, _, _ = zip(*lines(directory), strict=True)
        assert list(numbers) == list(range(1, 302))
        assert list(times) == sorted(times)
        assert texts(directory) == [str(n) for n in range(300)]
        assert texts(directory, "err") == ["wrong"]

    def test_the_last_line_needs_no_newline(self, directory):
        run(directory, python("import sys; sys.stdout.write('first\\nlast')"))

        assert texts(directory) == ["first", "last"]

    def test_long_lines_are_cut_between_characters(self, directory):
        run(directory, python(f"import sys; sys.stdout.write('x' + 'ü' * {LINE_BYTES} + '\\n')", env={"PYTHONUTF8": "1"}))

        pieces = texts(directory)
        assert "".join(pieces) == "x" + "ü" * LINE_BYTES
        assert all(len(piece.encode()) <= LINE_BYTES for piece in pieces)

    def test_what_is_overwritten_is_thinned_out(self, directory):
        run(directory, python("import sys\nfor n in range(1000): sys.stdout.write(f'\\r{n} %')\nprint()"))

        shown = texts(directory)
        assert shown[-1] == "999 %"
        assert len(shown) < 5

    def test_bytes_that_are_no_text_do_no_harm(self, directory):
        run(directory, python("import sys; sys.stdout.buffer.write(b'a\\xff\\tb\\n')"))

        assert texts(directory) == ["a\ufffd\tb"]

    def test_more_than_the_limit_is_dropped_and_said(self, directory):
        status = run(directory, python("for n in range(10000): print('x' * 100)", output_limit_bytes=2000))

        assert status.phase == "succeeded"
        assert len(texts(directory)) < 20
        assert texts(directory, "hanse") == ["The limit of kept output is reached; what follows is dropped."]


class TestUsage:
    def test_a_command_that_prints_much_costs_its_runner_little(self, directory):
        code = (
            "import os, time\nfor n in range(1000): os.write(1, b'line\\n'); time.sleep(.001)\nprint('end'); time.sleep(600)"
        )
        start(directory, python(code))
        eventually(lambda: "end" in texts(directory))

        times = psutil.Process(directory.status().runner.pid).cpu_times()

        assert times.user + times.system < 0.6
        directory.stop(grace_seconds=0)
        ended(directory)

    def test_it_is_measured_with_children(self, directory):
        code = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'while True: pass'])"
        start(directory, python(code))

        def busy() -> bool:
            file: Path = directory.path / "usage.jsonl"
            samples = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
            return any(sample["cpu_millicores"] > 200 and sample["memory_bytes"] > 2**20 for sample in samples)

        eventually(busy)
        directory.stop()
        ended(directory)
