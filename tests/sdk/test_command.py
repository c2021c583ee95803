"""From a terminal to the running portal and back: what `hanse` prints, and what it ends with."""

import json
import os
import signal
import stat
import subprocess
import sys
from uuid import uuid4

import psutil
import pytest

from tests.sdk.conftest import Command, new_token
from tests.testbed.stack import RunningStack, eventually

pytestmark = pytest.mark.stack

LINES = 60
TALK = f"import time\nfor number in range({LINES}):\n    print('line', number, flush=True)\n    time.sleep(0.05)"
SMALL = ("--cpu", "100m", "--memory", "64Mi")


def submit(command: Command, *program: str, options: tuple[str, ...] = ()) -> str:
    """The id of a new job that runs this."""
    name = f"cli-{uuid4().hex[:8]}"
    return command.said("job", "submit", "--name", name, *SMALL, *options, "--", *program)


class TestSigningIn:
    def test_without_a_portal_it_says_how_to_name_one(self, stranger: Command):
        done = stranger.run("job", "list")

        assert (done.returncode, done.stdout) == (2, "")
        assert "hanse login" in done.stderr

    def test_a_token_in_a_pipe_is_kept_for_nobody_else(self, stranger: Command, running_stack: RunningStack):
        token = new_token(running_stack.portal("ann"))["token"]

        done = stranger.run("login", stranger.address, given=f"{token}\n")

        assert done.returncode == 0, done.stderr
        file = stranger.home / ".config" / "hanse" / "contexts.json"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert token not in done.stdout + done.stderr + stranger.said("context", "list", "-o", "json")
        assert json.loads(stranger.said("whoami", "-o", "json"))["email"] == "ann@aurora.example"

    def test_a_token_that_is_none_is_not_kept(self, stranger: Command):
        done = stranger.run("login", stranger.address, given="hns_nothing\n")

        assert done.returncode == 4
        assert stranger.run("whoami").returncode == 2

    def test_one_that_was_revoked_says_so_everywhere(self, stranger: Command, running_stack: RunningStack):
        portal = running_stack.portal("ann")
        token = new_token(portal)
        assert stranger.run("login", stranger.address, given=token["token"]).returncode == 0
        portal.http.delete(
            f"/api/v1/me/tokens/{token['id']}/", headers={"X-CSRFToken": portal.http.cookies["hanse_csrf"]}
        ).raise_for_status()

        done = stranger.run("project", "list")
        examined = stranger.run("doctor")

        assert (done.returncode, done.stdout) == (4, "")
        assert examined.returncode == 1
        assert "hanse login" in examined.stdout

    def test_the_environment_is_enough(self, stranger: Command, running_stack: RunningStack):
        token = new_token(running_stack.portal("ann"))["token"]

        who = stranger.said("whoami", "-o", "name", HANSE_ADDRESS=stranger.address, HANSE_TOKEN=token)

        assert who == "ann@aurora.example"

    def test_a_healthy_way_is_found_healthy(self, ann: Command):
        done = ann.run("doctor")

        assert done.returncode == 0, done.stdout


