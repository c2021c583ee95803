"""What a job brings along: checked when it is submitted, fetched meanwhile, pinned when it is admitted."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.code import services as code_services
from apps.code.models import Code
from apps.core.errors import InvalidRequest
from apps.core.outbox import hint
from apps.jobs.buckets import buckets_of
from apps.jobs.contracts import wrong_contract
from apps.jobs.failures import DICTIONARY
from apps.jobs.inputs import GitSource
from apps.jobs.models import WANTED, CodeState, Job, JobCode, JobDataset, JobPhase, JobSecret
from apps.jobs.services._life import locked_if_there, move, save, settle, tell, workload_of
from apps.jobs.spec import JobSpec, ReplicaRole, is_reserved
from apps.jobs.volumes import ask_for_volumes
from apps.quotas import services as quotas
from apps.secrets import services as secrets
from apps.secrets.models import SecretKind
from apps.secrets.references import wrong_entries
from apps.secrets.services import Pinned
from apps.storage import versions
from apps.tenants.actor import Actor, system_actor

WORKER = system_actor("worker")
# A worker that fetches has this long; then another may try.
FETCH_SECONDS = 300
# What may pass by itself (a server that is away) is tried again after so many seconds each; then the job fails.
PAUSES = (15, 60, 180, 600)
CODE_READY = "CodeReady"


# ---- when it is submitted


def ask(job: Job, *, actor: Actor, spec: JobSpec) -> None:
    """Note which secrets and which code the job needs, and have its code fetched.

    Raises InvalidRequest naming each secret, entry, archive, bucket, dataset, volume or contract that is not there, or not
    for `actor`.
    """
    wrong = [
        *_ask_for_secrets(job, spec),
        *_wrong_archive(job, spec),
        *_wrong_buckets(job, actor, spec),
        *wrong_contract(job, actor, spec),
        *_ask_for_datasets(job, actor, spec),
        *ask_for_volumes(job, actor, spec),
    ]
    if wrong:
        raise InvalidRequest(errors=wrong)
    _ask_for_code(job, spec)


def _ask_for_secrets(job: Job, spec: JobSpec) -> Iterator[dict[str, str]]:
    found: dict[str, Pinned | None] = {}
    asked: dict[str, int | None] = {}
    for name, version, pointer in spec.named_secrets():
        if name not in found:
            found[name] = secrets.pin(project_id=job.project_id, name=name, version=version)
            asked[name] = version
        if found[name] is None:
            which = f"secret {name}" if version is None else f"version {version} of a secret {name}"
            yield {"pointer": f"{pointer}/secret", "detail": f"This project has no {which}."}
    there = {name: pinned for name, pinned in found.items() if pinned is not None}
    for place, role in enumerate(spec.roles):
        yield from _wrong_entries(role, f"/roles/{place}", there)
    yield from _wrong_credentials(spec, there)
    rows = [
        JobSecret(tenant_id=job.tenant_id, project_id=job.project_id, job=job, name=name, asked=asked[name])
        for name in sorted(there)
    ]
    if found:  # what was submitted names the same ones for ever, so a job that names none has none
        JobSecret.objects.filter(job=job).delete()
        JobSecret.objects.bulk_create(rows)


def _wrong_entries(role: ReplicaRole, pointer: str, there: dict[str, Pinned]) -> Iterator[dict[str, str]]:
    keys_of = {name: pinned.keys for name, pinned in there.items()}
    yield from wrong_entries(role.env, role.env_from, keys_of, at=pointer, is_reserved=is_reserved)
    for number, files in enumerate(role.secret_files):
        pinned = there.get(files.secret)
        if pinned is not None and files.key is not None and files.key not in pinned.keys:
            at = f"{pointer}/secret_files/{number}/key"
            yield {"pointer": at, "detail": f"The secret {files.secret} has no entry {files.key}."}


def _wrong_credentials(spec: JobSpec, there: dict[str, Pinned]) -> Iterator[dict[str, str]]:
    git = spec.source.git if spec.source else None
    if git is None:
        return
    by_ssh = git.url.startswith("ssh:")
    wanted = SecretKind.SSH_AUTH if by_ssh else SecretKind.BASIC_AUTH
    if git.secret is None:
        if by_ssh:
            yield {"pointer": "/source/git/secret", "detail": f"ssh needs a secret of the kind {wanted}."}
        return
    pinned = there.get(git.secret)
    if pinned is not None and pinned.kind != wanted:
        detail = f"{git.secret} is of the kind {pinned.kind}; this address needs {wanted}."
        yield {"pointer": "/source/git/secret", "detail": detail}


def _wrong_archive(job: Job, spec: JobSpec) -> Iterator[dict[str, str]]:
    archive = spec.source.archive if spec.source else None
    if archive and not Code.objects.filter(project_id=job.project_id, pk=archive).exists():
        yield {"pointer": "/source/archive", "detail": "This project has no such archive; upload it first."}


def _wrong_buckets(job: Job, actor: Actor, spec: JobSpec) -> Iterator[dict[str, str]]:
    """Nobody gets at files by a job that they may not get at themselves."""
    held = actor.on_project(job.project_id, job.tenant_id)
    there = buckets_of(job, spec.buckets)
    for number, use in enumerate(spec.buckets):
        if use.name not in there or "buckets.view" not in held:
            yield {"pointer": f"/buckets/{number}/name", "detail": f"This project has no bucket {use.name}."}
        elif use.writes and "buckets.write" not in held:
            yield {"pointer": f"/buckets/{number}/access", "detail": "You may not write to buckets of this project."}


def _ask_for_datasets(job: Job, actor: Actor, spec: JobSpec) -> Iterator[dict[str, str]]:
    """Write down which versions the job reads, once: a retry reads the same. Deleting one waits here, and then refuses."""
    may = "datasets.view" in actor.on_project(job.project_id, job.tenant_id)
    known = dict(JobDataset.objects.filter(job=job).values_list("name", "number")) if spec.datasets else {}
    for place_of_it, use in enumerate(spec.datasets):
        number = known.get(use.name, use.version)
        row = versions.to_read(project_id=job.project_id, name=use.name, number=number) if may else None
        if row is None:
            which = f"dataset {use.name} with a version" if number is None else f"version {number} of {use.name}"
            yield {"pointer": f"/datasets/{place_of_it}/name", "detail": f"This project has no {which} that is ready."}
        elif use.name not in known:
            place = {"tenant_id": job.tenant_id, "project_id": job.project_id, "dataset_id": row.dataset_id}
            which_one = {"version_id": row.pk, "number": row.number, "digest": row.digest}
            JobDataset.objects.create(job=job, name=use.name, **place, **which_one)


def _ask_for_code(job: Job, spec: JobSpec) -> None:
    """Whatever was found for the job before stays: a retry runs the same commit."""
    if spec.source is None:
        return
    known = JobCode.objects.filter(job=job).first()
    if known and known.state == CodeState.READY:
        return
    row = known or JobCode(job=job, tenant_id=job.tenant_id)
    git = spec.source.git
    same = _fetched_before(job, git) if git else None
    found = spec.source.archive or (same.pk if same else None)
    if found is not None:
        code_services.note_use(found)
        row.state, row.code_id, row.next_try_at = CodeState.READY, found, None
        row.commit = same.commit if same else ""
    else:
        row.state, row.tries, row.message, row.next_try_at = CodeState.PENDING, 0, "", timezone.now()
        hint("code.fetch", job_id=job.pk)
    row.save()
    if _note_readiness(job, row):
        job.save(update_fields=["conditions"])


def _note_readiness(job: Job, row: JobCode) -> bool:
    """Say on the job whether its code is there; True when that is news."""
    if row.state == CodeState.PENDING:
        ready, code = False, "retrying" if row.tries else "fetching"
    else:
        ready, code = row.state == CodeState.READY, "fetched" if row.state == CodeState.READY else "failed"
    return job.set_condition(CODE_READY, status=ready, reason=code, message=row.message)


def _fetched_before(job: Job, git: GitSource) -> Code | None:
    """What is kept of exactly this commit, by whichever job it was fetched; then nobody needs be asked."""
    if git.commit is None:
        return None
    return Code.objects.filter(project_id=job.project_id, url=git.url, commit=git.commit, path=git.path).first()


# ---- when it is admitted


def pin_secrets(job: Job) -> None:
    """Write down which versions this admission gives the job; of a secret that is gone, none."""
    now = timezone.now()
    rows = list(JobSecret.objects.filter(job=job))
    for row in rows:
        pinned = secrets.pin(project_id=job.project_id, name=row.name, version=row.asked)
        row.secret_id, row.version = (pinned.secret_id, pinned.version) if pinned else (None, None)
        row.pinned_at = now
        if pinned:
            secrets.note_use(pinned.secret_id)
    JobSecret.objects.bulk_update(rows, ["secret_id", "version", "pinned_at"])


# ---- while its code is fetched


@transaction.atomic
def begin_fetch(*, job_id: UUID, now: datetime | None = None) -> JobCode | None:
    """Take the fetching of a job's code upon oneself for FETCH_SECONDS; None when there is nothing to fetch now."""
    now = now or timezone.now()
    due = JobCode.objects.filter(job_id=job_id, state=CodeState.PENDING, next_try_at__lte=now)
    if not due.update(next_try_at=now + timedelta(seconds=FETCH_SECONDS)):
        return None
    return JobCode.objects.select_related("job__project").get(job_id=job_id)


