"""What the API takes and gives, made from the portal's OpenAPI document by sdk/generate.py; do not edit."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from typing_extensions import NotRequired, TypedDict


class AcceptanceRequest(TypedDict):
    secret: str
    """
    What follows the # of the link.
    """
    name: NotRequired[str]
    """
    Of a new account; not when signed in.
    """
    password: NotRequired[str]


AccessEnum: TypeAlias = Literal["public", "tenant", "key"]
"""
* `public` - Public
* `tenant` - Tenant
* `key` - Key
"""


AccountKind: TypeAlias = Literal["person", "service"]
"""
* `person` - Person
* `service` - Service
"""


ActEnum: TypeAlias = Literal["submit", "cancel", "suspend", "resume", "retry", "delete", "restore"]
"""
* `submit` - submit
* `cancel` - cancel
* `suspend` - suspend
* `resume` - resume
* `retry` - retry
* `delete` - delete
* `restore` - restore
"""


AdmissionEnum: TypeAlias = Literal["portal", "kueue"]
"""
* `portal` - Portal
* `kueue` - Kueue
"""


AlgorithmEnum: TypeAlias = Literal["vertical-logistic", "horizontal-averaging"]
"""
* `vertical-logistic` - vertical-logistic
* `horizontal-averaging` - horizontal-averaging
"""


AmountOutputResourceEnum: TypeAlias = Literal["cpu", "memory", "gpu", "fpga", "rdma"]
"""
* `cpu` - cpu
* `memory` - memory
* `gpu` - gpu
* `fpga` - fpga
* `rdma` - rdma
"""


AppEntryBodyKindEnum: TypeAlias = Literal["gateway", "ingress"]
"""
* `gateway` - gateway
* `ingress` - ingress
"""


class AppEntryBodyRequest(TypedDict):
    kind: AppEntryBodyKindEnum
    name: str
    """
    Of the Gateway, or of the IngressClass.
    """
    namespace: str
    """
    Of the Gateway, and of the pods that pass requests on: only from there apps are reached.
    """
    domain: str
    """
    Names below it lead there; each app is one of them.
    """
    tls: NotRequired[bool]
    """
    Whether the entry answers by TLS for these names.
    """


class AppKeyInputRequest(TypedDict):
    consumer: str
    """
    Who calls with it; the app is told.
    """
    requests_per_minute: NotRequired[int | None]
    """
    Null: as many as there are.
    """
    expires_at: NotRequired[str | None]
    """
    Null: never.
    """


AppPhase: TypeAlias = Literal["deploying", "ready", "degraded", "failed", "stopped", "deleting"]
"""
* `deploying` - deploying
* `ready` - ready
* `degraded` - degraded
* `failed` - failed
* `stopped` - stopped
* `deleting` - deleting
"""


AppReplicaPhase: TypeAlias = Literal["waiting", "starting", "ready", "unready", "draining", "stopped", "failed"]
"""
* `waiting` - Waiting
* `starting` - Starting
* `ready` - Ready
* `unready` - Unready
* `draining` - Draining
* `stopped` - Stopped
* `failed` - Failed
"""


CommandItem: TypeAlias = str


class EnvFromItem(TypedDict):
    secret: str
    """
    Name of a secret of the project.
    """
    key: str | None
    """
    Which entry; all when left out.
    """
    name: str | None
    """
    With `key`: the variable; else called as the key.
    """
    version: int | None
    """
    The newest, as it is when the job is admitted, when left out.
    """


class File(TypedDict):
    bucket: str | None
    key: str
    """
    Of the bucket: a file, or a folder with a slash at its end.
    """
    job: str | None
    artifact: str
    """
    Of what the job left: a file, or a folder likewise.
    """
    to: str
    """
    Where: the path of a file, or of what a folder becomes. As it is called, if empty.
    """


class Device(TypedDict):
    flavor: str | None
    """
    A flavor of the cluster, such as a100.
    """
    kind: str | None
    """
    Instead of a flavor: what is needed.
    """
    unit_memory_bytes: int | None
    """
    With `kind`: at least this much memory a device.
    """
    count: int


class Probe(TypedDict):
    path: str
    timeout_seconds: float
    start_seconds: int
    """
    A replica that has not answered by then is ended.
    """


class Rollout(TypedDict):
    max_surge: int
    """
    So many replicas more than wanted, meanwhile.
    """
    max_unavailable: int
    """
    So many fewer that are ready, meanwhile.
    """


class Endpoint(TypedDict):
    name: str
    method: str
    path: str
    description: str
    example: str
    """
    A body to try it with.
    """


class AppSpec(TypedDict):
    image: str
    """
    Needed in a Kubernetes cluster; the kind local runs none.
    """
    command: list[CommandItem]
    """
    The server and its arguments, each its own entry; no shell. It listens on $HOST and $PORT; these and $HANSE_FILES are replaced. Empty: what the image says.
    """
    port: int
    """
    $PORT in a Kubernetes cluster; elsewhere each replica has one of its own.
    """
    env: dict[str, str]
    env_from: list[EnvFromItem]
    """
    Variables from secrets.
    """
    files: list[File]
    """
    What is read from $HANSE_FILES.
    """
    cpu_millicores: int
    """
    Thousandths of a core, for each replica.
    """
    memory_bytes: int
    """
    Bytes, or a quantity such as "2Gi".
    """
    devices: list[Device]
    probe: Probe
    """
    The request that an app answers with 2xx when it can serve: its model is loaded. Only then it is given requests.
    """
    rollout: Rollout
    """
    How a new revision takes over, in Kubernetes' words.
    """
    drain_seconds: int
    """
    How long requests under way may take when a replica goes; new ones it gets none.
    """
    endpoints: list[Endpoint]


class EnvFromItem1(TypedDict):
    secret: str
    """
    Name of a secret of the project.
    """
    key: NotRequired[str | None]
    """
    Which entry; all when left out.
    """
    name: NotRequired[str | None]
    """
    With `key`: the variable; else called as the key.
    """
    version: NotRequired[int | None]
    """
    The newest, as it is when the job is admitted, when left out.
    """


class File1(TypedDict):
    bucket: NotRequired[str | None]
    key: NotRequired[str]
    """
    Of the bucket: a file, or a folder with a slash at its end.
    """
    job: NotRequired[str | None]
    artifact: NotRequired[str]
    """
    Of what the job left: a file, or a folder likewise.
    """
    to: NotRequired[str]
    """
    Where: the path of a file, or of what a folder becomes. As it is called, if empty.
    """


class Device1(TypedDict):
    flavor: NotRequired[str | None]
    """
    A flavor of the cluster, such as a100.
    """
    kind: NotRequired[str | None]
    """
    Instead of a flavor: what is needed.
    """
    unit_memory_bytes: NotRequired[int | str | None]
    """
    With `kind`: at least this much memory a device.
    """
    count: NotRequired[int]


class Probe1(TypedDict):
    path: NotRequired[str]
    timeout_seconds: NotRequired[float]
    start_seconds: NotRequired[int]
    """
    A replica that has not answered by then is ended.
    """


class Rollout1(TypedDict):
    max_surge: NotRequired[int]
    """
    So many replicas more than wanted, meanwhile.
    """
    max_unavailable: NotRequired[int]
    """
    So many fewer that are ready, meanwhile.
    """


class Endpoint1(TypedDict):
    name: str
    method: NotRequired[str]
    path: NotRequired[str]
    description: NotRequired[str]
    example: NotRequired[str]
    """
    A body to try it with.
    """


class AppSpecRequest(TypedDict):
    image: NotRequired[str]
    """
    Needed in a Kubernetes cluster; the kind local runs none.
    """
    command: NotRequired[list[CommandItem]]
    """
    The server and its arguments, each its own entry; no shell. It listens on $HOST and $PORT; these and $HANSE_FILES are replaced. Empty: what the image says.
    """
    port: NotRequired[int]
    """
    $PORT in a Kubernetes cluster; elsewhere each replica has one of its own.
    """
    env: NotRequired[dict[str, str]]
    env_from: NotRequired[list[EnvFromItem1]]
    """
    Variables from secrets.
    """
    files: NotRequired[list[File1]]
    """
    What is read from $HANSE_FILES.
    """
    cpu_millicores: NotRequired[int]
    """
    Thousandths of a core, for each replica.
    """
    memory_bytes: NotRequired[int | str]
    """
    Bytes, or a quantity such as "2Gi".
    """
    devices: NotRequired[list[Device1]]
    probe: NotRequired[Probe1]
    """
    The request that an app answers with 2xx when it can serve: its model is loaded. Only then it is given requests.
    """
    rollout: NotRequired[Rollout1]
    """
    How a new revision takes over, in Kubernetes' words.
    """
    drain_seconds: NotRequired[int]
    """
    How long requests under way may take when a replica goes; new ones it gets none.
    """
    endpoints: NotRequired[list[Endpoint1]]


class ApprovalInputRequest(TypedDict):
    pace: NotRequired[int]
    """
    How many times as fast as time the simulator goes.
    """


class ApprovalRequest(TypedDict):
    amount: NotRequired[int | None]
    """
    Grant so much; null: what was asked for.
    """
    reason: NotRequired[str]


class ArtifactOutput(TypedDict):
    id: str
    attempt: int
    rank: int
    name: str
    size_bytes: int
    sha256: str
    media_type: str
    needed: bool
    """
    An app was deployed with it, which keeps it when the job goes.
    """
    created_at: str


AsksEnum: TypeAlias = Literal["quota", "guarantee", "cap", "user-running", "user-gpus"]
"""
* `quota` - quota
* `guarantee` - guarantee
* `cap` - cap
* `user-running` - user-running
* `user-gpus` - user-gpus
"""


class AssessedNeedOutput(TypedDict):
    pod_set: str
    """
    The role.
    """
    need: str
    """
    As it was asked for, in words.
    """
    count: int
    flavor: str
    model: str


class AuditEntryOutput(TypedDict):
    id: str
    at: str
    sequence: int
    actor_id: str
    actor_label: str
    token_id: str | None
    token_label: str
    on_behalf_of_id: str | None
    """
    As whom support looked.
    """
    on_behalf_of_label: str
    action: str
    project_id: str | None
    subject_kind: str
    subject_id: str
    subject_label: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    address: str
    request_id: str
    hash: str


AuthEnum: TypeAlias = Literal["token", "certificate"]
"""
* `token` - token
* `certificate` - certificate
"""


class AutoscalingBody(TypedDict):
    max_replicas: int
    cpu_percent: NotRequired[int]
    """
    Of the processors asked for: what is kept in use.
    """


class AutoscalingBodyRequest(TypedDict):
    max_replicas: int
    cpu_percent: NotRequired[int]
    """
    Of the processors asked for: what is kept in use.
    """


class BandOutput(TypedDict):
    hours: int
    """
    How many hours that is known of.
    """
    coverage: float
    """
    Their share within the band, which is to be 0.8.
    """


class BelongingOutput(TypedDict):
    kind: str
    id: str
    name: str
    tenant: str | None
    """
    Slug; null for what is the platform's.
    """


BlankEnum: TypeAlias = Literal[""]


class BucketInputRequest(TypedDict):
    name: str
    quota_bytes: int
    """
    What it may hold.
    """
    expire_after_days: NotRequired[int | None]
    """
    Older files are deleted; null: none.
    """


class BulkInputRequest(TypedDict):
    act: ActEnum
    ids: list[str]


class BulkResultOutput(TypedDict):
    id: str
    status: int
    """
    What the single act would have been answered with.
    """
    problem: NotRequired[dict[str, Any]]
    """
    A problem document, when it was refused.
    """


class CameOutput(TypedDict):
    hours: int
    mae: float
    """
    Mean error, in points of load.
    """
    bias: float
    """
    Above 0: too much was forecast.
    """
    coverage: float
    """
    Share of hours within the band.
    """


class CapGroupOutput(TypedDict):
    id: str
    name: str


class CapInputRequest(TypedDict):
    running_workloads: NotRequired[int | None]
    gpus: NotRequired[int | None]
    may_use_restricted_priorities: NotRequired[bool]
    user: NotRequired[str | None]
    """
    Their id or address.
    """
    group: NotRequired[str | None]
    """
    Its id, or its name.
    """


class CapPersonOutput(TypedDict):
    id: str
    name: str
    email: str


class CapacityOutput(TypedDict):
    flavor: str
    resource: str
    """
    cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).
    """
    amount: int


class CapacityPointOutput(TypedDict):
    at: str
    """
    When the stretch began.
    """
    allocatable: int
    """
    On nodes that answered, cordoned ones among them.
    """
    ours: int
    """
    What work that Hanse started asked for.
    """
    others: int
    """
    What everything else there asked for.
    """
    unhealthy: int
    """
    On nodes that did not answer, and devices that fell ill.
    """


class ChannelTopicOutput(TypedDict):
    topic: str
    messages: int
    given_up: int
    """
    Never taken by the other side.
    """
    unread: int
    """
    Never read by our workers.
    """


ChannelsOutputStateEnum: TypeAlias = Literal["opening", "open", "closing", "closed", "failing"]
"""
* `opening` - opening
* `open` - open
* `closing` - closing
* `closed` - closed
* `failing` - failing
"""


class ChannelsRemovedOutput(TypedDict):
    topics: list[ChannelTopicOutput]
    roles: list[str]
    at: str


class CloneInputRequest(TypedDict):
    name: NotRequired[str]


class ClosedInputRequest(TypedDict):
    starts_at: str
    ends_at: str


class ClosedOutput(TypedDict):
    starts_at: str
    ends_at: str


ClusterKind: TypeAlias = Literal["local", "kubernetes"]
"""
* `local` - Local
* `kubernetes` - Kubernetes
"""


class ClusterRefOutput(TypedDict):
    id: str
    slug: str


CodeState: TypeAlias = Literal["pending", "ready", "failed"]
"""
* `pending` - Pending
* `ready` - Ready
* `failed` - Failed
"""


class CohortNameOutput(TypedDict):
    id: str
    name: str


class ColumnOutput(TypedDict):
    name: str
    kind: str
    """
    What its first values look like: integer, number or text.
    """


class ConnectionInputRequest(TypedDict):
    kubeconfig: NotRequired[str]
    """
    YAML or JSON. Server, CA and a token or client certificate are taken out of it; exec, auth providers, file paths, proxies and skip-verify are refused.
    """
    context: NotRequired[str]
    """
    Of the kubeconfig; else its current one.
    """
    server: NotRequired[str]
    """
    https://host:6443
    """
    tls_server_name: NotRequired[str]
    ca_certificate: NotRequired[str]
    token: NotRequired[str]
    client_certificate: NotRequired[str]
    client_key: NotRequired[str]


class ConnectionOutput(TypedDict):
    server: str
    tls_server_name: str
    """
    Name in the certificate, when it is not that of the address.
    """
    ca_certificate: str
    """
    PEM; empty: what the portal's machines believe.
    """
    auth: AuthEnum
    expires_at: str | None
    """
    When the cluster will no longer take the credential, as far as it says so.
    """
    given_at: str


class ContractPartnerOutput(TypedDict):
    id: str
    number: int
    name: str


ContractPhase: TypeAlias = Literal["proposed", "offered", "agreed", "replaced", "declined", "revoked", "expired"]
"""
* `proposed` - Proposed
* `offered` - Offered
* `agreed` - Agreed
* `replaced` - Replaced
* `declined` - Declined
* `revoked` - Revoked
* `expired` - Expired
"""


Column: TypeAlias = str


class DataInputRequest(TypedDict):
    dataset: str
    """
    Which data, and which version of it.
    """
    columns: list[Column]
    """
    What of it may be read. The values stay with the party that has them.
    """


class DataOutput(TypedDict):
    dataset: str
    columns: list[str]


class DatasetInputRequest(TypedDict):
    name: str
    description: NotRequired[str]
    licence: NotRequired[str]
    """
    Under which it may be used, such as CC-BY-4.0.
    """


DatasetVersionPhase: TypeAlias = Literal["waiting", "copying", "ready", "failed"]
"""
* `waiting` - Waiting
* `copying` - Copying
* `ready` - Ready
* `failed` - Failed
"""


class DeactivationRequest(TypedDict):
    to: NotRequired[str | None]
    """
    Who gets what the account has; null leaves it.
    """


DirectionEnum: TypeAlias = Literal["egress", "ingress"]
"""
* `egress` - Egress
* `ingress` - Ingress
"""


class DownloadOutput(TypedDict):
    key: str
    size_bytes: int
    sha256: str
    """
    Empty when the store does not know it.
    """
    url: str


class DownloadsInputRequest(TypedDict):
    prefix: NotRequired[str]
    """
    What their names begin with.
    """
    cursor: NotRequired[str]
    """
    `next` of the answer before.
    """
    limit: NotRequired[int]


class DownloadsOutput(TypedDict):
    downloads: list[DownloadOutput]
    next: str
    """
    `cursor` of the next files; empty at the end.
    """
    expires_at: str


class DrainInputRequest(TypedDict):
    patience_seconds: NotRequired[int]
    """
    How long to wait for disruption budgets and for pods to end.
    """
    unmanaged: NotRequired[bool]
    """
    Also evict pods that nobody makes anew; else they stay, and are said to.
    """


class DriftChangeOutput(TypedDict):
    path: str
    """
    Such as spec.hard.requests.cpu; empty when the whole object is missing.
    """
    there: str
    """
    As JSON; empty when there is none.
    """
    wanted: str
    """
    As JSON; empty when there should be none.
    """


class DriftInputRequest(TypedDict):
    repair: NotRequired[bool]
    """
    Put right what is found.
    """


class DriftOutput(TypedDict):
    kind: str
    namespace: str
    name: str
    by: list[str]
    """
    Field managers that changed it.
    """
    changes: list[DriftChangeOutput]
    repaired: bool
    """
    It was put right when it was found.
    """


class EarlyEndRequest(TypedDict):
    reason: NotRequired[str]


EffectEnum: TypeAlias = Literal["NoSchedule", "PreferNoSchedule", "NoExecute"]
"""
* `NoSchedule` - NoSchedule
* `PreferNoSchedule` - PreferNoSchedule
* `NoExecute` - NoExecute
"""


class EstimateInputRequest(TypedDict):
    memory_bytes: int | str
    disk_bytes: NotRequired[int | str]
    local_disk: NotRequired[bool]
    """
    The disk is copied too.
    """
    tunnelled: NotRequired[bool]
    """
    Memory goes through libvirt's encrypted tunnel.
    """
    dirty_bytes_per_second: NotRequired[int | str]
    concurrent: NotRequired[int]
    """
    Moves that share the link.
    """
    link_bits_per_second: NotRequired[int]
    """
    Of the link; left out: the place's usual one.
    """
    place: str


class EstimateOutput(TypedDict):
    targets: int
    seconds_each: float
    """
    For a target.
    """
    learning_seconds: float
    """
    To learn a model first; 0: none is needed, or one is there.
    """
    seconds: float
    """
    In all.
    """
    most_seconds: float
    """
    More are not computed at once.
    """
    used_seconds: float
    """
    What was asked for within the last 24 hours.
    """
    most_seconds_a_day: float
    lasts_seconds: float | None
    """
    By the clock, as the last run of this engine went; null: there was none.
    """
    refusal: dict[str, Any] | None
    """
    The problem with which it would be refused; null: it would not.
    """


Port: TypeAlias = str


ExceptionOutputStateEnum: TypeAlias = Literal["applying", "open", "waiting", "refused", "nowhere"]
"""
* `applying` - Applying
* `open` - Open
* `waiting` - Waiting
* `refused` - Refused
* `nowhere` - Nowhere
"""


class ExecInputRequest(TypedDict):
    command: NotRequired[list[CommandItem]]
    """
    What to run at a terminal in the replica; empty: its shell.
    """


class ExecOutput(TypedDict):
    ticket: str
    """
    Opens /ws/exec/?ticket=…, once.
    """
    expires_in: int
    """
    Seconds.
    """


class ExtentOutput(TypedDict):
    attempt: int
    rank: int
    first_number: int
    last_number: int
    lines: int


FederatedPhase: TypeAlias = Literal[
    "proposed", "offered", "ready", "running", "ending", "refused", "succeeded", "failed", "stopped", "lost"
]
"""
* `proposed` - Proposed
* `offered` - Offered
* `ready` - Ready
* `running` - Running
* `ending` - Ending
* `refused` - Refused
* `succeeded` - Succeeded
* `failed` - Failed
* `stopped` - Stopped
* `lost` - Lost
"""


class FileInputRequest(TypedDict):
    key: str
    size_bytes: int
    sha256: NotRequired[str]
    """
    With it the same file is not sent again, and no other is taken.
    """


class FileOutput(TypedDict):
    key: str
    size_bytes: int
    modified_at: str
    preview_url: str
    """
    Of a picture, for some minutes; empty for anything else.
    """


Key: TypeAlias = str


Folder: TypeAlias = str


class FileRemovalInputRequest(TypedDict):
    keys: NotRequired[list[Key]]
    folders: NotRequired[list[Folder]]


class FileRemovalOutput(TypedDict):
    id: str
    due_at: str
    """
    Until then it can be taken back.
    """
    left_seconds: int


class FilesOutput(TypedDict):
    folders: list[str]
    """
    Prefixes; each ends with a slash.
    """
    files: list[FileOutput]
    next: str
    """
    `cursor` of the next page; empty at the end.
    """


class FingerprintInputRequest(TypedDict):
    fingerprint: str
    """
    The eight words, as their officer read them out.
    """


FlavorKind: TypeAlias = Literal["cpu", "gpu", "fpga", "rdma"]
"""
* `cpu` - Cpu
* `gpu` - Gpu
* `fpga` - Fpga
* `rdma` - Rdma
"""


class FlavorOutput(TypedDict):
    id: str
    version: int
    generation: int
    cluster_id: str
    cluster_slug: str
    name: str
    kind: FlavorKind
    description: str
    model: str
    unit_memory_bytes: int | None
    device_resource: str
    node_labels: dict[str, str]
    node_taints: list[dict[str, Any]]
    resources: list[str]
    """
    What quotas and requests of it speak of.
    """
    pool: str | None
    """
    The node pool that it is of, and with which it changes.
    """
    can: list[str]
    """
    Permissions that you hold on it.
    """


ForecastDevice: TypeAlias = Literal["auto", "cpu", "cuda"]
"""
* `auto` - auto
* `cpu` - cpu
* `cuda` - cuda
"""


ForecastEngine: TypeAlias = Literal[
    "xgboost", "lstm", "naive-last", "naive-seasonal", "naive-median", "theta", "ets", "arima"
]
"""
* `xgboost` - xgboost
* `lstm` - lstm
* `naive-last` - naive-last
* `naive-seasonal` - naive-seasonal
* `naive-median` - naive-median
* `theta` - theta
* `ets` - ets
* `arima` - arima
"""


class ForecastOutput(TypedDict):
    issued_at: str
    """
    The first step is the hour from here on.
    """
    made_at: str
    engine: str
    device: str
    hours_known: int
    """
    How many of the 336 hours before it were measured.
    """
    mean: list[float]
    """
    Points of load, an hour each.
    """
    low: list[float]
    """
    Lower end of the 80 % band.
    """
    median: list[float]
    high: list[float]
    """
    Upper end of the 80 % band.
    """


ForecastReleaseReason: TypeAlias = Literal[
    "first", "better-in-trials", "no-longer-better", "better-live", "replaced", "worse-than-seasonal", "fallback", "chosen"
]
"""
* `first` - First
* `better-in-trials` - Better In Trials
* `no-longer-better` - No Longer Better
* `better-live` - Better Live
* `replaced` - Replaced
* `worse-than-seasonal` - Worse Than Seasonal
* `fallback` - Fallback
* `chosen` - Chosen
"""


ForecastRunState: TypeAlias = Literal["pending", "running", "succeeded", "failed", "cancelled"]
"""
* `pending` - Pending
* `running` - Running
* `succeeded` - Succeeded
* `failed` - Failed
* `cancelled` - Cancelled
"""


ForecastSegment: TypeAlias = Literal[
    "cluster-idle", "cluster-light", "cluster-busy", "host-idle", "host-light", "host-busy", "vm-idle", "vm-light", "vm-busy"
]
"""
* `cluster-idle` - cluster-idle
* `cluster-light` - cluster-light
* `cluster-busy` - cluster-busy
* `host-idle` - host-idle
* `host-light` - host-light
* `host-busy` - host-busy
* `vm-idle` - vm-idle
* `vm-light` - vm-light
* `vm-busy` - vm-busy
"""


ForecastStage: TypeAlias = Literal["candidate", "shadow", "champion", "retired"]
"""
* `candidate` - Candidate
* `shadow` - Shadow
* `champion` - Champion
* `retired` - Retired
"""


class FoundLineOutput(TypedDict):
    attempt: int
    rank: int
    number: int
    at: str
    stream: str
    text: str


class FoundOutput(TypedDict):
    kind: str
    id: str
    title: str
    subtitle: str
    path: str
    """
    Where the console shows it.
    """


FrameworkEnum: TypeAlias = Literal["pytorch", "tensorflow", "mpi", "xgboost", "spark", "custom"]
"""
* `pytorch` - pytorch
* `tensorflow` - tensorflow
* `mpi` - mpi
* `xgboost` - xgboost
* `spark` - spark
* `custom` - custom
"""


class GroupInputRequest(TypedDict):
    name: str


class GroupNameOutput(TypedDict):
    id: str
    name: str


class GroupUserInputRequest(TypedDict):
    email: str


Health: TypeAlias = Literal["healthy", "degraded", "down", "unknown"]
"""
* `healthy` - Healthy
* `degraded` - Degraded
* `down` - Down
* `unknown` - Unknown
"""


HealthState: TypeAlias = Literal["healthy", "degraded", "down"]
"""
* `healthy` - healthy
* `degraded` - degraded
* `down` - down
"""


HorizonHoursEnum: TypeAlias = Literal[24, 48, 72]
"""
* `24` - 24
* `48` - 48
* `72` - 72
"""


class ImagePullInputRequest(TypedDict):
    image: str
    cluster: str
    """
    Slug of a Kubernetes cluster.
    """
    flavor: str
    """
    Name of a flavor: its nodes pull.
    """


class ImportedOutput(TypedDict):
    added: int
    changed: int
    unchanged: int


InvitationState: TypeAlias = Literal["pending", "accepted", "revoked", "expired", "void"]


class InviteInputRequest(TypedDict):
    number: NotRequired[int]
    """
    Whom; left out: whoever is given it.
    """
    note: NotRequired[str]


Network: TypeAlias = str


Registry: TypeAlias = str


class JobBucketOutput(TypedDict):
    id: str | None
    """
    null: it was removed.
    """
    name: str
    access: str
    """
    read or write.
    """
    prefix: str
    """
    Only what is below this folder; empty: all.
    """
    variable: str
    """
    The variable that says where it is.
    """


JobCodeOutputKindEnum: TypeAlias = Literal["git", "archive"]
"""
* `git` - git
* `archive` - archive
"""


class JobDatasetOutput(TypedDict):
    id: str
    """
    Of the dataset.
    """
    name: str
    number: int
    """
    Of the version.
    """
    digest: str
    """
    SHA-256 of the version's manifest.
    """
    variable: str
    """
    The variable that says where it is.
    """
    there: bool
    """
    false: the version was deleted since.
    """


class JobImageOutput(TypedDict):
    role: str
    image: str
    digest: str | None
    """
    Where the cluster says which image it ran.
    """
    runs: bool
    """
    false: this cluster runs commands and no images.
    """


JobPhase: TypeAlias = Literal[
    "draft",
    "queued",
    "admitted",
    "starting",
    "running",
    "suspended",
    "preempted",
    "restarting",
    "succeeded",
    "failed",
    "cancelled",
]
"""
* `draft` - Draft
* `queued` - Queued
* `admitted` - Admitted
* `starting` - Starting
* `running` - Running
* `suspended` - Suspended
* `preempted` - Preempted
* `restarting` - Restarting
* `succeeded` - Succeeded
* `failed` - Failed
* `cancelled` - Cancelled
"""


class JobSecretOutput(TypedDict):
    name: str
    secret_version: int | None
    """
    Which it was given; null: none yet.
    """
    pinned_at: str | None
    usable: bool
    """
    false: what it was given was destroyed since.
    """


class JobShareInputRequest(TypedDict):
    email: NotRequired[str]
    group: NotRequired[str]
    """
    Name of a group that you are in, or that has a role where you see members.
    """


class JobShareOutput(TypedDict):
    id: int
    email: str
    """
    Empty for a group.
    """
    group: GroupNameOutput | None


class Git(TypedDict):
    url: str
    """
    https://, ssh://, or git@host:path.
    """
    ref: str
    """
    A branch, a tag or a whole commit id.
    """
    commit: str | None
    """
    Exactly this; `ref` then only says where it came from.
    """
    path: str
    """
    Only what is below this directory of the repository.
    """
    secret: str | None
    """
    Credentials: a secret of the kind basic-auth or ssh-auth.
    """
    secret_version: int | None
    """
    The newest when left out.
    """


class Source(TypedDict):
    git: Git | None
    archive: str | None
    """
    Id of an archive that was uploaded to the project.
    """


class Bucket(TypedDict):
    name: str
    """
    Name of a bucket of the project.
    """
    access: Literal["read", "write"]
    """
    write: reading as well.
    """
    prefix: str
    """
    Only what is below this folder, which ends with a slash; empty: the whole bucket.
    """


class Dataset(TypedDict):
    name: str
    """
    Name of a dataset of the project.
    """
    version: int | None
    """
    The newest that is ready when the job is submitted, if left out.
    """


class Volume(TypedDict):
    name: str
    """
    Name of a volume of the project.
    """
    access: Literal["read", "write"]
    """
    write: reading as well.
    """
    path: str
    """
    Where it is mounted in a cluster, from the root on; empty: /volumes/<name>. A machine mounts nothing there, so programs read the variable.
    """


class EnvFromItem2(TypedDict):
    secret: str
    """
    Name of a secret of the project.
    """
    key: str | None
    """
    Which entry; all when left out.
    """
    name: str | None
    """
    With `key`: the variable; else called as the key.
    """
    version: int | None
    """
    The newest, as it is when the job is admitted, when left out.
    """


class SecretFile(TypedDict):
    secret: str
    """
    Name of a secret of the project.
    """
    key: str | None
    """
    Which entry; all when left out.
    """
    version: int | None
    """
    The newest, as it is when the job is admitted, when left out.
    """


class Device2(TypedDict):
    flavor: str | None
    """
    A flavor of the cluster, such as a100.
    """
    kind: str | None
    """
    Instead of a flavor: what is needed.
    """
    unit_memory_bytes: int | None
    """
    With `kind`: at least this much memory a device.
    """
    count: int


class Role(TypedDict):
    name: str
    replicas: int
    min_replicas: int | None
    """
    Elastic: the job may run with as few as this.
    """
    serves: bool
    """
    Serves the others (a parameter server): stopped once all others have succeeded.
    """
    image: str | None
    command: list[CommandItem]
    """
    The program and its arguments, each its own entry; no shell.
    """
    env: dict[str, str]
    env_from: list[EnvFromItem2]
    """
    Variables from secrets.
    """
    secret_files: list[SecretFile]
    """
    Files from secrets, below $HANSE_SECRETS.
    """
    cpu_millicores: int
    """
    Thousandths of a core, for each replica.
    """
    memory_bytes: int
    """
    Bytes, or a quantity such as "2Gi".
    """
    devices: list[Device2]


ExitCode: TypeAlias = int


class Rule(TypedDict):
    event: Literal["failed", "exit-code", "out-of-memory", "evicted", "node-lost", "deleted", "unschedulable"]
    """
    What became of a replica; `failed` is any end of the program with an error.
    """
    exit_codes: list[ExitCode]
    """
    With exit-code: which; a signal counts as 128 + its number.
    """
    role: str | None
    """
    Only of replicas of this role; null: of all.
    """
    action: Literal["restart", "fail", "complete"]
    """
    complete: the job ends as succeeded, and what still runs of it is stopped.
    """


class FaultPolicy(TypedDict):
    rules: list[Rule]
    """
    Exceptions from `restart`; the first that fits decides.
    """
    restart: Literal["never", "on-failure", "on-exit-codes"]
    """
    When the job is tried again, after a growing pause.
    """
    exit_codes: list[ExitCode]
    """
    With on-exit-codes: the codes after which it is tried again.
    """
    backoff_limit: int
    """
    Restarts before the job fails.
    """
    deadline_seconds: int | None
    """
    Longest time from its admission to its end; suspension and preemption begin it anew.
    """
    clean: Literal["none", "succeeded", "all"]
    """
    Which working directories (or pods) go when the job has ended.
    """
    keep_seconds: int
    """
    Kept this long after its end.
    """


JobSpecKindEnum: TypeAlias = Literal["pods", "Job", "JobSet", "PyTorchJob", "TFJob", "MPIJob", "TrainJob"]


class Git1(TypedDict):
    url: str
    """
    https://, ssh://, or git@host:path.
    """
    ref: NotRequired[str]
    """
    A branch, a tag or a whole commit id.
    """
    commit: NotRequired[str | None]
    """
    Exactly this; `ref` then only says where it came from.
    """
    path: NotRequired[str]
    """
    Only what is below this directory of the repository.
    """
    secret: NotRequired[str | None]
    """
    Credentials: a secret of the kind basic-auth or ssh-auth.
    """
    secret_version: NotRequired[int | None]
    """
    The newest when left out.
    """


class Source1(TypedDict):
    git: NotRequired[Git1 | None]
    archive: NotRequired[str | None]
    """
    Id of an archive that was uploaded to the project.
    """


class Bucket1(TypedDict):
    name: str
    """
    Name of a bucket of the project.
    """
    access: NotRequired[Literal["read", "write"]]
    """
    write: reading as well.
    """
    prefix: NotRequired[str]
    """
    Only what is below this folder, which ends with a slash; empty: the whole bucket.
    """


class Dataset1(TypedDict):
    name: str
    """
    Name of a dataset of the project.
    """
    version: NotRequired[int | None]
    """
    The newest that is ready when the job is submitted, if left out.
    """


class Volume1(TypedDict):
    name: str
    """
    Name of a volume of the project.
    """
    access: NotRequired[Literal["read", "write"]]
    """
    write: reading as well.
    """
    path: NotRequired[str]
    """
    Where it is mounted in a cluster, from the root on; empty: /volumes/<name>. A machine mounts nothing there, so programs read the variable.
    """


class EnvFromItem3(TypedDict):
    secret: str
    """
    Name of a secret of the project.
    """
    key: NotRequired[str | None]
    """
    Which entry; all when left out.
    """
    name: NotRequired[str | None]
    """
    With `key`: the variable; else called as the key.
    """
    version: NotRequired[int | None]
    """
    The newest, as it is when the job is admitted, when left out.
    """


class SecretFile1(TypedDict):
    secret: str
    """
    Name of a secret of the project.
    """
    key: NotRequired[str | None]
    """
    Which entry; all when left out.
    """
    version: NotRequired[int | None]
    """
    The newest, as it is when the job is admitted, when left out.
    """


class Device3(TypedDict):
    flavor: NotRequired[str | None]
    """
    A flavor of the cluster, such as a100.
    """
    kind: NotRequired[str | None]
    """
    Instead of a flavor: what is needed.
    """
    unit_memory_bytes: NotRequired[int | str | None]
    """
    With `kind`: at least this much memory a device.
    """
    count: NotRequired[int]


class Role1(TypedDict):
    name: NotRequired[str]
    replicas: NotRequired[int]
    min_replicas: NotRequired[int | None]
    """
    Elastic: the job may run with as few as this.
    """
    serves: NotRequired[bool]
    """
    Serves the others (a parameter server): stopped once all others have succeeded.
    """
    image: NotRequired[str | None]
    command: NotRequired[list[CommandItem]]
    """
    The program and its arguments, each its own entry; no shell.
    """
    env: NotRequired[dict[str, str]]
    env_from: NotRequired[list[EnvFromItem3]]
    """
    Variables from secrets.
    """
    secret_files: NotRequired[list[SecretFile1]]
    """
    Files from secrets, below $HANSE_SECRETS.
    """
    cpu_millicores: NotRequired[int]
    """
    Thousandths of a core, for each replica.
    """
    memory_bytes: NotRequired[int | str]
    """
    Bytes, or a quantity such as "2Gi".
    """
    devices: NotRequired[list[Device3]]


class Rule1(TypedDict):
    event: Literal["failed", "exit-code", "out-of-memory", "evicted", "node-lost", "deleted", "unschedulable"]
    """
    What became of a replica; `failed` is any end of the program with an error.
    """
    exit_codes: NotRequired[list[ExitCode]]
    """
    With exit-code: which; a signal counts as 128 + its number.
    """
    role: NotRequired[str | None]
    """
    Only of replicas of this role; null: of all.
    """
    action: Literal["restart", "fail", "complete"]
    """
    complete: the job ends as succeeded, and what still runs of it is stopped.
    """


class FaultPolicy1(TypedDict):
    rules: NotRequired[list[Rule1]]
    """
    Exceptions from `restart`; the first that fits decides.
    """
    restart: NotRequired[Literal["never", "on-failure", "on-exit-codes"]]
    """
    When the job is tried again, after a growing pause.
    """
    exit_codes: NotRequired[list[ExitCode]]
    """
    With on-exit-codes: the codes after which it is tried again.
    """
    backoff_limit: NotRequired[int]
    """
    Restarts before the job fails.
    """
    deadline_seconds: NotRequired[int | None]
    """
    Longest time from its admission to its end; suspension and preemption begin it anew.
    """
    clean: NotRequired[Literal["none", "succeeded", "all"]]
    """
    Which working directories (or pods) go when the job has ended.
    """
    keep_seconds: NotRequired[int]
    """
    Kept this long after its end.
    """


class JobSpecRequest(TypedDict):
    name: str
    """
    Lower-case letters, digits, hyphens.
    """
    description: NotRequired[str]
    framework: NotRequired[FrameworkEnum]
    """
    Which environment the replicas get to find one another.
    """
    kind: NotRequired[JobSpecKindEnum]
    """
    What it is on Kubernetes: pods of Hanse's, or an object of the operator that makes them.
    """
    cluster: NotRequired[str]
    """
    Slug of a cluster, or any.
    """
    priority: NotRequired[str]
    """
    Name of a priority class.
    """
    gang: NotRequired[bool]
    """
    true: all replicas start together or none does; with min_replicas, so many of them. false: the replicas are independent of one another; each starts as soon as there is room for it.
    """
    resize_pause_seconds: NotRequired[int]
    """
    Elastic: it grows no sooner than this after it started or changed its size.
    """
    labels: NotRequired[dict[str, str]]
    source: NotRequired[Source1 | None]
    """
    Code, beside what the image or machine has.
    """
    buckets: NotRequired[list[Bucket1]]
    """
    Buckets that all replicas use, with a key that ends with the attempt.
    """
    contract: NotRequired[str | None]
    """
    A contract with another party, by the id that both sides know: $HANSE_CHANNELS is for hanse.channels.
    """
    datasets: NotRequired[list[Dataset1]]
    """
    Versions of datasets that all replicas read; which they are is written down when it is submitted.
    """
    volumes: NotRequired[list[Volume1]]
    """
    Volumes that all replicas mount; the job runs where they lie.
    """
    roles: list[Role1]
    fault_policy: NotRequired[FaultPolicy1]
    """
    What happens when a replica fails: all replicas are stopped, and the job fails or is tried again as a whole.

    The first of `rules` that speaks of it decides; `restart` where none does.
    Losing a machine is not the workload's doing. So where no rule says otherwise it is tried again with any policy but
    `never`; that happens at most ten times, and does not count against the back-off limit.
    """


class JobVariablesOutput(TypedDict):
    role: str
    command: list[str]
    variables: list[str]
    """
    Names only.
    """
    from_secrets: list[str]
    """
    NAME from secret/key, in words.
    """


class JobVolumeOutput(TypedDict):
    id: str | None
    """
    null: it was deleted, or the job was never submitted.
    """
    name: str
    access: str
    """
    read or write.
    """
    path: str
    """
    Where it is mounted in a cluster.
    """
    variable: str
    """
    The variable that says where it is.
    """


class KubeconfigInputRequest(TypedDict):
    cluster: str
    minutes: NotRequired[int]
    """
    How long its token lives.
    """


Language: TypeAlias = Literal["en", "zh-hans"]
"""
* `en` - English
* `zh-hans` - 简体中文
"""


class LeaveInputRequest(TypedDict):
    reason: str
    """
    The other side reads it.
    """
    confirm: str
    """
    The other party's number, typed once more.
    """


class LeavingOutput(TypedDict):
    only_owner_of: list[str]
    """
    Slugs of tenants nobody else owns.
    """
    belongings: list[BelongingOutput]
    """
    At most 50 of them.
    """
    belongings_count: int
    tokens: int
    """
    That work now and would end.
    """
    roles: int


class LeftOutput(TypedDict):
    kind: str
    count: int


class LetterInputRequest(TypedDict):
    text: str
    """
    The letter, as the other side's portal wrote it.
    """


LevelEnum: TypeAlias = Literal["fine", "advisory", "blocking"]
"""
* `fine` - fine
* `advisory` - advisory
* `blocking` - blocking
"""


class LimitsInputRequest(TypedDict):
    source: NotRequired[int]
    """
    Out of one host.
    """
    target: NotRequired[int]
    """
    Into one host.
    """
    link: NotRequired[int]
    """
    Out of one rack, over its uplink.
    """
    group: NotRequired[int]
    """
    Of machines that are to be kept apart.
    """


class LimitsOutput(TypedDict):
    source: int
    target: int
    link: int
    group: int


class LineInputRequest(TypedDict):
    flavor: str
    resource: str
    nominal: int
    borrowing_limit: NotRequired[int | None]
    lending_limit: NotRequired[int | None]


class LineOutput(TypedDict):
    flavor: str
    resource: str
    """
    cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).
    """
    nominal: int
    """
    Guaranteed.
    """
    borrowing_limit: int | None
    """
    At most this beyond nominal; null: no limit.
    """
    lending_limit: int | None
    """
    At most this much to others; null: no limit.
    """
    used: int
    borrowed: int
    """
    The part of used beyond nominal.
    """
    lent: int
    """
    The part of nominal that others of the cohort use now.
    """
    free: int
    """
    Of nominal, neither used nor lent.
    """
    available: int
    """
    What could start now by quota, borrowed and called back included.
    """


class LineageEdgeOutput(TypedDict):
    origin: str
    target: str


class LineageNodeOutput(TypedDict):
    id: str
    kind: str
    """
    version or job.
    """
    step: int
    """
    How far before (negative) or behind the version it is.
    """
    name: str
    """
    Of the job, or of the dataset.
    """
    phase: str
    number: NotRequired[int]
    """
    Of a version.
    """
    dataset_id: NotRequired[str]
    """
    Of a version.
    """


class LineageOutput(TypedDict):
    nodes: list[LineageNodeOutput]
    edges: list[LineageEdgeOutput]
    more: bool
    """
    There is more than these 200.
    """


class LinesOutput(TypedDict):
    attempt: int | None
    rank: int | None
    lines: list[list[Any]]
    """
    [number, time, out | err | hanse, text]
    """
    first_known: int
    """
    Number of the first line that is kept.
    """
    last_known: int
    """
    Number of the newest line.
    """


LinkCheckOutputStateEnum: TypeAlias = Literal["fine", "failed", "unknown"]
"""
* `fine` - fine
* `failed` - failed
* `unknown` - unknown
"""


class LinkInputRequest(TypedDict):
    key: str
    expires_in_seconds: NotRequired[int]


class LinkOutput(TypedDict):
    url: str
    expires_at: str


class LiveOutput(TypedDict):
    runs: int
    hours: int
    wql: float
    mae: float
    bias: float
    coverage: float


class LoadOutput(TypedDict):
    starts_at: str
    step_minutes: int
    synthetic: bool
    """
    Made by a simulator, not measured.
    """
    mean: list[float | None]
    """
    Per cent, by step; null where too little was measured.
    """
    max: list[float | None]


MailEnum: TypeAlias = Literal["never", "daily", "at-once"]
"""
* `never` - never
* `daily` - daily
* `at-once` - at-once
"""


MailOutputPhaseEnum: TypeAlias = Literal["waiting", "sent", "failed"]
"""
* `waiting` - Waiting
* `sent` - Sent
* `failed` - Failed
"""


class MergedOutput(TypedDict):
    attempt: int | None
    lines: list[list[Any]]
    """
    [rank, number, time, out | err | hanse, text]
    """
    before: str
    """
    Cursor of what is before these lines, as `before`.
    """
    after: str
    """
    Cursor of what comes after them, as `after`; also when nothing has come yet.
    """


MissedEnum: TypeAlias = Literal["catch-up", "skip"]
"""
* `catch-up` - Catch Up
* `skip` - Skip
"""


class ModelOutput(TypedDict):
    id: str
    engine: ForecastEngine
    horizon_hours: int
    device: str
    """
    What it was really trained on.
    """
    learned_from: str | None
    learned_until: str
    """
    It has seen nothing behind.
    """
    targets: int
    """
    How many it learned from.
    """
    seconds: float
    """
    How long it learned.
    """
    size_bytes: int
    sha256: str
    """
    Checked whenever it is read; empty: of a release that kept none.
    """
    created_at: str


class MountedOutput(TypedDict):
    kind: str
    id: str
    name: str
    phase: str
    access: str
    """
    read or write.
    """
    path: str
    """
    Where it is mounted in a cluster.
    """


MovePlanGoal: TypeAlias = Literal["drain", "rebalance", "consolidate"]
"""
* `drain` - Drain
* `rebalance` - Rebalance
* `consolidate` - Consolidate
"""


MovePlanState: TypeAlias = Literal[
    "planning", "recommended", "pending", "ongoing", "succeeded", "failed", "cancelled", "superseded"
]
"""
* `planning` - Planning
* `recommended` - Recommended
* `pending` - Pending
* `ongoing` - Ongoing
* `succeeded` - Succeeded
* `failed` - Failed
* `cancelled` - Cancelled
* `superseded` - Superseded
"""


class MoveRecordInputRequest(TypedDict):
    memory_bytes: int | str
    disk_bytes: NotRequired[int | str]
    local_disk: NotRequired[bool]
    """
    The disk is copied too.
    """
    tunnelled: NotRequired[bool]
    """
    Memory goes through libvirt's encrypted tunnel.
    """
    dirty_bytes_per_second: NotRequired[int | str]
    concurrent: NotRequired[int]
    """
    Moves that share the link.
    """
    link_bits_per_second: NotRequired[int]
    """
    Of the link; left out: the place's usual one.
    """
    key: str
    """
    What its origin calls it, such as Nova's migration id.
    """
    machine: NotRequired[str]
    from_host: NotRequired[str]
    to_host: NotRequired[str]
    started_at: NotRequired[str | None]
    duration_seconds: float
    downtime_seconds: NotRequired[float | None]
    simulated: NotRequired[bool]
    """
    Made up, not measured; nothing is learned from it.
    """


class MoveRecordOutput(TypedDict):
    id: str
    place: str
    key: str
    machine: str
    from_host: str
    to_host: str
    started_at: str | None
    memory_bytes: int
    disk_bytes: int
    local_disk: bool
    tunnelled: bool
    dirty_bytes_per_second: int
    concurrent: int
    link_bits_per_second: int | None
    duration_seconds: float
    downtime_seconds: float | None
    simulated: bool


class MuteOutput(TypedDict):
    id: str
    object_kind: str
    object_id: str
    name: str
    created_at: str


class Named(TypedDict):
    id: str
    slug: str
    name: str


class NamedOutput(TypedDict):
    id: str
    slug: str
    name: str


class NamedProviderOutput(TypedDict):
    slug: str
    name: str


class NeedOutput(TypedDict):
    group: str
    resources: list[str]
    verbs: list[str]
    why: str
    blocking: bool
    """
    Without it the cluster is of no use.
    """


class NewInvitationOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str | None
    project_slug: NotRequired[str | None]
    email: str
    role: str
    state: InvitationState
    """
    What accepting it would find; void: who invited may no longer.
    """
    invited_by: str
    expires_at: str
    accepted_at: str | None
    version: int
    generation: int
    created_at: str
    mailed: bool
    """
    The link goes to the address by mail.
    """
    link: str | None
    """
    In this answer only; works once, for whoever opens it. null when the mail is the only way to it.
    """


class NewOwnerInputRequest(TypedDict):
    email: str
    name: NotRequired[str]


class NewOwnerRequest(TypedDict):
    to: str
    """
    Who gets it: somebody with a role in every tenant concerned.
    """
    owner: NotRequired[str]
    """
    Whose ownership goes; without it, your own.
    """


class NewPasswordInputRequest(TypedDict):
    key: str
    """
    What follows the # of the mailed link.
    """
    password: str


class NewProjectInputRequest(TypedDict):
    slug: str
    name: str


class NewTokenOutput(TypedDict):
    permissions: list[str]
    id: str
    name: str
    hint: str
    """
    How the token begins.
    """
    tenant: NotRequired[str | None]
    """
    Slug.
    """
    project: NotRequired[str | None]
    """
    Slug.
    """
    created_at: str
    expires_at: str
    last_used_at: str | None
    revoked_at: str | None
    replaced_at: str | None
    """
    When a successor was made; it ends at `expires_at`.
    """
    token: str
    """
    Shown in this answer only.
    """


class NewUserOutput(TypedDict):
    id: str
    email: str
    name: str
    kind: AccountKind
    """
    A person, or a program (a service account).

    * `person` - Person
    * `service` - Service
    """
    is_active: bool
    language: str
    password_is_temporary: bool
    has_second_factor: NotRequired[bool]
    last_login: str | None
    generation: int
    created_at: str
    password: str
    """
    Temporary; shown in this answer only.
    """


class NodeCountOutput(TypedDict):
    total: int
    ready: int


NullEnum: TypeAlias = None


class OfferOutput(TypedDict):
    tenant: str
    tenant_slug: str
    project: NotRequired[str | None]
    project_slug: NotRequired[str | None]
    role: str
    email: str
    invited_by: str
    expires_at: str
    signed_in_as: str | None
    """
    Address of the session that asks; null without one.
    """


OnDriftEnum: TypeAlias = Literal["repair", "leave"]
"""
* `repair` - Repair
* `leave` - Leave
"""


class OnboardedOutput(TypedDict):
    tenant: NamedOutput
    project: NamedOutput
    owner: CapPersonOutput
    owner_password: str
    """
    Temporary, shown once; "" when the account was there.
    """
    quota_id: str | None


OpEnum: TypeAlias = Literal["added", "changed", "removed"]
"""
* `added` - added
* `changed` - changed
* `removed` - removed
"""


class OpenedRequest(TypedDict):
    secret: str
    """
    What follows the # of the link.
    """


OperationOutputStateEnum: TypeAlias = Literal["pending", "succeeded", "failed"]
"""
* `pending` - Pending
* `succeeded` - Succeeded
* `failed` - Failed
"""


class OperationSecretOutput(TypedDict):
    secret: str


OriginEnum: TypeAlias = Literal["upload", "git"]
"""
* `upload` - Upload
* `git` - Git
"""


class OurJobOutput(TypedDict):
    id: str
    project_slug: str


class OurPartInputRequest(TypedDict):
    project_id: str
    """
    Where our part runs; you submit jobs there.
    """
    spec: NotRequired[JobSpecRequest]
    """
    Our part, as any job; it runs under the contract.
    """
    template: NotRequired[str]
    """
    Instead of `spec`: what it is now.
    """


OutcomeEnum: TypeAlias = Literal["submitted", "failed", "skipped"]
"""
* `submitted` - Submitted
* `failed` - Failed
* `skipped` - Skipped
"""


OverlapEnum: TypeAlias = Literal["allow", "forbid", "replace"]
"""
* `allow` - Allow
* `forbid` - Forbid
* `replace` - Replace
"""


class PaginatedArtifactOutputList(TypedDict):
    results: list[ArtifactOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedAuditEntryOutputList(TypedDict):
    results: list[AuditEntryOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedFlavorOutputList(TypedDict):
    results: list[FlavorOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedJobShareOutputList(TypedDict):
    results: list[JobShareOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedModelOutputList(TypedDict):
    results: list[ModelOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedMoveRecordOutputList(TypedDict):
    results: list[MoveRecordOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedMuteOutputList(TypedDict):
    results: list[MuteOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


PartEnum: TypeAlias = Literal["none", "ready", "queued", "running", "succeeded", "failed", "stopped"]
"""
* `none` - None
* `ready` - Ready
* `queued` - Queued
* `running` - Running
* `succeeded` - Succeeded
* `failed` - Failed
* `stopped` - Stopped
"""


PartnerPhase: TypeAlias = Literal[
    "invited", "asked", "answered", "accepted", "joining", "ready", "suspended", "cut", "refused", "left"
]
"""
* `invited` - Invited
* `asked` - Asked
* `answered` - Answered
* `accepted` - Accepted
* `joining` - Joining
* `ready` - Ready
* `suspended` - Suspended
* `cut` - Cut
* `refused` - Refused
* `left` - Left
"""


class PartyInputRequest(TypedDict):
    name: str
    contact: str
    """
    Whom officers of other parties write to.
    """
    web_url: str
    """
    The brokers' HTTP service: http:// or https://.
    """
    service_url: str
    """
    The brokers' binary protocol: pulsar:// or pulsar+ssl://.
    """
    admin_token: str
    """
    Of a super user.
    """
    signing_key: str
    """
    What the cluster's tokens are signed with: PEM.
    """
    number: int


PartyLetterOutputStateEnum: TypeAlias = Literal["unsigned", "waiting", "delivered", "refused"]
"""
* `unsigned` - Unsigned
* `waiting` - Waiting
* `delivered` - Delivered
* `refused` - Refused
"""


class PasswordOutput(TypedDict):
    password: str
    """
    Temporary; shown in this answer only.
    """


class PastForecastOutput(TypedDict):
    issued_at: str
    """
    The first step is the hour from here on.
    """
    made_at: str
    engine: str
    device: str
    hours_known: int
    """
    How many of the 336 hours before it were measured.
    """
    mean: list[float]
    """
    Points of load, an hour each.
    """
    low: list[float]
    """
    Lower end of the 80 % band.
    """
    median: list[float]
    high: list[float]
    """
    Upper end of the 80 % band.
    """
    came: CameOutput | None
    """
    null: nothing of it has been measured yet.
    """


class PatchedAdmissionInputRequest(TypedDict):
    admission: NotRequired[AdmissionEnum]


class PatchedAppChangeRequest(TypedDict):
    description: NotRequired[str]
    replicas: NotRequired[int]
    autoscaling: NotRequired[AutoscalingBodyRequest | None]
    """
    In a Kubernetes cluster: how far it grows with its load; `replicas` is what it has at least. Null: it does not.
    """
    priority: NotRequired[str]
    """
    Of replicas that start from now on.
    """
    access: NotRequired[AccessEnum]
    """
    Who may call it: `public` (whoever reaches its address), `tenant` (API tokens that may see it, and keys) or `key`.

    * `public` - Public
    * `tenant` - Tenant
    * `key` - Key
    """
    note: NotRequired[str]
    """
    Kept with the new revision.
    """
    spec: NotRequired[AppSpecRequest]
    """
    Another one is a new revision.
    """


class PatchedBucketChangeRequest(TypedDict):
    quota_bytes: NotRequired[int]
    expire_after_days: NotRequired[int | None]


class PatchedCapChangeRequest(TypedDict):
    running_workloads: NotRequired[int | None]
    gpus: NotRequired[int | None]
    may_use_restricted_priorities: NotRequired[bool]


class PatchedClusterChangeRequest(TypedDict):
    name: NotRequired[str]
    zone: NotRequired[str]
    labels: NotRequired[dict[str, str]]
    on_drift: NotRequired[OnDriftEnum]
    """
    Put right what somebody changed in namespaces, or leave it.

    * `repair` - Repair
    * `leave` - Leave
    """
    app_entry: NotRequired[AppEntryBodyRequest | None]
    """
    What leads from outside to apps; null: nothing.
    """


class PatchedConnectionChangeRequest(TypedDict):
    connection: NotRequired[ConnectionInputRequest]


class PatchedDatasetChangeRequest(TypedDict):
    description: NotRequired[str]
    licence: NotRequired[str]
    """
    Under which it may be used, such as CC-BY-4.0.
    """


class PatchedGroupInputRequest(TypedDict):
    name: NotRequired[str]


class PatchedJobChangeInputRequest(TypedDict):
    description: NotRequired[str]
    labels: NotRequired[dict[str, str]]
    spec: NotRequired[JobSpecRequest]


class PatchedPartyChangeRequest(TypedDict):
    name: NotRequired[str]
    contact: NotRequired[str]
    """
    Whom officers of other parties write to.
    """
    web_url: NotRequired[str]
    """
    The brokers' HTTP service: http:// or https://.
    """
    service_url: NotRequired[str]
    """
    The brokers' binary protocol: pulsar:// or pulsar+ssl://.
    """
    admin_token: NotRequired[str]
    """
    Of a super user.
    """
    signing_key: NotRequired[str]
    """
    What the cluster's tokens are signed with: PEM.
    """


NodeName: TypeAlias = str


class PatchedPoolChangeRequest(TypedDict):
    description: NotRequired[str]
    node_names: NotRequired[list[NodeName]]
    """
    These nodes,
    """
    node_labels: NotRequired[dict[str, str]]
    """
    and those that have all of these labels, now or later.
    """


class PatchedPriorityChangeRequest(TypedDict):
    value: NotRequired[int]
    description: NotRequired[str]
    starts_within_seconds: NotRequired[int | None]
    restricted: NotRequired[bool]


Domain: TypeAlias = str


class PatchedScheduleChangeInputRequest(TypedDict):
    name: NotRequired[str]
    cron: NotRequired[str]
    """
    Minute, hour, day of the month, month, day of the week.
    """
    time_zone: NotRequired[str]
    """
    IANA name.
    """
    spec: NotRequired[JobSpecRequest]
    template: NotRequired[str]
    """
    Instead of `spec`: what it is when it is due.
    """
    overlap: NotRequired[OverlapEnum]
    missed: NotRequired[MissedEnum]
    starting_deadline_seconds: NotRequired[int]
    """
    How late a missed run is caught up.
    """


class PatchedSecretChangeRequest(TypedDict):
    description: NotRequired[str]


class PatchedServiceAccountChangeRequest(TypedDict):
    description: NotRequired[str]


class PatchedTemplateChangeInputRequest(TypedDict):
    name: NotRequired[str]
    description: NotRequired[str]
    spec: NotRequired[JobSpecRequest]


class PatchedTenantChangeRequest(TypedDict):
    name: NotRequired[str]
    description: NotRequired[str]
    requires_second_factor: NotRequired[bool]


class PatchedUserChangeRequest(TypedDict):
    name: NotRequired[str]


class PatchedVersionChangeRequest(TypedDict):
    note: NotRequired[str]
    hold: NotRequired[str]
    """
    Why it must not be deleted; empty: it may.
    """


class PermissionOutput(TypedDict):
    permission: str
    roles: list[str]


PermissionsEnum: TypeAlias = Literal[
    "apps.deploy",
    "apps.stop",
    "apps.view",
    "audit.view",
    "buckets.manage",
    "buckets.view",
    "buckets.write",
    "clusters.manage",
    "clusters.view",
    "datasets.view",
    "datasets.write",
    "federated-jobs.run",
    "federated-jobs.stop",
    "flavors.manage",
    "fleet.manage",
    "fleet.view",
    "forecasts.release",
    "forecasts.request",
    "forecasts.view",
    "groups.manage",
    "jobs.cancel",
    "jobs.delete",
    "jobs.exec",
    "jobs.retry",
    "jobs.share",
    "jobs.submit",
    "jobs.suspend",
    "jobs.view",
    "kubectl.use",
    "mail.manage",
    "mail.view",
    "members.manage",
    "members.view",
    "moves.approve",
    "moves.manage",
    "moves.view",
    "networks.limit",
    "networks.manage",
    "networks.view",
    "owners.manage",
    "parties.manage",
    "parties.view",
    "partners.cut",
    "partners.decide",
    "platform-templates.manage",
    "platform.view",
    "priorities.manage",
    "projects.change",
    "projects.create",
    "projects.remove",
    "projects.view",
    "quotas.divide",
    "quotas.manage",
    "quotas.request",
    "quotas.view",
    "roles.appoint",
    "schedules.manage",
    "schedules.view",
    "secrets.manage",
    "secrets.view",
    "sign-in.manage",
    "templates.manage",
    "templates.view",
    "tenants.change",
    "tenants.onboard",
    "tenants.remove",
    "tenants.suspend",
    "tenants.view",
    "users.manage",
    "users.view-as",
    "volumes.manage",
    "volumes.view",
    "volumes.write",
]
"""
* `apps.deploy` - apps.deploy
* `apps.stop` - apps.stop
* `apps.view` - apps.view
* `audit.view` - audit.view
* `buckets.manage` - buckets.manage
* `buckets.view` - buckets.view
* `buckets.write` - buckets.write
* `clusters.manage` - clusters.manage
* `clusters.view` - clusters.view
* `datasets.view` - datasets.view
* `datasets.write` - datasets.write
* `federated-jobs.run` - federated-jobs.run
* `federated-jobs.stop` - federated-jobs.stop
* `flavors.manage` - flavors.manage
* `fleet.manage` - fleet.manage
* `fleet.view` - fleet.view
* `forecasts.release` - forecasts.release
* `forecasts.request` - forecasts.request
* `forecasts.view` - forecasts.view
* `groups.manage` - groups.manage
* `jobs.cancel` - jobs.cancel
* `jobs.delete` - jobs.delete
* `jobs.exec` - jobs.exec
* `jobs.retry` - jobs.retry
* `jobs.share` - jobs.share
* `jobs.submit` - jobs.submit
* `jobs.suspend` - jobs.suspend
* `jobs.view` - jobs.view
* `kubectl.use` - kubectl.use
* `mail.manage` - mail.manage
* `mail.view` - mail.view
* `members.manage` - members.manage
* `members.view` - members.view
* `moves.approve` - moves.approve
* `moves.manage` - moves.manage
* `moves.view` - moves.view
* `networks.limit` - networks.limit
* `networks.manage` - networks.manage
* `networks.view` - networks.view
* `owners.manage` - owners.manage
* `parties.manage` - parties.manage
* `parties.view` - parties.view
* `partners.cut` - partners.cut
* `partners.decide` - partners.decide
* `platform-templates.manage` - platform-templates.manage
* `platform.view` - platform.view
* `priorities.manage` - priorities.manage
* `projects.change` - projects.change
* `projects.create` - projects.create
* `projects.remove` - projects.remove
* `projects.view` - projects.view
* `quotas.divide` - quotas.divide
* `quotas.manage` - quotas.manage
* `quotas.request` - quotas.request
* `quotas.view` - quotas.view
* `roles.appoint` - roles.appoint
* `schedules.manage` - schedules.manage
* `schedules.view` - schedules.view
* `secrets.manage` - secrets.manage
* `secrets.view` - secrets.view
* `sign-in.manage` - sign-in.manage
* `templates.manage` - templates.manage
* `templates.view` - templates.view
* `tenants.change` - tenants.change
* `tenants.onboard` - tenants.onboard
* `tenants.remove` - tenants.remove
* `tenants.suspend` - tenants.suspend
* `tenants.view` - tenants.view
* `users.manage` - users.manage
* `users.view-as` - users.view-as
* `volumes.manage` - volumes.manage
* `volumes.view` - volumes.view
* `volumes.write` - volumes.write
"""


class PermissionsOutput(TypedDict):
    results: list[PermissionOutput]


class PersonNameOutput(TypedDict):
    id: str
    name: str


class PersonOutput(TypedDict):
    id: str
    email: str
    name: str
    kind: AccountKind
    """
    A person, or a program (a service account).

    * `person` - Person
    * `service` - Service
    """
    is_active: bool


class PersonRefOutput(TypedDict):
    id: str
    name: str


class PinnedOutput(TypedDict):
    name: str
    version: int


PlaceEnum: TypeAlias = Literal["platform", "tenant", "project"]
"""
* `platform` - platform
* `tenant` - tenant
* `project` - project
"""


class PlaceInputRequest(TypedDict):
    project: str


class PlaceOutput(TypedDict):
    id: str
    slug: str
    link_bits_per_second: int | None
    """
    The usual link of its records.
    """
    moves: int
    """
    Records that were learned from; 0: the physics of copying speak alone.
    """
    downtimes: int
    """
    Of them, with a downtime; 0: downtimes are simulated.
    """
    error: float | None
    """
    Mean relative error on moves that were not learned from.
    """
    error_beyond: float | None
    """
    The same on a size that was not learned from.
    """
    sizes: list[int]
    """
    Sizes of memory that are known, in bytes.
    """
    learned_at: str | None
    version: int


class PlanInputRequest(TypedDict):
    goal: MovePlanGoal
    hosts: NotRequired[list[str]]
    """
    To be drained; of the other goals those that are looked at, none: all.
    """
    hours: NotRequired[int]
    """
    All is over by then.
    """
    limits: NotRequired[LimitsInputRequest]
    closed: NotRequired[list[ClosedInputRequest]]
    place: NotRequired[str]
    """
    Whose records durations follow; left out: none.
    """


PlannedMoveState: TypeAlias = Literal["waiting", "moving", "succeeded", "failed", "cancelled"]
"""
* `waiting` - Waiting
* `moving` - Moving
* `succeeded` - Succeeded
* `failed` - Failed
* `cancelled` - Cancelled
"""


class PoolDriftOutput(TypedDict):
    node: str
    at: str
    """
    When it was found.
    """
    repaired: bool
    """
    Label and taint were put back.
    """


class PoolInputRequest(TypedDict):
    description: NotRequired[str]
    node_names: NotRequired[list[NodeName]]
    """
    These nodes,
    """
    node_labels: NotRequired[dict[str, str]]
    """
    and those that have all of these labels, now or later.
    """
    name: str
    tenants: NotRequired[list[str]]
    """
    Each is guaranteed an equal part of what the nodes have, by its quota; that can be changed there.
    """


class PoolNodeOutput(TypedDict):
    name: str
    kept: bool
    """
    Label and taint are on it.
    """
    schedulable: bool


class PoolOutput(TypedDict):
    id: str
    generation: int
    """
    The ETag.
    """
    name: str
    description: str
    node_names: list[str]
    node_labels: dict[str, str]
    nodes: list[PoolNodeOutput]
    """
    That it has now, 50 of them at most.
    """
    node_count: int
    kept_count: int
    """
    Of so many nodes label and taint are there.
    """
    flavors: list[str]
    """
    Whoever has quota of them may use the nodes.
    """
    tenants: list[NamedOutput]
    """
    Who has quota of them.
    """
    drifted: list[PoolDriftOutput]
    """
    What somebody else took from nodes, the newest first.
    """
    failure: str
    """
    Why the cluster does not take label and taint; empty when it does.
    """
    created_at: str


class PrincipalOutput(TypedDict):
    id: str
    name: str
    kind: AccountKind
    """
    A person, or a program.

    * `person` - Person
    * `service` - Service
    """


class PriorityInputRequest(TypedDict):
    value: int
    description: NotRequired[str]
    starts_within_seconds: NotRequired[int | None]
    restricted: NotRequired[bool]
    name: str


class PriorityOutput(TypedDict):
    id: str
    generation: int
    name: str
    value: int
    """
    Larger goes first, and may evict smaller of its tenant.
    """
    description: str
    starts_within_seconds: int | None
    """
    After so long its place is kept; null: after ten minutes.
    """
    restricted: bool
    """
    Only for those whom the tenant allows.
    """


class ProfileOutput(TypedDict):
    id: str
    email: str
    name: str
    language: str
    time_zone: str
    theme: str
    last_project_id: str | None
    """
    Where the console begins.
    """
    password_is_temporary: bool
    generation: int


ProgramRole: TypeAlias = Literal["admin", "data-officer", "developer", "viewer"]
"""
* `admin` - admin
* `data-officer` - data-officer
* `developer` - developer
* `viewer` - viewer
"""


class ProjectInputRequest(TypedDict):
    slug: str
    name: str
    description: NotRequired[str]


class ProjectOfMe(TypedDict):
    id: str
    slug: str
    name: str
    can: list[str]


class ProjectShareOutput(TypedDict):
    project: NamedOutput
    used: int
    guaranteed: int
    cap: int | None


class ProposalOutput(TypedDict):
    name: str
    kind: FlavorKind
    model: str
    unit_memory_bytes: int | None
    device_resource: str
    node_labels: dict[str, str]
    nodes: int
    amount: int


ProtocolEnum: TypeAlias = Literal["TCP", "UDP", "SCTP"]
"""
* `TCP` - Tcp
* `UDP` - Udp
* `SCTP` - Sctp
"""


class QuotaChangeRequest(TypedDict):
    cohort: NotRequired[str | None]
    """
    Its id or name; null: none.
    """
    lines: list[LineInputRequest]


class QuotaGrantRequest(TypedDict):
    cohort: NotRequired[str | None]
    """
    Its id or name; null: none.
    """
    lines: list[LineInputRequest]
    cluster: str
    """
    Its id or its slug.
    """


class QuotaInputRequest(TypedDict):
    cohort: NotRequired[str | None]
    """
    Its id or name; null: none.
    """
    lines: list[LineInputRequest]
    cluster: str
    """
    Its id or its slug.
    """
    tenant: str
    """
    Its id or its slug.
    """


class QuotaOutput(TypedDict):
    id: str
    version: int
    generation: int
    tenant: NamedOutput
    cluster: NamedOutput
    cohort: CohortNameOutput | None
    lines: list[LineOutput]
    created_at: str
    can: list[str]
    """
    Permissions that you hold on its tenant.
    """


class QuotaRequestInputRequest(TypedDict):
    asks: AsksEnum
    amount: int
    """
    By how much the limit is to grow.
    """
    reason: str
    """
    Who decides reads it.
    """
    project: NotRequired[str | None]
    """
    Whose share (asks: guarantee or cap).
    """
    cluster: NotRequired[str | None]
    """
    Its id or its slug.
    """
    flavor: NotRequired[str | None]
    """
    A flavor of the cluster.
    """
    resource: NotRequired[str]
    until: NotRequired[str | None]
    """
    When the limit goes back; null: never.
    """


QuotaRequestOutputStateEnum: TypeAlias = Literal["requested", "approved", "declined", "withdrawn", "ended"]
"""
* `requested` - requested
* `approved` - approved
* `declined` - declined
* `withdrawn` - withdrawn
* `ended` - ended
"""


class QuotaShareInputRequest(TypedDict):
    cluster: str
    flavor: str
    resource: str
    guaranteed: NotRequired[int]
    cap: NotRequired[int | None]


class QuotaShareOutput(TypedDict):
    cluster: str
    flavor: str
    resource: str
    guaranteed: int
    """
    Against work of the same or a lower priority of other projects.
    """
    cap: int | None
    """
    At most this much; null: as much as the tenant.
    """


class ReadAllInputRequest(TypedDict):
    until: NotRequired[str]
    """
    Only this notification and older ones, so that what came meanwhile stays unread.
    """


class ReadOutput(TypedDict):
    read: int
    """
    How many were unread.
    """


class ReasonInputRequest(TypedDict):
    reason: str
    """
    The other side reads it.
    """


class ReasonRequest(TypedDict):
    reason: NotRequired[str]


ReclaimPolicy: TypeAlias = Literal["Delete", "Retain"]
"""
* `Delete` - Delete
* `Retain` - Retain
"""


ReclaimWithinCohortEnum: TypeAlias = Literal["never", "lower-priority", "any"]
"""
* `never` - never
* `lower-priority` - lower-priority
* `any` - any
"""


class RecordsInputRequest(TypedDict):
    place: str
    """
    Made when it is new.
    """
    records: list[MoveRecordInputRequest]


class RefOutput(TypedDict):
    id: str
    name: str


class RefusalOutput(TypedDict):
    name: str
    why: str


class RefusalRequest(TypedDict):
    reason: str


RefusedOutputReasonEnum: TypeAlias = Literal[
    "unknown-target", "unknown-size", "out-of-range", "max-below-mean", "too-old", "ahead-of-the-clock", "between-steps"
]
"""
* `unknown-target` - unknown-target
* `unknown-size` - unknown-size
* `out-of-range` - out-of-range
* `max-below-mean` - max-below-mean
* `too-old` - too-old
* `ahead-of-the-clock` - ahead-of-the-clock
* `between-steps` - between-steps
"""


class ReleaseOutput(TypedDict):
    id: str
    segment: ForecastSegment
    engine: ForecastEngine
    stage: ForecastStage
    reason: ForecastReleaseReason
    since: str
    until: str | None
    """
    null: it is its stage now.
    """
    held_by: str
    """
    Who chose it, so that no rule puts another in its place; empty: nobody.
    """


ReleasedForecastEngine: TypeAlias = Literal["xgboost", "lstm", "naive-last", "naive-seasonal", "naive-median"]
"""
* `xgboost` - xgboost
* `lstm` - lstm
* `naive-last` - naive-last
* `naive-seasonal` - naive-seasonal
* `naive-median` - naive-median
"""


class ReplicaCountOutput(TypedDict):
    wanted: int
    running: int


ReplicaOutputPhaseEnum: TypeAlias = Literal["waiting", "starting", "running", "lost", "stopped", "succeeded", "failed"]
"""
* `waiting` - Waiting
* `starting` - Starting
* `running` - Running
* `lost` - Lost
* `stopped` - Stopped
* `succeeded` - Succeeded
* `failed` - Failed
"""


class ReportInputRequest(TypedDict):
    progress: NotRequired[float]
    eta_seconds: NotRequired[float]
    metrics: NotRequired[dict[str, float]]


class ResendInputRequest(TypedDict):
    days: NotRequired[int]
    """
    How long it can be accepted from now.
    """


class ResetInputRequest(TypedDict):
    email: str


ResolvedOutputResourceEnum: TypeAlias = Literal["gpu", "fpga", "rdma"]
"""
* `gpu` - gpu
* `fpga` - fpga
* `rdma` - rdma
"""


class RevisionFileOutput(TypedDict):
    path: str
    """
    Below $HANSE_FILES.
    """
    size_bytes: int


class RevisionOutput(TypedDict):
    number: int
    note: str
    rolled_back_to: int | None
    """
    The revision that this one repeats.
    """
    deployed_by: RefOutput
    created_at: str
    spec: AppSpec
    files: list[RevisionFileOutput]
    """
    What all its replicas are given, as long as the app is there.
    """
    secrets: list[PinnedOutput]
    """
    Versions that all its replicas are given.
    """


RoleModel: TypeAlias = Literal[
    "platform-admin", "operator", "auditor", "owner", "admin", "developer", "viewer", "data-officer"
]
"""
* `platform-admin` - platform-admin
* `operator` - operator
* `auditor` - auditor
* `owner` - owner
* `admin` - admin
* `developer` - developer
* `viewer` - viewer
* `data-officer` - data-officer
"""


class RoleOfMe(TypedDict):
    role: str
    tenant_id: str | None
    project_id: str | None
    group: NotRequired[str | None]


class RollBackInputRequest(TypedDict):
    revision: int
    note: NotRequired[str]


class RoomOutput(TypedDict):
    size: int
    """
    Devices of one replica, all on one node.
    """
    replicas: int
    """
    Whole replicas of that size for which there is room.
    """
    usable: int
    """
    Devices that they would have.
    """


class RotationInputRequest(TypedDict):
    overlap_hours: NotRequired[int]
    """
    How long the old token goes on working.
    """
    expires_at: NotRequired[str]
    """
    Of the successor; without it, it lives as long as the old one was made for.
    """


class RuleField(TypedDict):
    value: str
    group: str
    group_name: str | None
    """
    null: the group is gone, and the rule does nothing.
    """


class RuleInputRequest(TypedDict):
    value: str
    """
    Of the claim.
    """
    group: str
    """
    The group that whoever has it is in.
    """


class SaidOutput(TypedDict):
    code: str
    arguments: dict[str, Any]
    """
    Values by name; an amount is {resource, flavor, amount, plain}.
    """


SandboxEnum: TypeAlias = Literal["off", "optional", "required"]
"""
* `off` - Off
* `optional` - Optional
* `required` - Required
"""


class SaveAsTemplateInputRequest(TypedDict):
    name: str
    description: NotRequired[str]


class ScalingOutput(TypedDict):
    current: int
    desired: int
    """
    How many it wants, within what is set.
    """
    percent: int | None
    """
    Of the processors asked for, what is in use.
    """
    said: list[SaidOutput]
    """
    Why, as codes with arguments.
    """


class ScheduleInputRequest(TypedDict):
    name: str
    cron: str
    """
    Minute, hour, day of the month, month, day of the week.
    """
    time_zone: NotRequired[str]
    """
    IANA name.
    """
    spec: NotRequired[JobSpecRequest]
    template: NotRequired[str]
    """
    Instead of `spec`: what it is when it is due.
    """
    overlap: NotRequired[OverlapEnum]
    missed: NotRequired[MissedEnum]
    starting_deadline_seconds: NotRequired[int]
    """
    How late a missed run is caught up.
    """


class ScheduleRunOutput(TypedDict):
    id: str
    due_at: str
    by_hand: bool
    outcome: OutcomeEnum
    reason: str
    """
    A code: why it failed or was skipped.
    """
    message: str
    """
    The same as a sentence.
    """
    job_id: str | None
    created_at: str


ScheduleState: TypeAlias = Literal["active", "paused", "stopped"]
"""
* `active` - Active
* `paused` - Paused
* `stopped` - Stopped
"""


class ScoreOutput(TypedDict):
    targets: int
    """
    How many were looked at.
    """
    hours: int
    """
    How many hours of them have come.
    """
    mae: float | None
    """
    Mean error, in points of load.
    """
    bias: float | None
    """
    Above 0: too much was forecast.
    """
    coverage: float | None
    """
    Share of hours within the band, which is to be 0.8.
    """
    wql: float | None
    """
    Weighted quantile loss.
    """
    steady_mae: float | None
    """
    What the median of two days would have had.
    """
    steady_wql: float | None


class ScoredOutput(TypedDict):
    id: str
    run: str
    issued_at: str
    """
    The full hour behind which the first step begins.
    """
    segment: ForecastSegment
    engine: ForecastEngine
    issued: bool
    """
    Its forecasts were issued; else it was asked what it would have said.
    """
    targets: int
    hours: int
    """
    How many hours of all targets had come.
    """
    wql: float
    """
    Weighted quantile loss.
    """
    mae: float
    """
    Mean error of the median, in points of load.
    """
    bias: float
    """
    In points; above 0: too much was forecast.
    """
    coverage: float
    """
    Share of hours within the band, which is to be 0.8.
    """
    window_gain: float | None
    """
    Of what the best start of a move of three hours would have gained over a random one, the share that the start with the lowest forecast did; null: there was nothing to gain.
    """


class SearchOutput(TypedDict):
    results: list[FoundLineOutput]
    count: int
    """
    Lines that match among those looked at.
    """
    count_is_exact: bool
    complete: bool
    """
    Whether every line was looked at.
    """
    next: str | None
    """
    Cursor to look on from, as `after`.
    """


class SecondFactorOfMe(TypedDict):
    present: bool
    needed: bool
    """
    Your roles count nowhere until you have one.
    """
    needed_in: list[Named]
    """
    Tenants in which your roles do not count until you have one.
    """


SecretKind: TypeAlias = Literal["opaque", "basic-auth", "ssh-auth", "registry"]
"""
* `opaque` - Opaque
* `basic-auth` - Basic Auth
* `ssh-auth` - Ssh Auth
* `registry` - Registry
"""


class SecretOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    name: str
    kind: SecretKind
    description: str
    keys: list[str]
    """
    Names of the newest version's entries.
    """
    newest: int
    """
    Number of the newest version.
    """
    created_by: PersonRefOutput
    created_at: str
    rotated_at: str
    last_used_at: str | None
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """


