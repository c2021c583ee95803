"""The English of the sentences that quotas says, by code; the console has the Chinese (shared/i18n/said.zh.ts)."""

from apps.core import sentences

# What something waits for. {free}, {used} and the like are amounts.
_WAITS = {
    "waits-for-preempted": "Starts as soon as the work that makes room for it in {cluster} has stopped.",
    "waits-for-tenant": "Waits because {tenant} is {phase}; a platform admin can make it active again.",
    "waits-for-cap": "Waits for {asked}: {free} of {most} are left under the cap of {project}. "
    "An admin of {tenant} can raise the cap.",
    "waits-for-own-running": "Waits for one of your {most} running workloads to end. An admin of {tenant} can "
    "raise your cap.",
    "waits-for-own-gpus": "Waits for {asked}: you have {free} left of the {most} that you may hold. "
    "An admin of {tenant} can raise your cap.",
    "waits-for-stale": "Waits because {cluster} was not seen lately; nothing starts there until it answers. "
    "An operator can look.",
    "waits-for-nodes": "Waits for room on the nodes of {cluster} for {asked}; {free} free there, too few or too scattered.",
    "waits-for-quota": "Waits for {asked}: {tenant} has {used} of {nominal} in use; {free} left for it now.",
    "waits-for-quota-borrows": "Waits for {asked}: {tenant} has {used} of {nominal} in use, borrows {borrowed}; "
    "{free} left for it now.",
    "waits-for-quota-lent": "Waits for {asked}: {tenant} has {used} of {nominal} in use, lent {lent}; {free} "
    "left for it now.",
    "waits-for-quota-both": "Waits for {asked}: {tenant} has {used} of {nominal} in use, borrows {borrowed}, lent {lent}; "
    "{free} left for it now.",
    "waits-in-kueue": "Kueue in {cluster} says: {message}",
    "waits-for-handing": "Could not be handed over to Kueue in {cluster} yet, which is tried again: {message}",
    "waits-place-kept": "Its place is kept: what becomes free goes to it first.",
    "waits-place-kept-from": "From {at} on its place is kept.",
    "never-without-quota": "Cannot start: {tenant} has no quota for {what} in {cluster}. A platform admin can give it some.",
    "never-under-cap": "Cannot start with {asked}: {free} of {most} are left under the cap of {project}. "
    "An admin of {tenant} can raise the cap.",
    "never-with-own-gpus": "Cannot start with {asked}: you have {free} left of the {most} that you may hold. "
    "An admin of {tenant} can raise your cap.",
    "never-on-nodes": "Cannot start: no nodes of {cluster} could hold {asked} in such pods. An operator can add nodes.",
    "never-within-quota": "Cannot start: it asks for {asked}, the quota of {tenant} now allows {most}. "
    "A platform admin can raise it.",
}
# What is true of it when it waits for nothing.
_STATES = {
    "some-started": "{begun} of {everyone} replicas were started. The next:",
    "over": "It has ended and asks for nothing.",
    "has-quota": "It has its quota.",
    "asks-for-nothing": "It is suspended and asks for nothing; resume it to queue it again.",
    "just-queued": "It was just queued and is looked at in a moment.",
}
_EVICTED = {
    "shrinks-for-lender": "It goes on with {after} of {before} replicas: the tenant that lent the quota needs it back.",
    "shrinks-for-other": "It goes on with {after} of {before} replicas: it makes room for {name}.",
    "evicted-by-lender": "It ran on borrowed quota, which the tenant that lent it needs back. It is queued again.",
    "evicted-for-other": "It makes room for other work of your tenant. It is queued again.",
    "evicted-by-kueue": "Kueue took back its quota ({reason}). It is queued again.",
    "evicted-by-priority": "It makes room for {name}, which has the higher priority {priority}. It is queued again.",
    "evicted-by-guarantee": "It ran on what the project {project} is guaranteed and needs now. It is queued again.",
}
_VERDICTS = {
    "would-start": "It would start now, in {cluster}.",
    "would-start-for-one": "It would start in {cluster} within moments: one workload of less claim would be stopped for it.",
    "would-start-for": "It would start in {cluster} within moments: {count} workloads of less claim would be "
    "stopped for it.",
    "would-start-some": "{count} of {total} independent replicas would start now, in {cluster}; each of the others as soon "
    "as there is room for it.",
    "would-stop": "Workloads of less claim would be stopped for them: {count}.",
    "would-wait": "It would wait.",
    "would-wait-after": "It would wait, after {ahead} of your tenant.",
}
_REFUSALS = {
    "refused-without-quota": "{tenant} has no quota for {what} in {cluster}. A platform admin can give it some.",
    "refused-over-quota": "It asks for {asked}; {tenant} may hold at most {most} in {cluster}, borrowed included. "
    "Ask for less, or ask a platform admin for more quota.",
    "refused-over-cap": "It asks for {asked}; the project {project} is capped at {most}. "
    "Ask for less, or ask an admin of {tenant} to raise the cap.",
    "refused-over-own-cap": "It asks for {asked}; you may have at most {most} at a time in {tenant}. "
    "Ask for less, or ask an admin of {tenant} to raise your cap.",
    "refused-by-nodes": "It asks for {asked}, in pods that the nodes of {cluster} could not hold even empty "
    "({most} in all). "
    "Ask for smaller or fewer pods.",
}
# Of what the request names, not of how much there is.
_UNFIT = {
    "refused-without-sandbox": "Cluster {cluster} does not have the sandbox that this tenant's pods run in "
    "(RuntimeClass {runtime}).",
    "refused-without-operator": "Cluster {cluster} does not serve the operator that this kind of job needs ({operator}).",
    "refused-image": "Cluster {cluster} runs commands and no images; give role {role} a command.",
    "refused-without-image": "Cluster {cluster} runs images; name one for role {role}.",
    "refused-without-processors": "Cluster {cluster} has no flavor for cpu and memory; an operator can add one.",
    "refused-without-device": "Cluster {cluster} has nothing like {need}; it has {has}.",
}
_HELPS = {
    "help-activate": "Make {tenant} active again.",
    "help-grant": "Give {tenant} quota in {cluster}.",
    "help-raise-quota": "Raise the quota of {tenant}.",
    "help-raise-cap": "Raise the cap of {project}.",
    "help-raise-own-cap": "Raise your cap.",
    "help-stop-own": "Suspend or cancel some of your running work.",
    "help-stop": "Suspend or cancel running work.",
    "help-nodes": "Add or repair nodes of {cluster}.",
    "help-less": "Ask for less, or for fewer replicas.",
    "who-you": "you",
    "who-member": "a member of your tenant",
    "who-tenant-admin": "an admin of {tenant}",
    "who-platform-admin": "a platform admin",
    "who-operator": "an operator",
}
# What a change of limits would do to somebody's work.
_EFFECTS = {
    "effect-borrowed": "Goes on, but on borrowed quota: it is stopped and queued again when the lender needs "
    "its quota back.",
    "effect-uncovered": "Goes on, above the quota: nothing new of its tenant starts there until what is used fits again.",
    "effect-less-lent": "Goes on, but more is borrowed than is lent: it is stopped and queued again when a lender needs its "
    "quota back.",
    "effect-over-cap": "Goes on, above the cap: nothing new of its project starts until what is used fits again.",
    "effect-over-user-cap": "Goes on, above its user's cap: nothing new of that user starts until what is used fits again.",
    "effect-never": "Could never start any more: it waits until the limits are raised or it is changed.",
    "effect-given-back": "Is given back.",
}


def register() -> None:
    for words in (_WAITS, _STATES, _EVICTED, _VERDICTS, _REFUSALS, _UNFIT, _HELPS, _EFFECTS):
        sentences.register(words)