@transaction.atomic
def note_credentials(*, job_id: UUID, pinned: Pinned) -> None:
    """Write down with which version of a secret the code is fetched."""
    rows = JobSecret.objects.filter(job_id=job_id, name=pinned.name)
    rows.update(secret_id=pinned.secret_id, version=pinned.version, pinned_at=timezone.now())
    secrets.note_use(pinned.secret_id)


@transaction.atomic
def code_fetched(*, job_id: UUID, code: Code) -> None:
    """The code is there: from now on all replicas and attempts get it. Doing it twice changes nothing."""
    job = locked_if_there(job_id)
    row = JobCode.objects.select_for_update().filter(job_id=job_id, state=CodeState.PENDING).first()
    if job is None or row is None:
        return
    row.state, row.code, row.commit, row.next_try_at, row.message = CodeState.READY, code, code.commit, None, ""
    row.save()
    _note_readiness(job, row)
    tell(job, actor=WORKER, reason="code-fetched", message=f"Fetched commit {code.commit[:12]} of {code.url}.")
    generation = job.generation
    if job.phase in WANTED:
        job.generation += 1  # so that the reconciler, which has nothing to start without code, looks again
    save(job, generation_before=generation)


@transaction.atomic
def code_unavailable(*, job_id: UUID, message: str, now: datetime | None = None) -> None:
    """It cannot be fetched now: it is tried again after a growing pause, and fails the job in the end."""
    now = now or timezone.now()
    job = locked_if_there(job_id)
    row = JobCode.objects.select_for_update().filter(job_id=job_id, state=CodeState.PENDING).first()
    if job is None or row is None:
        return
    if row.tries >= len(PAUSES):
        _fail(job, row, code="code-unreachable", message=message, now=now)
        return
    row.next_try_at = now + timedelta(seconds=PAUSES[row.tries])
    row.tries, row.message = row.tries + 1, message[:500]
    row.save()
    if _note_readiness(job, row):
        save(job, generation_before=job.generation)


