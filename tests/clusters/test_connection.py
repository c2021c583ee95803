"""How clusters are reached: what is taken, what is refused by its name, and what nobody reads again."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
import yaml
from django.db import DatabaseError, connection, transaction

from apps.audit.models import AuditEntry
from apps.clusters.models import Cluster, ClusterConnection
from apps.core import walls
from apps.core.models import OutboxEvent, OutboxHint
from apps.tenants import access
from tests.clusters.certificates import Authority
from tests.factories import equip, make_kubernetes

ADDRESS = "https://93.184.216.34:6443"
TOKEN = "s3cr3t-t0ken"
HARBOUR = {"slug": "harbour", "name": "Harbour", "kind": "kubernetes"}
CA = Authority()
SHIP = CA.issue("hanse")


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def kubeconfig(cluster: dict[str, Any] | None = None, user: dict[str, Any] | None = None, **changes: Any) -> str:
    """What `kubectl config view --raw` prints."""
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "harbour",
        "preferences": {},
        "contexts": [{"name": "harbour", "context": {"cluster": "north", "user": "hanse", "namespace": "default"}}],
        "clusters": [
            {
                "name": "north",
                "cluster": {"server": ADDRESS, "certificate-authority-data": encoded(CA.certificate), **(cluster or {})},
            }
        ],
        "users": [{"name": "hanse", "user": {"token": TOKEN} if user is None else user}],
    }
    return yaml.safe_dump({**document, **changes})


@pytest.fixture
def register(as_role):
    """Register a cluster as an operator, with these parts of a connection."""
    client, _ = as_role("operator")

    def post(**parts: Any) -> Any:
        return client.post("/api/v1/clusters/", {**HARBOUR, "connection": parts})

    return post


class TestKubeconfig:
    def test_is_reduced_to_server_ca_and_token(self, register):
        answer = register(kubeconfig=kubeconfig({"tls-server-name": "kubernetes", "insecure-skip-tls-verify": False}))

        assert answer.status_code == 201, answer.json()
        shown = answer.json()["connection"]
        assert (shown["server"], shown["auth"], shown["tls_server_name"]) == (ADDRESS, "token", "kubernetes")
        assert shown["ca_certificate"] == CA.certificate
        found = ClusterConnection.objects.get().access()
        assert (found.server, found.credential.token) == (ADDRESS, TOKEN)

    def test_may_hold_a_client_certificate_and_several_contexts(self, register):
        text = kubeconfig(
            user={"client-certificate-data": encoded(SHIP.certificate), "client-key-data": encoded(SHIP.key)},
            **{
                "current-context": "",
                "contexts": [{"name": n, "context": {"cluster": "north", "user": "hanse"}} for n in "ab"],
            },
        )

        assert "a, b" in register(kubeconfig=text).json()["errors"][0]["detail"]
        shown = register(kubeconfig=text, context="b").json()["connection"]
        assert shown["auth"] == "certificate"
        assert datetime.fromisoformat(shown["expires_at"]) > datetime.now(UTC)

    @pytest.mark.parametrize(
        ("user", "named"),
        [
            ({"exec": {"command": "aws-iam-authenticator", "args": ["token"]}}, "exec"),
            ({"auth-provider": {"name": "gcp"}}, "auth-provider"),
            ({"tokenFile": "/var/run/secrets/token"}, "tokenFile"),
            ({"token": TOKEN, "client-certificate": "/etc/passwd"}, "client-certificate"),
            ({"token": TOKEN, "client-key": "../../key.pem"}, "client-key"),
            ({"username": "admin", "password": "admin"}, "password"),
            ({"token": TOKEN, "as": "system:admin"}, "as"),
            ({"token": TOKEN, "as-groups": ["system:masters"]}, "as-groups"),
            ({"token": TOKEN, "surprise": "x"}, "surprise"),
        ],
    )
    def test_what_would_run_read_or_pretend_is_refused_by_its_name(self, register, user, named):
        answer = register(kubeconfig=kubeconfig(user=user))

        assert answer.status_code == 422
        errors = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
        assert named in errors[f"/connection/kubeconfig/users/0/user/{named}"]
        assert TOKEN not in answer.content.decode()
        assert not Cluster.objects.exists()

    @pytest.mark.parametrize(
        ("cluster", "named"),
        [
            ({"insecure-skip-tls-verify": True}, "insecure-skip-tls-verify"),
            ({"certificate-authority": "/etc/ssl/ca.pem"}, "certificate-authority"),
            ({"proxy-url": "http://127.0.0.1:3128"}, "proxy-url"),
        ],
    )
    def test_so_is_what_would_go_round_the_checks_of_the_connection(self, register, cluster, named):
        answer = register(kubeconfig=kubeconfig(cluster))

        pointers = [error["pointer"] for error in answer.json()["errors"]]
        assert (answer.status_code, pointers) == (422, [f"/connection/kubeconfig/clusters/0/cluster/{named}"])

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "a: &a [x]\nb: *a",
            "kind: Pod",
            "kind: Config",
            "kind: Config\ncurrent-context: gone",
            '!!python/object/apply:os.system ["id"]',
            kubeconfig(contexts=[{"name": "harbour", "context": {"cluster": "south", "user": "hanse"}}]),
            kubeconfig(contexts=[{"name": "harbour", "context": "north"}]),
            kubeconfig({"certificate-authority-data": "%%%"}),
            kubeconfig({"certificate-authority-data": encoded("no certificate")}),
            kubeconfig({"server": ["https://x"]}),
            kubeconfig({"server": "http://93.184.216.34"}),
            kubeconfig(user={"token": "two\nlines"}),
            kubeconfig(user={}),
            kubeconfig(user={"client-certificate-data": encoded(SHIP.certificate)}),
            kubeconfig(
                user={
                    "client-certificate-data": encoded(SHIP.certificate),
                    "client-key-data": encoded(CA.issue("other").key),
                }
            ),
            "{" * 2000,
        ],
    )
    def test_what_is_none_is_told_so_and_changes_nothing(self, register, text):
        answer = register(kubeconfig=text)

        assert answer.status_code == 422, answer.json()
        assert all(error["pointer"].startswith("/connection") for error in answer.json()["errors"])
        assert not Cluster.objects.exists()

    def test_what_is_over_is_refused(self, register):
        over = CA.issue("hanse", hours=-1)
        user = {"client-certificate-data": encoded(over.certificate), "client-key-data": encoded(over.key)}
        token = jwt.encode({"exp": datetime.now(UTC) - timedelta(minutes=1)}, "k" * 32)

        assert "expired" in register(kubeconfig=kubeconfig(user=user)).json()["errors"][0]["detail"]
        assert "expired" in register(server=ADDRESS, token=token).json()["errors"][0]["detail"]


class TestAddress:
    def test_and_token_are_enough(self, register):
        token = jwt.encode({"exp": datetime(2099, 1, 1, tzinfo=UTC)}, "k" * 32)

        answer = register(server="https://EXAMPLE-93.invalid/", token=token)
        assert answer.json()["errors"] == [
            {"pointer": "/connection/server", "detail": "The name example-93.invalid cannot be resolved."}
        ]
        answer = register(server=f"{ADDRESS}/k8s/clusters/c-1/", token=token, ca_certificate=CA.certificate)

        assert answer.status_code == 201, answer.json()
        assert answer.json()["connection"]["server"] == f"{ADDRESS}/k8s/clusters/c-1"
        assert answer.json()["connection"]["expires_at"].startswith("2099-01-01")
        assert OutboxHint.objects.get().task == "kubernetes.look"

    @pytest.mark.parametrize(
        "server",
        [
            "https://127.0.0.1:6443",
            "https://localhost",
            "https://10.0.0.1",
            "https://169.254.169.254",
            "https://[::1]:6443",
            "https://[::ffff:10.0.0.1]",
            "https://2130706433",
            "https://0x7f.1",
        ],
    )
    def test_of_a_private_network_is_refused_unless_it_is_allowed(self, register, server):
        answer = register(server=server, token=TOKEN)

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/connection/server")

    @pytest.mark.parametrize(
        "server",
        [
            "http://example.org",
            "example.org:6443",
            "https://",
            "https://u:p@example.org",
            "https://x/?a=1",
            "https://x:99999",
        ],
    )
    def test_that_is_none_is_refused(self, register, server):
        answer = register(server=server, token=TOKEN)

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/connection/server")

    @pytest.mark.parametrize(
        ("parts", "pointer"),
        [
            ({}, "/connection"),
            ({"server": ADDRESS}, "/connection"),
            ({"token": TOKEN}, "/connection"),
            ({"server": ADDRESS, "token": TOKEN, "client_key": "x"}, "/connection"),
            ({"server": ADDRESS, "token": TOKEN, "ca_certificate": "x"}, "/connection/ca_certificate"),
            ({"server": ADDRESS, "token": TOKEN, "tls_server_name": "a b"}, "/connection/tls_server_name"),
            ({"server": ADDRESS, "token": TOKEN, "kubeconfig": "x"}, "/connection/kubeconfig"),
            ({"server": ADDRESS, "token": TOKEN, "context": "x"}, "/connection/context"),
            ({"server": ADDRESS, "token": TOKEN, "insecure": True}, "/connection/insecure"),
        ],
    )
    def test_with_too_little_or_too_much_is_refused(self, register, parts, pointer):
        answer = register(**parts)

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.json()

    def test_belongs_to_the_kind(self, as_role, settings):
        settings.LOCAL_COMPUTE = True
        client, _ = as_role("operator")

        assert client.post("/api/v1/clusters/", HARBOUR).json()["errors"][0]["pointer"] == "/connection"
        local = {**HARBOUR, "kind": "local", "connection": {"server": ADDRESS, "token": TOKEN}}
        assert client.post("/api/v1/clusters/", local).json()["errors"][0]["pointer"] == "/connection"


class TestChange:
    @pytest.mark.parametrize(
        "moved", [{"server": "https://93.184.216.35:6443"}, {"tls_server_name": "other"}, {"ca_certificate": CA.certificate}]
    )
    def test_elsewhere_asks_for_the_credential_again(self, as_role, moved):
        client, _ = as_role("operator")
        cluster = make_kubernetes()
        address = f"/api/v1/clusters/{cluster.pk}/connection/"

        refused = client.change("PATCH", address, {"connection": moved})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/connection")
        assert ClusterConnection.objects.get().number == 1
        taken = client.change("PATCH", address, {"connection": {**moved, "token": "n3w"}})

        assert (taken.status_code, taken["ETag"]) == (200, '"2"')
        now = ClusterConnection.objects.get()
        assert (now.number, now.access().credential.token) == (2, "n3w")

    def test_a_new_credential_alone_stays_where_it_was(self, as_role):
        client, _ = as_role("operator")
        cluster = make_kubernetes()

        answer = client.change("PATCH", f"/api/v1/clusters/{cluster.pk}/connection/", {"connection": {"token": "n3w"}})

        assert (answer.status_code, answer.json()["connection"]["server"]) == (200, ADDRESS)
        assert ClusterConnection.objects.get().access().credential.token == "n3w"

    def test_this_machine_has_none(self, as_role):
        client, project = as_role("operator")
        cluster = equip(project.tenant)

        answer = client.change("PATCH", f"/api/v1/clusters/{cluster.pk}/connection/", {"connection": {"token": "x"}})

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")


class TestCredential:
    def test_is_in_no_answer_no_event_no_trail_and_not_in_the_database_as_it_is(self, as_role):
        client, _ = as_role("platform-admin")
        body = {**HARBOUR, "connection": {"server": ADDRESS, "token": TOKEN}}
        said = client.once("/api/v1/clusters/", body, key="k").content
        said += client.once("/api/v1/clusters/", body, key="k").content
        cluster = Cluster.objects.get()
        said += client.get(f"/api/v1/clusters/{cluster.pk}/").content + client.get("/api/v1/clusters/").content
        written = [*OutboxEvent.objects.values_list(), *OutboxHint.objects.values_list("arguments")]
        trail = AuditEntry.objects.get(action="cluster.register").after
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT t::text FROM clusters_clusterconnection AS t UNION SELECT t::text FROM core_idempotencyrecord AS t"
            )
            stored = str(cursor.fetchall())

        assert TOKEN not in said.decode() + str(written) + json.dumps(trail) + stored
        assert trail["connection"]["server"] == ADDRESS

    def test_requests_may_not_read_it_in_the_database_either(self, as_role):
        client, _ = as_role("platform-admin")
        make_kubernetes()
        with walls.transaction():
            access.enter(client.user.pk)
            row = ClusterConnection.objects.get()
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                row.access()

    def test_and_address_are_shown_to_platform_roles_only(self, as_role):
        client, project = as_role("developer")
        cluster = equip(project.tenant)
        other = make_kubernetes()
        ClusterConnection.objects.filter(cluster=other).update(cluster=cluster)
        Cluster.objects.filter(pk=cluster.pk).update(kind="kubernetes")

        shown = client.get(f"/api/v1/clusters/{cluster.pk}/")

        assert shown.json()["connection"] is None
        assert ADDRESS not in shown.content.decode()


class TestRemove:
    def test_forgets_the_cluster_and_its_credential(self, as_role):
        client, _ = as_role("operator")
        cluster = make_kubernetes()

        assert client.change("DELETE", f"/api/v1/clusters/{cluster.pk}/").status_code == 204
        assert not ClusterConnection.objects.exists()
        assert AuditEntry.objects.filter(action="cluster.remove").exists()

    def test_is_refused_while_quotas_speak_of_it(self, as_role):
        client, project = as_role("operator")
        cluster = equip(project.tenant)

        answer = client.change("DELETE", f"/api/v1/clusters/{cluster.pk}/")

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cluster-in-use")
