"""A real SMTP server in a thread of its own, which can be told to misbehave."""

import asyncio
import email
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from embedded.ports import next_free


class MailServer:
    """`messages` are what it took; `answers` maps an address to the line that it refuses it with."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.slow_seconds = 0.0
        self.hangs_up_after_taking = False
        self.logins: list[tuple[str, str]] = []
        self._controller: Controller | None = None
        self.port = next_free(20250 + secrets.randbelow(400))

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            auth_require_tls=False,
            authenticator=self._authenticate,
        )
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if message["To"] == address]

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, _: Any) -> str:  # noqa: N802
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(self.slow_seconds)
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        if self.hangs_up_after_taking:
            server.transport.close()
        return "250 Taken"

    def _authenticate(self, server: SMTP, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        if isinstance(given, LoginPassword):
            self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=True)


@contextmanager
def mail_server_running() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