class TestJob:
    def test_from_submit_to_the_last_line(self, ann: Command):
        job = submit(ann, sys.executable, "-u", "-c", TALK)

        done = ann.run("job", "logs", "-f", job)

        assert done.returncode == 0, done.stderr
        printed = [line for line in done.stdout.splitlines() if line.startswith("line ")]
        assert printed == [f"line {number}" for number in range(LINES)]
        assert ann.run("job", "wait", job).returncode == 0
        assert [line for line in ann.said("job", "logs", job).splitlines() if line.startswith("line ")] == printed

    def test_a_restart_of_every_process_in_the_middle_costs_no_line(self, ann: Command, running_stack: RunningStack):
        """web, live and watch are killed while the log is followed and the end is waited for."""
        job = submit(ann, sys.executable, "-u", "-c", TALK.replace(str(LINES), "200"))
        following, waiting = ann.start("job", "logs", "-f", job), ann.start("job", "wait", job)
        assert following.stdout is not None
        first = following.stdout.readline()

        for victim in ("web", "live", "watch"):
            kill(running_stack, victim)
        # By the same reader: it may have taken more than the line that it gave.
        rest = following.stdout.read()
        _, words = following.communicate(timeout=120)
        waiting.communicate(timeout=120)

        assert (following.returncode, waiting.returncode) == (0, 0), words
        printed = [line for line in (first + rest).splitlines() if line.startswith("line ")]
        assert printed == [f"line {number}" for number in range(200)]

    def test_a_failed_job_ends_with_one_and_its_reason(self, ann: Command):
        job = submit(ann, sys.executable, "-c", "raise SystemExit(3)")

        done = ann.run("job", "wait", job)

        assert done.returncode == 1
        assert "failed" in done.stderr

    def test_waiting_ends_in_time_when_told_to(self, ann: Command):
        job = submit(ann, "sleep", "600")

        done = ann.run("job", "wait", job, "--timeout", "0.5", "-o", "json")

        assert done.returncode == 3
        assert json.loads(done.stdout)["id"] == job
        assert ann.run("job", "cancel", job).returncode == 0
        assert ann.run("job", "wait", job).returncode == 1

    def test_interrupting_only_stops_looking(self, ann: Command):
        job = submit(ann, sys.executable, "-u", "-c", "import time\nprint('here')\ntime.sleep(600)")
        following = ann.start("job", "logs", "-f", job)
        assert following.stdout is not None
        while "here" not in following.stdout.readline():
            continue

        following.send_signal(signal.SIGINT)
        _, words = following.communicate(timeout=30)

        assert following.returncode == 130
        assert f"hanse job logs -f {job}" in words
        assert json.loads(ann.said("job", "get", job, "-o", "json"))["phase"] == "running"
        assert ann.run("job", "cancel", job).returncode == 0

    def test_data_and_words_are_apart(self, ann: Command):
        done = ann.run("job", "submit", "--name", f"cli-{uuid4().hex[:8]}", *SMALL, "-o", "json", "--", "true")

        assert json.loads(done.stdout)["spec"]["roles"][0]["cpu_millicores"] == 100
        assert "Submitted" in done.stderr
        names = ann.said("job", "list", "-o", "name", "--limit", "3").splitlines()
        assert names[0] == json.loads(done.stdout)["id"]

    def test_a_file_is_submitted_once_for_its_key(self, ann: Command):
        role = {"command": ["true"], "cpu_millicores": 100, "memory_bytes": "64Mi"}
        (ann.home / "job.yaml").write_text(json.dumps({"name": "from-a-file", "roles": [role]}))
        key = uuid4().hex

        first, second = (ann.said("job", "submit", "-f", "job.yaml", "--key", key) for _ in range(2))

        assert first == second

    def test_what_a_job_left_is_fetched(self, ann: Command):
        writes = "from pathlib import Path; Path('artifacts/model.txt').write_text('weights')"
        job = submit(ann, sys.executable, "-c", writes)
        assert ann.run("job", "wait", job).returncode == 0
        eventually(lambda: ann.said("job", "artifacts", "list", job, "-o", "name"))

        path = ann.said("job", "artifacts", "download", job, "--into", "out")

        assert path == str(ann.home / "out" / "attempt-1" / "rank-0" / "model.txt")
        assert (ann.home / "out" / "attempt-1" / "rank-0" / "model.txt").read_text() == "weights"


class TestExitCodes:
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("job", "get", "no-such-job"), 5),
            (("job", "list", "--phase", "done"), 2),
            (("job", "submit", "--name", "x"), 2),
            (("job", "list", "--nonsense"), 2),
            (("job", "submit", "--name", "huge", "--cpu", "900", "--memory", "64Mi", "--", "true"), 7),
            (("api", "POST", "/tenants/"), 4),
        ],
    )
    def test_each_failure_has_its_own(self, ann: Command, arguments: tuple[str, ...], code: int):
        done = ann.run(*arguments)

        assert (done.returncode, done.stdout) == (code, ""), done.stderr
        assert done.stderr

    def test_an_act_that_is_not_possible_is_a_conflict(self, ann: Command):
        job = submit(ann, "true")
        assert ann.run("job", "wait", job).returncode == 0

        assert ann.run("job", "cancel", job).returncode == 6

    def test_a_portal_that_is_not_there(self, stranger: Command):
        done = stranger.run("whoami", HANSE_ADDRESS="http://127.0.0.1:9", HANSE_TOKEN="x", HANSE_PATIENCE="1")

        assert done.returncode == 3
        assert "does not answer" in done.stderr


