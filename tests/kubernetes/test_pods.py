"""What becomes of a replica, from what its pod says."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from celery_workers.kubernetes.pods import PodSeen, read_pod

JOB = UUID("00000000-0000-7000-8000-0000000000f1")
MADE, SCHEDULED, STARTED, FINISHED = (f"2026-11-25T12:00:0{second}Z" for second in range(4))
LATER = datetime(2026, 11, 25, 13, tzinfo=UTC)


def condition(kind: str, status: str = "True", **fields: str) -> dict[str, str]:
    return {"type": kind, "status": status, "lastTransitionTime": SCHEDULED, **fields}


def ended(code: int, **fields: Any) -> dict[str, Any]:
    return {"terminated": {"exitCode": code, "startedAt": STARTED, "finishedAt": FINISHED, **fields}}


def pod(phase: str, state: dict[str, Any] | None = None, *conditions: dict[str, str], **status: Any) -> PodSeen:
    seen = read_pod(
        {
            "metadata": {
                "namespace": "vision",
                "name": "job-1-0",
                "uid": "1",
                "creationTimestamp": MADE,
                "labels": {"hanse.dev/job": str(JOB), "hanse.dev/attempt": "1", "hanse.dev/rank": "3"},
            },
            "spec": {"nodeName": "gpu-1", "containers": [{"name": "replica"}]},
            "status": {
                "phase": phase,
                "conditions": conditions or [condition("PodScheduled")],
                **({"containerStatuses": [{"state": state}]} if state else {}),
                **status,
            },
        }
    )
    assert seen is not None
    return seen


def waiting(reason: str, message: str = "") -> dict[str, Any]:
    return {"waiting": {"reason": reason, "message": message}}


class TestFate:
    def test_one_that_runs(self):
        running = pod("Running", {"running": {"startedAt": STARTED}})

        assert (running.key, running.seen.phase, running.seen.node) == ((JOB, 1, 3), "running", "gpu-1")
        assert running.seen.made_at == datetime.fromisoformat(MADE)
        assert running.seen.scheduled_at == datetime.fromisoformat(SCHEDULED)
        assert running.seen.started_at == datetime.fromisoformat(STARTED)
        assert running.has_log
        assert not running.terminal

    @pytest.mark.parametrize(
        ("state", "exit_code", "signal"),
        [
            (ended(0), 0, None),
            (ended(3), 3, None),
            (ended(137), None, 9),
            (ended(139), None, 11),
            (ended(1, signal=6), None, 6),
        ],
    )
    def test_how_a_program_ended(self, state, exit_code, signal):
        seen = pod("Succeeded" if exit_code == 0 else "Failed", state).seen

        assert (seen.exit_code, seen.signal) == (exit_code, signal)
        assert seen.phase == ("succeeded" if exit_code == 0 else "failed")
        assert seen.finished_at == datetime.fromisoformat(FINISHED)

    @pytest.mark.parametrize(
        ("seen", "phase", "reason"),
        [
            (pod("Failed", ended(137, reason="OOMKilled")), "failed", "out-of-memory"),
            (pod("Failed", ended(143), reason="DeadlineExceeded"), "failed", "deadline"),
            (
                pod("Failed", ended(137), reason="Evicted", message="The node was low on resource: memory."),
                "lost",
                "evicted",
            ),
            (pod("Failed", ended(143), condition("DisruptionTarget", reason="EvictionByEvictionAPI")), "lost", "evicted"),
            (pod("Failed", ended(143), condition("DisruptionTarget", reason="PreemptionByScheduler")), "lost", "displaced"),
            (pod("Failed", None, condition("DisruptionTarget", reason="DeletionByTaintManager")), "lost", "lost"),
            (pod("Failed", None, reason="UnexpectedAdmissionError"), "lost", "unschedulable"),
            (pod("Failed", None, reason="NodeShutdown"), "lost", "lost"),
            (
                pod("Failed", ended(128, reason="StartError", message='exec: "trian": executable file not found in $PATH')),
                "failed",
                "command-not-found",
            ),
            (
                pod("Failed", ended(128, reason="StartError", message='exec: "./a": permission denied')),
                "failed",
                "not-executable",
            ),
            (pod("Pending", waiting("InvalidImageName")), "failed", "image-unavailable"),
            (pod("Pending", waiting("CreateContainerConfigError", "secret not there")), "failed", "start-failed"),
            (pod("Pending", waiting("ContainerCreating")), "starting", ""),
            (pod("Pending", waiting("ImagePullBackOff", "Back-off pulling image")), "starting", "image-unavailable"),
        ],
    )
    def test_why(self, seen, phase, reason):
        assert (seen.seen.phase, seen.seen.reason) == (phase, reason)

    def test_one_that_no_node_takes_says_why_and_is_given_up_after_a_while(self):
        full = condition("PodScheduled", "False", reason="Unschedulable", message="0/4 nodes are available.")
        waits = pod("Pending", None, full)

        assert (waits.seen.phase, waits.seen.reason, waits.seen.message) == (
            "starting",
            "unschedulable",
            "0/4 nodes are available.",
        )
        assert waits.given_up(datetime.fromisoformat(SCHEDULED) + timedelta(minutes=9)) is waits
        assert waits.given_up(LATER).seen.phase == "lost"
        assert not waits.given_up(LATER).terminal

    def test_an_image_that_never_comes_is_a_failure_of_the_job(self):
        assert pod("Pending", waiting("ErrImagePull", "no such tag")).given_up(LATER).seen.phase == "failed"

    def test_one_that_is_gone_was_taken_away_unless_it_was_told_to_go(self):
        running = pod("Running", {"running": {"startedAt": STARTED}})

        assert running.gone(wanted=True, now=LATER).phase == "lost"
        assert running.gone(wanted=True, now=LATER).reason == "deleted"
        assert (running.gone(wanted=False, now=LATER).phase, running.gone(wanted=False, now=LATER).reason) == ("stopped", "")
        assert pod("Succeeded", ended(0)).gone(wanted=True, now=LATER).phase == "succeeded"

    def test_a_pod_of_somebody_else_is_none_of_ours(self):
        assert read_pod({"metadata": {"namespace": "a", "name": "b", "uid": "c"}}) is None
