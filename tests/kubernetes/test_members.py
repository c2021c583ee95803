"""Members with kubectl: what their roles let them do in the namespace of a project, and nothing beside."""

import json
from datetime import datetime, timedelta

import pytest
import yaml
from django.utils import timezone

from apps.accounts.models import User
from apps.clusters.access import Credential
from apps.clusters.models import ClusterConnection
from apps.clusters.needs import access_manifest
from apps.core import operations
from apps.tenants.models import Member, Tenant
from celery_workers.kubernetes import members, policies, projects, tidy
from celery_workers.kubernetes.manifests.image import pull_pod
from celery_workers.kubernetes.manifests.members import namespace_of_members
from celery_workers.kubernetes.manifests.policy import name_of
from tests.eventually import eventually
from tests.factories import make_group, make_member
from tests.kubernetes.conftest import carry_out_hints
from tests.kubernetes.kubectl import Terminal, ask_for_kubeconfig, terminal_of

pytestmark = pytest.mark.django_db(transaction=True)

FORBIDDEN = [
    ("create", "networkpolicies.networking.k8s.io"),
    ("delete", "resourcequotas"),
    ("create", "rolebindings.rbac.authorization.k8s.io"),
    ("create", "serviceaccounts"),
    ("create", "serviceaccounts/token"),
    ("create", "pods/exec"),
    ("create", "localqueues.kueue.x-k8s.io"),
    ("impersonate", "users"),
    ("list", "nodes"),
    ("list", "namespaces"),
]
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "mine"},
    "spec": {
        "serviceAccountName": "hanse-jobs",  # is there with the namespace; `default` is made a moment later
        "securityContext": {"runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [
            {
                "name": "main",
                "image": "registry.example.org/tool:1",
                "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
            }
        ],
    },
}


@pytest.fixture
def portal(new_portal, kubernetes):
    """With the account that Hanse asks for, and no other right: what members get, it has to hold itself."""
    portal = new_portal()
    namespace, *rest = yaml.safe_load_all(access_manifest())
    portal.api.apply("/api/v1/namespaces/hanse-system", namespace)
    kubernetes.apply(rest)
    request = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 3600}}
    account = "/api/v1/namespaces/hanse-system/serviceaccounts/hanse"
    credential = Credential(token=portal.api.create(f"{account}/token", request)["status"]["token"])
    known = ClusterConnection.objects.get(cluster=portal.cluster)
    secret = json.dumps(credential.as_json())
    ClusterConnection.objects.filter(pk=known.pk).update(secret=secret, auth="token", number=known.number + 1)
    projects.forget()
    return portal


@pytest.fixture
def signed_in(portal, as_role, tmp_path):
    """`signed_in(role)`: a member of the project in that role, with a terminal of theirs."""

    def make(role: str) -> tuple[Terminal, User]:
        client, _ = as_role(role, project=portal.project)
        return terminal_of(client, portal, tmp_path / client.user.pk.hex), client.user

    return make


class TestRoles:
    def test_each_may_by_kubectl_what_its_role_says(self, portal, signed_in):
        terminals = {role: signed_in(role)[0] for role in ("viewer", "developer", "admin")}

        expected = {
            ("list", "pods"): "viewer developer admin",
            ("get", "pods/log"): "viewer developer admin",
            ("list", "networkpolicies.networking.k8s.io"): "viewer developer admin",
            ("create", "pods"): "developer admin",
            ("create", "deployments.apps"): "developer admin",
            ("create", "secrets"): "developer admin",
            ("get", "secrets"): "admin",
        } | dict.fromkeys(FORBIDDEN, "")
        found = {asked: " ".join(role for role, terminal in terminals.items() if terminal.may(*asked)) for asked in expected}
        assert found == expected

    def test_what_a_developer_makes_is_there_within_the_limits_of_the_namespace(self, portal, signed_in):
        terminal, _ = signed_in("developer")

        made = terminal("apply", "--server-side", "-f", "-", given=yaml.safe_dump(POD))

        assert made.returncode == 0, made.stderr
        assert terminal("get", "pods", "-o", "name").stdout.split() == ["pod/mine"]
        privileged = {**POD, "metadata": {"name": "root"}, "spec": {**POD["spec"], "hostNetwork": True}}
        refused = terminal("create", "-f", "-", given=yaml.safe_dump(privileged))
        assert "violates PodSecurity" in refused.stderr

    def test_nobody_makes_pods_where_the_accounts_are(self, portal, signed_in):
        """Whoever could, would run one as somebody else."""
        terminal, _ = signed_in("admin")

        assert not terminal.may("create", "pods", namespace=namespace_of_members(portal.cluster.pk))
        as_another = {**POD, "spec": {**POD["spec"], "serviceAccountName": "member-0"}}
        assert "serviceaccount" in terminal("create", "-f", "-", given=yaml.safe_dump(as_another)).stderr

    def test_a_project_of_another_tenant_is_closed(self, portal, new_portal, signed_in):
        theirs = new_portal()
        projects.ensure(portal.api, portal.cluster, theirs.project)
        terminal, _ = signed_in("admin")

        for verb, what in (
            ("list", "pods"),
            ("get", "pods/log"),
            ("list", "rolebindings.rbac.authorization.k8s.io"),
            ("create", "pods"),
        ):
            assert not terminal.may(verb, what, namespace=theirs.project.namespace)
        assert "forbidden" in terminal("get", "pods", "-n", theirs.project.namespace).stderr


