"""Files between this machine and buckets: many at once, straight to and from the store.

What is there already, byte for byte, is not sent again, so whoever repeats what broke off goes on with it.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from hanse.errors import InvalidRequest
from hanse.transport import Pauses

if TYPE_CHECKING:
    from hanse.client import Client

AT_ONCE = 8
# Addresses work for some minutes: no more is asked for than can be sent in them.
A_BATCH, BYTES_OF_A_BATCH = 200, 2**29
_BLOCK = 2**20
_PLACE_OF_A_FILE = re.compile(r"/files/(\d+)/")


@dataclass
class Report:
    """`there` were there already; `failures`: why, by name."""

    files: int = 0
    bytes: int = 0
    there: int = 0
    failures: dict[str, str] = field(default_factory=dict)


Told = Callable[[Report], None]


class Failed(Exception):
    """This one file cannot be copied; its text says why."""


def upload(client: "Client", bucket_id: str, source: Path, place: str, *, told: Told = lambda _: None) -> Report:
    """Copy a file to the name `place`, or what is in a folder to below `place`, which ends with a slash or is empty.

    Links are not followed. Raises ApiError when the portal refuses all of it, as a full bucket does.
    """
    report = Report()
    with _crew(client, report, told) as crew:
        for batch in _batches(_found(source, place, report)):
            hashed = crew.do(_described, batch)
            for file, granted in _granted(client, bucket_id, hashed, report):
                if granted["there"]:
                    report.there += 1
                else:
                    crew.start(file.key, crew.put, file, granted)
            crew.settle()
    return report


def download(client: "Client", bucket_id: str, place: str, target: Path, *, told: Told = lambda _: None) -> Report:
    """Copy the file of the name `place` to `target`, or what is below a folder (ends with a slash, or empty) into it."""
    report = Report()
    cursor = ""
    whole = not place or place.endswith("/")
    with _crew(client, report, told) as crew:
        while True:
            asked: Any = {"prefix": place, "cursor": cursor, "limit": A_BATCH if whole else 1}
            page = _whole("downloads", client.projects_buckets_downloads_create, bucket_id, client.project_id(), asked)
            for file in page["downloads"]:
                name = file["key"][len(place) :]
                if not whole and name:
                    break
                if whole and not _is_plain(name):
                    report.failures[file["key"]] = "its name would lead elsewhere on this machine"
                else:
                    crew.start(file["key"], crew.get, file, target / name if whole else target)
            crew.settle()
            cursor = page["next"]
            if not (whole and cursor):
                return report


def download_version(client: "Client", dataset_id: str, number: int, target: Path, *, told: Told = lambda _: None) -> Report:
    """Copy all files of a version of a dataset into a folder, each as its manifest has it."""
    report = Report()
    part: int | None = 1
    with _crew(client, report, told) as crew:
        while part is not None:
            ask = client.projects_datasets_versions_downloads_create
            page = _whole("downloads", ask, dataset_id, str(number), client.project_id(), {"part": part})
            for file in page["downloads"]:
                if _is_plain(file["path"]):
                    crew.start(file["path"], crew.get, file, target / file["path"])
                else:
                    report.failures[file["path"]] = "its name would lead elsewhere on this machine"
            crew.settle()
            part = page["next"]
    return report


@dataclass(frozen=True)
class _File:
    key: str
    path: Path
    size_bytes: int = 0
    sha256: str = ""


class _Crew:
    """Threads that copy; what they did is written down by the one thread that started them."""

    def __init__(self, client: "Client", pool: ThreadPoolExecutor, http: httpx.Client, report: Report, told: Told) -> None:
        self.patience, self.pool, self.http, self.report, self.told = client.transport.patience, pool, http, report, told
        self.started: list[tuple[str, Future[int | None]]] = []
        self.before: list[tuple[str, Future[int | None]]] = []

    def do(self, act: Callable[[_File], _File], files: list[_File]) -> list[_File]:
        """The act on each; without those that it failed with."""
        started = [(file.key, self.pool.submit(act, file)) for file in files]
        return [file for key, future in started if (file := self._of(key, future)) is not None]

    def start(self, key: str, act: Callable[..., int | None], *arguments: Any) -> None:
        """Copy a file: `act` returns its bytes, or None when it was there."""
        self.started.append((key, self.pool.submit(act, *arguments)))

    def settle(self) -> None:
        """Wait for the batch before this one: the store is busy while the portal is asked for the next."""
        for key, future in self.before:
            self._count(key, future)
        self.before, self.started = self.started, []

    def _count(self, key: str, future: "Future[int | None]") -> None:
        size = self._of(key, future)
        if size is None:
            self.report.there += key not in self.report.failures
        else:
            self.report.files, self.report.bytes = self.report.files + 1, self.report.bytes + size
        self.told(self.report)

    def _of(self, key: str, future: "Future[Any]") -> Any:
        try:
            return future.result()
        except (Failed, OSError) as failure:
            self.report.failures[key] = str(failure)
            return None

    def put(self, file: _File, granted: Mapping[str, Any]) -> int:
        def send() -> httpx.Response:
            with file.path.open("rb") as content:
                return self.http.put(granted["url"], headers=granted["headers"], content=content)

        self._until_done(send)
        return file.size_bytes

    def get(self, file: Mapping[str, Any], place: Path) -> int | None:
        if _is_there(file, place):
            return None
        place.parent.mkdir(parents=True, exist_ok=True)
        # Under its name only once it is whole; one that broke off is written anew.
        part = place.with_name(f".hanse-{hashlib.sha256(place.name.encode()).hexdigest()[:16]}")

        def fetch() -> httpx.Response:
            digest, size = hashlib.sha256(), 0
            headers = {"Accept-Encoding": "identity"}
            with self.http.stream("GET", file["url"], headers=headers) as response, part.open("wb") as written:
                if response.is_error:
                    response.read()
                    return response
                for block in response.iter_raw(_BLOCK):
                    digest.update(block)
                    size += written.write(block)
            if size != file["size_bytes"] or file["sha256"] not in ("", digest.hexdigest()):
                raise Failed("it was changed while it was copied")
            return response

        try:
            self._until_done(fetch)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
        return int(file["size_bytes"])

    def _until_done(self, act: Callable[[], httpx.Response]) -> None:
        """Repeat while the store is away. Raises Failed when it refuses."""
        pauses = Pauses(self.patience)
        while True:
            try:
                response = act()
            except httpx.TransportError as error:
                why = f"the store does not answer: {str(error) or type(error).__name__}"
            else:
                if response.is_success:
                    return
                why = f"the store answers {response.status_code} {_code_in(response.text)}".rstrip()
                if response.status_code < 500 and response.status_code != 429:
                    raise Failed(why)
            if not pauses.left:
                raise Failed(why)
            pauses.pause()


@contextmanager
def _crew(client: "Client", report: Report, told: Told) -> Iterator[_Crew]:
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    verify = client.verify
    with httpx.Client(timeout=httpx.Timeout(60, connect=10), limits=limits, verify=verify) as http:
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            crew = _Crew(client, pool, http, report, told)
            yield crew
            crew.settle()
            crew.settle()
        finally:
            pool.shutdown(cancel_futures=True)


def _found(source: Path, place: str, report: Report) -> Iterator[_File]:
    if source.is_file():
        yield _File(place, source)
        return
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in sorted([*names, *(one for one in folders if Path(folder, one).is_symlink())]):
            path = Path(folder, name)
            key = place + path.relative_to(source).as_posix()
            if not _is_utf8(key):
                report.failures[ascii(key)] = "its name is no UTF-8"
            elif path.is_symlink() or not path.is_file():
                report.failures[key] = "a link, or no file"
            else:
                yield _File(key, path)


def _batches(files: Iterator[_File]) -> Iterator[list[_File]]:
    batch: list[_File] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.path.stat().st_size
        if len(batch) == A_BATCH or size >= BYTES_OF_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _described(file: _File) -> _File:
    size, sha256 = _digest(file.path)
    return _File(file.key, file.path, size, sha256)


def _granted(
    client: "Client", bucket_id: str, files: list[_File], report: Report
) -> Iterator[tuple[_File, Mapping[str, Any]]]:
    """An answer for each file; those that the portal refuses by name are left out, and reported."""
    while files:
        asked: Any = {"files": [{"key": file.key, "size_bytes": file.size_bytes, "sha256": file.sha256} for file in files]}
        try:
            answer = _whole("uploads", client.projects_buckets_uploads_create, bucket_id, client.project_id(), asked)
        except InvalidRequest as refusal:
            wrong = {
                int(place[1]): error["detail"]
                for error in refusal.errors
                if (place := _PLACE_OF_A_FILE.match(error["pointer"]))
            }
            if not wrong:
                raise
            report.failures |= {files[index].key: why for index, why in wrong.items()}
            files = [file for index, file in enumerate(files) if index not in wrong]
        else:
            yield from zip(files, answer["uploads"], strict=True)
            return


def _whole(addresses: str, ask: Callable[..., Any], *arguments: Any) -> Any:
    """The answer; asked for anew when the first got lost: no repetition of an answer holds addresses."""
    answer = ask(*arguments)
    return answer if addresses in answer else ask(*arguments)


def _is_there(file: Mapping[str, Any], place: Path) -> bool:
    if not file["sha256"] or not place.is_file() or place.stat().st_size != file["size_bytes"]:
        return False
    return bool(_digest(place)[1] == file["sha256"])


def _digest(path: Path) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def _is_plain(name: str) -> bool:
    """Whether it lies below the folder that it is joined to. Programs with keys of their own write any name."""
    parts = name.split("/")
    return not ({"", ".", ".."} & set(parts)) and "\\" not in name and not os.path.splitdrive(name)[0] and name.isprintable()


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _code_in(xml: str) -> str:
    found = re.search(r"<Code>(\w+)</Code>", xml)
    return found[1] if found else ""