class SecretUseOutput(TypedDict):
    kind: str
    """
    job, template or app.
    """
    id: str
    name: str
    phase: str
    """
    Of a job; empty for a template.
    """
    secret_version: int | None
    """
    Which it was given; null: none yet.
    """


class SecretUsesOutput(TypedDict):
    uses: list[SecretUseOutput]
    more: bool
    """
    There are more than are listed.
    """


class SecretVersionOutput(TypedDict):
    id: str
    number: int
    keys: list[str]
    size_bytes: int
    created_by: PersonRefOutput
    created_at: str
    destroyed_at: str | None


SegmentOutputReasonEnum: TypeAlias = Literal[
    "first", "better-in-trials", "no-longer-better", "better-live", "replaced", "worse-than-seasonal", "fallback", "chosen"
]
"""
* `` -
* `first` - first
* `better-in-trials` - better-in-trials
* `no-longer-better` - no-longer-better
* `better-live` - better-live
* `replaced` - replaced
* `worse-than-seasonal` - worse-than-seasonal
* `fallback` - fallback
* `chosen` - chosen
"""


class SeriesOutput(TypedDict):
    name: str
    attempt: int
    rank: int | None
    count: int
    minimum: float
    maximum: float
    mean: float
    points: list[list[Any]]
    """
    [time, value]
    """


