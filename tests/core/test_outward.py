"""Addresses that somebody typed in lead nowhere inside."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address, ip_network

import pytest

from apps.core import outward
from apps.core.addresses import may_connect
from apps.core.outward import Refused, ask_json, require_safe_url

INSIDE = [
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104
    *("169.254.169.254", "169.254.0.1", "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1"),
    *("255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    # IPv4 in other clothes: mapped, 6to4, Teredo, NAT64.
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "2002:a9fe:a9fe::", "64:ff9b::7f00:1"),
    *("64:ff9b::a9fe:a9fe", "2001:0:53aa:64c:0:0:80ff:fffe"),
]
HOSTILE = [
    *(f"https://[{address}]/" if ":" in address else f"https://{address}/" for address in INSIDE),
    *("https://localhost/", "https://LOCALHOST./", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/"),
    *("https://0177.0.0.1/", "https://127.1/", "https://0/", "https://[::ffff:7f00:1]/", "https://[fe80::1%25eth0]/"),
    *("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.org/", "//example.org/", "example.org", ""),
    *(
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://",
        "https://:80/",
        "https://[::1",
        "javascript:1",
    ),
    *(
        "https://example.org:99999/",
        "https://a b/",
        "https://\x00/",
        "https://" + "a" * 300 + "/",
        "https://no.such.invalid/",
    ),
]


@pytest.fixture
def strict(settings) -> None:
    settings.ALLOWED_NETWORKS = []


@pytest.fixture
def loopback(settings) -> None:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]


@pytest.fixture
def server():
    """One that redirects from /redirect, is endless at /endless, and answers JSON elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            redirect = self.path == "/redirect"
            self.send_response(302 if redirect else 200)
            if redirect:
                self.send_header("Location", "/json")
            self.end_headers()
            if self.path == "/endless":
                for _ in range(64):
                    self.wfile.write(b" " * 65536)
            elif not redirect:
                self.wfile.write(b'["list"]' if self.path == "/list" else b'{"host": "%s"}' % self.headers["Host"].encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class TestPermitted:
    @pytest.mark.parametrize("address", INSIDE)
    def test_is_nothing_inside(self, strict, address):
        assert not may_connect(ip_address(address))

    @pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
    def test_is_what_is_public(self, strict, address):
        assert may_connect(ip_address(address))

    def test_is_what_the_operator_allows_and_nothing_beside(self, loopback):
        assert may_connect(ip_address("127.0.0.1"))
        assert not may_connect(ip_address("10.0.0.1"))


class TestAddress:
    @pytest.mark.parametrize("url", HOSTILE)
    def test_that_leads_inside_or_is_none_is_refused(self, strict, url):
        with pytest.raises(Refused):
            require_safe_url(url)

    def test_in_clear_is_for_allowed_networks_only(self, loopback, monkeypatch):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.216.34", 80))])

        with pytest.raises(Refused, match="https"):
            require_safe_url("http://example.org/")


class TestAsking:
    def test_brings_the_document_and_names_the_host_that_was_typed(self, loopback, server, monkeypatch):
        port = server.rpartition(":")[2]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", int(port)))])

        assert ask_json("GET", f"http://login.example:{port}/json") == {"host": f"login.example:{port}"}

    def test_a_name_that_answers_differently_a_moment_later_gains_nothing(self, loopback, server, monkeypatch):
        """It was public when it was looked at, and is inside when it is connected to."""
        port = int(server.rpartition(":")[2])
        answers = iter([[(2, 1, 6, "", ("127.0.0.2", port))]])
        later = [(2, 1, 6, "", ("10.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: next(answers, later))

        with pytest.raises(Refused):
            ask_json("GET", f"http://login.example:{port}/json")

    @pytest.mark.parametrize("path", ["/redirect", "/endless", "/list"])
    def test_redirects_floods_and_what_is_no_object_are_refused(self, loopback, server, path):
        with pytest.raises(Refused):
            ask_json("GET", f"http://{server}{path}")

    def test_proxies_of_the_environment_are_not_used(self, loopback, server, monkeypatch):
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

        assert ask_json("GET", f"http://{server}/json")

    def test_what_does_not_answer_is_refused_in_words(self, loopback):
        with pytest.raises(Refused, match="does not answer"):
            ask_json("GET", "http://127.0.0.1:1/")

    def test_a_session_of_requests_is_held_to_the_same(self, strict, server):
        with outward.new_session() as session, pytest.raises(Refused):
            session.get(f"http://{server}/json")
