"""Vectors under CKKS (TenSEAL): one side encrypts, the other multiplies with numbers of its own and hides the result.

Two things that are easily done wrong. A product alone is no secret from whoever encrypted the factor: the second half of
the ciphertext is their own times ours, so it can be divided. And CKKS rounds: the rounding errors are products too. Both
are covered by adding a fresh encryption, under their key, of a mask in every slot that is far larger than the products.
"""

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tenseal as ts

from demonstration.vertical.tables import Unusable

# 8,192 coefficients of 180 bits in all: more than 128 bits of security, with room for one product beside the mask.
SLOTS, _DEGREE, _MODULUS_BITS, _SCALE = 4096, 8192, [60, 60, 60], 2.0**40
# Larger hides better and rounds worse: sums of 500 masked products are right to about 5e-6, that is 1e-8 a row.
MASK = 2.0**30


@dataclass(frozen=True)
class Layout:
    """How columns of so many rows lie in ciphertexts: several side by side, or one over several ciphertexts."""

    rows: int

    @property
    def width(self) -> int:
        return min(SLOTS, 1 << max(0, self.rows - 1).bit_length())

    @property
    def chunks(self) -> int:
        return math.ceil(self.rows / self.width)

    def spread(self, vector: np.ndarray) -> np.ndarray:
        """A row for each chunk, which stands as often in it as columns do. (chunks, SLOTS)"""
        return np.tile(self._chunked(vector[:, None])[0], SLOTS // self.width)

    def packed(self, columns: np.ndarray) -> np.ndarray:
        """Columns side by side. (groups, chunks, SLOTS)"""
        beside = SLOTS // self.width
        groups = math.ceil(columns.shape[1] / beside)
        padded = np.pad(columns, ((0, 0), (0, groups * beside - columns.shape[1])))
        chunked = self._chunked(padded).reshape(groups, beside, self.chunks, self.width)
        return chunked.transpose(0, 2, 1, 3).reshape(groups, self.chunks, SLOTS)

    def sums(self, groups: np.ndarray) -> np.ndarray:
        """Of each column."""
        return groups.reshape(-1, self.width).sum(axis=1)

    def _chunked(self, columns: np.ndarray) -> np.ndarray:
        """(columns, chunks, width)"""
        padded = np.pad(columns, ((0, self.chunks * self.width - self.rows), (0, 0)))
        return padded.T.reshape(columns.shape[1], self.chunks, self.width)


class Secret:
    """32 bytes that never leave the house, from which all that is random follows: the same when an epoch is run again."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed

    def bytes(self, purpose: str, size: int = 32) -> bytes:
        return hashlib.shake_256(self._seed + purpose.encode()).digest(size)

    def uniform(self, purpose: str, shape: tuple[int, ...]) -> np.ndarray:
        """From 0 to below 1."""
        drawn = np.frombuffer(self.bytes(purpose, 8 * math.prod(shape)), dtype="<u8") >> np.uint64(11)
        return (drawn / 2.0**53).reshape(shape)

    def masks(self, purpose: str, shape: tuple[int, ...]) -> np.ndarray:
        return MASK * (2 * self.uniform(purpose, shape) - 1)


class OurKey:
    """Kept in a file: what was sent under it before a crash is opened after it."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            context = ts.context(ts.SCHEME_TYPE.CKKS, _DEGREE, coeff_mod_bit_sizes=_MODULUS_BITS)
            write_private(file, context.serialize(save_secret_key=True, save_galois_keys=False, save_relin_keys=False))
        self._context = _opened(file.read_bytes())

    @property
    def public(self) -> bytes:
        return bytes(self._context.serialize(save_secret_key=False, save_galois_keys=False, save_relin_keys=False))

    def encrypt(self, vectors: np.ndarray) -> bytes:
        return _joined([ts.ckks_vector(self._context, vector).serialize() for vector in vectors])

    def decrypt(self, joined: bytes) -> np.ndarray:
        return np.array([_vector(self._context, one).decrypt() for one in _parted(joined)])


class TheirKey:
    def __init__(self, public: bytes) -> None:
        try:
            self._context = _opened(public)
        except (ValueError, RuntimeError) as error:
            raise Unusable("The other party's key is none.") from error

    def masked(self, joined: bytes, factors: np.ndarray, masks: np.ndarray) -> bytes:
        """What they encrypted times our factors, summed over chunks, plus our masks.

        factors: (groups, chunks, SLOTS); masks: (groups, SLOTS).
        """
        theirs = [_vector(self._context, one) for one in _parted(joined)]
        if len(theirs) != factors.shape[1]:
            raise Unusable(f"The other party sent {len(theirs)} ciphertexts, not {factors.shape[1]}: has it other rows?")
        hidden = []
        for group, mask in zip(factors, masks, strict=True):
            total = ts.ckks_vector(self._context, mask, _SCALE**2)
            for vector, chunk in zip(theirs, group, strict=True):
                if chunk.any():  # TenSEAL's product with zeros is a ciphertext of another scale
                    total = vector * chunk.tolist() + total
            hidden.append(total.serialize())
        return _joined(hidden)


def _opened(serialized: bytes) -> ts.Context:
    """Products keep the scale of both factors: to rescale divides by a prime that only resembles it, off by 1.3e-7."""
    context = ts.context_from(serialized)
    context.global_scale = _SCALE
    context.auto_rescale = False
    return context


def write_private(file: Path, content: bytes) -> None:
    """Whole or not at all, and for its owner alone."""
    unfinished = file.with_suffix(".new")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(content)
    unfinished.replace(file)


def _vector(context: ts.Context, serialized: bytes) -> ts.CKKSVector:
    try:
        vector = ts.ckks_vector_from(context, serialized)
    except (ValueError, RuntimeError) as error:
        raise Unusable("The other party sent what is no ciphertext.") from error
    if vector.size() != SLOTS:
        raise Unusable(f"The other party sent a ciphertext of {vector.size()} slots.")
    return vector


def _joined(parts: list[bytes]) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _parted(joined: bytes) -> list[bytes]:
    parts = []
    while joined:
        size = int.from_bytes(joined[:4], "big")
        parts.append(joined[4 : 4 + size])
        joined = joined[4 + size :]
    return parts