class ServiceAccountInputRequest(TypedDict):
    name: str
    description: NotRequired[str]
    role: NotRequired[ProgramRole]
    """
    Its first role; more are given as to members.

    * `admin` - admin
    * `data-officer` - data-officer
    * `developer` - developer
    * `viewer` - viewer
    """
    project: NotRequired[str | None]
    """
    The role holds on this project only.
    """


class ServiceAccountOutput(TypedDict):
    id: str
    tenant_id: str
    user_id: str
    """
    As which it is a member, submits jobs, and is named in the trail.
    """
    name: str
    description: str
    version: int
    generation: int
    created_at: str


class ServiceTokenInputRequest(TypedDict):
    name: str
    permissions: list[PermissionsEnum]
    project: NotRequired[str | None]
    """
    Only in this project.
    """
    expires_at: str
    """
    At most 366 days from now.
    """


class SessionOutput(TypedDict):
    id: str
    is_this: bool
    """
    The session that asks.
    """
    browser: str
    """
    Such as Firefox; empty: not known.
    """
    system: str
    """
    Such as Windows; empty: not known.
    """
    address: str
    """
    Where it was last used from.
    """
    opened_with: str
    """
    password, passkey or single-sign-on; empty: not known.
    """
    second_factor: bool
    created_at: str
    last_seen_at: str
    """
    To the minute.
    """


