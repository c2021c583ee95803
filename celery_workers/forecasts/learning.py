"""Models of a whole fleet: learned, written down with the digest of what they hold, and found again."""

import hashlib
import time
from datetime import datetime, timedelta

from apps.forecasts.models import Model, Target
from celery_workers.forecasts.history import LEARNED_DAYS, hours_before, since_measured
from celery_workers.prediction import training
from celery_workers.prediction.algorithms.interface import Task, Unable

# More targets taught a model nothing.
LEARNED_FROM = 2_000


def read(model: Model) -> training.Model:
    """Raises Unable where what is kept is not what was written, or is of another release."""
    document = bytes(model.document)
    if model.sha256 and hashlib.sha256(document).hexdigest() != model.sha256:
        raise Unable("corrupt-model", engine=model.engine)
    return training.load(document)


def serving(
    engine: str, at: datetime, *, horizon_hours: int, device: str = "auto"
) -> tuple[Model, training.Model] | tuple[None, None]:
    """One that can be read, and what was read: of one that cannot, a new one is learned."""
    found = Model.objects.serving(engine=engine, horizon_hours=horizon_hours, at=at)
    if found is None or device not in ("auto", found.device):
        return None, None
    try:
        return found, read(found)
    except Unable:
        return None, None


def learn(engine: str, until: datetime, *, horizon_hours: int, device: str = "auto") -> Model:
    """A new one of the fleet as it was until then, not written yet. Raises Unable as training does."""
    began = time.monotonic()
    ids = list(Target.objects.order_by("pk").values_list("pk", flat=True))
    drawn = ids[:: max(len(ids) // LEARNED_FROM, 1)]
    history = since_measured(hours_before(drawn, until, days=LEARNED_DAYS))
    learned = training.train(engine, history, Task(horizon=horizon_hours), device=device)
    document = learned.dump()
    return Model(
        engine=engine,
        horizon_hours=horizon_hours,
        device=learned.device,
        learned_from=until - timedelta(hours=history.shape[1]),
        learned_until=until,
        targets=len(drawn),
        seconds=time.monotonic() - began,
        document=document,
        sha256=hashlib.sha256(document).hexdigest(),
    )


def renew(engine: str, until: datetime, *, horizon_hours: int) -> None:
    """Learn one whether or not another serves, so that what changed since is in the next run."""
    if not Model.objects.filter(engine=engine, horizon_hours=horizon_hours, learned_until=until).exists():
        learn(engine, until, horizon_hours=horizon_hours).save()
