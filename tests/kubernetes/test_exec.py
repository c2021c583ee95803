"""Exec through a real API server: its WebSocket, its authorization, and a kubelet's streams (KWOK's) to a real program.

What is not real is the container: KWOK runs the command on this machine, and says of an end only whether it was a good one.
So nothing here shows which user, files and limits a shell has in a pod; those are the container runtime's.
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from apps.clusters.kubeconfig import reduce_kubeconfig
from apps.jobs import services
from apps.jobs.errors import ReplicaNotRunning
from celery_workers.gateway.places import place_of
from celery_workers.kubernetes.client import Forbidden, NotFound
from celery_workers.kubernetes.exec import KubernetesShell, read_status
from celery_workers.shells import Ended, Shell
from tests.jobs.jobs import address


def permitted(portal: Any, job: Any, *command: str) -> services.Shell:
    answer = portal.client.post(address(portal.project, job, "replicas/0/exec/"), {"command": list(command)})
    assert answer.status_code == 201, answer.json()
    return services.begin_exec(ticket=answer.json()["ticket"])


class Terminal:
    def __init__(self, shell: Shell) -> None:
        self.shell, self.shown, self._printed = shell, "", shell.printed()

    async def until_shown(self, text: str) -> None:
        while text not in self.shown:
            self.shown += (await anext(self._printed)).decode()

    async def until_over(self) -> Ended:
        async for content in self._printed:
            self.shown += content.decode()
        return self.shell.ended


def at_a_terminal(use: Any) -> Any:
    return asyncio.run(asyncio.wait_for(use, 60))


class TestExec:
    def test_is_a_terminal_in_the_replica_s_pod(self, portal, kubernetes, tmp_path: Path):
        job = portal.until(portal.submit(), "running")
        (pod,) = portal.pods(job)
        name = pod["metadata"]["name"]
        kubernetes.open_to_exec(portal.project.namespace, name, tmp_path)
        place = place_of(permitted(portal, job))
        stranger = reduce_kubeconfig(yaml.safe_load(kubernetes.kubeconfig_of("stranger")))

        async def its_shell() -> None:
            terminal = Terminal(await place.open([]))
            await terminal.shell.resize(97, 31)
            await terminal.shell.type(b'stty size; echo "dir=$PWD"\n')
            await terminal.until_shown(f"dir={tmp_path}")
            assert "31 97" in terminal.shown
            await terminal.shell.type(b"exit\n")
            assert await terminal.until_over() == Ended("exited", 0)

        async def a_command_of_ones_own() -> None:
            terminal = Terminal(await place.open(["sh", "-c", 'echo "<$1>"; read line', "sh", "a  b"]))
            await terminal.until_shown("<a  b>")
            await terminal.shell.type(b"\n")
            assert await terminal.until_over() == Ended("exited", 0)

        async def one_that_is_not_there() -> None:
            ended = await Terminal(await place.open(["no-such-program"])).until_over()
            assert ended.code == "not-started"
            assert "no-such-program" in ended.message

        async def refused() -> None:
            with pytest.raises(Forbidden, match="an operator must grant it"):
                await KubernetesShell.open(stranger, place.pod, [])
            with pytest.raises(NotFound):
                await KubernetesShell.open(place.access, replace(place.pod, name="gone"), [])

        for use in (its_shell, a_command_of_ones_own, one_that_is_not_there, refused):
            at_a_terminal(use())
        late = permitted(portal, job)
        portal.api.delete(f"/api/v1/namespaces/{portal.project.namespace}/pods/{name}", grace_seconds=0)
        with pytest.raises(ReplicaNotRunning):
            place_of(late)


class TestStatus:
    """As kubelets write it (cri-streaming's remotecommand)."""

    def test_a_program_that_failed_says_with_what(self):
        cause = {"reason": "ExitCode", "message": "7"}
        status = {"status": "Failure", "reason": "NonZeroExitCode", "details": {"causes": [cause]}}

        assert read_status(status, own_command=False) == Ended("exited", 7)

    @pytest.mark.parametrize(("own_command", "code"), [(False, "no-shell"), (True, "not-started")])
    def test_an_image_without_a_shell_is_told_from_a_command_that_is_not_there(self, own_command, code):
        said = 'unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory'

        assert read_status({"status": "Failure", "message": said}, own_command=own_command) == Ended(code, None, said)
