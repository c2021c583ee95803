"""One step of gradient descent between two houses, each over its own columns.

The gradient is X'(p(z) - y), with z the sum of both houses' scores and p a polynomial. Each house encrypts its shares of
p(z); the other multiplies them with powers of its own scores and with its columns, masks the sums and sends them back.
Opened they say nothing; they go back once more, and the mask comes off where the gradient belongs.
"""

import json
from dataclasses import dataclass

import numpy as np
from hanse.channels import Channels

from demonstration.vertical.encryption import Layout, OurKey, Secret, TheirKey
from demonstration.vertical.ranking import Judge, Judged
from demonstration.vertical.sigmoid import Sigmoid
from demonstration.vertical.tables import Unusable


@dataclass(frozen=True)
class Rows:
    """Of one house, scaled. `labels`: in the house that has them."""

    columns: np.ndarray
    labels: np.ndarray | None

    @property
    def wanted(self) -> np.ndarray:
        return np.zeros(len(self.columns)) if self.labels is None else self.labels


@dataclass(frozen=True)
class Score:
    loss: float
    auc: float


class Talk:
    """What is said in one training: a word that was left of another is no answer."""

    def __init__(self, link: Channels, session: bytes) -> None:
        self._link, self._session = link, session

    def send(self, name: str, payload: bytes, *, epoch: int) -> None:
        self._link.send(name, self._session + payload, epoch=epoch)

    def receive(self, name: str, *, epoch: int) -> bytes:
        """Raises Unusable."""
        payload = self._link.receive(name, epoch=epoch)
        if not payload.startswith(self._session):
            raise Unusable("An earlier training left messages in these channels: give both jobs a higher --training.")
        return payload[len(self._session) :]


class House:
    """One house of the two, in any epoch: what it sends follows from the weights, the secret and what came."""

    def __init__(
        self, talk: Talk, sigmoid: Sigmoid, secret: Secret, keys: tuple[OurKey, TheirKey], *, their_columns: int
    ) -> None:
        self._talk, self._sigmoid, self._secret = talk, sigmoid, secret
        self._ours, self._theirs = keys
        self._their_columns = their_columns

    def step(self, weights: np.ndarray, trained: Rows, held_out: Rows, *, epoch: int) -> tuple[np.ndarray, Score]:
        """The gradient for our weights, and how good the weights of both are. Raises Unusable."""
        scores, layout = trained.columns @ weights, Layout(len(trained.columns))
        shares = self._sigmoid.shares(scores)
        shares[0] -= trained.wanted
        self._talk.send("shares", self._ours.encrypt(np.vstack([layout.spread(share) for share in shares])), epoch=epoch)
        judged = self._judged if trained.labels is None else self._judging
        sums, score = judged(scores, held_out.columns @ weights, trained, held_out, epoch)
        alone = self._sigmoid.alone(scores) - trained.wanted
        return (trained.columns.T @ alone + sums) / layout.rows, score

    def _judged(
        self, scores: np.ndarray, held_out_scores: np.ndarray, trained: Rows, _: Rows, epoch: int
    ) -> tuple[np.ndarray, Score]:
        """The loss is a sum like those of the columns; its mask is told, theirs are not."""
        talk, sigmoid, layout = self._talk, self._sigmoid, Layout(len(scores))
        judged = Judged(self._ours, self._theirs, self._secret)
        talk.send("differences", judged.differences(held_out_scores), epoch=epoch)
        factors = self._factors(trained.columns, scores)
        masks = self._answer(np.dstack([factors, sigmoid.integrals(scores)[..., None]]), layout, epoch)
        talk.send("rest of the loss", _bytes(sigmoid.loss_alone(scores).sum() - masks[-1]), epoch=epoch)
        compared, signs = (talk.receive(name, epoch=epoch) for name in ("compared", "signs"))
        bits, mask_sum = judged.bits(compared, signs, purpose=f"bits {epoch}")
        talk.send("bits", bits, epoch=epoch)
        talk.send("mask of the bits", _bytes(mask_sum), epoch=epoch)
        self._open_theirs(layout, epoch)
        sums = self._sums(trained, epoch) - masks[:-1]
        return sums, Score(**json.loads(talk.receive("score", epoch=epoch)))

    def _judging(
        self, scores: np.ndarray, held_out_scores: np.ndarray, trained: Rows, held_out: Rows, epoch: int
    ) -> tuple[np.ndarray, Score]:
        talk, layout = self._talk, Layout(len(scores))
        judge = Judge(self._ours, self._theirs, held_out.wanted, self._secret, purpose=f"judge {epoch}")
        masks = self._answer(self._factors(trained.columns, scores), layout, epoch)
        differences = talk.receive("differences", epoch=epoch)
        talk.send("compared", judge.compared(differences, held_out_scores), epoch=epoch)
        talk.send("signs", judge.signs, epoch=epoch)
        cross = self._open_theirs(layout, epoch) + _number(talk.receive("rest of the loss", epoch=epoch))
        loss = float(self._sigmoid.loss(scores, trained.wanted).sum() + cross) / layout.rows
        area = judge.area(talk.receive("bits", epoch=epoch), _number(talk.receive("mask of the bits", epoch=epoch)))
        score = Score(loss=loss, auc=area)
        talk.send("score", json.dumps(vars(score)).encode(), epoch=epoch)
        return self._sums(trained, epoch) - masks, score

    def _factors(self, columns: np.ndarray, scores: np.ndarray) -> np.ndarray:
        """What each of their shares is multiplied with. (degree, rows, columns)"""
        return np.asarray(self._sigmoid.powers(scores)[..., None] * columns)

    def _answer(self, factors: np.ndarray, layout: Layout, epoch: int) -> np.ndarray:
        """Send their shares times these, masked; the sums of the masks."""
        packed = np.concatenate([layout.packed(each) for each in factors], axis=1)
        masks = self._secret.masks(f"columns {epoch}", (packed.shape[0], packed.shape[2]))
        shares = self._talk.receive("shares", epoch=epoch)
        self._talk.send("products", self._theirs.masked(shares, packed, masks), epoch=epoch)
        return layout.sums(masks)[: factors.shape[2]]

    def _open_theirs(self, layout: Layout, epoch: int) -> float:
        """Send back the sums that they masked, of their columns; the one that comes after these stays here."""
        sums = np.append(layout.sums(self._ours.decrypt(self._talk.receive("products", epoch=epoch))), 0.0)
        self._talk.send("sums", sums[: self._their_columns].tobytes(), epoch=epoch)
        return float(sums[self._their_columns])

    def _sums(self, trained: Rows, epoch: int) -> np.ndarray:
        sums = np.frombuffer(self._talk.receive("sums", epoch=epoch))
        if len(sums) != trained.columns.shape[1]:
            raise Unusable(f"The other party answered {len(sums)} columns of {trained.columns.shape[1]}.")
        return sums


def _bytes(number: float) -> bytes:
    return np.float64(number).tobytes()


def _number(sent: bytes) -> float:
    return float(np.frombuffer(sent)[0])
