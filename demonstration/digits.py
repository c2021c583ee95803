"""Train a small network on scikit-learn's digits, data-parallel: each rank its share, gradients averaged over TCP.

A workload like any other: it knows nothing of Hanse but the environment that frameworks expect (RANK, WORLD_SIZE,
MASTER_ADDR, MASTER_PORT), lines of JSON that say how far it is, $HANSE_CHECKPOINTS, where it goes on from when it is
started again, with as many ranks as there are then, and $HANSE_ARTIFACTS, where it leaves its model.
"""

import argparse
import json
import os
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

Parameters = list[np.ndarray]
PATIENCE_SECONDS = 60
HIDDEN, BATCH, LEARNING_RATE, MOMENTUM, DECAY = 64, 32, 0.15, 0.9, 1e-4


class Ring:
    """All ranks of the job; rank 0 takes what each contributes and gives the mean back."""

    def __init__(self, *, rank: int, size: int, address: str, port: int) -> None:
        self.rank, self.size = rank, size
        self._peers: dict[int, socket.socket] = {}
        if size == 1:
            return
        if rank == 0:
            self._welcome(address, port)
        else:
            self._peers[0] = self._join(address, port)

    def _welcome(self, address: str, port: int) -> None:
        with socket.create_server((address, port), backlog=self.size) as server:
            server.settimeout(PATIENCE_SECONDS)
            while len(self._peers) < self.size - 1:
                peer, _ = server.accept()
                peer.settimeout(PATIENCE_SECONDS)
                (rank,) = struct.unpack("!I", _receive(peer, 4))
                self._peers[rank] = peer

    def _join(self, address: str, port: int) -> socket.socket:
        """Connect to rank 0, which may start later than we do."""
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                peer = socket.create_connection((address, port), timeout=PATIENCE_SECONDS)
                peer.sendall(struct.pack("!I", self.rank))
                return peer
            except OSError:
                if time.monotonic() > give_up_at:
                    raise
                time.sleep(0.2)

    def mean(self, vector: np.ndarray) -> np.ndarray:
        """The mean of every rank's vector, the same on each. Raises OSError when a rank has gone."""
        if self.size == 1:
            return vector
        if self.rank:
            self._peers[0].sendall(vector.tobytes())
            return np.frombuffer(_receive(self._peers[0], vector.nbytes), vector.dtype)
        total = vector.copy()
        for _, peer in sorted(self._peers.items()):
            total += np.frombuffer(_receive(peer, vector.nbytes), vector.dtype)
        total /= self.size
        for peer in self._peers.values():
            peer.sendall(total.tobytes())
        return total


def _receive(peer: socket.socket, count: int) -> bytes:
    received = bytearray()
    while len(received) < count:
        part = peer.recv(count - len(received))
        if not part:
            raise ConnectionResetError("a rank of this job has gone")
        received += part
    return bytes(received)


def images() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Training images and labels, held-out images and labels; the same division on every rank."""
    digits = load_digits()
    order = np.random.default_rng(7).permutation(len(digits.target))
    pixels, labels = digits.data[order] / 16.0, digits.target[order]
    held_out = len(labels) // 5
    return pixels[held_out:], labels[held_out:], pixels[:held_out], labels[:held_out]


def new_network(seed: int = 0) -> Parameters:
    random = np.random.default_rng(11 + seed)
    return [
        random.normal(0, np.sqrt(2 / 64), (64, HIDDEN)),
        np.zeros(HIDDEN),
        random.normal(0, np.sqrt(1 / HIDDEN), (HIDDEN, 10)),
        np.zeros(10),
    ]


def forward(network: Parameters, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Activations of the hidden layer, and the probability of each digit."""
    hidden = np.maximum(pixels @ network[0] + network[1], 0)
    scores = hidden @ network[2] + network[3]
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, exponents / exponents.sum(axis=1, keepdims=True)


