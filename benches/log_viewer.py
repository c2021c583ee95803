"""The console's log viewer in a real Chromium, given 200,000 lines as the socket brings them; its floor is a bare list.

    .venv/bin/python -m benches.log_viewer [lines] [ranks]

Frames hold up to 1,000 lines, as `live` sends them, and come as fast as they are taken. Seconds run until the last line is
on the screen. Memory is what the page's process holds of its own after a collection of garbage, and the heap of its
program alone. Needs Chromium and the console's node_modules (`make console`).
"""

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, Page, Route, sync_playwright

from benches.serving import loads
from embedded.console import node_programs
from embedded.layout import REPOSITORY

FRAME_LINES = 1000
LESS_SECONDS, LESS_MEGABYTES = 3.0, 150.0
MIB = 2**20


def main(lines: int, ranks: int) -> None:
    frames = _frames(lines, ranks)
    last = f"{ranks - 1}/{lines // ranks}"
    with _built(frames) as address, sync_playwright() as playwright:
        machine = shutil.which("chromium") or shutil.which("google-chrome")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=machine, args=["--js-flags=--expose-gc", *arguments])
        print(f"{lines:,} lines of {ranks} ranks, {len(frames)} frames\n")
        print("| | seconds | times the floor | MB | heap, MB |\n|---|--:|--:|--:|--:|")
        floor = _measured(browser, address, "bare", ranks, last if ranks == 1 else f"0/{lines // ranks}")
        print(f"| floor: a bare list | {floor[0]:.2f} | | {floor[1]:.0f} | {floor[2]:.0f} |")
        seconds, megabytes, heap = _measured(browser, address, "viewer", ranks, last)
        print(f"| log viewer | {seconds:.2f} | {seconds / floor[0]:.1f} | {megabytes:.0f} | {heap:.0f} |\n\n{loads()}")
        browser.close()
    if seconds > LESS_SECONDS or megabytes > LESS_MEGABYTES:
        raise SystemExit(f"✗ more than {LESS_SECONDS} s or {LESS_MEGABYTES} MB")


def _frames(lines: int, ranks: int) -> list[str]:
    """What the ranks of a training job say, in turns: progress, with colours now and then, warnings, some tracebacks."""
    began = datetime(2026, 11, 27, tzinfo=UTC)
    frames = []
    for first in range(1, lines // ranks + 1, FRAME_LINES):
        for rank in range(ranks):
            numbers = range(first, min(first + FRAME_LINES, lines // ranks + 1))
            said = [[n, (began + timedelta(milliseconds=5 * n)).isoformat(), "out", _text(n, rank)] for n in numbers]
            frames.append(json.dumps({"rank": rank, "lines": said}))
    return frames


def _text(number: int, rank: int) -> str:
    if number % 100 == 0:
        return f"\x1b[33mWARNING\x1b[0m rank {rank}: gradient overflow, loss scale is now {number % 7}"
    if number % 1001 == 0:
        return f'ValueError: step {number} of rank {rank} has a loss that is not finite ("nan")'
    return (
        f"epoch {number // 5000} step {number:>7} loss {1 / number:.6f} lr 3.0e-04 {number * 3 % 977} samples/s rank {rank}"
    )


def _measured(browser: Browser, address: str, which: str, ranks: int, last: str) -> tuple[float, float, float]:
    """(seconds, MiB of the page's process, MiB of the program's heap), each beyond what the empty page takes."""
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    page.route("**/api/v1/**", _no_lines)
    page.goto(address)
    page.wait_for_function("!!window.begin")
    page.evaluate("([which, ranks]) => window.begin(which, ranks).then((take) => { window.take = take })", [which, ranks])
    before = _memory(page)
    milliseconds = page.evaluate("(last) => window.bring(window.take, last)", last)
    after = _memory(page)
    page.close()
    return milliseconds / 1000, *(now - then for now, then in zip(after, before, strict=True))


def _memory(page: Page) -> tuple[float, float]:
    session = page.context.new_cdp_session(page)
    for _ in range(2):
        session.send("HeapProfiler.collectGarbage")
    heap: dict[str, Any] = session.send("Runtime.getHeapUsage")
    session.detach()
    renderers = [
        child.memory_full_info().uss
        for child in psutil.Process().children(recursive=True)
        if "--type=renderer" in child.cmdline() and child.is_running()
    ]
    return max(renderers) / MIB, heap["usedSize"] / MIB


def _no_lines(route: Route) -> None:
    route.fulfill(json=[])


@contextmanager
def _built(frames: list[str]) -> Iterator[str]:
    """The page, built, at an address of this machine, and the frames beside it."""
    with tempfile.TemporaryDirectory(prefix="hb-viewer-") as folder:
        frontend = REPOSITORY / "frontend"
        command = [
            "npx",
            "vite",
            "build",
            "--config",
            "bench/vite.config.ts",
            "--outDir",
            folder,
            "--emptyOutDir",
            "--logLevel",
            "error",
        ]
        environment = {**os.environ, "PATH": f"{node_programs()}:{os.environ['PATH']}"}
        subprocess.run(command, cwd=frontend, env=environment, check=True)
        (Path(folder) / "frames.json").write_text(json.dumps(frames))
        handler = functools.partial(_Quiet, directory=str(Path(folder)))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*(numbers + [200_000, 1][len(numbers) :]))
