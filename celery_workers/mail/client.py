"""The only code that speaks SMTP. One connection for as many messages as are due; every step has a time-out."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

# Of each step: connecting, greeting, encrypting, signing in, sender, recipient, text. All fit in apps.core.mail.LEASE.
STEP_SECONDS = 15.0


class Refused(Exception):
    """The server will never take this message."""


class Unavailable(Exception):
    """Not now: the server is away, too slow, busy, or does not let us in. `whole`: for no message, not only for this one."""

    def __init__(self, reason: str, *, whole: bool) -> None:
        super().__init__(reason)
        self.whole = whole


@dataclass(frozen=True)
class Connection:
    _smtp: smtplib.SMTP

    def send(self, message: EmailMessage) -> None:
        """Hand over one message to its one recipient. Raises Refused or Unavailable."""
        try:
            self._smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            self._again()
            raise _answer(code, text) from error
        except smtplib.SMTPResponseException as error:
            self._again()
            raise _answer(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Unavailable(_words(error), whole=True) from error
        except (smtplib.SMTPException, ValueError) as error:  # an address that this server's dialect cannot say
            self._again()
            raise Refused(str(error)) from error

    def _again(self) -> None:
        """Be ready for the next message, whatever became of this one."""
        with suppress(smtplib.SMTPException, OSError):
            self._smtp.rset()


@contextmanager
def connect(url: str) -> Iterator[Connection]:
    """A connection to smtp://user:password@host:port (encrypted when offered) or smtps://…; raises Unavailable."""
    try:
        smtp = _open(url)
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(_words(error), whole=True) from error
    try:
        yield Connection(smtp)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _open(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=STEP_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(host, parts.port or 25, timeout=STEP_SECONDS)
    try:
        smtp.ehlo()
        encrypted = parts.scheme == "smtps"
        if not encrypted and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
            encrypted = True
        if parts.username:
            _require_secrecy(host, encrypted=encrypted)
            smtp.login(unquote(parts.username), unquote(parts.password or ""))
    except BaseException:
        smtp.close()
        raise
    return smtp


def _require_secrecy(host: str, *, encrypted: bool) -> None:
    if not encrypted and not _is_this_machine(host):
        raise smtplib.SMTPException("The server offers no encryption; the password is not sent in clear.")


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _answer(code: int, text: bytes | str) -> Exception:
    reason = f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    # 421: the server is closing. 5xx is for ever (RFC 5321, 4.2.1).
    return Refused(reason) if 500 <= code < 600 else Unavailable(reason, whole=code == 421)


def _words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"The server did not answer within {STEP_SECONDS:.0f} s."
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return str(error) or type(error).__name__