SeverityEnum: TypeAlias = Literal["success", "info", "warning", "error"]
"""
* `success` - success
* `info` - info
* `warning` - warning
* `error` - error
"""


class SharedOutput(TypedDict):
    kind: str
    id: str
    name: str
    group: str | None
    permissions: list[str]


class SharesInputRequest(TypedDict):
    shares: list[QuotaShareInputRequest]


class SharesOutput(TypedDict):
    project_id: str
    generation: int
    """
    The project's; its ETag guards the shares.
    """
    shares: list[QuotaShareOutput]
    can: list[str]


class SignInputRequest(TypedDict):
    digest: str
    """
    Of the terms that you read.
    """


class SlugOutput(TypedDict):
    id: str
    slug: str


class SourceOutput(TypedDict):
    role: RoleModel
    place: PlaceEnum
    """
    On what the role is given.

    * `platform` - platform
    * `tenant` - tenant
    * `project` - project
    """
    group: str | None
    """
    By which group; null: by themselves.
    """


class StandingOutput(TypedDict):
    issued_at: str | None
    """
    Of the newest run that ended well; null: none has.
    """
    late: bool
    """
    It should have been renewed an hour ago.
    """
    every_hours: int
    targets: int
    synthetic: int
    """
    How many of them are made up.
    """


