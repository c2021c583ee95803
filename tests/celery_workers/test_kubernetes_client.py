"""What every request to a cluster keeps to, whatever the cluster does. Clusters themselves: tests/kubernetes/."""

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest

from apps.clusters.access import Access, Credential
from apps.clusters.models import Cluster
from apps.core.errors import Unavailable
from apps.core.ids import new_id
from apps.jobs.services import ReplicaSeen
from celery_workers.kubernetes import client as floor
from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.exec import KubernetesShell
from celery_workers.kubernetes.look import look_at
from celery_workers.kubernetes.pods import PodSeen
from tests.clusters.certificates import Authority, Issued
from tests.factories import make_kubernetes

CA = Authority()
POD = PodSeen(
    namespace="research",
    name="worker-0",
    uid="u",
    job_id=new_id(),
    attempt=1,
    rank=0,
    container="replica",
    deleting=False,
    terminal=False,
    has_log=True,
    seen=ReplicaSeen(0, "running"),
)


class Answers(BaseHTTPRequestHandler):
    """By path: /answer/<status> with a Status, /redirect, /silence (no answer), else what it was asked as JSON."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        what, _, status = self.path.strip("/").partition("/")
        if what == "silence":
            self.server.done.wait(30)
            return
        code = int(status) if what == "answer" else 302 if what == "redirect" else 200
        body = {"kind": "Status", "reason": "Because", "message": "It says why."} if code >= 400 else self.asked()
        text = json.dumps(body).encode()
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def asked(self) -> dict[str, Any]:
        return {"path": self.path, "authorization": self.headers["Authorization"], "peer": self.connection.getpeercert()}

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, issued: Issued, directory: Any) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.done = threading.Event()
        files = directory / "server.pem", directory / "ca.pem"
        files[0].write_text(issued.certificate + issued.key)
        files[1].write_text(CA.certificate)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=files[1])
        context.load_cert_chain(files[0])
        context.verify_mode = ssl.CERT_OPTIONAL
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.done.set()
        self.shutdown()
        self.server_close()


@pytest.fixture
def serve(tmp_path, settings) -> Iterator[Any]:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    running: list[Server] = []

    def start(**names: Any) -> str:
        running.append(Server(CA.issue("server", **(names or {"address": "127.0.0.1"})), tmp_path))
        return f"https://127.0.0.1:{running[-1].server_port}"

    yield start
    for server in running:
        server.stop()


def client(server: str, **changes: Any) -> Client:
    return Client(Access(server, Credential(token="t0ken"), **{"ca_certificate": CA.certificate, **changes}))


class TestTls:
    def test_the_token_goes_to_who_proves_to_be_the_cluster(self, serve):
        assert client(serve()).get("/version")["authorization"] == "Bearer t0ken"

    @pytest.mark.parametrize(
        ("names", "changes", "words"),
        [
            ({"address": "127.0.0.1"}, {"ca_certificate": Authority().certificate}, "not issued by the CA"),
            ({"address": "127.0.0.1"}, {"ca_certificate": ""}, "not issued by the CA"),
            ({"address": "127.0.0.2"}, {}, "tls_server_name"),
            ({"address": "127.0.0.1", "hours": -1}, {}, "expired"),
        ],
    )
    def test_and_to_nobody_else(self, serve, names, changes, words):
        with pytest.raises(floor.NotTrusted, match=words):
            client(serve(**names), **changes).get("/version")

    def test_a_name_may_be_given_for_the_certificate(self, serve):
        assert client(serve(dns="kubernetes"), tls_server_name="kubernetes").get("/version")

    def test_a_client_certificate_is_shown_instead_of_a_token(self, serve):
        ship = CA.issue("hanse")
        access = Access(serve(), Credential(client_certificate=ship.certificate, client_key=ship.key), CA.certificate)

        asked = Client(access).get("/version")

        assert asked["authorization"] is None
        assert ["commonName", "hanse"] in asked["peer"]["subject"][0]


class TestFailures:
    @pytest.mark.parametrize(
        ("status", "failure"),
        [
            (400, floor.Invalid),
            (401, floor.NotAccepted),
            (403, floor.Forbidden),
            (404, floor.NotFound),
            (409, floor.Conflict),
            (410, floor.Expired),
            (422, floor.Invalid),
            (429, Unavailable),
            (500, Unavailable),
            (503, Unavailable),
        ],
    )
    def test_of_the_cluster_are_a_few_of_ours(self, serve, status, failure):
        with pytest.raises(failure):
            client(serve()).get(f"/answer/{status}")

    @pytest.mark.parametrize(("status", "who"), [(401, "operator"), (403, "operator")])
    def test_say_who_must_act(self, serve, status, who):
        with pytest.raises(Unavailable, match=who):
            client(serve()).get(f"/answer/{status}")

    def test_a_redirect_is_not_followed(self, serve):
        with pytest.raises(Unavailable, match="elsewhere"):
            client(serve()).get("/redirect")

    def test_a_redirect_is_not_followed_to_a_shell_either(self, serve):
        access = Access(f"{serve()}/redirect", Credential(token="t0ken"), CA.certificate)

        with pytest.raises(Unavailable, match="elsewhere"):
            asyncio.run(KubernetesShell.open(access, POD, []))

    def test_silence_ends(self, serve):
        with pytest.raises(Unavailable, match="in time"):
            client(serve()).get("/silence")

    def test_nobody_there_is_said_in_words(self, serve):
        with pytest.raises(Unavailable, match=r"127\.0\.0\.1:9 cannot be reached: Connection refused"):
            client("https://127.0.0.1:9").get("/version")


class TestAddress:
    def test_is_checked_again_when_it_is_connected_to(self, serve, settings):
        server = serve()
        settings.ALLOWED_NETWORKS = []

        with pytest.raises(Unavailable, match="operator must correct the address"):
            client(server).get("/version")

    def test_proxies_of_the_environment_are_not_used(self, serve, monkeypatch):
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")

        assert client(serve()).get("/version")


@pytest.mark.django_db
class TestLook:
    def test_a_cluster_that_does_not_answer_is_down_and_says_why(self, serve):
        cluster = make_kubernetes(access=Access("https://127.0.0.1:9", Credential(token="t")))

        look_at(cluster.pk)

        assert Cluster.objects.get().health == "down"
        assert "cannot be reached" in Cluster.objects.get().health_message
