"""The control plane: etcd, API server, controller manager, scheduler. Everything listens on 127.0.0.1 only."""

import base64
from collections.abc import Mapping
from pathlib import Path

import yaml

from embedded.processes import Process
from tests.testbed.cluster.pki import Authority, Pair, signing_pair
from tests.testbed.cluster.programs import Programs

# Gangs, their preemption and their topology are decided by the scheduler where there is no Kueue. Popping from the back-off
# queue is off: with it a gang that waits keeps the scheduler of 1.36 busy for ever.
_FEATURES = ",".join(
    [
        *("GenericWorkload=true", "GangScheduling=true", "WorkloadAwarePreemption=true"),
        *("TopologyAwareWorkloadScheduling=true", "WorkloadWithJob=true", "SchedulerPopFromBackoffQ=false"),
    ]
)
PORTS = ("apiserver", "etcd", "etcd-peers", "controller-manager", "scheduler")
_SERVICES = "10.200.0.0/16"
_HOSTS = ("127.0.0.1", "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "10.200.0.1")
_CONTROLLERS = ("system:kube-controller-manager", "system:kube-scheduler")


class Plane:
    """Its files below `directory`: certificates, kubeconfigs, etcd's data."""

    def __init__(self, directory: Path, ports: Mapping[str, int], programs: Programs) -> None:
        self.directory, self.ports, self.programs = directory, ports, programs
        self.pki = directory / "pki"

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.ports['apiserver']}"

    @property
    def authority(self) -> Authority:
        return Authority.kept(self.pki, "ca")

    def kubeconfig(self, user: str, *groups: str) -> str:
        """For a person or program of that name in those groups, with a new certificate; `system:masters` may do all."""
        pair = self.authority.issue(user, organizations=groups)
        return _kubeconfig(self.address, self.authority.pair.certificate, user, pair)

    def prepare(self) -> None:
        """Write the certificates, keys and kubeconfigs that the processes read, those that are not there."""
        self.pki.mkdir(parents=True, exist_ok=True)
        self.pki.chmod(0o700)
        if not (self.pki / "apiserver.key").exists():
            front = Authority.kept(self.pki, "front-proxy-ca")
            signing_pair().write(self.pki, certificate="sa.pub", key="sa.key")
            for name, pair in {
                "front-proxy": front.issue("front-proxy"),
                "kubelet-client": self.authority.issue("kube-apiserver", organizations=["system:masters"]),
                "kubelet": self.authority.issue("kubelet", hosts=["127.0.0.1", "localhost"]),
                "apiserver": self.authority.issue("kube-apiserver", hosts=_HOSTS),
            }.items():
                pair.write(self.pki, certificate=f"{name}.crt", key=f"{name}.key")
        self.write_kubeconfig("admin", "system:masters")
        for name in _CONTROLLERS:
            self.write_kubeconfig(name)
        self._scheduler_configuration.write_text(
            yaml.safe_dump(
                {
                    "apiVersion": "kubescheduler.config.k8s.io/v1",
                    "kind": "KubeSchedulerConfiguration",
                    "clientConnection": {
                        "kubeconfig": str(self.path_of_kubeconfig("system:kube-scheduler")),
                        "qps": 1000,
                        "burst": 2000,
                    },
                    "leaderElection": {"leaderElect": False},
                }
            )
        )

    def path_of_kubeconfig(self, user: str) -> Path:
        return self.directory / f"{user.removeprefix('system:')}.kubeconfig"

    def write_kubeconfig(self, user: str, *groups: str) -> Path:
        path = self.path_of_kubeconfig(user)
        path.touch(0o600)
        path.write_text(self.kubeconfig(user, *groups))
        return path

    def processes(self) -> list[Process]:
        return [
            self._process("etcd", "store", self._etcd()),
            self._process("kube-apiserver", "server", self._apiserver()),
            self._process("kube-controller-manager", "controllers", self._controller_manager()),
            self._process("kube-scheduler", "controllers", self._scheduler()),
        ]

    def _process(self, name: str, group: str, options: Mapping[str, object]) -> Process:
        command = [str(self.programs.path(name)), *(f"--{option}={value}" for option, value in options.items())]
        return Process(name, command, group=group, clean_environment=True, stop_seconds=20)

    def _etcd(self) -> dict[str, object]:
        clients, peers = (f"http://127.0.0.1:{self.ports[name]}" for name in ("etcd", "etcd-peers"))
        return {
            "data-dir": self.directory / "etcd",
            "listen-client-urls": clients,
            "advertise-client-urls": clients,
            "listen-peer-urls": peers,
            "initial-advertise-peer-urls": peers,
            "initial-cluster": f"default={peers}",
            # Survives kill -9 of any process, not a crash of the machine.
            "unsafe-no-fsync": "true",
            "log-level": "warn",
        }

    def _apiserver(self) -> dict[str, object]:
        pki = self.pki
        return {
            "etcd-servers": f"http://127.0.0.1:{self.ports['etcd']}",
            "bind-address": "127.0.0.1",
            "advertise-address": "127.0.0.1",
            "secure-port": self.ports["apiserver"],
            "endpoint-reconciler-type": "none",
            "authorization-mode": "Node,RBAC",
            "runtime-config": "api/all=true",
            "feature-gates": _FEATURES,
            "enable-admission-plugins": "NodeRestriction,PodSecurity,ResourceQuota,LimitRanger,Priority",
            "tls-cert-file": pki / "apiserver.crt",
            "tls-private-key-file": pki / "apiserver.key",
            "client-ca-file": pki / "ca.crt",
            "service-account-issuer": "https://kubernetes.default.svc",
            "service-account-key-file": pki / "sa.pub",
            "service-account-signing-key-file": pki / "sa.key",
            "service-cluster-ip-range": _SERVICES,
            "kubelet-client-certificate": pki / "kubelet-client.crt",
            "kubelet-client-key": pki / "kubelet-client.key",
            "kubelet-preferred-address-types": "Hostname,InternalIP",
            # For aggregated APIs: metrics, and Kueue's visibility.
            "requestheader-client-ca-file": pki / "front-proxy-ca.crt",
            "requestheader-allowed-names": "front-proxy",
            "requestheader-extra-headers-prefix": "X-Remote-Extra-",
            "requestheader-group-headers": "X-Remote-Group",
            "requestheader-username-headers": "X-Remote-User",
            "proxy-client-cert-file": pki / "front-proxy.crt",
            "proxy-client-key-file": pki / "front-proxy.key",
            "max-requests-inflight": 2000,
            "max-mutating-requests-inflight": 1000,
        }

    def _controller_manager(self) -> dict[str, object]:
        kubeconfig, pki = self.path_of_kubeconfig("system:kube-controller-manager"), self.pki
        return {
            **_of_a_controller(kubeconfig, self.ports["controller-manager"]),
            "kubeconfig": kubeconfig,
            "leader-elect": "false",
            "use-service-account-credentials": "true",
            "service-account-private-key-file": pki / "sa.key",
            "root-ca-file": pki / "ca.crt",
            "cluster-signing-cert-file": pki / "ca.crt",
            "cluster-signing-key-file": pki / "ca.key",
            "kube-api-qps": 500,
            "kube-api-burst": 1000,
        }

    def _scheduler(self) -> dict[str, object]:
        kubeconfig = self.path_of_kubeconfig("system:kube-scheduler")
        return {**_of_a_controller(kubeconfig, self.ports["scheduler"]), "config": self._scheduler_configuration}

    @property
    def _scheduler_configuration(self) -> Path:
        return self.directory / "scheduler.yaml"


def _of_a_controller(kubeconfig: Path, port: int) -> dict[str, object]:
    return {
        "authentication-kubeconfig": kubeconfig,
        "authorization-kubeconfig": kubeconfig,
        "bind-address": "127.0.0.1",
        "secure-port": port,
        "feature-gates": _FEATURES,
    }


def _kubeconfig(address: str, authority: bytes, user: str, pair: Pair) -> str:
    cluster = {"server": address, "certificate-authority-data": _base64(authority)}
    credential = {
        "client-certificate-data": _base64(pair.certificate),
        "client-key-data": _base64(pair.key),
    }
    return yaml.safe_dump(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "testbed", "cluster": cluster}],
            "users": [{"name": user, "user": credential}],
            "contexts": [{"name": "testbed", "context": {"cluster": "testbed", "user": user}}],
            "current-context": "testbed",
        },
        sort_keys=False,
    )


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
