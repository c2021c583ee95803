"""What is said of clusters."""

from apps.core import sentences

_WORDS = {
    "cluster-without-nodes": "It has no nodes.",
    "cluster-node-ill": "{count} of {total} nodes is not healthy: {names}",
    "cluster-nodes-ill": "{count} of {total} nodes are not healthy: {names}",
    "cluster-no-answer": "{reason}",
    "node-without-report": "It has not reported yet.",
    "node-reports": "{reason}",
    "node-devices-ill": "{lost} of {count} {device} are not healthy.",
    "machine-off": "Local compute is off (HANSE_LOCAL_COMPUTE).",
    "machine-without-user": "{reason}",
    "machine-closed": "The user {user} cannot pass through {path} to the replicas' directories.",
    "machine-full": "Only {free} MiB are free where replicas work.",
    "preflight-version-fine": "Kubernetes {version} is among the versions that Hanse is tested with.",
    "preflight-version-other": "Kubernetes {version} is not among those that Hanse is tested with ({oldest} to {newest}).",
    "preflight-version-fix": "Upgrade the cluster when you can; what breaks until then is reported where it breaks.",
    "preflight-permissions-fine": "{user} may do everything that Hanse needs.",
    "preflight-permissions-missing": "{user} lacks {count} permissions.",
    "preflight-permissions-fix": "Apply the manifest as an administrator of the cluster, then check again.",
    "preflight-kueue-fine": "Kueue decides who starts ({version}).",
    "preflight-kueue-unused": "Kueue is there ({version}); the portal decides who starts.",
    "preflight-kueue-unused-fix": "Let Kueue admit, under About, when jobs that others submit beside Hanse "
    "should count too.",
    "preflight-kueue-lost": "Kueue is to decide who starts, and {needed} is not served: nothing starts.",
    "preflight-kueue-missing": "There is no Kueue; the portal itself decides who starts.",
    "preflight-kueue-fix": "Install Kueue 0.19 when jobs that others submit beside Hanse should count too.",
    "preflight-operators-fine": "Operators found: {operators}.",
    "preflight-operators-missing": "No operator for training is installed; jobs run as plain Jobs.",
    "preflight-operators-fix": "Install JobSet, or the operators of the frameworks that people use.",
    "preflight-gangs-kueue": "Kueue starts the replicas of a job together.",
    "preflight-gangs-fine": "The scheduler of the cluster starts the replicas of a job together or not at all.",
    "preflight-gangs-missing": "Replicas are placed by the portal alone: where others run pods too, some may start before "
    "there is room for all.",
    "preflight-gangs-fix": "Install Kueue, or let the cluster (Kubernetes 1.36) serve scheduling.k8s.io/v1alpha2 with the "
    "feature gates GenericWorkload and GangScheduling.",
    "preflight-metrics-fine": "Use of processor and memory is measured.",
    "preflight-metrics-missing": "Nothing measures use: metrics.k8s.io is not served.",
    "preflight-metrics-fix": "Install metrics-server.",
    "preflight-storage-fine": "Storage classes: {classes}.",
    "preflight-storage-missing": "There is no storage class; volumes cannot be made.",
    "preflight-storage-fix": "Install a CSI driver, and name one of its classes as the default.",
    "preflight-network-fine": "Network policies are enforced by {by}.",
    "preflight-network-unknown": "Nothing known to enforce network policies was found; tenants may reach one another.",
    "preflight-network-fix": "Use a network plugin that enforces them, such as Cilium or Calico.",
    "preflight-policy-fine": "The cluster refuses pods of projects that would go round the scheduler or push others away.",
    "preflight-policy-forbidden": "{user} may not write admission policies: who uses kubectl could send pods to nodes past "
    "the scheduler, tolerate every taint, or take a priority class that pushes other tenants away.",
    "preflight-policy-missing": "The cluster serves no ValidatingAdmissionPolicy: who uses kubectl could send pods to nodes "
    "past the scheduler, tolerate every taint, or take a priority class that pushes other tenants away.",
    "preflight-policy-fix": "Serve admissionregistration.k8s.io/v1 with ValidatingAdmissionPolicy, as Kubernetes does "
    "since 1.30. Until then give nobody kubectl here whom you would not let do that.",
    "preflight-sandboxes-fine": "Pods can run in a sandbox: {names}.",
    "preflight-sandboxes-none": "No RuntimeClass is there, or Hanse may not see them: tenants whose pods must run in a "
    "sandbox start nothing here.",
    "preflight-sandboxes-fix": "Install gVisor or Kata Containers with their RuntimeClass, where tenants need them.",
    "preflight-ingress-fine": "Apps can be reached from outside by {by}.",
    "preflight-ingress-missing": "There is neither an ingress class nor a Gateway; apps cannot be reached from outside.",
    "preflight-ingress-fix": "Install an ingress controller, or an implementation of the Gateway API.",
    "preflight-devices-fine": "Devices offered by nodes: {devices}.",
    "preflight-devices-missing": "No node offers a GPU or another device.",
    "preflight-devices-fix": "Install the device plugin of your hardware; NVIDIA's GPU Operator brings it with drivers.",
    "preflight-unknown": "This could not be looked at: {reason}",
    "preflight-unknown-fix": "Grant what is missing, then check again.",
}


def register() -> None:
    sentences.register(_WORDS)
