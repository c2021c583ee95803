"""Bodies that are a file: spooled to disk while they come, counted and hashed, never held in memory."""

import hashlib
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from apps.code.errors import ArchiveTooLarge

_BLOCK_BYTES = 256 * 1024
LONGEST_SECONDS = 15 * 60


@dataclass(frozen=True)
class Upload:
    """A body on disk; the file goes when nobody holds this any more. As text it is its content's digest."""

    file: IO[bytes]
    size_bytes: int
    sha256: str

    def __str__(self) -> str:
        return self.sha256


class ArchiveParser(BaseParser):
    """Takes the body as it is, whatever it is called. Raises ArchiveTooLarge; ParseError for one that does not end."""

    media_type = "application/octet-stream"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The body as an Upload."""
        file = tempfile.NamedTemporaryFile(prefix="hanse-code-")  # noqa: SIM115 - it lives as long as the upload
        digest, size, until = hashlib.sha256(), 0, time.monotonic() + LONGEST_SECONDS
        while block := stream.read(_BLOCK_BYTES):
            size += len(block)
            if size > settings.CODE_BYTES:
                raise ArchiveTooLarge(f"An archive is at most {settings.CODE_BYTES // 2**20} MiB.", most=settings.CODE_BYTES)
            if time.monotonic() > until:
                raise ParseError(f"The upload took longer than {LONGEST_SECONDS // 60} minutes.")
            digest.update(block)
            file.write(block)
        file.flush()
        return Upload(file, size, digest.hexdigest())


class GzipParser(ArchiveParser):
    media_type = "application/gzip"


class ZipParser(ArchiveParser):
    media_type = "application/zip"
