"""A server as people deploy it: says which revision it is, is slow when asked to, and answers what it has begun."""

import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STOPPING = threading.Event()


class Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 256


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.startswith("/die"):
            os._exit(3)
        if self.path.startswith("/slow"):
            time.sleep(float(self.path.rpartition("=")[2]))
        if self.path.startswith("/headers"):
            self._answer("".join(f"{name.lower()}: {value}\n" for name, value in self.headers.items()))
            return
        if self.path.startswith("/endless"):
            self._answer_without_end()
            return
        self._answer(f"{os.environ.get('GREETING', '')}{self.path} {os.environ['HANSE_REPLICA'].rpartition('.')[2]}")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, text: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "theirs=1")
        if STOPPING.is_set():
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _answer_without_end(self) -> None:
        self.send_response(200)
        self.end_headers()
        while not STOPPING.is_set():
            self.wfile.write(b"x" * 1000)
            time.sleep(0.1)

    def log_message(self, text: str, *arguments: object) -> None:
        print(text % arguments, flush=True)


def main() -> None:
    if os.environ.get("GREETING") == "broken":
        raise SystemExit(7)
    server = Server((os.environ["HOST"], int(os.environ["PORT"])), Handler)

    def stop(*_: object) -> None:
        STOPPING.set()
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    server.serve_forever(poll_interval=0.05)
    server.server_close()


if __name__ == "__main__":
    main()