@transaction.atomic
def code_failed(*, job_id: UUID, code: str, message: str) -> None:
    """It will not be fetched, however often it is tried: the job fails. `code` is of the dictionary of failures."""
    job = locked_if_there(job_id)
    row = JobCode.objects.select_for_update().filter(job_id=job_id, state=CodeState.PENDING).first()
    if job is not None and row is not None:
        _fail(job, row, code=code, message=message, now=timezone.now())


def due_fetches(*, now: datetime, most: int) -> Sequence[UUID]:
    """Jobs whose code a worker should fetch."""
    due = JobCode.objects.filter(next_try_at__lte=now, state=CodeState.PENDING).order_by("next_try_at")
    return list(due.values_list("job_id", flat=True)[:most])


def forget_unused_code(*, now: datetime) -> None:
    code_services.forget_unused(now=now, kept=JobCode.objects.exclude(code=None).values("code_id"))


# ---- when it cannot be given


@transaction.atomic
def cannot_start(*, job_id: UUID, attempt: int, code: str, message: str) -> None:
    """End a job whose replicas lack something that no other attempt will bring; its fault policy is not asked.

    code: of the dictionary of failures. Of an older attempt, or of a job that is over, it is refused without a word.
    """
    job = locked_if_there(job_id)
    if job is not None and job.attempt == attempt and job.phase in WANTED:
        _end(job, code=code, message=message, now=timezone.now())


def _fail(job: Job, row: JobCode, *, code: str, message: str, now: datetime) -> None:
    row.state, row.message, row.next_try_at = CodeState.FAILED, message[:500], None
    row.save()
    _note_readiness(job, row)
    _end(job, code=code, message=message, now=now)


def _end(job: Job, *, code: str, message: str, now: datetime) -> None:
    if job.ended or job.phase == JobPhase.DRAFT or job.deleted_at is not None:
        return
    generation = job.generation
    text = f"{DICTIONARY[code].phrase}: {message}"
    move(job, JobPhase.FAILED, actor=WORKER, reason=code, message=text, now=now)
    if job.quota_held:
        settle(job, actor=WORKER, now=now)
    else:
        quotas.finish(workload=workload_of(job))
    save(job, generation_before=generation)