StatusEnum: TypeAlias = Literal["True", "False", "Unknown"]
"""
* `True` - True
* `False` - False
* `Unknown` - Unknown
"""


class StayingOutput(TypedDict):
    machine: str
    binding: str
    """
    memory, group, host, window, source, target or link.
    """


StepMinutesEnum: TypeAlias = Literal[1, 5]
"""
* `1` - 1
* `5` - 5
"""


class StorageClassOutput(TypedDict):
    name: str
    provisioner: str
    default: bool
    """
    The cluster's own choice.
    """
    expandable: bool
    reclaim_policy: str
    waits: bool
    """
    Its volumes are made when they are first mounted.
    """


class SuccessorRequest(TypedDict):
    to: str
    """
    Who gets it: somebody with a role in every tenant concerned.
    """


class SuffixOutput(TypedDict):
    suffix: str
    """
    Empty: of files without one, and of the rarer ones together.
    """
    files: int
    bytes: int


class TableOutput(TypedDict):
    path: str
    columns: list[ColumnOutput]
    rows: list[list[str]]
    """
    The first ten.
    """


class TaintInputRequest(TypedDict):
    key: str
    value: NotRequired[str]
    effect: EffectEnum


TargetForecastsOutputReasonEnum: TypeAlias = Literal["too-little-history", "not-yet"]
"""
* `` -
* `too-little-history` - too-little-history
* `not-yet` - not-yet
"""


TargetKind: TypeAlias = Literal["cluster", "host", "vm"]
"""
* `cluster` - Cluster
* `host` - Host
* `vm` - Vm
"""


class TargetOutput(TypedDict):
    id: str
    kind: TargetKind
    name: str
    tenant: NamedOutput | None
    """
    Whose VM it is; null: the platform's own.
    """
    parent: RefOutput | None
    """
    The host, or of a host its cluster; null where you may not see it.
    """
    zone: str
    size: str
    labels: dict[str, str]
    vcpus: int | None
    memory_bytes: int | None
    local_disk_bytes: int | None
    link_bits_per_second: int | None
    synthetic: bool
    """
    Made by a simulator, not measured.
    """
    created_at: str


class TemplateInputRequest(TypedDict):
    name: str
    description: NotRequired[str]
    spec: JobSpecRequest


class TenantOfMe(TypedDict):
    id: str
    slug: str
    name: str
    can: list[str]
    phase: str
    projects: list[ProjectOfMe]


TenantRole: TypeAlias = Literal["admin", "data-officer", "developer", "owner", "viewer"]
"""
* `admin` - admin
* `data-officer` - data-officer
* `developer` - developer
* `owner` - owner
* `viewer` - viewer
"""


class TermsInputRequest(TypedDict):
    name: str
    purpose: str
    """
    What the model is for, and nothing else.
    """
    algorithm: AlgorithmEnum
    rounds: int
    """
    At most.
    """
    megabytes: int
    """
    That may leave each party's house, at most.
    """
    epsilon: NotRequired[float | None]
    """
    The privacy budget of one row; null: none was agreed.
    """
    until: str
    model_at: list[int]
    """
    The numbers of who keeps the model.
    """
    brings: dict[str, DataInputRequest]
    """
    What each party brings, by its number.
    """


class TermsOutput(TypedDict):
    name: str
    purpose: str
    algorithm: AlgorithmEnum
    rounds: int
    megabytes: int
    epsilon: float | None
    until: str
    model_at: list[int]
    brings: dict[str, DataOutput]


class TheirPartOutput(TypedDict):
    part: PartEnum
    since: str
    round: int
    channels_open: bool
    heard_at: str | None
    silent_at: str | None
    """
    When they were found to be silent.
    """
    lost_at: str | None
    """
    When they are given up unless they are heard before.
    """


ThemeEnum: TypeAlias = Literal["system", "light", "dark"]
"""
* `system` - system
* `light` - light
* `dark` - dark
"""


class TicketOutput(TypedDict):
    ticket: str
    expires_in: int
    """
    Seconds.
    """


class TimelineEntryOutput(TypedDict):
    id: str
    at: str
    attempt: int
    phase: JobPhase
    reason: str
    message: str
    actor_id: str | None
    actor_label: str


class TimesOutput(TypedDict):
    cron: str
    time_zone: str
    times: list[str]
    """
    The next five due times, in UTC.
    """


class TokenInputRequest(TypedDict):
    name: str
    permissions: list[PermissionsEnum]
    tenant: NotRequired[str | None]
    """
    Only in this tenant.
    """
    project: NotRequired[str | None]
    """
    Only in this project.
    """
    expires_at: str
    """
    At most 366 days from now.
    """


class TokenOutput(TypedDict):
    permissions: list[str]
    id: str
    name: str
    hint: str
    """
    How the token begins.
    """
    tenant: NotRequired[str | None]
    """
    Slug.
    """
    project: NotRequired[str | None]
    """
    Slug.
    """
    created_at: str
    expires_at: str
    last_used_at: str | None
    revoked_at: str | None
    replaced_at: str | None
    """
    When a successor was made; it ends at `expires_at`.
    """


class TokenReachOutput(TypedDict):
    id: str
    name: str
    hint: str
    tenant: NotRequired[str | None]
    project: NotRequired[str | None]
    permissions: list[str]
    """
    What it keeps of those held here.
    """


class TollOutput(TypedDict):
    kind: str
    effect: str
    said: SaidOutput
    count: int


class TotalsOutput(TypedDict):
    moves: int
    left: int
    """
    Machines that do not move.
    """
    seconds: float
    """
    Of all moves, one after another.
    """
    downtime_seconds: float
    """
    Simulated.
    """
    mean_gain: float | None
    """
    Points of load against moving at once.
    """
    hosts_emptied: int
    kwh_a_day: float
    """
    What emptied hosts would save, at an assumed 150 W each.
    """
    bound: int
    """
    Moves that a limit kept from their best start.
    """


class TrafficPointOutput(TypedDict):
    requests: int
    refused: int
    """
    Answered with a status of 400 to 499, by the app or before it.
    """
    failed: int
    """
    With 500 or above, or not at all.
    """
    p50_ms: float | None
    """
    Half of the answers took no longer, to a fifth.
    """
    p95_ms: float | None
    p99_ms: float | None
    at: str
    """
    When the stretch begins.
    """


class TrafficSeriesOutput(TypedDict):
    requests: int
    refused: int
    """
    Answered with a status of 400 to 499, by the app or before it.
    """
    failed: int
    """
    With 500 or above, or not at all.
    """
    p50_ms: float | None
    """
    Half of the answers took no longer, to a fifth.
    """
    p95_ms: float | None
    p99_ms: float | None
    name: str
    """
    Empty: all, or no endpoint that is described, or nobody by name. `token`: people of the portal; `other`: what was too much to be told apart.
    """
    points: list[TrafficPointOutput]
    """
    Where nothing came, there is none.
    """


class TransferredOutput(TypedDict):
    moved: int
    """
    Things that changed hands.
    """


UnitEnum: TypeAlias = Literal["percent", "ratio", "millicores"]
"""
* `percent` - percent
* `ratio` - ratio
* `millicores` - millicores
"""


class UnpackingInputRequest(TypedDict):
    key: str
    """
    A zip, a tar or a tar.gz in the bucket.
    """
    folder: NotRequired[str]
    """
    Where its files go; it ends with a slash.
    """


UnpackingOutputPhaseEnum: TypeAlias = Literal["waiting", "running", "succeeded", "failed"]
"""
* `waiting` - Waiting
* `running` - Running
* `succeeded` - Succeeded
* `failed` - Failed
"""


class UnreadOutput(TypedDict):
    unread: int
    """
    Counted up to 99.
    """
    more: bool
    """
    There are more than 99.
    """


class UploadOutput(TypedDict):
    key: str
    there: bool
    """
    The very same file is there: nothing is to be sent.
    """
    url: str
    """
    Where to PUT it; empty when it is there.
    """
    headers: dict[str, str]
    """
    To be sent with it, as they are.
    """


class UploaderOutput(TypedDict):
    id: str
    name: str


class UploadsInputRequest(TypedDict):
    files: list[FileInputRequest]


class UploadsOutput(TypedDict):
    uploads: list[UploadOutput]
    expires_at: str
    """
    Until then the addresses work; ask again for what is not done.
    """


class UsageRowOutput(TypedDict):
    cluster: SlugOutput
    project: SlugOutput
    """
    The slug is empty when it is gone.
    """
    user: PersonNameOutput
    flavor: str
    resource: str
    unit: str
    """
    core-hour, GiB-hour, gpu-hour, ...
    """
    hours: float


class UserInputRequest(TypedDict):
    email: str
    name: str
    language: NotRequired[Language | BlankEnum]
    """
    Empty follows the browser.

    * `en` - English
    * `zh-hans` - 简体中文
    """


class UserOutput(TypedDict):
    id: str
    email: str
    name: str
    kind: AccountKind
    """
    A person, or a program (a service account).

    * `person` - Person
    * `service` - Service
    """
    is_active: bool
    language: str
    password_is_temporary: bool
    has_second_factor: NotRequired[bool]
    last_login: str | None
    generation: int
    created_at: str


class UserShareOutput(TypedDict):
    user: PersonNameOutput
    used: int


class ValuesInputRequest(TypedDict):
    data: NotRequired[dict[str, str]]
    binary_data: NotRequired[dict[str, str]]


class VersionDownloadOutput(TypedDict):
    path: str
    size_bytes: int
    sha256: str
    url: str


class VersionDownloadsInputRequest(TypedDict):
    part: NotRequired[int]
    """
    `next` of the answer before.
    """


class VersionDownloadsOutput(TypedDict):
    downloads: list[VersionDownloadOutput]
    next: int | None
    """
    `part` of the next files; null at the end.
    """
    expires_at: str


class VersionInputRequest(TypedDict):
    bucket: str
    """
    Name of a bucket of the project.
    """
    prefix: NotRequired[str]
    """
    What lies below this folder, which ends with a slash; empty: the whole bucket.
    """
    note: NotRequired[str]
    """
    What is new in it.
    """
    job: NotRequired[str | None]
    """
    Id of the job of the project that wrote it.
    """


class VersionLinkInputRequest(TypedDict):
    path: NotRequired[str]
    """
    Empty: the manifest.
    """


class ViewAsInputRequest(TypedDict):
    user: str
    """
    Id of the account to look as.
    """
    reason: str
    """
    Why; the trails of both show it.
    """
    minutes: NotRequired[int]
    """
    How long at most.
    """


class ViewerOfMe(TypedDict):
    name: str
    until: str


VolumeAccessMode: TypeAlias = Literal["ReadWriteOnce", "ReadWriteOncePod", "ReadOnlyMany", "ReadWriteMany"]
"""
* `ReadWriteOnce` - Read Write Once
* `ReadWriteOncePod` - Read Write Once Pod
* `ReadOnlyMany` - Read Only Many
* `ReadWriteMany` - Read Write Many
"""


VolumeEntryOutputKindEnum: TypeAlias = Literal["file", "folder", "link", "other"]
"""
* `file` - file
* `folder` - folder
* `link` - link
* `other` - other
"""


class VolumeFolderInputRequest(TypedDict):
    path: str
    """
    Below the volume.
    """


class VolumeInputRequest(TypedDict):
    name: str
    cluster: str
    """
    Slug of the cluster in which it lies.
    """
    size_bytes: int
    access_mode: NotRequired[VolumeAccessMode]
    """
    From where it is mounted at once.

    * `ReadWriteOnce` - Read Write Once
    * `ReadWriteOncePod` - Read Write Once Pod
    * `ReadOnlyMany` - Read Only Many
    * `ReadWriteMany` - Read Write Many
    """
    storage_class: NotRequired[str]
    """
    Of the cluster; empty: its own choice.
    """
    reclaim_policy: NotRequired[ReclaimPolicy]
    """
    What becomes of its files when it is deleted.

    * `Delete` - Delete
    * `Retain` - Retain
    """


class VolumeLimitInputRequest(TypedDict):
    most_bytes: int | None
    """
    null: no limit.
    """
    most_volumes: int | None


class VolumeLimitOutput(TypedDict):
    most_bytes: int | None
    """
    null: no limit.
    """
    most_volumes: int | None
    size_bytes: int
    """
    As they are wanted, whether they are filled or not.
    """
    volumes: int
    generation: int
    """
    The ETag.
    """


VolumePhase: TypeAlias = Literal["pending", "bound", "lost", "deleting"]
"""
* `pending` - pending
* `bound` - bound
* `lost` - lost
* `deleting` - deleting
"""


class VolumePlaceOutput(TypedDict):
    cluster: str
    name: str
    kind: ClusterKind
    storage_classes: list[StorageClassOutput]


class VolumePlacesOutput(TypedDict):
    places: list[VolumePlaceOutput]
    limit: VolumeLimitOutput
    """
    Of the tenant.
    """


class WaysInOutput(TypedDict):
    providers: list[NamedProviderOutput]
    resets_by_mail: bool
    """
    Who forgot their password can have a link mailed.
    """


WhatEnum: TypeAlias = Literal["object", "project"]
"""
* `object` - object
* `project` - project
"""


WhoEnum: TypeAlias = Literal["developer", "tenant-admin", "platform"]
"""
* `developer` - developer
* `tenant-admin` - tenant-admin
* `platform` - platform
"""


class WindowsInputRequest(TypedDict):
    place: NotRequired[str]
    """
    Whose records durations follow; left out: none.
    """
    not_before: NotRequired[str]
    deadline: NotRequired[str]
    """
    The move has ended by then.
    """
    closed: NotRequired[list[ClosedInputRequest]]
    most_downtime_seconds: NotRequired[float]
    """
    Hours in which it would stand still longer are left out.
    """
    dirty_bytes_per_second: NotRequired[int | str]
    """
    Left out: assumed from the load of each hour.
    """


WithheldEnum: TypeAlias = Literal["inactive", "tenant-closed", "second-factor", "token-scope"]
"""
* `inactive` - inactive
* `tenant-closed` - tenant-closed
* `second-factor` - second-factor
* `token-scope` - token-scope
"""


class WordsOutput(TypedDict):
    title: str
    text: str


class Error(TypedDict):
    pointer: str
    detail: str


class Problem(TypedDict):
    type: str
    title: str
    status: int
    detail: NotRequired[str]
    request_id: NotRequired[str]
    errors: NotRequired[list[Error]]


class AccessManifestOutput(TypedDict):
    manifest: str
    """
    YAML: namespace, service account, role, binding, token.
    """
    needs: list[NeedOutput]


class AmountOutput(TypedDict):
    flavor: str
    resource: AmountOutputResourceEnum
    amount: int
    """
    cpu in millicores, memory in bytes, devices in pieces.
    """


class AppDetailOutput(TypedDict):
    id: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    tenant_id: str
    tenant_slug: str
    project_id: str
    project_slug: str
    cluster: RefOutput
    owner: RefOutput
    """
    Whoever deployed it last; its replicas ask for quota as them.
    """
    name: str
    description: str
    priority: str
    access: AccessEnum
    """
    Who may call it: `public` (whoever reaches its address), `tenant` (API tokens that may see it, and keys) or `key`.

    * `public` - Public
    * `tenant` - Tenant
    * `key` - Key
    """
    phase: AppPhase
    message: str
    """
    Why it is in this phase.
    """
    said: list[SaidOutput]
    """
    The same as codes with arguments.
    """
    stopped: bool
    replicas: int
    """
    How many are wanted; with `autoscaling`: at least.
    """
    autoscaling: AutoscalingBody | None
    """
    In a Kubernetes cluster: how far it grows with its load; `replicas` is what it has at least. Null: it does not.
    """
    scaling: ScalingOutput | None
    """
    What the autoscaler last said; null: nothing yet.
    """
    replicas_ready: int
    revision: int
    """
    The one that is wanted.
    """
    serving_revision: int | None
    """
    The one that last had all its replicas ready; it serves until the wanted one has.
    """
    address: str
    """
    Where it answers; empty where nothing leads to apps from outside.
    """
    inside_address: str
    """
    Where it answers pods of its cluster that its project is open to; empty where apps are no pods.
    """
    created_at: str
    spec: AppSpec
    """
    Values of variables are null for whoever may not deploy.
    """
    can: list[str]
    """
    Permissions that you hold on it.
    """


class AppEntryBody(TypedDict):
    kind: AppEntryBodyKindEnum
    name: str
    """
    Of the Gateway, or of the IngressClass.
    """
    namespace: str
    """
    Of the Gateway, and of the pods that pass requests on: only from there apps are reached.
    """
    domain: str
    """
    Names below it lead there; each app is one of them.
    """
    tls: NotRequired[bool]
    """
    Whether the entry answers by TLS for these names.
    """


class AppInputRequest(TypedDict):
    name: str
    description: NotRequired[str]
    replicas: NotRequired[int]
    autoscaling: NotRequired[AutoscalingBodyRequest | None]
    """
    In a Kubernetes cluster: how far it grows with its load; `replicas` is what it has at least. Null: it does not.
    """
    cluster: NotRequired[str]
    """
    Slug of a cluster; if left out Hanse takes one: for an image of the kind kubernetes if it can.
    """
    priority: NotRequired[str]
    """
    Name of a priority class.
    """
    access: NotRequired[AccessEnum]
    """
    Who may call it: `public` (whoever reaches its address), `tenant` (API tokens that may see it, and keys) or `key`.

    * `public` - Public
    * `tenant` - Tenant
    * `key` - Key
    """
    note: NotRequired[str]
    """
    Why it is deployed.
    """
    spec: AppSpecRequest


class AppKeyOutput(TypedDict):
    id: str
    consumer: str
    hint: str
    """
    The first characters, to recognise it by.
    """
    requests_per_minute: int | None
    created_by: RefOutput
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None
    """
    Known within seconds, as are the counts.
    """
    passed: int
    """
    Requests that came with it and were sent on.
    """
    held_back: int
    """
    Those that were over its rate.
    """


class AppKeyShownOutput(TypedDict):
    id: str
    consumer: str
    hint: str
    """
    The first characters, to recognise it by.
    """
    requests_per_minute: int | None
    created_by: RefOutput
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    last_used_at: str | None
    """
    Known within seconds, as are the counts.
    """
    passed: int
    """
    Requests that came with it and were sent on.
    """
    held_back: int
    """
    Those that were over its rate.
    """
    secret: str
    """
    The key, shown this once.
    """


class AppOutput(TypedDict):
    id: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    tenant_id: str
    tenant_slug: str
    project_id: str
    project_slug: str
    cluster: RefOutput
    owner: RefOutput
    """
    Whoever deployed it last; its replicas ask for quota as them.
    """
    name: str
    description: str
    priority: str
    access: AccessEnum
    """
    Who may call it: `public` (whoever reaches its address), `tenant` (API tokens that may see it, and keys) or `key`.

    * `public` - Public
    * `tenant` - Tenant
    * `key` - Key
    """
    phase: AppPhase
    message: str
    """
    Why it is in this phase.
    """
    said: list[SaidOutput]
    """
    The same as codes with arguments.
    """
    stopped: bool
    replicas: int
    """
    How many are wanted; with `autoscaling`: at least.
    """
    autoscaling: AutoscalingBody | None
    """
    In a Kubernetes cluster: how far it grows with its load; `replicas` is what it has at least. Null: it does not.
    """
    scaling: ScalingOutput | None
    """
    What the autoscaler last said; null: nothing yet.
    """
    replicas_ready: int
    revision: int
    """
    The one that is wanted.
    """
    serving_revision: int | None
    """
    The one that last had all its replicas ready; it serves until the wanted one has.
    """
    address: str
    """
    Where it answers; empty where nothing leads to apps from outside.
    """
    inside_address: str
    """
    Where it answers pods of its cluster that its project is open to; empty where apps are no pods.
    """
    created_at: str