class TestInputs:
    def test_a_job_runs_uploaded_code_with_a_secret_again_and_again(self, ann: Command):
        name = f"cli-{uuid4().hex[:8]}"
        folder = ann.home / name
        folder.mkdir()
        (folder / "train.py").write_text("import os\nprint(len(os.environ['KEY']))\n")
        role = {"command": ["python", "train.py"], "cpu_millicores": 100, "memory_bytes": "64Mi"}
        role["env_from"] = [{"secret": name, "key": "api-key", "name": "KEY"}]

        refused = ann.run("secret", "create", name)
        ann.said("secret", "create", name, "--stdin", "api-key", given="correct-horse\n")
        rotated = ann.run("secret", "rotate", name, "--file", f"api-key={folder / 'train.py'}")
        ann.said("secret", "rotate", name, "--stdin", "api-key", given="correct-horse-battery\n")
        code = ann.said("code", "upload", str(folder))
        spec = json.dumps({"name": name, "source": {"archive": code}, "roles": [role]})
        ann.said("schedule", "create", name, "--cron", "0 3 * * *", "-f", "-", given=spec)
        job = ann.said("schedule", "run", name)

        assert (refused.returncode, rotated.returncode) == (2, 0), rotated.stderr
        assert ann.said("code", "upload", str(folder)) == code
        assert ann.run("job", "wait", job).returncode == 0
        assert "21" in ann.said("job", "logs", job).split()
        secrets = json.loads(ann.said("secret", "list", "-o", "json"))
        assert next(one["newest"] for one in secrets if one["name"] == name) == 3
        assert "correct-horse" not in json.dumps(secrets)
        assert ann.said("schedule", "runs", name, "-o", "json").count(job) == 1
        assert "T03:00" in ann.said("schedule", "get", name)
        for act in (("schedule", "pause"), ("schedule", "resume"), ("schedule", "delete"), ("secret", "destroy")):
            assert ann.run(*act, name).returncode == 0


class TestEvents:
    def test_what_happens_is_printed_as_it_does(self, ann: Command):
        following = ann.start("events", "-f", "--kind", "job")
        assert following.stdout is not None
        assert following.stderr is not None
        # From this word on nothing is missed; before it, an event may pass unseen.
        assert following.stderr.readline().startswith("Following after ")
        try:
            submitted = submit(ann, "true")
            event = json.loads(following.stdout.readline())
            while event["object_id"] != submitted:
                event = json.loads(following.stdout.readline())
        finally:
            following.send_signal(signal.SIGINT)
            _, words = following.communicate(timeout=30)

        assert event["kind"] == "job"
        assert "--after" in words


class TestLibrary:
    def test_a_program_submits_follows_and_waits(self, ann: Command, running_stack: RunningStack):
        program = f"""
import hanse
with hanse.Client() as client:
    job = client.jobs.submit({{"name": "by-library", "roles": [{{"command": ["echo", "hello"], "cpu_millicores": 100,
        "memory_bytes": 64 * 2**20}}]}})
    print([line["text"] for line in client.jobs.logs(job, follow=True) if line["stream"] == "out"])
    print(client.jobs.wait(job)["phase"])
    try:
        client.projects_retrieve("{uuid4()}")
    except hanse.NotFound as missing:
        print(missing.code)
"""
        python = ann.program.with_name("python")

        done = subprocess.run(
            [python, "-c", program],
            env=ann.environment(),
            cwd=ann.home,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

        assert done.stdout.splitlines() == ["['hello']", "succeeded", "not-found"], done.stderr


def kill(stack: RunningStack, victim: str) -> None:
    process = psutil.Process(stack.stack.pid(victim))
    for doomed in [process, *process.children(recursive=True)]:
        try:
            os.kill(doomed.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
