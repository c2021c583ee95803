"""The area under the ROC curve of rows that neither trains on: both learn that number, and nobody who scored what.

It is the share of pairs (one of each label) that the joint score orders right. For each pair of rows the side without
labels encrypts the difference of its scores. The other adds its own and multiplies by a random number of random sign, so
the first sees whether that is above zero, which says nothing. It answers these bits times signs that came encrypted, hidden
by a mask of which it tells the sum alone.
"""

from functools import lru_cache

import numpy as np

from demonstration.vertical.encryption import SLOTS, OurKey, Secret, TheirKey

# Their 4,095 pairs fill one ciphertext.
MOST_ROWS = 91
_LARGEST_POWER = 20


class Judged:
    """The side without labels."""

    def __init__(self, ours: OurKey, theirs: TheirKey, secret: Secret) -> None:
        self._ours, self._theirs, self._secret = ours, theirs, secret

    def differences(self, scores: np.ndarray) -> bytes:
        return self._ours.encrypt(differences(scores)[None])

    def bits(self, compared: bytes, signs: bytes, *, purpose: str) -> tuple[bytes, float]:
        """Times the signs, masked, and the sum of the masks."""
        above = (self._ours.decrypt(compared)[0] > 0).astype(float)
        mask = self._secret.masks(purpose, (1, SLOTS))
        return self._theirs.masked(signs, above[None, None], mask), float(mask.sum())


class Judge:
    """The side with the labels."""

    def __init__(self, ours: OurKey, theirs: TheirKey, labels: np.ndarray, secret: Secret, *, purpose: str) -> None:
        self._ours, self._theirs = ours, theirs
        self._signs = np.where(secret.uniform(f"{purpose} signs", (SLOTS,)) < 0.5, -1.0, 1.0)
        self._sizes = 2 ** (_LARGEST_POWER * secret.uniform(f"{purpose} sizes", (SLOTS,)))
        self._order = differences(labels)

    def compared(self, theirs: bytes, scores: np.ndarray) -> bytes:
        factors = self._signs * self._sizes
        return self._theirs.masked(theirs, factors[None, None], (factors * differences(scores))[None])

    @property
    def signs(self) -> bytes:
        return self._ours.encrypt((self._order * self._signs)[None])

    def area(self, bits: bytes, mask_sum: float) -> float:
        turned = round(self._ours.decrypt(bits)[0].sum() - mask_sum)
        right = turned + (self._order == -1).sum() + (self._order * (1 - self._signs) / 2).sum()
        return float(right / np.abs(self._order).sum())


def differences(of: np.ndarray) -> np.ndarray:
    """Of all pairs of rows, and zeros up to a full ciphertext."""
    first, second = _pairs(len(of))
    return np.pad(of[first] - of[second], (0, SLOTS - len(first)))


@lru_cache
def _pairs(rows: int) -> tuple[np.ndarray, np.ndarray]:
    return np.triu_indices(rows, k=1)