class AppReplicaOutput(TypedDict):
    number: int
    """
    Its rank among logs and metrics.
    """
    revision: int
    """
    The attempt among logs and metrics.
    """
    phase: AppReplicaPhase
    said: list[SaidOutput]
    """
    What it waits for, or how it ended.
    """
    node: str
    pod: str
    """
    What runs in its place in a Kubernetes cluster; empty: nothing does.
    """
    created_at: str
    admitted_at: str | None
    ready_at: str | None
    finished_at: str | None


class AskedOutput(TypedDict):
    id: str
    project: str
    """
    Who asks, as tenant/project.
    """
    description: str
    direction: DirectionEnum
    """
    That of the exception which answers it.

    * `egress` - Egress
    * `ingress` - Ingress
    """
    protocol: ProtocolEnum
    ports: list[str]
    created_at: str


class BucketDetailOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    name: str
    store_name: str
    """
    What programs that speak S3 call it.
    """
    quota_bytes: int
    used_bytes: int
    """
    What the store said when it was last measured.
    """
    files: int
    kept_bytes: int
    """
    What versions of datasets take that were made of it; it counts against the quota as well.
    """
    measured_at: str | None
    expire_after_days: int | None
    created_by: RefOutput
    created_at: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    promised_bytes: int
    """
    Room that uploads were promised and may still use.
    """


class BucketOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    name: str
    store_name: str
    """
    What programs that speak S3 call it.
    """
    quota_bytes: int
    used_bytes: int
    """
    What the store said when it was last measured.
    """
    files: int
    kept_bytes: int
    """
    What versions of datasets take that were made of it; it counts against the quota as well.
    """
    measured_at: str | None
    expire_after_days: int | None
    created_by: RefOutput
    created_at: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """


class BulkOutput(TypedDict):
    results: list[BulkResultOutput]


class CapOutput(TypedDict):
    id: str
    generation: int
    tenant_id: str
    user: CapPersonOutput | None
    """
    null with group null: everybody without a cap of theirs.
    """
    group: CapGroupOutput | None
    """
    Each person of it may have so much, who has no cap of their own.
    """
    running_workloads: int | None
    gpus: int | None
    may_use_restricted_priorities: bool


class CapacityCurveOutput(TypedDict):
    flavor: str
    resource: str
    """
    cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).
    """
    points: list[CapacityPointOutput]
    """
    Oldest first; none where the cluster was not seen.
    """


class CapacityHistoryOutput(TypedDict):
    since: str
    until: str
    step_seconds: int
    """
    A point is the mean of a stretch this long.
    """
    curves: list[CapacityCurveOutput]


class CasualtyOutput(TypedDict):
    kind: str
    id: str
    name: str
    effect: str
    said: SaidOutput


class ChoiceInputRequest(TypedDict):
    code: str
    bell: NotRequired[bool]
    mail: NotRequired[MailEnum]


class ClusterAssessmentOutput(TypedDict):
    cluster: str
    """
    Its slug.
    """
    starts_now: bool
    """
    Of independent replicas: whether any would.
    """
    replicas_now: int
    """
    How many replicas would start now.
    """
    verdict: str
    """
    Whether and when it would start here, as a sentence.
    """
    said: list[SaidOutput]
    """
    The same as codes with arguments.
    """
    resolved: list[AssessedNeedOutput]
    ahead: int
    """
    How many would go before it.
    """
    asked: list[AmountOutput]
    could_fit: list[AmountOutput]
    free: list[AmountOutput]


class ClusterInputRequest(TypedDict):
    slug: str
    name: str
    kind: ClusterKind
    zone: NotRequired[str]
    labels: NotRequired[dict[str, str]]
    connection: NotRequired[ConnectionInputRequest]
    """
    Of the kind kubernetes.
    """


class CodeOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    origin: OriginEnum
    name: str
    format: str
    """
    tar.gz or zip.
    """
    sha256: str
    size_bytes: int
    files: int
    unpacked_bytes: int
    url: str
    """
    Of git: where it came from; else empty.
    """
    commit: str
    path: str
    created_by: UploaderOutput | None
    created_at: str
    used_at: str
    """
    When it was last uploaded, fetched or submitted.
    """
    version: int


class CohortInputRequest(TypedDict):
    description: NotRequired[str]
    reclaim_within_cohort: NotRequired[ReclaimWithinCohortEnum]
    """
    Whose work a tenant may evict that takes back what it lent.

    * `never` - never
    * `lower-priority` - lower-priority
    * `any` - any
    """
    cluster: str
    """
    Its id or its slug.
    """
    name: str


class CohortOutput(TypedDict):
    id: str
    generation: int
    cluster: NamedOutput
    name: str
    description: str
    reclaim_within_cohort: ReclaimWithinCohortEnum
    created_at: str


class ConditionOutput(TypedDict):
    type: str
    status: StatusEnum
    reason: str
    message: str
    since: str


class ContractInputRequest(TypedDict):
    partner_id: str
    amends: NotRequired[str]
    """
    The `id` of a contract that stands; it does so until both have signed this edition.
    """
    terms: TermsInputRequest


class DatasetOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    name: str
    description: str
    licence: str
    newest: int
    """
    Number of the newest version, be it ready or not; 0: none yet.
    """
    created_by: RefOutput
    created_at: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """


class DatasetVersionDetailOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    dataset_id: str
    number: int
    note: str
    hold: str
    """
    Why it must not be deleted; empty: it may.
    """
    bucket: str
    """
    What the bucket was called that it was made of.
    """
    prefix: str
    made_by_job: str | None
    """
    Id of the job that wrote what it was made of.
    """
    phase: DatasetVersionPhase
    why: str
    """
    Why it failed, or what it waits for; else empty.
    """
    files: int | None
    """
    Null until they are counted.
    """
    size_bytes: int | None
    copied_files: int
    copied_bytes: int
    digest: str
    """
    SHA-256 of the manifest, in hexadecimal; empty until it is ready.
    """
    deleting: bool
    """
    It is deleted; its copies go.
    """
    created_by: RefOutput
    created_at: str
    ended_at: str | None
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    suffixes: list[SuffixOutput]
    """
    What kinds of files it holds, the most frequent first.
    """
    preview: TableOutput | None
    """
    The first table in it: CSV, TSV or JSON lines.
    """


class DatasetVersionOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    dataset_id: str
    number: int
    note: str
    hold: str
    """
    Why it must not be deleted; empty: it may.
    """
    bucket: str
    """
    What the bucket was called that it was made of.
    """
    prefix: str
    made_by_job: str | None
    """
    Id of the job that wrote what it was made of.
    """
    phase: DatasetVersionPhase
    why: str
    """
    Why it failed, or what it waits for; else empty.
    """
    files: int | None
    """
    Null until they are counted.
    """
    size_bytes: int | None
    copied_files: int
    copied_bytes: int
    digest: str
    """
    SHA-256 of the manifest, in hexadecimal; empty until it is ready.
    """
    deleting: bool
    """
    It is deleted; its copies go.
    """
    created_by: RefOutput
    created_at: str
    ended_at: str | None
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """


class EvaluationOutput(TypedDict):
    id: str
    tried_at: str
    """
    The full hour that all histories end at.
    """
    segment: ForecastSegment
    engine: ForecastEngine
    device: str
    origins: int
    """
    At how many moments, the same for all engines.
    """
    gap_hours: int
    """
    Of so long before the first of them nothing was learned.
    """
    targets: int
    hours: int
    wql: float
    """
    Weighted quantile loss.
    """
    mae: float
    """
    Mean error of the median, in points of load.
    """
    bias: float
    """
    In points; above 0: too much was forecast.
    """
    coverage: float
    """
    Share of hours within the band, which is to be 0.8.
    """
    window_gain: float | None
    """
    Share of what the best start of a move could gain.
    """
    train_seconds: float
    """
    Of a processor, for all segments together.
    """
    milliseconds_each: float
    """
    Of a processor, for a forecast of a target.
    """
    beats_seasonal: float | None
    """
    How likely it loses less than the same hour of the day before (paired bootstrap over targets); null: it is that, or the targets are too few.
    """
    beats_champion: float | None
    """
    The same against the engine in use then.
    """


class EventOutput(TypedDict):
    epoch: str
    seq: int
    kind: str
    object_id: str
    project_id: str | None
    version: int
    """
    Ignore an event whose version is not newer than what you have.
    """
    op: OpEnum
    object: dict[str, Any] | None
    """
    Null when it is gone, or too large: ask for it.
    """


class EventsOutput(TypedDict):
    results: list[EventOutput]
    at: str
    """
    Go on from here, as `after`.
    """
    lost: bool
    """
    Events are missing before `at`: read again what you keep.
    """


class ExceptionInClusterOutput(TypedDict):
    cluster: str
    open: bool
    text: str
    """
    What keeps it closed there; empty when it is open.
    """
    said: SaidOutput | None


class ExceptionInputRequest(TypedDict):
    name: str
    description: NotRequired[str]
    direction: DirectionEnum
    """
    egress: the project reaches out.

    * `egress` - Egress
    * `ingress` - Ingress
    """
    protocol: NotRequired[ProtocolEnum]
    ports: NotRequired[list[Port]]
    """
    Such as 443 or 8000-8100; none: all of the protocol.
    """
    cidr: NotRequired[str]
    """
    A network outside. Either this or `peer`.
    """
    peer: NotRequired[str]
    """
    Another project, as tenant/project. Open once it has an exception of its own, in the other direction.
    """


class ExceptionOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    name: str
    description: str
    direction: DirectionEnum
    protocol: ProtocolEnum
    ports: list[str]
    cidr: str
    peer: str
    state: ExceptionOutputStateEnum
    """
    waiting: the peer has not opened its side, or there is no such project. refused: see `clusters`. nowhere: no cluster has the project yet.

    * `applying` - Applying
    * `open` - Open
    * `waiting` - Waiting
    * `refused` - Refused
    * `nowhere` - Nowhere
    """
    clusters: list[ExceptionInClusterOutput]
    """
    Where the project is, and whether it is open there.
    """
    created_by: RefOutput
    created_at: str
    changed_at: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """


class FailureOutput(TypedDict):
    code: str
    phrase: str
    cause: str
    who: WhoEnum
    """
    Who must act.

    * `developer` - developer
    * `tenant-admin` - tenant-admin
    * `platform` - platform
    """
    advice: str


class FederatedEventOutput(TypedDict):
    id: str
    at: str
    by_them: bool
    """
    The other side told it, or did it.
    """
    text: str
    """
    What happened, in English.
    """
    said: SaidOutput
    round: int


class FederatedJobInputRequest(TypedDict):
    project_id: str
    """
    Where our part runs; you submit jobs there.
    """
    spec: NotRequired[JobSpecRequest]
    """
    Our part, as any job; it runs under the contract.
    """
    template: NotRequired[str]
    """
    Instead of `spec`: what it is now.
    """
    contract_id: str
    """
    The `id` of a contract that stands.
    """
    name: str
    rounds: int
    """
    Of those that the contract has left.
    """
    parameters: NotRequired[dict[str, Any]]
    """
    What both parts run with, in $FEDERATED_JOB: texts, numbers, yes or no.
    """
    patience_seconds: NotRequired[int]
    """
    How long a side waits for a word of the other, and for its part once its own computes.
    """


class FindingOutput(TypedDict):
    check: str
    """
    What was looked at, such as database.
    """
    code: str
    """
    What was found, such as database.away.
    """
    state: HealthState
    text: str
    fix: str
    """
    What to do; empty where nothing needs doing.
    """
    values: dict[str, Any]
    """
    The figures and names in the text.
    """


class FlavorInputRequest(TypedDict):
    description: NotRequired[str]
    model: NotRequired[str]
    unit_memory_bytes: NotRequired[int | None]
    device_resource: NotRequired[str]
    node_labels: NotRequired[dict[str, str]]
    node_taints: NotRequired[list[TaintInputRequest]]
    name: str
    kind: FlavorKind


class FlavorOfRequest(TypedDict):
    name: str
    kind: str
    cluster: NamedOutput


class FoundEverywhere(TypedDict):
    results: list[FoundOutput]


class FragmentationOutput(TypedDict):
    flavor: str
    resource: str
    free: int
    """
    Devices that nobody asked for, on nodes that take new work.
    """
    sizes: list[RoomOutput]
    """
    1, 2, 4, 8, 16 and as many as the largest node has.
    """


class FragmentationsOutput(TypedDict):
    devices: list[FragmentationOutput]


class GrantOutput(TypedDict):
    permission: str
    held: bool
    withheld: WithheldEnum | NullEnum
    """
    Why it is not held although a role gives it.

    * `inactive` - inactive
    * `tenant-closed` - tenant-closed
    * `second-factor` - second-factor
    * `token-scope` - token-scope
    """
    sources: list[SourceOutput]


class GroupOutput(TypedDict):
    id: str
    name: str
    users: list[PersonOutput]
    generation: int
    created_at: str


class HealthOutput(TypedDict):
    state: HealthState
    """
    The worst of all findings.

    * `healthy` - healthy
    * `degraded` - degraded
    * `down` - down
    """
    findings: list[FindingOutput]


class HeatOutput(TypedDict):
    id: str
    kind: TargetKind
    name: str
    synthetic: bool
    """
    Made by a simulator, not measured.
    """
    starts_at: str
    """
    The first hour of `measured`; `forecast` begins where that ends.
    """
    measured: list[float | None]
    """
    Per cent, an hour each.
    """
    forecast: list[float | None]
    """
    What is expected; null where there is no forecast.
    """


class HelpSaid(TypedDict):
    who: SaidOutput
    what: SaidOutput


class InvitationInputRequest(TypedDict):
    email: str
    role: TenantRole
    project: NotRequired[str | None]
    """
    On this project only.
    """
    days: NotRequired[int]
    """
    How long it can be accepted.
    """


class InvitationOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str | None
    project_slug: NotRequired[str | None]
    email: str
    role: str
    state: InvitationState
    """
    What accepting it would find; void: who invited may no longer.
    """
    invited_by: str
    expires_at: str
    accepted_at: str | None
    version: int
    generation: int
    created_at: str


class IsolationInputRequest(TypedDict):
    networks: list[Network] | None
    """
    Within which the tenant may open its projects; null: what is public.
    """
    registries: NotRequired[list[Registry] | None]
    """
    From which images may come, such as registry.example.org or docker.io/library; null: whichever. As it is, when left out.
    """
    sandbox: NotRequired[SandboxEnum]
    """
    optional: pods that Hanse makes run in `runtime_class` where the cluster has it. required: all pods do, whoever makes them. As it is, when left out.

    * `off` - Off
    * `optional` - Optional
    * `required` - Required
    """
    runtime_class: NotRequired[str]
    """
    Such as gvisor or kata.
    """


class IsolationOutput(TypedDict):
    tenant_id: str
    networks: list[str] | None
    registries: list[str] | None
    sandbox: SandboxEnum
    runtime_class: str
    generation: int
    """
    The ETag.
    """


class JobCodeOutput(TypedDict):
    kind: JobCodeOutputKindEnum
    state: CodeState
    message: str
    """
    What the last try to fetch it came to.
    """
    url: str
    ref: str
    path: str
    commit: str
    """
    Of git, once it is known.
    """
    id: str | None
    """
    Below /projects/{id}/code/, once it is there.
    """
    name: str
    sha256: str
    size_bytes: int | None
    files: int | None


class JobOutput(TypedDict):
    id: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    tenant_id: str
    tenant_slug: str
    project_id: str
    project_slug: str
    name: str
    description: str
    labels: dict[str, str]
    framework: FrameworkEnum
    priority: str
    phase: JobPhase
    reason: str
    """
    A code: why it is in this phase.
    """
    message: str
    """
    The same as a sentence.
    """
    attempt: int
    restarts: int
    """
    Restarts that count against the back-off limit.
    """
    replicas: ReplicaCountOutput
    stopping: bool
    """
    Its replicas were told to go and some have not gone yet.
    """
    resources: list[AmountOutput]
    """
    Of all replicas together; empty for drafts.
    """
    cluster: ClusterRefOutput | None
    queue_position: int | None
    why: str | None
    """
    What it waits for, as a sentence.
    """
    said: list[SaidOutput]
    """
    The same, or else the message, as codes with arguments; may be empty.
    """
    progress: float | None
    """
    0..1, as the workload says.
    """
    eta_seconds: float | None
    metrics: dict[str, float]
    """
    Newest value of each metric.
    """
    failure: FailureOutput | None
    submitted_by: PrincipalOutput
    schedule: RefOutput | None
    """
    What submitted it, when nobody did by hand.
    """
    acts: list[str]
    """
    What its phase allows now.
    """
    created_at: str
    queued_at: str | None
    admitted_at: str | None
    started_at: str | None
    finished_at: str | None
    deadline_at: str | None
    restart_at: str | None
    deleted_at: str | None
    purge_at: str | None
    """
    When it is removed for good.
    """
    conditions: list[ConditionOutput]


class JobSpec(TypedDict):
    name: str
    """
    Lower-case letters, digits, hyphens.
    """
    description: str
    framework: FrameworkEnum
    """
    Which environment the replicas get to find one another.
    """
    kind: JobSpecKindEnum
    """
    What it is on Kubernetes: pods of Hanse's, or an object of the operator that makes them.
    """
    cluster: str
    """
    Slug of a cluster, or any.
    """
    priority: str
    """
    Name of a priority class.
    """
    gang: bool
    """
    true: all replicas start together or none does; with min_replicas, so many of them. false: the replicas are independent of one another; each starts as soon as there is room for it.
    """
    resize_pause_seconds: int
    """
    Elastic: it grows no sooner than this after it started or changed its size.
    """
    labels: dict[str, str]
    source: Source | None
    """
    Code, beside what the image or machine has.
    """
    buckets: list[Bucket]
    """
    Buckets that all replicas use, with a key that ends with the attempt.
    """
    contract: str | None
    """
    A contract with another party, by the id that both sides know: $HANSE_CHANNELS is for hanse.channels.
    """
    datasets: list[Dataset]
    """
    Versions of datasets that all replicas read; which they are is written down when it is submitted.
    """
    volumes: list[Volume]
    """
    Volumes that all replicas mount; the job runs where they lie.
    """
    roles: list[Role]
    fault_policy: FaultPolicy
    """
    What happens when a replica fails: all replicas are stopped, and the job fails or is tried again as a whole.

    The first of `rules` that speaks of it decides; `restart` where none does.
    Losing a machine is not the workload's doing. So where no rule says otherwise it is tried again with any policy but
    `never`; that happens at most ten times, and does not count against the back-off limit.
    """


class KindOutput(TypedDict):
    code: str
    severity: SeverityEnum
    about: str
    for_roles: list[str]
    """
    Roles that get it; empty: only whom it concerns.
    """
    bell: bool
    mail: MailEnum
    is_default: bool


class LastRunOutput(TypedDict):
    due_at: str
    outcome: OutcomeEnum
    reason: str
    job_id: str | None


class LinkCheckOutput(TypedDict):
    check: str
    state: LinkCheckOutputStateEnum
    text: str
    """
    What was found, in English.
    """
    said: SaidOutput
    who: str
    """
    Who must act: us, them, or empty.
    """
    milliseconds: int | None
    since: str


class MailOutput(TypedDict):
    id: str
    purpose: str
    address: str
    subject: str
    phase: MailOutputPhaseEnum
    attempts: int
    error: str
    """
    What the last attempt failed of.
    """
    created_at: str
    due_at: str
    finished_at: str | None


class MeOutput(TypedDict):
    user: ProfileOutput
    second_factor: SecondFactorOfMe
    can: list[str]
    """
    Permissions that you hold everywhere.
    """
    roles: list[RoleOfMe]
    tenants: list[TenantOfMe]
    tenants_complete: bool
    """
    False when you see more than 200.
    """
    viewer: ViewerOfMe | None
    """
    Who of support looks as you see it, in a session that does.
    """
    token: str | None
    """
    Name of the token that asks; null in a session.
    """
    version: str
    """
    Version of Hanse.
    """
    local_compute: bool
    """
    Jobs may run as processes of the portal's machine.
    """


class MemberInputRequest(TypedDict):
    email: NotRequired[str]
    """
    Of somebody who has a role in the tenant already; others are invited.
    """
    group: NotRequired[str]
    """
    A group's name.
    """
    role: RoleModel
    service_account: NotRequired[str]
    """
    Name of one of the tenant.
    """
    project: NotRequired[str | None]
    """
    On this project only.
    """


