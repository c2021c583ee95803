"""Secrets of a replica: where they come from, where they lie while it runs, and how its output is kept free of them.

They come on the runner's standard input, from a file without a name, so that they are on no disk and no command line.
"""

import base64
import json
import os
import pwd
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

# What is shorter is too common: masking every "1" would leave no log.
LEAST_BYTES, LEAST_ENCODED_BYTES = 6, 8
SHOWN = b"***"
_PARTIAL_BYTES = 64 * 1024
_WRAPPED_AT = (64, 76)
_DIRECTORY = "secrets"


@dataclass(frozen=True)
class Secrets:
    """Variables by name, and files by their place below the directory of secrets."""

    env: Mapping[str, str] = field(repr=False, default_factory=dict)
    files: Mapping[str, bytes] = field(repr=False, default_factory=dict)

    def written(self) -> bytes:
        """As `read` takes it; nothing when there are none."""
        if not self.env and not self.files:
            return b""
        files = {name: base64.b64encode(content).decode() for name, content in self.files.items()}
        return json.dumps({"env": dict(self.env), "files": files}).encode()

    @classmethod
    def read(cls, text: bytes) -> "Secrets":
        if not text:
            return cls()
        given: dict[str, Any] = json.loads(text)
        return cls(given["env"], {name: base64.b64decode(content) for name, content in given["files"].items()})

    @property
    def values(self) -> list[bytes]:
        return [*(value.encode() for value in self.env.values()), *self.files.values()]

    def environment(self, directory: Path) -> dict[str, str]:
        return {**self.env, **({"HANSE_SECRETS": str(directory / _DIRECTORY)} if self.files else {})}

    def write_files(self, directory: Path, account: pwd.struct_passwd | None) -> None:
        """Put the files where only the replica's user reads them. An old directory, of a runner that died, goes first."""
        remove_files(directory)
        if not self.files:
            return
        top = directory / _DIRECTORY
        top.mkdir(mode=0o700)
        for name, content in self.files.items():
            place = top / name
            place.parent.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o400)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
        for place in (*top.rglob("*"), top):
            if account is not None:
                os.chown(place, account.pw_uid, account.pw_gid, follow_symlinks=False)
            place.chmod(0o500 if place.is_dir() else 0o400)


def remove_files(directory: Path) -> None:
    """Take the files of a replica away; none are there afterwards."""
    top = directory / _DIRECTORY
    if not top.exists():
        return
    for place in (top, *(path for path in top.iterdir() if path.is_dir() and not path.is_symlink())):
        place.chmod(0o700)
    shutil.rmtree(top)


class Mask:
    """Takes secrets out of a stream of output, before anything of it is written.

    Whole lines are looked at as soon as they end. Of one that does not end, as much is kept back as a secret is long.
    """

    def __init__(self, values: Iterable[bytes]) -> None:
        forms = sorted({form for value in values for form in _forms(value)}, key=len, reverse=True)
        self._pattern = re.compile(b"|".join(map(re.escape, forms))) if forms else None
        self._kept_back = len(forms[0]) - 1 if forms else 0
        self._rest = b""

    def feed(self, data: bytes) -> bytes:
        """What may be written now."""
        if self._pattern is None:
            return data
        self._rest += data
        end = max(self._rest.rfind(b"\n"), self._rest.rfind(b"\r")) + 1
        if not end and len(self._rest) > max(_PARTIAL_BYTES, 2 * self._kept_back):
            end = len(self._rest) - self._kept_back
            for match in self._pattern.finditer(self._rest):
                if match.start() < end < match.end():
                    end = match.end()
        ready, self._rest = self._rest[:end], self._rest[end:]
        return self._pattern.sub(SHOWN, ready)

    def end(self) -> bytes:
        """What came after the last whole line."""
        rest, self._rest = self._rest, b""
        return self._pattern.sub(SHOWN, rest) if self._pattern else rest


def _forms(value: bytes) -> Iterator[bytes]:
    """How a value may be printed: each of its lines as it is, and the whole in the encodings that programs use."""
    if len(value.strip()) < LEAST_BYTES:
        return
    yield from (line for line in (line.strip() for line in re.split(rb"[\r\n]+", value)) if len(line) >= LEAST_BYTES)
    for whole in {value, value.strip()}:
        encoded = base64.b64encode(whole)
        shapes = [encoded.rstrip(b"="), *_inner(whole)]
        for width in _WRAPPED_AT:
            shapes += [encoded[at : at + width] for at in range(0, len(encoded), width)] if len(encoded) > width else []
        for shape in shapes:
            if len(shape) >= LEAST_ENCODED_BYTES:
                yield shape
                yield shape.translate(bytes.maketrans(b"+/", b"-_"))
        text = whole.decode(errors="replace")
        for escaped in (json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1], quote(text, safe="")):
            yield escaped.encode()


def _inner(value: bytes) -> Iterator[bytes]:
    """What its base64 looks like inside a longer text, where it begins at any of three places of a group."""
    for before in (0, 1, 2):
        encoded = base64.b64encode(b"\0" * before + value)
        yield encoded[-(-before * 8 // 6) : (before + len(value)) * 8 // 6]
