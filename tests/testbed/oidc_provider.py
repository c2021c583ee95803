"""A real OpenID Connect provider on loopback: npm's `oidc-provider`, installed once into ~/.cache/hanse."""

import hashlib
import html
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx

from embedded.console import node_programs
from embedded.ports import next_free
from tests.eventually import eventually

_SOURCES = Path(__file__).parent / "oidc"


@dataclass
class OidcProvider:
    """`people`: subject -> claims; change them with `say`. The password is whatever one types."""

    issuer: str
    secret: str
    file: Path
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def say(self, *, fault: str = "", **people: dict[str, Any]) -> None:
        """Make people known (again), and be wrong as `fault` says (see server.mjs)."""
        self.people |= people
        # Replaced at once: it reads the file whenever it is asked.
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps({"people": self.people, "fault": fault}))
        new.rename(self.file)

    def answer_for(self, address: str, subject: str) -> str:
        """Where a browser is sent back to, that is sent to `address` and signs in there as `subject`."""
        with httpx.Client(follow_redirects=False, timeout=20) as browser:
            response = browser.get(address)
            while True:
                if response.is_redirect:
                    address = urljoin(str(response.url), response.headers["location"])
                    if not address.startswith(self.issuer):
                        return address
                    response = browser.get(address)
                else:
                    assert response.status_code == 200, response.text
                    [action] = re.findall(r'<form[^>]*action="([^"]+)"', response.text)
                    prompt = re.findall(r'name="prompt" value="(\w+)"', response.text)[0]
                    typed = {"prompt": prompt, "login": subject, "password": "any"}
                    response = browser.post(urljoin(str(response.url), html.unescape(action)), data=typed)

    def leave(self, address: str, browser: httpx.Client) -> str:
        """Where a browser is sent back to, that is sent to `address` and there says that it wants to sign out."""
        response = browser.get(address)
        assert response.status_code == 200, response.text
        [action] = re.findall(r'<form[^>]*action="([^"]+)"', response.text)
        typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', response.text))
        return browser.post(urljoin(address, html.unescape(action)), data={**typed, "logout": "yes"}).headers["location"]


@contextmanager
def oidc_provider_running(directory: Path, *, redirects: Sequence[str]) -> Iterator[OidcProvider]:
    port = next_free(24200 + secrets.randbelow(400))
    provider = OidcProvider(f"http://127.0.0.1:{port}", secrets.token_urlsafe(24), directory / "people.json")
    provider.say()
    environment = {
        **os.environ,
        "ISSUER": provider.issuer,
        "PORT": str(port),
        "PEOPLE": str(provider.file),
        "REDIRECTS": ",".join(redirects),
        "SECRET": provider.secret,
        "SIGNED_OUT": urljoin(redirects[0], "/sign-in"),
    }
    with (directory / "oidc.log").open("w") as log:
        # The wheel's `node` is a Python program with Node below it: both are in a group of their own, and end together.
        process = subprocess.Popen(
            [str(node_programs() / "node"), "server.mjs"],
            cwd=_installed(),
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            eventually(lambda: _answers(provider, process, directory), within=30, what="the OIDC provider")
            yield provider
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)


def _answers(provider: OidcProvider, process: subprocess.Popen[bytes], directory: Path) -> bool:
    assert process.poll() is None, (directory / "oidc.log").read_text()
    try:
        return httpx.get(f"{provider.issuer}/.well-known/openid-configuration").status_code == 200
    except httpx.TransportError:
        return False


def _installed() -> Path:
    """A folder with the server and its packages; made once for each version of them."""
    names = ("package.json", "package-lock.json", "server.mjs")
    digest = hashlib.sha256(b"".join((_SOURCES / name).read_bytes() for name in names)).hexdigest()[:16]
    folder = Path.home() / ".cache" / "hanse" / f"oidc-{digest}"
    if folder.exists():
        return folder
    making = folder.with_name(f"{folder.name}.{os.getpid()}")
    making.mkdir(parents=True)
    for name in names:
        shutil.copy(_SOURCES / name, making)
    programs = node_programs()
    result = subprocess.run(
        [str(programs / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
        cwd=making,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    try:
        making.rename(folder)
    except OSError:  # another run was quicker
        shutil.rmtree(making)
    return folder