class MemberOutput(TypedDict):
    id: str
    tenant_id: str | None
    project_id: str | None
    project_slug: NotRequired[str | None]
    role: str
    user: PersonOutput | None
    group: GroupNameOutput | None
    version: int
    generation: int
    created_at: str


class MetricsOutput(TypedDict):
    series: list[SeriesOutput]


class MuteInputRequest(TypedDict):
    what: WhatEnum


class NodeOutput(TypedDict):
    id: str
    name: str
    zone: str
    labels: dict[str, str]
    allocatable: list[CapacityOutput]
    requested: list[CapacityOutput]
    """
    What runs there asked for, whoever it belongs to.
    """
    used: list[CapacityOutput]
    """
    As measured, not as asked for.
    """
    taints: list[dict[str, str]]
    about: dict[str, Any]
    """
    model, memory_bytes, driver, cuda, runtime, kubelet, os, kernel and so on.
    """
    health: Health
    health_message: str
    health_said: list[SaidOutput]
    """
    The same as codes with arguments.
    """
    schedulable: bool
    last_seen_at: str | None
    stale: bool


class OnboardingInputRequest(TypedDict):
    slug: str
    name: str
    description: NotRequired[str]
    project: NewProjectInputRequest
    owner: NewOwnerInputRequest
    quota: NotRequired[QuotaGrantRequest | None]


class OperationOutput(TypedDict):
    id: str
    version: int
    kind: str
    """
    Such as cluster.preflight; says what `result` holds.
    """
    subject_kind: str
    subject_id: str
    state: OperationOutputStateEnum
    result: dict[str, Any] | None
    """
    While it is pending: how far it is, where that is told.
    """
    problem: dict[str, Any] | None
    """
    As an answer would say it, when it failed.
    """
    created_at: str
    finished_at: str | None
    has_secret: bool
    """
    Whether something is there to be taken, once.
    """


class OurPartOutput(TypedDict):
    part: PartEnum
    since: str
    round: int
    channels_open: bool
    job: OurJobOutput | None
    """
    An ordinary job of ours; null before the gate.
    """
    given_by: str
    """
    It runs as theirs.
    """


