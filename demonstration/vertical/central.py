"""What one house would train that had the columns of both: the same arithmetic in clear, to compare with."""

import numpy as np

from demonstration.vertical.program import Terms, scaled, split
from demonstration.vertical.sigmoid import Sigmoid
from demonstration.vertical.tables import Table


def trained(labelled: Table, other: Table, terms: Terms) -> tuple[np.ndarray, np.ndarray]:
    """The weights of the first's columns and a constant, and those of the other's. Both have the same rows in one order."""
    training, _ = split(len(labelled.ids))
    ours, theirs = scaled(labelled, training, constant=True), scaled(other, training, constant=False)
    columns = np.hstack([ours.rows.columns, theirs.rows.columns])[training]
    labels, sigmoid = labelled.labels[training], Sigmoid.of(terms.degree)
    weights = np.zeros(columns.shape[1])
    for _ in range(terms.rounds):
        weights = weights - terms.rate * columns.T @ (sigmoid.chance(columns @ weights) - labels) / len(labels)
    size = ours.rows.columns.shape[1]
    return weights[:size], weights[size:]
