"""Caddy from its wheel: the one port that browsers and programs talk to, another for what users keep in buckets, and one
for apps, behind which stands a Caddy of its own.

What users wrote must have no origin in common with the console: the other ports are such origins, and share none of its
cookies. The second Caddy is given a new configuration whenever replicas of apps come and go; the first one, which holds
everybody's connections, never is.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from celery_workers.gate.configuration import configuration

_BINARY = Path(sys.executable).parent / "caddy"

_CONFIGURATION = """\
{
	admin off
	auto_https off
	persist_config off
	log {
		level ERROR
	}
	servers {
		max_header_size 32KB
		timeouts {
			read_header 10s
			idle 5m
		}
	}
}

http://:%(port)d {
	bind 127.0.0.1
	encode zstd gzip
	header -Server
	@files path_regexp ^/api/v1/projects/[0-9a-f-]+/(code|volumes/[0-9a-f-]+/content)/$
	@others not path_regexp ^/api/v1/projects/[0-9a-f-]+/(code|volumes/[0-9a-f-]+/content)/$
	request_body @others {
		max_size 2MB
	}
	# How large a file may be is the portal's to say; this only ends what is far beyond.
	request_body @files {
		max_size 4GB
	}
	handle /ws/exec/ {
		reverse_proxy unix/%(gateway)s {
			lb_try_duration 5s
			header_down -Server
		}
	}
	# What waits is answered by the process that may: sockets, and the addresses of REST that hold their answer back.
	@waits path /ws/* /api/v1/events/ /api/v1/projects/*/*/*/wait/ /api/v1/projects/*/*/*/logs/follow/
	handle @waits {
		reverse_proxy unix/%(live)s {
			lb_try_duration 5s
			header_down -Server
		}
	}
	handle {
		# A process that has just been restarted is waited for, so that its restart costs nobody an error.
		reverse_proxy unix/%(web)s {
			lb_try_duration 10s
			lb_try_interval 100ms
			header_down -Server
		}
	}
	handle_errors 413 {
		header Content-Type application/problem+json
		respond `{"type":"/problems/too-large","title":"The request is too large","status":413,"detail":"At most 2 MB."}`
	}
	handle_errors {
		header Content-Type application/problem+json
		header Retry-After 2
		respond `{"type":"/problems/unavailable","title":"A system that this needs does not answer","status":503}` 503
	}
}

http://:%(files_port)d {
	bind 127.0.0.1
	header {
		-Server
		-Set-Cookie
		# Whoever has a signed address may use it from anywhere; nothing else is let in, and cookies say nothing here.
		Access-Control-Allow-Origin *
		Access-Control-Expose-Headers "ETag, x-amz-checksum-sha256"
		Content-Security-Policy "sandbox; default-src 'none'"
		X-Content-Type-Options nosniff
		defer
	}
	@preflight method OPTIONS
	handle @preflight {
		header Access-Control-Allow-Methods "GET, HEAD, PUT, POST, DELETE"
		header Access-Control-Allow-Headers "*"
		header Access-Control-Max-Age 3600
		respond 204
	}
	handle {
		reverse_proxy %(store)s {
			header_up -Cookie
			header_up -X-Forwarded-Host
			header_down -Access-Control-*
		}
	}
}

http://:%(apps_port)d {
	bind 127.0.0.1
	header {
		-Server
		# Cookies are shared by all ports of a host: an app is given none of the portal's, and sets none.
		-Set-Cookie
		# All apps share this origin: what a page of one runs is in an origin of its own.
		Content-Security-Policy "sandbox allow-scripts allow-forms"
		X-Content-Type-Options nosniff
		defer
	}
	# The console's pages of apps may read what an app answers; no other origin may.
	@console header_regexp Origin ^http://(127[.]0[.]0[.]1|localhost):%(port)d$
	header @console {
		Access-Control-Allow-Origin {http.request.header.Origin}
		+Vary Origin
		defer
	}
	@preflight {
		method OPTIONS
		header Access-Control-Request-Method *
		header_regexp Origin ^http://(127[.]0[.]0[.]1|localhost):%(port)d$
	}
	handle @preflight {
		header Access-Control-Allow-Methods "GET, HEAD, POST, PUT, PATCH, DELETE"
		header Access-Control-Allow-Headers "Authorization, Content-Type"
		header Access-Control-Max-Age 600
		respond 204
	}
	request_body {
		max_size 100MB
	}
	handle {
		reverse_proxy unix/%(gate)s {
			header_up -Cookie
			lb_try_duration 5s
			lb_try_interval 50ms
			# A connection a request: the server behind may be at its last one when it is given another configuration.
			transport http {
				keepalive off
			}
		}
	}
}
"""


@dataclass(frozen=True)
class Caddy:
    configuration: Path
    port: int
    web_socket: Path
    live_socket: Path
    gateway_socket: Path
    files_port: int
    store_url: str
    apps_port: int
    gate_socket: Path

    def configure(self) -> None:
        """Write what the server reads when it starts. Its admin interface is off: a new configuration means a restart."""
        values = {
            "port": self.port,
            "web": self.web_socket,
            "live": self.live_socket,
            "gateway": self.gateway_socket,
            "files_port": self.files_port,
            "store": self.store_url,
            "apps_port": self.apps_port,
            "gate": self.gate_socket,
        }
        self.configuration.write_text(_CONFIGURATION % values)

    def command(self) -> list[str]:
        """The server in the foreground."""
        return [str(_BINARY), "run", "--adapter", "caddyfile", "--config", str(self.configuration)]


@dataclass(frozen=True)
class Gate:
    """The Caddy before apps: it begins with none, and is told of them over `admin` (celery_workers/gate)."""

    configuration: Path
    socket: Path
    admin: Path
    gateway_socket: Path
    log: Path

    @property
    def listen(self) -> str:
        """Where it listens, as Caddy writes addresses."""
        return f"unix/{self.socket}"

    @property
    def doorman(self) -> str:
        """Where it asks who may call an app, the same way."""
        return f"unix/{self.gateway_socket}"

    def configure(self) -> None:
        empty = configuration([], admin=str(self.admin), listen=self.listen, doorman=self.doorman, log=str(self.log))
        self.configuration.write_text(json.dumps(empty))

    def command(self) -> list[str]:
        """The server in the foreground."""
        return [str(_BINARY), "run", "--config", str(self.configuration)]