class TestRevocation:
    def test_who_is_a_member_no_more_may_nothing(self, portal, signed_in, as_role):
        terminal, user = signed_in("developer")
        owner, _ = as_role("owner", project=portal.project)
        assert terminal("get", "pods").returncode == 0
        role = Member.objects.get(user=user)

        gone = owner.change("DELETE", f"/api/v1/tenants/{portal.project.tenant_id}/members/{role.pk}/")
        assert gone.status_code == 204
        carry_out_hints()

        assert "forbidden" in terminal("get", "pods").stderr

    def test_who_leaves_a_group_loses_what_it_gave(self, portal, as_role, tmp_path):
        client, _ = as_role("viewer", project=portal.project)
        group = make_group(client.user)
        make_member("developer", group=group, project=portal.project)
        terminal = terminal_of(client, portal, tmp_path / "one")
        assert terminal.may("create", "pods")

        address = f"/api/v1/groups/{group.pk}/users/{client.user.pk}/"
        assert as_role("platform-admin")[0].change("DELETE", address).status_code == 204
        carry_out_hints()

        assert (terminal.may("create", "pods"), terminal.may("list", "pods")) == (False, True)

    def test_with_an_account_that_is_deactivated_its_tokens_end(self, portal, signed_in, as_role):
        terminal, user = signed_in("developer")

        address = f"/api/v1/users/{user.pk}/deactivate/"
        assert as_role("platform-admin")[0].post(address, {"to": None}).status_code == 200
        carry_out_hints()

        assert "You must be logged in" in terminal("get", "pods").stderr

    def test_in_a_tenant_that_is_suspended_everybody_only_looks(self, portal, signed_in, as_role):
        terminal, _ = signed_in("admin")

        address = f"/api/v1/tenants/{portal.project.tenant_id}/suspend/"
        assert as_role("platform-admin")[0].post(address, {"reason": "Unpaid."}).status_code == 200
        carry_out_hints()

        assert (terminal.may("create", "pods"), terminal.may("list", "pods")) == (False, True)
        Tenant.objects.filter(pk=portal.project.tenant_id).update(phase="closed")
        members.write_everywhere()
        assert not terminal.may("list", "pods")

    def test_who_is_bound_by_another_hand_is_shown_and_taken_out_again(self, portal, signed_in, as_role, kubernetes):
        """Also where an operator chose to leave what others change: who may do what is Hanse's to say."""
        operator, _ = as_role("operator")
        signed_in("viewer")
        path = f"/apis/rbac.authorization.k8s.io/v1/namespaces/{portal.project.namespace}/rolebindings/hanse-admin"
        stranger = {"subjects": [{"kind": "User", "name": "stranger", "apiGroup": "rbac.authorization.k8s.io"}]}
        named = ("-n", portal.project.namespace, "rolebinding", "hanse-admin")
        kubernetes.kubectl("patch", *named, "--type=merge", "-p", json.dumps(stranger))
        portal.cluster.on_drift = "leave"
        portal.cluster.save()

        tidy.tidy_clusters()

        shown = operator.get(f"/api/v1/clusters/{portal.cluster.pk}/").json()["drifted"]
        assert [(one["kind"], one["name"], one["repaired"]) for one in shown] == [("RoleBinding", "hanse-admin", True)]
        assert not portal.api.get(path).get("subjects")


class TestKubeconfig:
    def test_is_handed_out_once_and_is_in_no_answer_beside(self, portal, as_role):
        client, _ = as_role("viewer", project=portal.project)
        operation = ask_for_kubeconfig(client, portal, minutes=30)
        assert (operation["state"], operation["has_secret"]) == ("succeeded", True)
        assert "token" not in str(operation)
        ends = datetime.fromisoformat(operation["result"]["expires_at"]) - timezone.now()
        assert timedelta(minutes=28) < ends < timedelta(minutes=31)
        address = f"/api/v1/operations/{operation['id']}/secret/"

        stranger, _ = as_role("viewer", project=portal.project)
        assert stranger.post(address).status_code == 404
        taken = client.once(address, key="once").json()["secret"]

        (entry,) = yaml.safe_load(taken)["contexts"]
        assert entry["context"]["namespace"] == portal.project.namespace
        assert (client.post(address).status_code, client.post(address).json()["type"]) == (410, "/problems/secret-shown")
        assert "secret" not in client.once(address, key="once").json()

    def test_that_nobody_takes_is_forgotten(self, portal, as_role):
        client, _ = as_role("viewer", project=portal.project)
        operation = ask_for_kubeconfig(client, portal)

        operations.look_after(now=timezone.now() + timedelta(minutes=11))

        assert client.post(f"/api/v1/operations/{operation['id']}/secret/").status_code == 410

    def test_is_not_for_who_lost_the_role_meanwhile(self, portal, as_role):
        client, _ = as_role("viewer", project=portal.project)
        asked = client.post(f"/api/v1/projects/{portal.project.pk}/kubeconfigs/", {"cluster": portal.cluster.slug})
        Member.objects.filter(user=client.user).delete()
        carry_out_hints()

        found = client.get(f"/api/v1/operations/{asked.json()['id']}/").json()
        assert (found["state"], found["has_secret"]) == ("failed", False)