class PaginatedAppKeyOutputList(TypedDict):
    results: list[AppKeyOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedAppOutputList(TypedDict):
    results: list[AppOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedAppReplicaOutputList(TypedDict):
    results: list[AppReplicaOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedBucketOutputList(TypedDict):
    results: list[BucketOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedCapOutputList(TypedDict):
    results: list[CapOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedCodeOutputList(TypedDict):
    results: list[CodeOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedCohortOutputList(TypedDict):
    results: list[CohortOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedDatasetOutputList(TypedDict):
    results: list[DatasetOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedDatasetVersionOutputList(TypedDict):
    results: list[DatasetVersionOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedEvaluationOutputList(TypedDict):
    results: list[EvaluationOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedExceptionOutputList(TypedDict):
    results: list[ExceptionOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedGroupOutputList(TypedDict):
    results: list[GroupOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedHeatOutputList(TypedDict):
    results: list[HeatOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedInvitationOutputList(TypedDict):
    results: list[InvitationOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedJobOutputList(TypedDict):
    results: list[JobOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedMailOutputList(TypedDict):
    results: list[MailOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedMemberOutputList(TypedDict):
    results: list[MemberOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedNodeOutputList(TypedDict):
    results: list[NodeOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedPlaceOutputList(TypedDict):
    results: list[PlaceOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedPoolOutputList(TypedDict):
    results: list[PoolOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedPriorityOutputList(TypedDict):
    results: list[PriorityOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedQuotaOutputList(TypedDict):
    results: list[QuotaOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedReleaseOutputList(TypedDict):
    results: list[ReleaseOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedRevisionOutputList(TypedDict):
    results: list[RevisionOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedScheduleRunOutputList(TypedDict):
    results: list[ScheduleRunOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedScoredOutputList(TypedDict):
    results: list[ScoredOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedSecretOutputList(TypedDict):
    results: list[SecretOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedSecretVersionOutputList(TypedDict):
    results: list[SecretVersionOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedServiceAccountOutputList(TypedDict):
    results: list[ServiceAccountOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedSessionOutputList(TypedDict):
    results: list[SessionOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedTargetOutputList(TypedDict):
    results: list[TargetOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedTimelineEntryOutputList(TypedDict):
    results: list[TimelineEntryOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedTokenOutputList(TypedDict):
    results: list[TokenOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedUserOutputList(TypedDict):
    results: list[UserOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PartnerOutput(TypedDict):
    id: str
    tenant_id: str
    agreement: str
    """
    The same on both sides.
    """
    number: int | None
    name: str
    contact: str
    cluster: str
    web_url: str
    service_url: str
    phase: PartnerPhase
    acts: list[str]
    """
    What an officer can do now.
    """
    note: str
    """
    What came with the invitation, or why it ended.
    """
    ended_by_them: bool
    invitation_ends_at: str | None
    issued_role: str
    """
    Of the newest token that we issued to them.
    """
    issued_until: str | None
    rotating: bool
    """
    They have a new token and still write with the old one.
    """
    given_role: str
    """
    Of the token that they gave us.
    """
    given_until: str | None
    checks: list[LinkCheckOutput]
    checked_at: str | None
    heard_at: str | None
    ready_at: str | None
    cut_at: str | None
    silent_at: str | None
    """
    When nothing of theirs came through after a cut.
    """
    created_at: str
    version: int
    generation: int
    """
    The ETag.
    """


class PartyLetterOutput(TypedDict):
    id: str
    kind: str
    outgoing: bool
    state: PartyLetterOutputStateEnum
    said: str
    """
    Why it was refused.
    """
    text: str
    """
    What to carry to the other side; empty until it is signed.
    """
    created_at: str
    delivered_at: str | None


class PartyOutput(TypedDict):
    id: str
    tenant_id: str
    number: int
    name: str
    contact: str
    cluster: str
    """
    The name of its Pulsar cluster.
    """
    web_url: str
    service_url: str
    fingerprint: str
    """
    Eight words, to be read to the other side.
    """
    checks: list[LinkCheckOutput]
    checked_at: str | None
    created_at: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """


class PatchedChoicesInputRequest(TypedDict):
    choices: NotRequired[list[ChoiceInputRequest]]
    """
    Kinds that are not named stay as they are.
    """


class PatchedCohortChangeRequest(TypedDict):
    description: NotRequired[str]
    reclaim_within_cohort: NotRequired[ReclaimWithinCohortEnum]
    """
    Whose work a tenant may evict that takes back what it lent.

    * `never` - never
    * `lower-priority` - lower-priority
    * `any` - any
    """


class PatchedExceptionChangeRequest(TypedDict):
    description: NotRequired[str]
    protocol: NotRequired[ProtocolEnum]
    ports: NotRequired[list[Port]]
    """
    Such as 443 or 8000-8100; none: all of the protocol.
    """


class PatchedFlavorChangeRequest(TypedDict):
    description: NotRequired[str]
    model: NotRequired[str]
    unit_memory_bytes: NotRequired[int | None]
    device_resource: NotRequired[str]
    node_labels: NotRequired[dict[str, str]]
    node_taints: NotRequired[list[TaintInputRequest]]


class PatchedProfileChangeRequest(TypedDict):
    name: NotRequired[str]
    language: NotRequired[Language | BlankEnum]
    time_zone: NotRequired[str]
    theme: NotRequired[ThemeEnum]


class PatchedProviderChangeRequest(TypedDict):
    name: NotRequired[str]
    """
    On the button of the sign-in page.
    """
    issuer: NotRequired[str]
    """
    As its discovery document writes it.
    """
    client_id: NotRequired[str]
    secret: NotRequired[str]
    """
    Never shown again.
    """
    domains: NotRequired[list[Domain]]
    """
    It speaks for addresses of these domains and no others.
    """
    creates_accounts: NotRequired[bool]
    """
    At the first sign-in of somebody new.
    """
    asks_second_factor: NotRequired[bool]
    """
    So that Hanse need not.
    """
    signs_out_there: NotRequired[bool]
    """
    Signing out here signs out there too; its `signed_out_url` must be registered.
    """
    groups_claim: NotRequired[str]
    group_rules: NotRequired[list[RuleInputRequest]]
    is_active: NotRequired[bool]


class PatchedVolumeChangeRequest(TypedDict):
    size_bytes: NotRequired[int]
    reclaim_policy: NotRequired[ReclaimPolicy]


class PlanOutput(TypedDict):
    id: str
    version: int
    goal: MovePlanGoal
    hosts: list[str]
    hours: int
    limits: LimitsOutput
    closed: list[ClosedOutput]
    """
    When nothing may move.
    """
    state: MovePlanState
    problem: dict[str, Any] | None
    """
    Why it could not be made.
    """
    starts_at: str
    """
    From when on machines may move.
    """
    made_at: str | None
    approved_at: str | None
    finished_at: str | None
    pace: int
    totals: TotalsOutput | None
    """
    null while it is being made.
    """
    left: list[StayingOutput]
    synthetic: bool
    """
    All of its machines are made up.
    """
    moves: int
    moving: int
    succeeded: int
    failed: int
    created_at: str


class PlannedMoveOutput(TypedDict):
    id: str
    number: int
    machine: str
    target_id: str
    from_host: str
    to_host: str
    starts_at: str
    binding: str
    """
    The limit that kept it from `wanted_at`: source, target, link or group.
    """
    wanted_at: str
    seconds: float
    """
    Foretold, with the 80 % band `low` to `high`.
    """
    low: float
    high: float
    downtime_seconds: float
    load: float | None
    """
    Expected meanwhile; null: it has no forecast.
    """
    gain: float | None
    """
    Points of load against moving at once.
    """
    state: PlannedMoveState
    began_at: str | None
    actual_seconds: float | None
    """
    As the simulator had it.
    """
    actual_downtime_seconds: float | None
    failure: str
    """
    not-there: the machine or its new host is not where the plan has it.
    """


class PlatformMemberInputRequest(TypedDict):
    email: NotRequired[str]
    """
    Of an account that is there.
    """
    group: NotRequired[str]
    """
    A group's name.
    """
    role: RoleModel


class PreflightFindingOutput(TypedDict):
    check: str
    level: LevelEnum
    text: str
    said: SaidOutput
    evidence: list[str]
    fix: str
    """
    What to do; empty when all is well.
    """
    fix_said: SaidOutput | None
    manifest: str
    """
    YAML that mends it, where that can be written down.
    """


class PreviewOutput(TypedDict):
    count: int
    """
    In all.
    """
    tolls: list[TollOutput]
    """
    How many of each kind, by what becomes of them.
    """
    casualties: list[CasualtyOutput]
    next: str | None
    """
    ?cursor= of the next page.
    """


class ProviderInputRequest(TypedDict):
    name: str
    """
    On the button of the sign-in page.
    """
    issuer: str
    """
    As its discovery document writes it.
    """
    client_id: str
    secret: str
    """
    Never shown again.
    """
    domains: list[Domain]
    """
    It speaks for addresses of these domains and no others.
    """
    creates_accounts: NotRequired[bool]
    """
    At the first sign-in of somebody new.
    """
    asks_second_factor: NotRequired[bool]
    """
    So that Hanse need not.
    """
    signs_out_there: NotRequired[bool]
    """
    Signing out here signs out there too; its `signed_out_url` must be registered.
    """
    groups_claim: NotRequired[str]
    group_rules: NotRequired[list[RuleInputRequest]]
    is_active: NotRequired[bool]
    slug: str


class ProviderOutput(TypedDict):
    id: str
    slug: str
    name: str
    issuer: str
    client_id: str
    callback_url: str
    """
    To be registered with the provider.
    """
    signed_out_url: str
    """
    The same, where signing out goes to the provider too.
    """
    domains: list[str]
    creates_accounts: bool
    asks_second_factor: bool
    signs_out_there: bool
    groups_claim: str
    group_rules: list[RuleField]
    is_active: bool
    generation: int
    created_at: str


class QuotaRequestOutput(TypedDict):
    id: str
    version: int
    generation: int
    tenant: NamedOutput
    project: NamedOutput | None
    """
    Whose share; null where it is of no project.
    """
    requested_by: PersonNameOutput
    asks: AsksEnum
    """
    quota: what the tenant is guaranteed; guarantee, cap: of the project; user-running, user-gpus: what whoever asks may have running, or hold.

    * `quota` - quota
    * `guarantee` - guarantee
    * `cap` - cap
    * `user-running` - user-running
    * `user-gpus` - user-gpus
    """
    flavor: FlavorOfRequest | None
    resource: str
    """
    cpu (millicores), memory (bytes), gpu, fpga, rdma (pieces); empty for caps.
    """
    amount: int
    """
    By how much the limit is to grow.
    """
    reason: str
    until: str | None
    """
    When the limit goes back; null: never.
    """
    state: QuotaRequestOutputStateEnum
    acts: list[str]
    """
    Acts that its state allows now.
    """
    decided_with: str
    """
    The permission of those who decide.
    """
    granted: int | None
    """
    By how much the limit grew.
    """
    decided_by: PersonNameOutput | None
    decided_at: str | None
    decision_reason: str
    ended_at: str | None
    returned: int | None
    """
    By how much it went back.
    """
    created_at: str


class RecordsImportedOutput(TypedDict):
    place: PlaceOutput
    added: int
    changed: int
    operation: OperationOutput


class RefusedOutput(TypedDict):
    series: int
    """
    Place of the series in the batch, from 0.
    """
    at: int
    """
    Place of the value in the series, from 0.
    """
    reason: RefusedOutputReasonEnum


class ReleaseInputRequest(TypedDict):
    segment: ForecastSegment
    engine: ReleasedForecastEngine
    hold: NotRequired[bool]
    """
    No rule puts a better one in its place; one that is worse than the naive is taken back even so.
    """


class RemovalOutput(TypedDict):
    since: str
    total: int
    """
    How many things there were to remove.
    """
    left: list[LeftOutput]
    """
    How many of each kind are left.
    """
    why: str
    """
    What it waits for, and who must act; empty while it goes on.
    """
    said: list[SaidOutput]
    """
    The same as codes with arguments.
    """


class ReplicaOutput(TypedDict):
    id: str
    attempt: int
    role: str
    index: int
    rank: int
    node: str
    phase: ReplicaOutputPhaseEnum
    exit_code: int | None
    signal: int | None
    reason: str
    message: str
    """
    What the cluster says of it, such as why no node takes it yet.
    """
    pod: str | None
    """
    In a cluster: its name in the project's namespace.
    """
    failure: FailureOutput | None
    made_at: str | None
    """
    In a cluster: since when its pod is there.
    """
    scheduled_at: str | None
    """
    In a cluster: when a node took it.
    """
    started_at: str | None
    finished_at: str | None


class ResolvedOutput(TypedDict):
    role: str
    need: str
    """
    As it was asked for, in words.
    """
    flavor: str
    model: str
    resource: ResolvedOutputResourceEnum
    amount: int
    """
    Pieces, for each replica of the role.
    """


class RunOutput(TypedDict):
    id: str
    version: int
    standing: bool
    """
    It began by itself, every six hours.
    """
    issued_at: str
    """
    The full hour behind which the first step begins.
    """
    selection: dict[str, Any]
    """
    As it was asked for; empty: all targets.
    """
    engine: str
    horizon_hours: int
    device_asked: ForecastDevice
    device: str
    """
    What was really computed on; empty until then.
    """
    state: ForecastRunState
    problem: dict[str, Any] | None
    """
    Why it failed, or what it waits for.
    """
    targets: int
    """
    How many are to be forecast.
    """
    forecast: int
    """
    How many have been.
    """
    without: int
    """
    How many have none: less than two days of them were measured.
    """
    seconds: float
    """
    How long workers computed, all together.
    """
    created_at: str
    began_at: str | None
    finished_at: str | None
    expected_at: str | None
    """
    When it will have ended, if it goes on as so far; null: it has not begun, or is over.
    """
    score: ScoreOutput | None
    """
    How good its first day turned out to be; null until it has come.
    """


class SaidInAllLanguages(TypedDict):
    en: WordsOutput
    zh_hans: WordsOutput


class ScheduleDetailOutput(TypedDict):
    id: str
    version: int
    generation: int
    """
    The ETag.
    """
    tenant_id: str
    tenant_slug: str
    project_id: str
    project_slug: str
    name: str
    cron: str
    time_zone: str
    template: RefOutput | None
    overlap: OverlapEnum
    missed: MissedEnum
    starting_deadline_seconds: int
    state: ScheduleState
    state_reason: str
    """
    Why it was stopped: owner-gone or permission-lost.
    """
    owner: RefOutput
    """
    Whoever wrote or resumed it last; its jobs are theirs.
    """
    next_run_at: str | None
    last_run: LastRunOutput | None
    created_at: str
    spec: JobSpec | None
    """
    Values of variables are null for whoever may not submit jobs.
    """
    next_runs: list[str]
    """
    The next five due times.
    """
    can: list[str]
    """
    Permissions that you hold on it.
    """


class ScheduleOutput(TypedDict):
    id: str
    version: int
    generation: int
    """
    The ETag.
    """
    tenant_id: str
    tenant_slug: str
    project_id: str
    project_slug: str
    name: str
    cron: str
    time_zone: str
    template: RefOutput | None
    overlap: OverlapEnum
    missed: MissedEnum
    starting_deadline_seconds: int
    state: ScheduleState
    state_reason: str
    """
    Why it was stopped: owner-gone or permission-lost.
    """
    owner: RefOutput
    """
    Whoever wrote or resumed it last; its jobs are theirs.
    """
    next_run_at: str | None
    last_run: LastRunOutput | None
    created_at: str


class SecretInputRequest(TypedDict):
    data: NotRequired[dict[str, str]]
    binary_data: NotRequired[dict[str, str]]
    name: str
    kind: NotRequired[SecretKind]
    description: NotRequired[str]


class SegmentOutput(TypedDict):
    segment: ForecastSegment
    chain: list[ForecastEngine]
    """
    Asked in this order until one can speak: the champion, the last good one, the last resort.
    """
    since: str | None
    """
    Since when it is; null: nothing was tried yet.
    """
    reason: SegmentOutputReasonEnum | BlankEnum
    held_by: str
    live: LiveOutput | None
    """
    null: no day of a forecast has come yet.
    """
    seasonal: LiveOutput | None
    """
    What the seasonal naive would have said at the same hours.
    """
    drift: float | None
    """
    Loss of the last two days over that of the days before; above 1.25 engines learn anew.
    """
    drifts: bool


class SelectionInputRequest(TypedDict):
    targets: NotRequired[list[str]]
    """
    These.
    """
    kind: NotRequired[TargetKind]
    tenant: NotRequired[str]
    parent: NotRequired[str]
    """
    What is on this host, or in this cluster.
    """
    zone: NotRequired[str]


class SeriesInputRequest(TypedDict):
    kind: NotRequired[TargetKind]
    name: str
    starts_at: str
    """
    The minute of the first value; a full one.
    """
    mean: list[float | None]
    """
    A value each step from then on; null where nothing was measured.
    """
    max: NotRequired[list[float | None] | None]
    """
    The highest within each step; null: as the mean.
    """


class TakenOutput(TypedDict):
    accepted: int
    duplicates: int
    """
    Of minutes that had come before; they change nothing.
    """
    refused: int
    reasons: list[RefusedOutput]
    """
    Of the first hundred that were refused.
    """


class TargetForecastsOutput(TypedDict):
    forecast: ForecastOutput | None
    """
    The newest.
    """
    reason: TargetForecastsOutputReasonEnum | BlankEnum
    """
    Why there is none, or none newer.

    * `` -
    * `too-little-history` - too-little-history
    * `not-yet` - not-yet
    """
    hours_known: int
    """
    How many of the last 336 hours were measured.
    """
    least_hours: int
    """
    How many a forecast needs.
    """
    stale: bool
    """
    It should have been renewed since.
    """
    synthetic: bool
    """
    Made up, not measured.
    """
    segment: ForecastSegment
    """
    Which targets are alike: its kind, and how loaded it was lately.

    * `cluster-idle` - cluster-idle
    * `cluster-light` - cluster-light
    * `cluster-busy` - cluster-busy
    * `host-idle` - host-idle
    * `host-light` - host-light
    * `host-busy` - host-busy
    * `vm-idle` - vm-idle
    * `vm-light` - vm-light
    * `vm-busy` - vm-busy
    """
    band: BandOutput | None
    """
    Of its segment; null: no day of a forecast has come yet.
    """
    past: list[PastForecastOutput]
    """
    Those before it, the newest first, with what came of them.
    """


class TargetInputRequest(TypedDict):
    kind: TargetKind
    name: str
    """
    What the cloud calls it; unique among its kind.
    """
    tenant: NotRequired[str]
    """
    Slug of the tenant whose VM it is; empty: the platform's.
    """
    parent: NotRequired[str]
    """
    Name of the host that a VM is on; of a host its cluster's.
    """
    zone: NotRequired[str]
    size: NotRequired[str]
    """
    What the cloud calls its size.
    """
    labels: NotRequired[dict[str, str]]
    vcpus: NotRequired[int | None]
    memory_bytes: NotRequired[int | None]
    local_disk_bytes: NotRequired[int | None]
    """
    Of a VM: what a move must copy besides memory.
    """
    link_bits_per_second: NotRequired[int | None]
    """
    Of a host: the link that moves go over.
    """
    synthetic: NotRequired[bool]
    """
    Made up, not measured; shown with this word.
    """


class TargetsInputRequest(TypedDict):
    targets: list[TargetInputRequest]


class TemplateOutput(TypedDict):
    id: str
    version: int
    generation: int
    tenant_id: str | None
    """
    Null: of the platform's gallery.
    """
    tenant_slug: str | None
    name: str
    description: str
    framework: FrameworkEnum
    spec: JobSpec
    created_by: RefOutput | None
    created_at: str
    can: list[str]
    """
    Permissions that you hold on it.
    """


class TenantForReader(TypedDict):
    id: str
    slug: str
    name: str
    description: str
    phase: str
    """
    active, suspended, draining or closed.
    """
    phase_reason: str
    requires_second_factor: bool
    """
    Roles count only with a second factor.
    """
    acts: list[str]
    """
    Acts that the phase allows now.
    """
    removal: RemovalOutput | None
    """
    While it is being removed.
    """
    version: int
    generation: int
    created_at: str
    can: list[str]
    """
    Permissions that you hold on it.
    """


class TenantLineOutput(TypedDict):
    flavor: str
    resource: str
    """
    cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).
    """
    nominal: int
    """
    Guaranteed.
    """
    borrowing_limit: int | None
    """
    At most this beyond nominal; null: no limit.
    """
    lending_limit: int | None
    """
    At most this much to others; null: no limit.
    """
    used: int
    borrowed: int
    """
    The part of used beyond nominal.
    """
    lent: int
    """
    The part of nominal that others of the cohort use now.
    """
    free: int
    """
    Of nominal, neither used nor lent.
    """
    available: int
    """
    What could start now by quota, borrowed and called back included.
    """
    cluster: NamedOutput
    quota_id: str
    cohort: str | None
    by_project: list[ProjectShareOutput]
    by_user: list[UserShareOutput]


class TenantLinesOutput(TypedDict):
    results: list[TenantLineOutput]


class TrafficOutput(TypedDict):
    since: str
    until: str
    step_seconds: int
    """
    How long the stretch of a point is.
    """
    series: list[TrafficSeriesOutput]
    """
    The one with most requests first.
    """


class UnpackingOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    bucket_id: str
    key: str
    folder: str
    phase: UnpackingOutputPhaseEnum
    why: str
    """
    Why it failed, or what it waits for; else empty.
    """
    files: int
    """
    So many are written by now.
    """
    unpacked_bytes: int
    refused: int
    """
    So many entries were not taken; all others are.
    """
    refusals: list[RefusalOutput]
    """
    The first hundred of them.
    """
    created_by: RefOutput
    created_at: str
    ended_at: str | None
    version: int
    """
    Grows with every change; events carry it too.
    """


class UsageOutput(TypedDict):
    since: str
    until: str
    rows: list[UsageRowOutput]


class VolumeDetailOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    name: str
    cluster: str
    cluster_kind: ClusterKind
    size_bytes: int
    """
    What is wanted.
    """
    access_mode: VolumeAccessMode
    storage_class: str
    """
    Empty: a directory of the machine.
    """
    reclaim_policy: ReclaimPolicy
    phase: VolumePhase
    why: str
    """
    What it waits for, and who must act; empty when it waits for nothing.
    """
    said: list[SaidOutput]
    """
    The same as codes with arguments.
    """
    capacity_bytes: int | None
    """
    What it was given; null: nothing yet.
    """
    size_enforced: bool | None
    """
    false: it is measured, and nothing keeps programs from writing more.
    """
    used_bytes: int | None
    """
    null: nobody measures it.
    """
    files: int | None
    measured_at: str | None
    expandable: bool
    """
    Whether its class lets it grow.
    """
    claim: str
    """
    What a cluster calls it.
    """
    created_by: RefOutput
    created_at: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    observed_generation: int
    """
    What was carried out last.
    """
    mounted_by: list[MountedOutput]
    """
    What mounts it, or will, and is not over.
    """


class VolumeEntryOutput(TypedDict):
    name: str
    kind: VolumeEntryOutputKindEnum
    """
    Links and others (pipes, devices) are neither followed nor read.

    * `file` - file
    * `folder` - folder
    * `link` - link
    * `other` - other
    """
    size_bytes: int
    modified_at: str


class VolumeFilesOutput(TypedDict):
    entries: list[VolumeEntryOutput]
    next: str
    """
    `cursor` of the next page; empty at the end.
    """


class VolumeOutput(TypedDict):
    id: str
    tenant_id: str
    project_id: str
    name: str
    cluster: str
    cluster_kind: ClusterKind
    size_bytes: int
    """
    What is wanted.
    """
    access_mode: VolumeAccessMode
    storage_class: str
    """
    Empty: a directory of the machine.
    """
    reclaim_policy: ReclaimPolicy
    phase: VolumePhase
    why: str
    """
    What it waits for, and who must act; empty when it waits for nothing.
    """
    said: list[SaidOutput]
    """
    The same as codes with arguments.
    """
    capacity_bytes: int | None
    """
    What it was given; null: nothing yet.
    """
    size_enforced: bool | None
    """
    false: it is measured, and nothing keeps programs from writing more.
    """
    used_bytes: int | None
    """
    null: nobody measures it.
    """
    files: int | None
    measured_at: str | None
    expandable: bool
    """
    Whether its class lets it grow.
    """
    claim: str
    """
    What a cluster calls it.
    """
    created_by: RefOutput
    created_at: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    observed_generation: int
    """
    What was carried out last.
    """


class AccessOutput(TypedDict):
    user: PersonOutput
    tenant_id: str
    project_id: NotRequired[str | None]
    roles: list[SourceOutput]
    grants: list[GrantOutput]
    """
    Permissions that a role gives here; others are not held.
    """
    shares: list[SharedOutput]
    """
    Single things here that are shared with them, of those that you see.
    """
    tokens: list[TokenReachOutput] | None
    """
    Of oneself and of service accounts; null of other people.
    """


class AskedListOutput(TypedDict):
    results: list[AskedOutput]
    more: bool
    """
    There are more than are listed.
    """


class AssessmentOutput(TypedDict):
    verdict: str
    starts_now: bool
    clusters: list[ClusterAssessmentOutput]


class ChannelsOutput(TypedDict):
    state: ChannelsOutputStateEnum
    namespace: str
    """
    The same in both clusters.
    """
    role: str
    """
    Of our workers, for this edition alone.
    """
    checks: list[LinkCheckOutput]
    checked_at: str | None
    sent_bytes: int
    """
    What left our house, as last counted.
    """
    most_bytes: int
    opened_at: str | None
    closed_at: str | None
    removed: ChannelsRemovedOutput | None
    """
    What was taken away when they were closed.
    """


class ChoicesOutput(TypedDict):
    kinds: list[KindOutput]
    mail_is_configured: bool
    """
    False: this installation sends no mail.
    """
    address: str
    """
    Where mail goes.
    """
    digest_hour: int
    """
    When the daily mail is written, in your time zone.
    """
    time_zone: str
    generation: int


class ClusterOutput(TypedDict):
    id: str
    version: int
    generation: int
    slug: str
    name: str
    kind: ClusterKind
    zone: str
    labels: dict[str, str]
    admission: AdmissionEnum
    """
    Who decides what starts there: the portal, or the Kueue of the cluster.

    * `portal` - Portal
    * `kueue` - Kueue
    """
    health: Health
    health_message: str
    health_said: list[SaidOutput]
    """
    The same as codes with arguments.
    """
    versions: dict[str, str]
    capabilities: dict[str, Any]
    last_seen_at: str | None
    seen_seconds_ago: int | None
    stale: bool
    """
    Not seen for stale_after_seconds; nothing new starts there.
    """
    stale_after_seconds: int
    created_at: str
    nodes: NodeCountOutput | None
    """
    For platform roles; else null.
    """
    capacity: list[CapacityOutput] | None
    """
    For platform roles; else null.
    """
    used: list[CapacityOutput] | None
    """
    As measured. For platform roles; else null.
    """
    requested: list[CapacityOutput] | None
    """
    What runs there asked for. For platform roles.
    """
    proposals: list[ProposalOutput] | None
    """
    Flavors that would cover hardware which none does. For platform roles.
    """
    findings: list[PreflightFindingOutput] | None
    """
    Of the last preflight. For platform roles; else null.
    """
    findings_at: str | None
    on_drift: OnDriftEnum | NullEnum
    """
    Of namespaces that somebody changed. For platform roles.

    * `repair` - Repair
    * `leave` - Leave
    """
    app_entry: AppEntryBody | None
    """
    What leads from outside to apps; null: nothing. For platform roles; else null.
    """
    drifted: list[DriftOutput] | None
    """
    What somebody changed. For platform roles; else null.
    """
    compared_at: str | None
    connection: ConnectionOutput | None
    """
    Of the kind kubernetes. For platform roles; else null.
    """
    can: list[str]
    """
    Permissions that you hold on it.
    """


class ContractDetailOutput(TypedDict):
    id: str
    tenant_id: str
    partner: ContractPartnerOutput
    our_number: int
    contract: str
    """
    The same on both sides and in all editions.
    """
    edition: int
    digest: str
    """
    SHA-256 of the terms: what both sides sign.
    """
    terms: TermsOutput
    phase: ContractPhase
    acts: list[str]
    """
    What an officer can do now.
    """
    note: str
    """
    Why it ended.
    """
    ended_by_them: bool
    ends_at: str
    """
    When it ends by itself where it stands.
    """
    our_officer: str
    our_signature_at: str | None
    their_officer: str
    their_signature_at: str | None
    created_at: str
    version: int
    channels: ChannelsOutput | None
    """
    In our cluster; null before both signed.
    """
    letters: list[PartyLetterOutput]


class ContractOutput(TypedDict):
    id: str
    tenant_id: str
    partner: ContractPartnerOutput
    our_number: int
    contract: str
    """
    The same on both sides and in all editions.
    """
    edition: int
    digest: str
    """
    SHA-256 of the terms: what both sides sign.
    """
    terms: TermsOutput
    phase: ContractPhase
    acts: list[str]
    """
    What an officer can do now.
    """
    note: str
    """
    Why it ended.
    """
    ended_by_them: bool
    ends_at: str
    """
    When it ends by itself where it stands.
    """
    our_officer: str
    our_signature_at: str | None
    their_officer: str
    their_signature_at: str | None
    created_at: str
    version: int
    channels: ChannelsOutput | None
    """
    In our cluster; null before both signed.
    """


class FederatedJobDetailOutput(TypedDict):
    id: str
    tenant_id: str
    federated_job: str
    """
    The same on both sides.
    """
    their_id: str | None
    """
    Its `id` on the other side.
    """
    contract_id: str
    contract_name: str
    partner: ContractPartnerOutput
    our_number: int
    name: str
    rounds: int
    round: int
    """
    How far the part is that is farther.
    """
    parameters: dict[str, Any]
    patience_seconds: int
    proposed_by_them: bool
    phase: FederatedPhase
    acts: list[str]
    """
    What can be done now, by whoever may.
    """
    outcome: str
    """
    As what it ends, or ended.
    """
    why: str
    """
    Why it ends or ended, in English; empty before.
    """
    why_said: SaidOutput | None
    note: str
    """
    The reason that somebody gave, or what refused it.
    """
    ended_by_them: bool
    answer_by: str
    """
    When an answer is awaited no more.
    """
    waits_for: str
    """
    Who waits for whom, in English.
    """
    said: list[SaidOutput]
    ours: OurPartOutput
    theirs: TheirPartOutput
    started_at: str | None
    ended_at: str | None
    created_at: str
    version: int
    spec: JobSpec | None
    """
    Of our part; values of variables are left out.
    """
    events: list[FederatedEventOutput]
    letters: list[PartyLetterOutput]
    """
    Without those that say no more than that all is as it was.
    """


class FederatedJobOutput(TypedDict):
    id: str
    tenant_id: str
    federated_job: str
    """
    The same on both sides.
    """
    their_id: str | None
    """
    Its `id` on the other side.
    """
    contract_id: str
    contract_name: str
    partner: ContractPartnerOutput
    our_number: int
    name: str
    rounds: int
    round: int
    """
    How far the part is that is farther.
    """
    parameters: dict[str, Any]
    patience_seconds: int
    proposed_by_them: bool
    phase: FederatedPhase
    acts: list[str]
    """
    What can be done now, by whoever may.
    """
    outcome: str
    """
    As what it ends, or ended.
    """
    why: str
    """
    Why it ends or ended, in English; empty before.
    """
    why_said: SaidOutput | None
    note: str
    """
    The reason that somebody gave, or what refused it.
    """
    ended_by_them: bool
    answer_by: str
    """
    When an answer is awaited no more.
    """
    waits_for: str
    """
    Who waits for whom, in English.
    """
    said: list[SaidOutput]
    ours: OurPartOutput
    theirs: TheirPartOutput
    started_at: str | None
    ended_at: str | None
    created_at: str
    version: int


class HelpOutput(TypedDict):
    who: str
    what: str
    permission: str | None
    said: HelpSaid
    """
    The same as codes with arguments.
    """


class InputsOutput(TypedDict):
    framework: str
    attempts: int
    code: JobCodeOutput | None
    images: list[JobImageOutput]
    secrets: list[JobSecretOutput]
    buckets: list[JobBucketOutput]
    roles: list[JobVariablesOutput]
    resolved: list[ResolvedOutput]
    datasets: list[JobDatasetOutput]
    volumes: list[JobVolumeOutput]


class JobDetailOutput(TypedDict):
    id: str
    version: int
    """
    Grows with every change; events carry it too.
    """
    generation: int
    """
    The ETag.
    """
    tenant_id: str
    tenant_slug: str
    project_id: str
    project_slug: str
    name: str
    description: str
    labels: dict[str, str]
    framework: FrameworkEnum
    priority: str
    phase: JobPhase
    reason: str
    """
    A code: why it is in this phase.
    """
    message: str
    """
    The same as a sentence.
    """
    attempt: int
    restarts: int
    """
    Restarts that count against the back-off limit.
    """
    replicas: ReplicaCountOutput
    stopping: bool
    """
    Its replicas were told to go and some have not gone yet.
    """
    resources: list[AmountOutput]
    """
    Of all replicas together; empty for drafts.
    """
    cluster: ClusterRefOutput | None
    queue_position: int | None
    why: str | None
    """
    What it waits for, as a sentence.
    """
    said: list[SaidOutput]
    """
    The same, or else the message, as codes with arguments; may be empty.
    """
    progress: float | None
    """
    0..1, as the workload says.
    """
    eta_seconds: float | None
    metrics: dict[str, float]
    """
    Newest value of each metric.
    """
    failure: FailureOutput | None
    submitted_by: PrincipalOutput
    schedule: RefOutput | None
    """
    What submitted it, when nobody did by hand.
    """
    acts: list[str]
    """
    What its phase allows now.
    """
    created_at: str
    queued_at: str | None
    admitted_at: str | None
    started_at: str | None
    finished_at: str | None
    deadline_at: str | None
    restart_at: str | None
    deleted_at: str | None
    purge_at: str | None
    """
    When it is removed for good.
    """
    conditions: list[ConditionOutput]
    spec: JobSpec
    resolved: list[ResolvedOutput]
    """
    What needs for devices were resolved to.
    """
    can: list[str]
    """
    Permissions that you hold on it.
    """


class NotificationOutput(TypedDict):
    id: str
    code: str
    """
    Its kind; docs/reference/notifications lists them.
    """
    severity: SeverityEnum
    tenant_id: str | None
    project_id: str | None
    object_kind: str
    object_id: str
    path: str
    """
    Where the console shows it.
    """
    arguments: dict[str, Any]
    count: int
    """
    How many of a kind, within a minute, this one stands for.
    """
    said: SaidInAllLanguages
    read_at: str | None
    created_at: str
    last_at: str


class PaginatedClusterOutputList(TypedDict):
    results: list[ClusterOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedContractOutputList(TypedDict):
    results: list[ContractOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedFederatedJobOutputList(TypedDict):
    results: list[FederatedJobOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedNotificationOutputList(TypedDict):
    results: list[NotificationOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedPartnerOutputList(TypedDict):
    results: list[PartnerOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedPlanOutputList(TypedDict):
    results: list[PlanOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedPlannedMoveOutputList(TypedDict):
    results: list[PlannedMoveOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedProviderOutputList(TypedDict):
    results: list[ProviderOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedQuotaRequestOutputList(TypedDict):
    results: list[QuotaRequestOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedReplicaOutputList(TypedDict):
    results: list[ReplicaOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedRunOutputList(TypedDict):
    results: list[RunOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedScheduleOutputList(TypedDict):
    results: list[ScheduleOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedTemplateOutputList(TypedDict):
    results: list[TemplateOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedTenantForReaderList(TypedDict):
    results: list[TenantForReader]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedUnpackingOutputList(TypedDict):
    results: list[UnpackingOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PaginatedVolumeOutputList(TypedDict):
    results: list[VolumeOutput]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool


class PartnerDetailOutput(TypedDict):
    id: str
    tenant_id: str
    agreement: str
    """
    The same on both sides.
    """
    number: int | None
    name: str
    contact: str
    cluster: str
    web_url: str
    service_url: str
    phase: PartnerPhase
    acts: list[str]
    """
    What an officer can do now.
    """
    note: str
    """
    What came with the invitation, or why it ended.
    """
    ended_by_them: bool
    invitation_ends_at: str | None
    issued_role: str
    """
    Of the newest token that we issued to them.
    """
    issued_until: str | None
    rotating: bool
    """
    They have a new token and still write with the old one.
    """
    given_role: str
    """
    Of the token that they gave us.
    """
    given_until: str | None
    checks: list[LinkCheckOutput]
    checked_at: str | None
    heard_at: str | None
    ready_at: str | None
    cut_at: str | None
    silent_at: str | None
    """
    When nothing of theirs came through after a cut.
    """
    created_at: str
    version: int
    generation: int
    """
    The ETag.
    """
    fingerprint: str
    """
    Of their key. Empty before we know it.
    """
    letters: list[PartyLetterOutput]


class ProjectForReader(TypedDict):
    id: str
    tenant_id: str
    tenant_slug: str
    slug: str
    name: str
    description: str
    removal: RemovalOutput | None
    """
    While it is being removed.
    """
    version: int
    generation: int
    created_at: str
    can: list[str]
    """
    Permissions that you hold on it.
    """


class RunInputRequest(TypedDict):
    selection: NotRequired[SelectionInputRequest]
    engine: NotRequired[ForecastEngine]
    horizon_hours: NotRequired[HorizonHoursEnum]
    device: NotRequired[ForecastDevice]
    """
    cuda: on a GPU or not at all.

    * `auto` - auto
    * `cpu` - cpu
    * `cuda` - cuda
    """


class SamplesInputRequest(TypedDict):
    unit: UnitEnum
    """
    Of a target's processors.

    * `percent` - percent
    * `ratio` - ratio
    * `millicores` - millicores
    """
    step_minutes: NotRequired[StepMinutesEnum]
    series: list[SeriesInputRequest]


class WhyOutput(TypedDict):
    phase: JobPhase
    sentence: str
    said: list[SaidOutput]
    """
    The same as codes with arguments; may be empty.
    """
    reason: str
    position: int | None
    asked: list[AmountOutput]
    could_fit: list[AmountOutput]
    """
    What it could get if nothing else ran.
    """
    free: list[AmountOutput]
    ahead: int
    helps: list[HelpOutput]
    bound: str | None
    """
    Which limit holds it back.
    """
    never: bool
    """
    It cannot start as things are, even if nothing else ran.
    """
    cluster: str | None
    """
    Slug of the cluster that this speaks of.
    """
    reserved_since: str | None
    """
    Since when its place is kept free.
    """
    failure: FailureOutput | None


class PaginatedProjectForReaderList(TypedDict):
    results: list[ProjectForReader]
    next: str | None
    """
    Cursor of the next page.
    """
    previous: str | None
    """
    Cursor of the page before.
    """
    count: int
    """
    Rows in all, counted up to 1000.
    """
    count_is_exact: bool
