"""What belongs to one job: replicas, timeline, artifacts, what it brings along, with whom it is shared."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from apps.accounts.models import Group, User
from apps.code.models import Code
from apps.core.ids import new_id
from apps.storage.models import StoredObject
from apps.tenants.models import Project, Tenant


class JobLabel(models.Model):
    """One label of a job as name:value, to be found by. The database keeps these rows as `Job.labels` says (a trigger).

    A condition on the JSON itself would be asked of every row of the project: `@>` is not leakproof.
    """

    pk = models.CompositePrimaryKey("job_id", "label")
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="labelled", db_index=False)
    label = models.CharField(max_length=127)

    class Meta:
        indexes = [models.Index(fields=["project_id", "label", "-job"], name="job_by_label")]


class ReplicaPhase(models.TextChoices):
    WAITING = "waiting"
    STARTING = "starting"
    RUNNING = "running"
    LOST = "lost"
    STOPPED = "stopped"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Replica(models.Model):
    """One rank of one attempt: a process or pod.

    waiting -> starting -> running -> succeeded | failed | lost (its machine went) | stopped (because it was told to)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="replicas", db_index=False)
    attempt = models.PositiveIntegerField()
    role = models.CharField(max_length=40)
    index = models.PositiveIntegerField(help_text="Within its role.")
    rank = models.PositiveIntegerField(help_text="Within the job.")
    node = models.CharField(max_length=253, blank=True)
    phase = models.CharField(max_length=12, choices=ReplicaPhase.choices, default=ReplicaPhase.WAITING)
    exit_code = models.IntegerField(null=True)
    signal = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=60, blank=True, help_text="out-of-memory, deadline, lost, ...")
    message = models.CharField(max_length=300, blank=True, help_text="What the cluster says of it, in its own words.")
    pod_uid = models.UUIDField(null=True, help_text="In a cluster: which pod it is,")
    made_at = models.DateTimeField(null=True, help_text="since when that is there,")
    scheduled_at = models.DateTimeField(null=True, help_text="and when a node took it.")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    log_complete = models.BooleanField(default=False, help_text="Every line that it wrote was taken over.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "attempt", "rank"], name="one_replica_a_rank")]


class TimelineEntry(models.Model):
    """One change of a job's life, with its reason and who or what made it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="timeline", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    attempt = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=12)
    reason = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=500, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=254, blank=True)

    class Meta:
        indexes = [models.Index(fields=["job", "id"], name="timeline_of_job")]


class Artifact(models.Model):
    """A file that a replica left behind."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="artifacts", db_index=False)
    attempt = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    name = models.CharField(max_length=300, help_text="Its path below the artifacts' directory, as the workload named it.")
    stored = models.ForeignKey(StoredObject, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "attempt", "rank", "name"], name="one_artifact_a_name")]


class JobSecret(models.Model):
    """A secret that a job names. Which version it is given is pinned when it is admitted, and stays written here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="secrets", db_index=False)
    name = models.CharField(max_length=63)
    asked = models.PositiveIntegerField(null=True, help_text="The version that the job names; null: the newest.")
    # No foreign key: what was used is told after it was destroyed.
    secret_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True)
    pinned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="one_row_a_secret")]
        indexes = [models.Index(fields=["project", "name", "-job"], name="job_secret_by_name")]


class JobDataset(models.Model):
    """A version of a dataset that a job reads: the same in every attempt, written down when the job is submitted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="datasets", db_index=False)
    name = models.CharField(max_length=40)
    # No foreign keys: what was read is told after it was deleted.
    dataset_id = models.UUIDField()
    version_id = models.UUIDField()
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="one_row_a_dataset")]
        indexes = [models.Index(fields=["version_id", "-job"], name="job_dataset_by_version")]


class JobVolume(models.Model):
    """A volume that a job mounts, for as long as it is not over: until then it is not deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="volumes", db_index=False)
    name = models.CharField(max_length=40)
    volume_id = models.UUIDField(help_text="No foreign key: what was mounted is told after it was deleted.")
    access = models.CharField(max_length=5)
    path = models.CharField(max_length=200, help_text="Where it is mounted in a cluster.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="one_row_a_volume")]
        indexes = [models.Index(fields=["volume_id", "-job"], name="job_by_volume")]


class CodeState(models.TextChoices):
    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class JobCode(models.Model):
    """The code of a job, found once: all its replicas and attempts get the same.

    pending -> ready | failed ; failed -> pending (retry)
    """

    job = models.OneToOneField("jobs.Job", on_delete=models.CASCADE, primary_key=True, related_name="code")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=CodeState.choices, default=CodeState.PENDING)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, null=True, related_name="+")
    commit = models.CharField(max_length=64, blank=True, help_text="Of git: what its ref was resolved to.")
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, help_text="When a worker should look at it.")
    message = models.CharField(max_length=500, blank=True, help_text="What the last try came to.")

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="job_code_due"),
        ]


class JobShare(UserObjectPermissionBase):
    """Somebody of elsewhere, or a group, may read this one job (an object permission of django-guardian, `read_job`).

    By address and without a user it waits: it is for whichever active account has the address when it reads.
    """

    content_object = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="shares")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True)  # type: ignore[assignment]
    email = models.EmailField(blank=True, help_text="As it was given, in small letters; empty for a group.")
    # Not guardian's groups, which are Django's; ours are those of accounts.
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "email", "group"], nulls_distinct=False, name="one_share_a_principal"
            ),
            models.CheckConstraint(
                condition=Q(group=None) & ~Q(email="") | Q(group__isnull=False, user=None, email=""),
                name="share_is_by_address_or_group",
            ),
        ]
        indexes = [models.Index(fields=["email"], condition=Q(user=None, group=None), name="share_waits")]
