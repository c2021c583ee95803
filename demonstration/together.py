"""Train one reader of digits between two parties: each on digits that the other has not, weights averaged over channels.

A workload like any other: what it knows of Hanse is `hanse.channels`, which the contract that its job names opens, lines of
JSON that say how far it is, and $HANSE_CHECKPOINTS, where it goes on from when it is started again. No row leaves a house.
"""

import argparse
import json
import os
from pathlib import Path

import numpy as np
from hanse import channels
from sklearn.datasets import load_digits

CLASSES, UNSEEN, STEPS, LEARNING_RATE = 10, 360, 5, 1.0


def images() -> tuple[np.ndarray, np.ndarray]:
    """Pixels from 0 to 1 with a constant beside them, and what they show; in the same order in both houses."""
    pixels, labels = load_digits(return_X_y=True)
    order = np.random.default_rng(7).permutation(len(labels))
    return np.hstack([pixels / 16, np.ones((len(pixels), 1))])[order], labels[order]


def improved(weights: np.ndarray, pixels: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """A few steps of gradient descent on rows of one's own, and the loss before the last."""
    for _ in range(STEPS):
        chances = _chances(weights, pixels)
        loss = float(-np.log(chances[np.arange(len(labels)), labels] + 1e-12).mean())
        chances[np.arange(len(labels)), labels] -= 1
        weights = weights - LEARNING_RATE * pixels.T @ chances / len(labels)
    return weights, loss


def _chances(weights: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    scores = pixels @ weights
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--digits", choices=("even", "odd"), required=True, help="Those that this house has.")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    pixels, labels = images()
    unseen_pixels, unseen_labels = pixels[:UNSEEN], labels[:UNSEEN]
    ours = np.flatnonzero(labels % 2 == (given.digits == "odd"))
    ours = ours[ours >= UNSEEN]
    checkpoint = Path(os.environ.get("HANSE_CHECKPOINTS", ".")) / "together.npz"
    begun = np.load(checkpoint) if checkpoint.exists() else None
    weights = begun["weights"] if begun else np.zeros((pixels.shape[1], CLASSES))
    first = int(begun["rounds"]) if begun else 0
    with channels.connect(epoch=first) as link:
        print(f"{link.access.us} has {len(ours)} {given.digits} digits; {link.access.them} has the others.", flush=True)
        for epoch in range(first, given.rounds):
            mine, loss = improved(weights, pixels[ours], labels[ours])
            all_weights = link.all_gather("weights", mine.tobytes(), epoch=epoch)
            weights = np.mean([np.frombuffer(each).reshape(mine.shape) for each in all_weights.values()], axis=0)
            unfinished = checkpoint.with_name("unfinished.npz")
            np.savez(unfinished, weights=weights, rounds=epoch + 1)
            unfinished.replace(checkpoint)
            link.checkpoint(epoch)
            score = float((np.argmax(unseen_pixels @ weights, axis=1) == unseen_labels).mean())
            metrics = {"loss": round(loss, 5), "accuracy": round(score, 4)}
            print(json.dumps({"progress": (epoch + 1) / given.rounds, "metrics": metrics}), flush=True)
    score = float((np.argmax(unseen_pixels @ weights, axis=1) == unseen_labels).mean())
    np.savez(Path(os.environ.get("HANSE_ARTIFACTS", ".")) / "model.npz", weights=weights)
    print(f"{score:.0%} of {UNSEEN} digits of all kinds are read right.", flush=True)


if __name__ == "__main__":
    main()
