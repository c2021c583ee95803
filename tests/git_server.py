"""A git server on loopback: `git http-backend`, as it would run behind any web server, with repositories of a directory."""

import base64
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

_COMMIT = {"GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}


@dataclass
class GitServer:
    """`password`: what Basic asks for, when it asks. `asked` lists the requests that came."""

    root: Path
    url: str = ""
    password: str = ""
    redirects_to: str = ""
    asked: list[str] = field(default_factory=list)

    def repository(self, name: str = "trainer.git") -> "Repository":
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", self.root / name], check=True)
        return Repository(self.root / name, f"{self.url}/{name}")


@dataclass
class Repository:
    path: Path
    url: str

    def commit(self, files: dict[str, bytes], *, links: dict[str, str] | None = None, ref: str = "refs/heads/main") -> str:
        """Put these files on the branch, as all that it has; the commit's id."""
        index = {"GIT_INDEX_FILE": str(self.path / "index-of-test")}
        self._git("read-tree", "--empty", **index)
        modes = {name: ("100644", content) for name, content in files.items()}
        modes |= {name: ("120000", target.encode()) for name, target in (links or {}).items()}
        for name, (mode, content) in modes.items():
            blob = self._git("hash-object", "-w", "--stdin", given=content)
            self._git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}", **index)
        tree = self._git("write-tree", **index)
        commit = self._git("-c", "user.name=Ann", "-c", "user.email=ann@x", "commit-tree", "-m", "one", tree, **_COMMIT)
        self._git("update-ref", ref, commit)
        return commit

    def _git(self, *arguments: str, given: bytes = b"", **environment: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            input=given,
            capture_output=True,
            check=True,
            env={**os.environ, **environment},
        )
        return done.stdout.decode().strip()


@contextmanager
def git_server(root: Path) -> Iterator[GitServer]:
    served = GitServer(root)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            pass

        def _answer(self) -> None:
            served.asked.append(self.path)
            if served.redirects_to:
                self.send_response(302)
                self.send_header("Location", served.redirects_to + self.path)
                self.end_headers()
                return
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            if served.password and base64.b64decode(given).decode().partition(":")[2] != served.password:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.end_headers()
                return
            self._backend()

        def _backend(self) -> None:
            path = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            environment = {
                "PATH": os.environ["PATH"],
                "GIT_PROJECT_ROOT": str(root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path.path,
                "QUERY_STRING": path.query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
            }
            answer = subprocess.run(["git", "http-backend"], input=body, capture_output=True, env=environment).stdout
            headers, _, content = answer.partition(b"\r\n\r\n")
            lines = [line.partition(": ") for line in headers.decode().splitlines()]
            status = next((value for name, _, value in lines if name == "Status"), "200 OK")
            self.send_response(int(status.split()[0]))
            for name, _, value in lines:
                if name != "Status":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
