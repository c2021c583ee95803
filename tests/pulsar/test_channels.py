"""`hanse.channels` between two real clusters: in order and once through kills and losses, and nothing in clear."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pulsar
import pytest
from hanse import channels
from hanse.channels import Access, Channels, ChannelsClosed, Keys

from apps.federation.letters import PrivateKeys
from demonstration.together import UNSEEN, images
from embedded.pulsar.broker import Broker
from tests.eventually import eventually
from tests.pulsar.contract import ROLE

MARK = b"what nobody in between may read"
Connect = Callable[..., Channels]


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Channels that are closed after the test. The spool of a party is kept, as on a volume."""
    opened: list[Channels] = []

    def connect(access: Access, *, session: str = "", epoch: int = 0) -> Channels:
        spool = tmp_path / f"{access.us}{session}"
        link = channels.connect(access, session=session, epoch=epoch, spool=spool, timeout_seconds=120)
        opened.append(link)
        return link

    yield connect
    for link in opened:
        link.close()


def unread(broker: Broker, access: Access, topic: str) -> int:
    with broker.admin() as admin:
        stats = admin.get(f"/persistent/{access.namespace}/{topic}/stats").json()
    return int(stats["subscriptions"]["hanse"]["msgBacklog"])


def test_both_gather_the_same_and_large_payloads_arrive_whole(accesses, connect):
    first, second = (connect(access) for access in accesses)
    large = MARK * (9 * 2**20 // len(MARK))
    first.send("set-up", large, epoch=0)
    second.send("loss", b"0.7", epoch=0)
    first.send("loss", b"0.5", epoch=0)

    assert second.receive("loss", epoch=0) == b"0.5"
    assert second.receive("set-up", epoch=0) == large
    assert first.receive("loss", epoch=0) == b"0.7"
    first.send("size", b"1", epoch=1)
    assert second.all_gather("size", b"2", epoch=1) == {10000: b"1", 20000: b"2"}
    assert first.receive("size", epoch=1) == b"2"


def test_what_a_killed_reader_had_not_saved_comes_again_and_nothing_else(accesses, connect, pair):
    ours, theirs = accesses
    sender = connect(ours)
    for epoch in range(3):
        for step in range(3):
            sender.send("step", f"{epoch}.{step}".encode(), epoch=epoch)
    program = (
        "import sys, json; from hanse import channels; from hanse.channels import Access\n"
        "link = channels.connect(Access.read(json.loads(sys.argv[1])), epoch=0)\n"
        "for step in range(3): link.receive('step', epoch=0)\n"
        "link.checkpoint(0)\n"
        "link.receive('step', epoch=1)\n"
        "print('in the middle', flush=True); sys.stdin.read()\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", program, json.dumps(asdict(theirs))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert reader.stdout
    assert reader.stdout.readline() == b"in the middle\n"
    reader.kill()
    reader.wait()

    again = connect(theirs, epoch=1)

    for epoch in (1, 2):
        assert [again.receive("step", epoch=epoch) for _ in range(3)] == [f"{epoch}.{step}".encode() for step in range(3)]
        again.checkpoint(epoch)
    eventually(lambda: unread(pair.brokers[1], theirs, "10000.20000.data") == 0, within=30, what="all is acknowledged")


def test_what_a_killed_sender_sends_again_counts_once(accesses, connect):
    ours, theirs = accesses
    reader = connect(theirs)
    before = connect(ours)
    for step in range(3):
        before.send("step", str(step).encode(), epoch=0)
    assert reader.receive("step", epoch=0) == b"0"
    before.close()

    after = connect(ours)
    for step in range(5):
        after.send("step", str(step).encode(), epoch=0)

    assert [reader.receive("step", epoch=0) for _ in range(4)] == [b"1", b"2", b"3", b"4"]
    with pytest.raises(channels.TimedOut):
        reader.receive("step", epoch=0, timeout_seconds=2)


def test_what_was_lost_on_the_way_is_sent_again(accesses, connect, pair):
    ours, theirs = accesses
    sender = connect(ours)
    for step in range(4):
        sender.send("step", str(step).encode(), epoch=0)
    topic = f"/persistent/{theirs.namespace}/10000.20000.data"
    eventually(lambda: unread(pair.brokers[1], theirs, "10000.20000.data") == 4, within=60, what="all of it is there")
    with pair.brokers[1].admin() as admin:
        admin.post(f"{topic}/subscription/hanse/skip/2").raise_for_status()

    reader = connect(theirs)

    assert [reader.receive("step", epoch=0) for _ in range(4)] == [b"0", b"1", b"2", b"3"]


def test_what_a_stopped_training_left_is_passed_over_by_the_next(accesses, connect, pair):
    ours, theirs = accesses
    stopped = connect(ours, session="first")
    stopped.send("weights", b"stale", epoch=0)
    stopped.close()
    first, second = connect(ours, session="second"), connect(theirs, session="second")

    first.send("weights", b"fresh", epoch=0)

    assert second.receive("weights", epoch=0) == b"fresh"
    second.checkpoint(0)
    eventually(lambda: unread(pair.brokers[1], theirs, "10000.20000.data") == 0, within=30, what="nothing is left unread")
    assert second.refused == 0


def test_no_broker_reads_changes_or_invents_anything(accesses, connect, pair):
    ours, theirs = accesses
    sender = connect(ours)
    sender.send("secret", MARK * 1000, epoch=0)
    topic = f"persistent://{theirs.namespace}/10000.20000.data"
    broker = pair.brokers[1]
    operator = pulsar.Client(broker.service, authentication=pulsar.AuthenticationToken(broker.token("admin")))
    forged = {"epoch": "0", "seq": "0", "part": "0", "parts": "1", "name": "secret", "run": "x", "signature": "AAAA"}
    operator.create_producer(f"{topic}").send(b"invented", properties=forged)
    operator.close()

    reader = connect(theirs)

    assert reader.receive("secret", epoch=0) == MARK * 1000
    with pytest.raises(channels.TimedOut):
        reader.receive("secret", epoch=0, timeout_seconds=2)
    assert reader.refused == 1
    for one in pair.brokers:
        kept = [file for file in (one.directory / "bookkeeper").rglob("*") if file.is_file()]
        assert kept
        assert not any(MARK in file.read_bytes() for file in kept)


def test_a_worker_whose_rights_are_taken_away_is_told_so(accesses, connect, pair):
    ours, theirs = accesses
    reader = connect(theirs)
    with pair.brokers[1].admin() as admin:
        for topic in ("10000.20000.data", "10000.20000.control", "20000.10000.data", "20000.10000.control"):
            admin.delete(f"/persistent/{theirs.namespace}/{topic}/permissions/{ROLE}").raise_for_status()
        admin.put(f"/namespaces/{theirs.namespace}/unload").raise_for_status()

    with pytest.raises(ChannelsClosed):
        reader.receive("anything", epoch=0, timeout_seconds=60)
    with pytest.raises(ChannelsClosed):
        channels.connect(ours.__class__(**{**vars(ours), "token": pair.brokers[0].token("stranger")}))


def test_keys_of_another_edition_open_nothing(accesses, connect):
    ours, theirs = accesses
    sender = connect(ours)
    sender.send("secret", MARK, epoch=0)
    other = PrivateKeys.new()

    stranger = connect(Access(**{**vars(theirs), "private": Keys(**asdict(other))}))

    with pytest.raises(channels.TimedOut):
        stranger.receive("secret", epoch=0, timeout_seconds=5)
    assert stranger.refused


class House:
    """One party's worker of the demonstration, as a job runs it."""

    def __init__(self, access: Access, digits: str, directory: Path) -> None:
        directory.mkdir()
        self._access, self._digits, self.directory = access, digits, directory

    def start(self) -> "subprocess.Popen[str]":
        kept = {"HANSE_CHECKPOINTS": str(self.directory), "HANSE_ARTIFACTS": str(self.directory)}
        environment = {**os.environ, **kept, "HANSE_CHANNELS": json.dumps(asdict(self._access))}
        command = [sys.executable, "-m", "demonstration.together", "--digits", self._digits]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    @property
    def model(self) -> np.ndarray:
        return np.asarray(np.load(self.directory / "model.npz")["weights"])


def test_two_houses_end_with_one_model_though_a_worker_is_killed_on_the_way(accesses, tmp_path):
    even, odd = (House(access, digits, tmp_path / digits) for access, digits in zip(accesses, ("even", "odd"), strict=True))
    ours, theirs = even.start(), odd.start()
    assert theirs.stdout
    for line in theirs.stdout:
        if '"progress": 0.3' in line:
            theirs.kill()
            break
    theirs.wait()

    again = odd.start()

    said = again.communicate(timeout=300)[0], ours.communicate(timeout=300)[0]
    assert (again.returncode, ours.returncode) == (0, 0), said
    assert '"progress": 0.25,' not in said[0]
    assert np.array_equal(even.model, odd.model)
    unseen_pixels, unseen_labels = (each[:UNSEEN] for each in images())
    assert (np.argmax(unseen_pixels @ even.model, axis=1) == unseen_labels).mean() > 0.9
