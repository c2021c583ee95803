"""The logistic function as a polynomial, for ciphertexts are multiplied and added only.

A polynomial of a sum falls apart into what each house can compute alone: p(a + b) is the sum over k of p's k-th derivative
at a, over k!, times b to the k. The last derivative is a constant that both know, so the others are what is sent.
"""

from dataclasses import dataclass
from math import factorial, log

import numpy as np
from numpy.polynomial import Polynomial

from demonstration.vertical.tables import Unusable

# Scores are measured in this unit, so that powers of them stay near 1, where encryption rounds least.
UNIT = 12.0
_COEFFICIENTS = {
    1: [0.5, UNIT / 4],  # Taylor's, at 0: the sums never tell more than second moments of the columns
    5: [0.5, 1.772727, 0.0, -3.131814, 0.0, 1.958026],  # the least squares on scores from -UNIT to UNIT
}
# The loss at a score of 0, so that it is the logistic loss to within 0.15 between -UNIT and UNIT.
_LOSS_AT_0 = {1: log(2), 5: 0.842737}
DEGREES = tuple(_COEFFICIENTS)


@dataclass(frozen=True)
class Sigmoid:
    degree: int

    @classmethod
    def of(cls, degree: int) -> "Sigmoid":
        """Raises Unusable."""
        if degree not in DEGREES:
            raise Unusable(f"The degree {degree} is none of {DEGREES}.")
        return cls(degree)

    @property
    def last(self) -> float:
        return _COEFFICIENTS[self.degree][-1]

    def chance(self, scores: np.ndarray) -> np.ndarray:
        return np.asarray(self._polynomial(scores / UNIT))

    def loss(self, scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Of each row: the integral of chance - label, as the logistic loss is of the logistic function."""
        return np.asarray(_LOSS_AT_0[self.degree] + UNIT * self._polynomial.integ()(scores / UNIT) - labels * scores)

    def shares(self, scores: np.ndarray) -> np.ndarray:
        """What our scores are to the other house, for each power of its own but the last. (degree, rows)"""
        return np.array([self._polynomial.deriv(k)(scores / UNIT) / factorial(k) for k in range(self.degree)])

    def powers(self, scores: np.ndarray) -> np.ndarray:
        """What theirs are multiplied with. (degree, rows)"""
        return np.array([(scores / UNIT) ** k for k in range(self.degree)])

    def alone(self, scores: np.ndarray) -> np.ndarray:
        """The part of the chance that needs nothing of theirs."""
        return np.asarray(self.last * (scores / UNIT) ** self.degree)

    def integrals(self, scores: np.ndarray) -> np.ndarray:
        """What their shares are multiplied with for the loss. (degree, rows)"""
        return np.array([UNIT * (scores / UNIT) ** (k + 1) / (k + 1) for k in range(self.degree)])

    def loss_alone(self, scores: np.ndarray) -> np.ndarray:
        return np.asarray(UNIT * self.last * (scores / UNIT) ** (self.degree + 1) / (self.degree + 1))

    @property
    def _polynomial(self) -> Polynomial:
        return Polynomial(_COEFFICIENTS[self.degree])
