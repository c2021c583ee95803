"""What the replicas of a job bring along: code to unpack, secrets and a key for buckets to hand over, volumes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from apps.code import services as code
from apps.code.errors import ArchiveRefused, ArchiveTooLarge
from apps.jobs.failures import Unusable
from apps.jobs.given import Given, given_to
from apps.jobs.models import Job, JobCode
from apps.jobs.volumes import Mount, mounts_of
from apps.storage.errors import ObjectMissing


class InputMissing(Exception):
    """What no other attempt will bring; `code` is of the dictionary of failures."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class Inputs:
    """`given`: of the job's secrets and its key for buckets, by role.

    `mounts`: volumes of the job. `write_code` writes the job's code into a directory, which it makes.
    """

    given: Mapping[str, Given] = field(repr=False)
    write_code: Callable[[Path], None] | None
    mounts: Sequence[Mount] = ()


@contextmanager
def inputs_of(job: Job) -> Iterator[Inputs | None]:
    """What to start the job's replicas with; None while its code is being fetched.

    Raises InputMissing, also for what the block meets when it unpacks.
    """
    row = JobCode.objects.select_related("code__stored").filter(job=job).first()
    if row is not None and row.code is None:
        yield None
        return
    try:
        given, mounts = given_to(job), mounts_of(job)
        if row is None or row.code is None:
            yield Inputs(given, None, mounts)
            return
        with code.opened(row.code) as write:
            yield Inputs(given, write, mounts)
    except Unusable as unusable:
        raise InputMissing(unusable.code, str(unusable)) from unusable
    except ObjectMissing as problem:
        raise InputMissing("code-gone", "its archive is not in the store.") from problem
    except (ArchiveRefused, ArchiveTooLarge) as problem:
        raise InputMissing("code-unfit", problem.detail or "an entry of it is refused.") from problem