class TestPolicy:
    """What the cluster itself refuses in a project: to members, and to whatever acts for them."""

    @pytest.fixture
    def classes(self, portal, kubernetes):
        """Two priority classes of the cluster: one before which others give way, and one that gives way itself."""
        about = {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass"}
        values = {"pushy": 1000, "humble": -5}
        kubernetes.apply([{**about, "metadata": {"name": name}, "value": value} for name, value in values.items()])
        yield
        for name in values:
            portal.api.delete(f"/apis/scheduling.k8s.io/v1/priorityclasses/{name}")

    @pytest.fixture
    def terminal(self, signed_in):
        return signed_in("developer")[0]

    @pytest.fixture
    def make(self, portal, terminal, classes):
        """`make(name, **spec)`: a developer makes a pod; -> what the cluster answers, nothing when it takes it."""

        def make(name: str = "probe", **spec: object) -> str:
            pod = {**POD, "metadata": {"name": name}, "spec": {**POD["spec"], **spec}}
            dry = ("--dry-run=server",) if name == "probe" else ()
            return terminal("create", "-f", "-", *dry, given=yaml.safe_dump(pod)).stderr

        return make

    @pytest.fixture
    def policy(self, portal, make):
        """In force, and without an expression that could never be true."""
        policies.write(portal.api, portal.cluster)
        eventually(lambda: "spec.nodeName" in make(nodeName="v100-0000"), within=30, what="that the policy is in force")
        path = f"/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/{name_of(portal.cluster.pk)}"
        checked = eventually(lambda: portal.api.get(path).get("status"), what="that its types were checked")
        assert "expressionWarnings" not in checked["typeChecking"]

    def test_lets_nobody_go_round_the_scheduler_or_push_others_away(self, policy, make, terminal):
        everything = [{"operator": "Exists"}]
        cordoned = [{"key": "node.kubernetes.io/unschedulable", "operator": "Exists"}]

        assert "may not have the priority class pushy" in make(priorityClassName="pushy")
        assert "may not have the priority class" in make(priorityClassName="system-node-critical")
        assert "may not tolerate every taint" in make(tolerations=everything)
        assert "may not tolerate every taint" in make(tolerations=cordoned)
        assert make(priorityClassName="humble", tolerations=[{"key": "nvidia.com/gpu", "operator": "Exists"}]) == ""

        assert make("mine") == ""
        more = [{"op": "add", "path": "/spec/tolerations/-", "value": everything[0]}]
        later = terminal("patch", "pod", "mine", "--type=json", "-p", json.dumps(more))
        assert "may not tolerate every taint" in later.stderr
        assert terminal("label", "pod", "mine", "tool=new").returncode == 0

    def test_lets_images_in_only_from_where_the_platform_lets_the_tenant_have_them(self, policy, portal, make, as_role):
        platform, _ = as_role("platform-admin")
        limits = {"networks": None, "registries": ["registry.example.org", "docker.io/library"]}
        isolation = f"/api/v1/tenants/{portal.project.tenant_id}/isolation/"
        assert platform.change("PUT", isolation, limits).status_code == 200
        carry_out_hints()
        (main,) = POD["spec"]["containers"]

        def run(image: str) -> str:
            return make(containers=[main], initContainers=[{**main, "name": "first", "image": image}])

        refused = "Images of this tenant come from registry.example.org, docker.io/library only"
        eventually(lambda: refused in run("other.example.org/tool:1"), within=30, what="that the limit is in force")
        assert refused in run("registry.example.org.evil.example/tool:1")
        assert refused in run("somebody/tool:1")
        assert run("python:3.12") == run("registry.example.org/team/tool@sha256:" + "0" * 64) == ""

        limits["registries"] = ["registry.example.org", "docker.io"]
        assert platform.change("PUT", isolation, limits).status_code == 200
        carry_out_hints()
        eventually(lambda: run("somebody/tool:1") == "", within=30, what="that the new limit is in force")
        assert "docker.io only" in run("Elsewhere/tool:1"), "a capital makes it the name of a machine"

    def test_lets_hanse_send_a_pod_to_a_node_to_pull_an_image(self, policy, portal):
        """With the least account: it governs nodes, and its members do not."""
        namespace = portal.project.namespace
        pod = pull_pod(name="pull", namespace=namespace, marks={}, node="v100-0000", image="registry.example.org/a:1")

        assert (
            portal.api.create(f"/api/v1/namespaces/{namespace}/pods", pod, dry_run=True)["spec"]["nodeName"] == "v100-0000"
        )

    def test_is_not_what_alone_keeps_the_system_s_priorities_from_them(self, make):
        assert "exceeded quota: hanse-priorities" in make(priorityClassName="system-cluster-critical")
