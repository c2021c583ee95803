"""The one reader of the environment.

Every setting that an operator may change is a field here, with its unit, default and meaning;
docs/reference/settings.md is generated from it, and nothing else in Hanse reads os.environ.
"""

from email.utils import parseaddr
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]
DEVELOPMENT_SECRET = "development-only-" + "0" * 40


class Mode(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SecondFactorRequired(StrEnum):
    NOBODY = "nobody"
    ADMINISTRATORS = "administrators"
    EVERYBODY = "everybody"


class Environment(BaseSettings):
    """What the environment says, checked.

    Raises pydantic.ValidationError naming each variable that is missing or wrong; in production also
    when a secret is the development one or shorter than 32 characters.
    """

    model_config = SettingsConfigDict(env_prefix="HANSE_", extra="ignore")

    mode: Mode = Field(Mode.PRODUCTION, description="`production` refuses development secrets and local compute.")
    secret_key: SecretStr = Field(
        SecretStr(DEVELOPMENT_SECRET), description="Signs sessions and tickets; at least 32 characters."
    )
    encryption_keys: SecretStr = Field(
        SecretStr(""),
        description="Fernet keys for secrets at rest, comma-separated; the first encrypts, all decrypt (rotation).",
    )
    token_key: SecretStr = Field(
        SecretStr(DEVELOPMENT_SECRET), description="Keys the digests of API tokens; at least 32 characters."
    )
    database_url: str = Field(
        "postgresql://hanse_worker@127.0.0.1:5432/hanse",
        description="PostgreSQL, as a URL; percent-encode special characters. Its role is `hanse_web` for web and live, "
        "`hanse_owner` for `migrate`, `hanse_worker` for everything else.",
    )
    redis_url: str = Field("redis://127.0.0.1:6379/0", description="Redis or Valkey: broker, streams and cache.")
    redis_prefix: str = Field("hanse", description="First part of every Redis key, for installations that share one Redis.")
    objects_url: str = Field(
        f"file://{REPOSITORY}/var/objects",
        description="Where objects (artifacts, log chunks) lie: any fsspec URL, such as file:///… or s3://bucket/prefix.",
    )
    s3_url: str = Field(
        "", description="Store of buckets, as processes of Hanse reach it: anything that speaks S3; empty: no buckets."
    )
    s3_public_url: str = Field(
        "",
        description="The same store as browsers and jobs reach it; empty: as above. It must not be the console's origin.",
    )
    s3_iam_url: str = Field(
        "", description="Where the store makes keys for jobs (IAM); empty: at HANSE_S3_URL, as SeaweedFS has it."
    )
    s3_region: str = Field("us-east-1", description="Region that requests to the store of buckets are signed for.")
    s3_access_key: str = Field("", description="Access key that may make and remove buckets and users, and all in them.")
    s3_secret_key: SecretStr = Field(SecretStr(""), description="Its secret.")
    apps_url: str = Field(
        "", description="Address at which apps answer; empty: none leads to them. It must not be the console's origin."
    )
    gate_admin: str = Field(
        "", description="Unix socket of the administration of the Caddy that stands before apps; empty: there is none."
    )
    gate_listen: str = Field(
        "", description="Where that Caddy listens, as it writes addresses, such as unix//run/apps.sock."
    )
    gate_doorman: str = Field(
        "", description="Where that Caddy asks who may call an app: the process `gateway`, such as unix//run/gateway.sock."
    )
    gate_log: str = Field(
        "", description="File in which that Caddy writes each request and `watch` reads it, to count them; empty: nowhere."
    )
    code_bytes: int = Field(
        256 * 2**20, ge=2**20, description="Largest archive of code that is taken, and largest history that git may send."
    )
    public_url: str = Field("http://127.0.0.1:8000", description="Address at which browsers reach the console.")
    allowed_hosts: str = Field(
        "", description="Further Host headers to answer to, comma-separated; that of the public URL always is."
    )
    trusted_proxies: int = Field(1, ge=0, description="Proxies in front whose X-Forwarded-For entries are believed.")
    second_factor_required: SecondFactorRequired = Field(
        SecondFactorRequired.NOBODY,
        description="Whose roles count only once they have a second factor: `nobody`, `administrators` (who hold a "
        "platform role) or `everybody`. A tenant can require it of its own members besides.",
    )
    metrics_networks: str = Field(
        "127.0.0.0/8,::1/128", description="Networks from which /metrics is answered, comma-separated."
    )
    allowed_networks: str = Field(
        "",
        description="Networks that are not public and that addresses written into Hanse may lead to (git, providers of "
        "single sign-on), comma-separated; empty: none.",
    )
    database_connections: int = Field(
        100, ge=10, description="Connections the database grants Hanse; start fails when the processes could need more."
    )
    local_compute: bool = Field(
        False,
        description="Lets jobs run as processes of this machine. No isolation boundary; refused in production mode.",
    )
    local_compute_user: str = Field(
        "", description="System user that replicas run as when Hanse runs as root; empty: no replica starts as root."
    )
    local_compute_directory: Path = Field(
        REPOSITORY / "var" / "local", description="Where replicas on this machine keep their working directories."
    )
    simulated_devices: str = Field(
        "",
        pattern=r"^([a-z0-9][-a-z0-9]*=[1-9][0-9]{0,4}(,[a-z0-9][-a-z0-9]*=[1-9][0-9]{0,4})*)?$",
        description="Devices that this machine is said to have, by flavor, such as a100=8,alveo=4: what asks for them is "
        "placed and counted here, and told that they are simulated. Goes with local compute; refused in production mode.",
    )
    shell_idle_seconds: int = Field(
        1800, ge=5, description="Shells in replicas are closed when nothing was typed for so long."
    )
    letters_within: bool = Field(
        True,
        description="Hand letters between two parties of this portal over in its database. Off: they travel over the "
        "parties' clusters once those are linked, as between two portals; to try that with one.",
    )
    forecast_seconds_a_day: int = Field(
        6 * 3600, ge=0, description="Seconds of a processor that may be computed for requests of forecasts within 24 hours."
    )
    dask_url: str = Field(
        "local",
        pattern=r"^(local|inline|(tcp|tls)://[^/?#]+)$",
        description="Where forecasts are computed: `local` (Dask with processes of the worker's own), a Dask scheduler such "
        "as tls://dask-scheduler:8786, or `inline` (by the worker itself, without Dask). Whoever reaches a scheduler runs "
        "what he likes on it, so production mode refuses tcp.",
    )
    dask_tls_ca: str = Field("", description="File with the authority that a scheduler at tls:// is known by (PEM).")
    dask_tls_certificate: str = Field("", description="File with the certificate that Hanse shows it (PEM).")
    dask_tls_key: str = Field("", description="File with that certificate's key (PEM).")
    dask_processes: int = Field(
        2, ge=1, le=64, description="Processes that compute where HANSE_DASK_URL is `local`: up to 600 MB each."
    )
    mail_url: SecretStr = Field(
        SecretStr(""),
        description="SMTP server: smtp://user:password@host:port (encrypted when the server offers it), or smtps://… "
        "(encrypted from the start); empty: no mail is sent, and pages say so.",
    )
    mail_from: str = Field(
        "", description="Sender of all mail, such as `Hanse <hanse@example.org>`; needed with a mail URL."
    )
    log_format: str = Field("json", pattern="^(json|console)$", description="`json` for machines, `console` for eyes.")
    otlp_url: str = Field(
        "",
        pattern=r"^(https?://[^/?#]+(/[^?#]*)?)?$",
        description="OpenTelemetry collector that traces are sent to by OTLP over HTTP, such as http://collector:4318; "
        "empty: none are made.",
    )
    trace_ratio: float = Field(1.0, ge=0, le=1, description="Part of the requests and tasks of which traces are sent.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least severe level that is logged.")

    @model_validator(mode="after")
    def mail_needs_a_server_and_a_sender(self) -> "Environment":
        url = urlsplit(self.mail_url.get_secret_value())
        if not url.geturl():
            return self
        if url.scheme not in ("smtp", "smtps") or not url.hostname:
            raise ValueError("HANSE_MAIL_URL must be smtp://user:password@host:port or smtps://user:password@host:port")
        if "@" not in parseaddr(self.mail_from)[1]:
            raise ValueError("HANSE_MAIL_FROM must be the address that mail is sent from, such as Hanse <hanse@example.org>")
        return self

    @model_validator(mode="after")
    def what_users_keep_has_an_origin_of_its_own(self) -> "Environment":
        if self.s3_url and not (self.s3_access_key and self.s3_secret_key.get_secret_value()):
            raise ValueError("HANSE_S3_URL needs HANSE_S3_ACCESS_KEY and HANSE_S3_SECRET_KEY")
        files, console = urlsplit(self.s3_public_url or self.s3_url), urlsplit(self.public_url)
        if (files.scheme, files.netloc) == (console.scheme, console.netloc):
            raise ValueError("HANSE_S3_PUBLIC_URL must not be where the console is: what users wrote would be served there")
        apps = urlsplit(self.apps_url)
        if apps.netloc and apps.netloc in (files.netloc, console.netloc):
            raise ValueError("HANSE_APPS_URL must be an origin of its own: what users wrote is served there")
        return self

    @model_validator(mode="after")
    def dask_is_reached_by_certificates(self) -> "Environment":
        files = (self.dask_tls_ca, self.dask_tls_certificate, self.dask_tls_key)
        if self.dask_url.startswith("tls://") and not all(files):
            raise ValueError(
                "HANSE_DASK_URL at tls:// needs HANSE_DASK_TLS_CA, HANSE_DASK_TLS_CERTIFICATE and HANSE_DASK_TLS_KEY"
            )
        if self.dask_url.startswith("tcp://") and self.mode is Mode.PRODUCTION:
            raise ValueError("HANSE_DASK_URL must be tls://… in production mode: a scheduler runs whatever it is sent")
        return self

    @model_validator(mode="after")
    def traces_need_packages(self) -> "Environment":
        if self.otlp_url and not find_spec("opentelemetry"):
            raise ValueError("HANSE_OTLP_URL needs packages of its own: pip install -r requirements-tracing.txt")
        return self

    @model_validator(mode="after")
    def production_needs_real_secrets(self) -> "Environment":
        if self.mode is Mode.DEVELOPMENT:
            return self
        for name in ("secret_key", "token_key"):
            value = getattr(self, name).get_secret_value()
            if value == DEVELOPMENT_SECRET or len(value) < 32:
                raise ValueError(f"HANSE_{name.upper()} must be a secret of at least 32 characters in production mode")
        if not self.encryption_keys.get_secret_value():
            raise ValueError("HANSE_ENCRYPTION_KEYS must hold at least one Fernet key in production mode")
        if self.local_compute:
            raise ValueError("HANSE_LOCAL_COMPUTE is no isolation boundary and is refused in production mode")
        if self.simulated_devices:
            raise ValueError("HANSE_SIMULATED_DEVICES is for demonstrations and is refused in production mode")
        return self


@cache
def environment() -> Environment:
    return Environment()
