"""The protocol over HTTP, as an ASGI application."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from model_server.models import Model
from model_server.tensors import Refused, arrays_of, as_json

Receive = Callable[[], Awaitable[Any]]
Answer = tuple[int, dict[str, Any]]
MOST_BYTES = 64 * 2**20


class Server:
    """Serves one model under its name. Each request is computed in a thread, at most `threads` at once."""

    def __init__(self, model: Model, *, name: str, version: str = "1", threads: int = 1) -> None:
        self._model, self._name, self._version = model, name, version
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="infer")

    async def __call__(self, scope: Any, receive: Receive, send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] != "http":
            return
        try:
            status, document = await self._answer(scope["method"], scope["path"].strip("/").split("/"), receive)
        except Refused as refusal:
            status, document = 400, {"error": str(refusal)}
        body = json.dumps(document, allow_nan=False).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, method: str, path: list[str], receive: Receive) -> Answer:
        match method, path:
            case "GET", ["v2"]:
                return 200, {"name": "hanse-model-server", "version": "2", "extensions": []}
            case "GET", ["v2", "health", "live"]:
                return 200, {"live": True}
            case "GET", ["v2", "health", "ready"]:
                await self.probe()
                return 200, {"ready": True}
            case _, ["v2", "models", name, *rest]:
                if rest[:1] == ["versions"]:
                    version, rest = (rest[1] if len(rest) > 1 else ""), rest[2:]
                else:
                    version = self._version
                if (name, version) != (self._name, self._version):
                    return 404, {"error": f"This server has the model {self._name}, version {self._version}, and no other."}
                return await self._of_model(method, rest, receive)
        return 404, {"error": "The Open Inference Protocol has no such address."}

    async def _of_model(self, method: str, rest: list[str], receive: Receive) -> Answer:
        match method, rest:
            case "GET", []:
                return 200, {
                    "name": self._name,
                    "versions": [self._version],
                    "platform": self._model.platform,
                    "inputs": [tensor.as_json() for tensor in self._model.inputs],
                    "outputs": [tensor.as_json() for tensor in self._model.outputs],
                }
            case "GET", ["ready"]:
                await self.probe()
                return 200, {"name": self._name, "ready": True}
            case "POST", ["infer"]:
                answer: Answer = await self._in_thread(self._infer, await _body(receive))
                return answer
        return 404, {"error": "The Open Inference Protocol has no such address."}

    async def probe(self) -> None:
        """Have the model answer the smallest request there is; what keeps it from that keeps it from others."""
        smallest = {tensor.name: tensor.example() for tensor in self._model.inputs}
        await self._in_thread(self._model.infer, smallest)

    def _infer(self, body: bytes) -> Answer:
        try:
            document = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Refused("The body is no JSON.") from error
        given = arrays_of(document, self._model.inputs)
        asked = document.get("outputs") or [tensor.as_json() for tensor in self._model.outputs]
        known = {tensor.name: tensor for tensor in self._model.outputs}
        names = [str(one.get("name")) for one in asked if isinstance(one, dict)] if isinstance(asked, list) else []
        if not names or not set(names) <= set(known):
            raise Refused(f"The outputs of this model are {', '.join(known)}.")
        answers = self._model.infer(given)
        return 200, {
            "model_name": self._name,
            "model_version": self._version,
            **({"id": document["id"]} if isinstance(document.get("id"), str) else {}),
            "outputs": [as_json(known[name], answers[name]) for name in names],
        }

    async def _in_thread(self, act: Callable[[Any], Any], given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._pool, act, given)


async def _body(receive: Receive) -> bytes:
    parts = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused("The request was given up.")
        parts += message.get("body", b"")
        if len(parts) > MOST_BYTES:
            raise Refused(f"A request has at most {MOST_BYTES // 2**20} MiB.")
        if not message.get("more_body"):
            return bytes(parts)
