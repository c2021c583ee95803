"""Training jobs: what is wanted, what is known, and everything that happened on the way."""

from apps.jobs.models.again import (
    Missed,
    Overlap,
    RunOutcome,
    Schedule,
    ScheduleRun,
    ScheduleState,
    Template,
    TemplateQuerySet,
)
from apps.jobs.models.job import Job, JobQuerySet
from apps.jobs.models.parts import (
    Artifact,
    CodeState,
    JobCode,
    JobDataset,
    JobLabel,
    JobSecret,
    JobShare,
    JobVolume,
    Replica,
    ReplicaPhase,
    TimelineEntry,
)
from apps.jobs.models.phases import ACTS, ENDED, PLACED, UNDER_WAY, WANTED, JobPhase, acts_in

__all__ = [
    "ACTS",
    "ENDED",
    "PLACED",
    "UNDER_WAY",
    "WANTED",
    "Artifact",
    "CodeState",
    "Job",
    "JobCode",
    "JobDataset",
    "JobLabel",
    "JobPhase",
    "JobQuerySet",
    "JobSecret",
    "JobShare",
    "JobVolume",
    "Missed",
    "Overlap",
    "Replica",
    "ReplicaPhase",
    "RunOutcome",
    "Schedule",
    "ScheduleRun",
    "ScheduleState",
    "Template",
    "TemplateQuerySet",
    "TimelineEntry",
    "acts_in",
]