def loss_and_gradient(network: Parameters, pixels: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean cross entropy, and its gradient as one flat vector."""
    hidden, probabilities = forward(network, pixels)
    rows = np.arange(len(labels))
    loss = float(-np.log(probabilities[rows, labels] + 1e-12).mean())
    at_scores = probabilities.copy()
    at_scores[rows, labels] -= 1
    at_scores /= len(labels)
    at_hidden = (at_scores @ network[2].T) * (hidden > 0)
    parts = [pixels.T @ at_hidden, at_hidden.sum(axis=0), hidden.T @ at_scores, at_scores.sum(axis=0)]
    return loss, np.concatenate([part.ravel() for part in parts])


def accuracy(network: Parameters, pixels: np.ndarray, labels: np.ndarray) -> float:
    return float((forward(network, pixels)[1].argmax(axis=1) == labels).mean())


def flat(network: Parameters) -> np.ndarray:
    return np.concatenate([part.ravel() for part in network])


def shaped(vector: np.ndarray, network: Parameters) -> Parameters:
    """The flat vector as parameters with the shapes of `network`."""
    ends = np.cumsum([part.size for part in network])[:-1]
    return [piece.reshape(part.shape) for piece, part in zip(np.split(vector, ends), network, strict=True)]


@dataclass
class State:
    """What training goes on from: the last epoch that was whole, the weights and their velocity after it."""

    epoch: int
    weights: np.ndarray
    velocity: np.ndarray

    def save(self, file: Path) -> None:
        """Replace the file as a whole, so that a kill leaves the old state or the new one."""
        unfinished = file.with_suffix(".new")
        with unfinished.open("wb") as target:
            np.savez(target, epoch=self.epoch, weights=self.weights, velocity=self.velocity)
        unfinished.replace(file)

    @classmethod
    def load(cls, file: Path | None, *, seed: int) -> "State":
        """The state that was saved last, whatever the number of ranks was then; else a new network."""
        if file is None or not file.exists():
            weights = flat(new_network(seed))
            return cls(0, weights, np.zeros_like(weights))
        with np.load(file) as saved:
            return cls(int(saved["epoch"]), saved["weights"], saved["velocity"])


def train(ring: Ring, state: State, *, epochs: int) -> Iterator[tuple[int, float, Parameters]]:
    """Yield (epoch, mean loss over all ranks, network) after each pass over the data; `state` goes along."""
    pixels, labels, _, _ = images()
    mine = slice(ring.rank, len(labels) // ring.size * ring.size, ring.size)
    pixels, labels = pixels[mine], labels[mine]
    weights, velocity = state.weights, state.velocity
    network = shaped(weights, new_network())
    random = np.random.default_rng((ring.rank, state.epoch))
    for epoch in range(state.epoch + 1, epochs + 1):
        order, losses = random.permutation(len(labels)), []
        for start in range(0, len(labels), BATCH):
            batch = order[start : start + BATCH]
            loss, gradient = loss_and_gradient(network, pixels[batch], labels[batch])
            mean = ring.mean(np.append(gradient, loss))
            losses.append(mean[-1])
            velocity = MOMENTUM * velocity - LEARNING_RATE / epoch**0.5 * (mean[:-1] + DECAY * weights)
            weights = weights + velocity
            network = shaped(weights, network)
        state.epoch, state.weights, state.velocity = epoch, weights, velocity
        yield epoch, float(np.mean(losses)), network


def leave(network: Parameters, target: Path) -> None:
    """Save the network as `model_server` reads it, and beside it a request to try it with: an image it has not seen."""
    names = ("weights_0", "bias_0", "weights_1", "bias_1")
    np.savez(target, classes=np.arange(10), **dict(zip(names, network, strict=True)))
    image = images()[2][0].round(3).tolist()
    request = {"inputs": [{"name": "input", "shape": [1, len(image)], "datatype": "FP64", "data": image}]}
    (target.parent / "example.json").write_text(json.dumps(request))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--pace", type=float, default=1.0, help="seconds an epoch takes at least, so that one can watch")
    arguments = parser.parse_args()
    environment = os.environ
    ring = Ring(
        rank=int(environment.get("RANK", 0)),
        size=int(environment.get("WORLD_SIZE", 1)),
        address=environment.get("MASTER_ADDR", "127.0.0.1"),
        port=int(environment.get("MASTER_PORT", 29500)),
    )
    print(f"Rank {ring.rank} of {ring.size}: all ranks are there, training begins.", flush=True)
    # Independent replicas are worlds of one: each starts from a seed of its own.
    run = int(environment.get("HANSE_REPLICA_INDEX", 0)) if ring.size == 1 else 0
    kept_in = environment.get("HANSE_CHECKPOINTS")
    checkpoint = Path(kept_in) / f"digits-{run}.npz" if kept_in else None
    state = State.load(checkpoint, seed=run)
    before = state.epoch
    if before:
        print(f"Goes on after epoch {before}.", flush=True)
    _, _, unseen_pixels, unseen_labels = images()
    started = time.monotonic()
    for epoch, loss, network in train(ring, state, epochs=arguments.epochs):
        score = accuracy(network, unseen_pixels, unseen_labels)
        time.sleep(max(0.0, started + (epoch - before) * arguments.pace - time.monotonic()))
        print(f"epoch {epoch:>3} of {arguments.epochs}  loss {loss:.4f}  held-out accuracy {score:.4f}", flush=True)
        if ring.rank == 0:
            if checkpoint:
                state.save(checkpoint)
            left = (time.monotonic() - started) / (epoch - before) * (arguments.epochs - epoch)
            report = {
                "progress": epoch / arguments.epochs,
                "metrics": {"loss": round(loss, 5), "accuracy": round(score, 4)},
                "eta_seconds": round(left, 1),
            }
            print(json.dumps(report), flush=True)
    if ring.rank == 0:
        network = shaped(state.weights, new_network())
        score = accuracy(network, unseen_pixels, unseen_labels)
        target = Path(environment.get("HANSE_ARTIFACTS", ".")) / "model.npz"
        leave(network, target)
        print(f"Saved {target.name}: {score:.4f} of {len(unseen_labels)} images it has not seen are read right.", flush=True)


if __name__ == "__main__":
    main()
