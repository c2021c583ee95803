"""What an act on a job can be refused for."""

from http import HTTPStatus

from apps.core.errors import Problem


class ActNotPossible(Problem):
    """`possible` lists what the job's phase allows instead."""

    code, status = "act-not-possible", HTTPStatus.CONFLICT
    title = "The job is not in a phase that allows this"
    advice = (
        "`phase` says where the job is, `possible` what can be done to it there. It may have moved on since you read it: "
        "read it again. To run something that has succeeded once more, or to change what was submitted, clone it."
    )


class ReplicaNotRunning(Problem):
    code, status = "replica-not-running", HTTPStatus.CONFLICT
    title = "The replica does not run"
    advice = (
        "A shell is opened in a replica that runs now, of the job's newest attempt; `phase` says where it is. Wait until it "
        "runs, or look at its log for how it ended."
    )


class ScheduleBusy(Problem):
    code, status = "schedule-busy", HTTPStatus.CONFLICT
    title = "A job of this schedule is not over yet"
    advice = (
        "The schedule forbids overlapping, also when it is run by hand. Wait until the job `job_id` is over, cancel it, or "
        "change `overlap` to allow or replace."
    )


class TemplateGone(Problem):
    code, status = "template-gone", HTTPStatus.CONFLICT
    title = "The template of this schedule was removed"
    advice = "Change the schedule: give it another template, or a specification of its own."


class RetentionEnded(Problem):
    code, status = "retention-ended", HTTPStatus.CONFLICT
    title = "The job's retention has ended; it is being removed for good"
    advice = (
        "A job is kept after its end as long as its fault policy says (`keep_seconds`), and in the bin for some days. "
        "When that is over nothing brings it back; keep artifacts elsewhere, or ask for a longer retention next time."
    )


class PullUnfinished(Problem):
    code, status = "pull-unfinished", HTTPStatus.CONFLICT
    title = "Not every node has the image"
    advice = (
        "The operation's `result.waiting` says which nodes lack it and what keeps it from them: a name or tag that does not "
        "exist, a registry that refuses the cluster or is out of reach, or a full disk. Mend it and ask again; nodes that "
        "have the image are done at once."
    )
