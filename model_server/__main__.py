"""Load a model, have it answer once, and serve it at $HOST and $PORT."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

import uvicorn

from model_server.models import Unloadable, load
from model_server.server import Server


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m model_server", description=__doc__)
    files = os.environ.get("HANSE_FILES", ".")
    parser.add_argument("--model", default=files, help="a file, or a directory with one model; $HANSE_FILES if left out")
    parser.add_argument("--name", default="model", help="what callers name it by")
    parser.add_argument("--version", default="1")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8080")))
    given = parser.parse_args()
    try:
        model = load(Path(given.model))
    except Unloadable as refusal:
        print(f"No model is served: {refusal}", file=sys.stderr, flush=True)
        return 2
    threads = int(os.environ.get("OMP_NUM_THREADS") or 1)
    server = Server(model, name=given.name, version=given.version, threads=threads)
    # Before anybody can ask: what cannot answer comes up for nobody.
    asyncio.run(server.probe())
    inputs = ", ".join(f"{tensor.name} {tensor.datatype}{list(tensor.shape)}" for tensor in model.inputs)
    print(f"{given.name} ({model.platform}) takes {inputs}.", flush=True)
    uvicorn.run(server, host=given.host, port=given.port, lifespan="off", access_log=False, log_level="warning")
    return 0


if __name__ == "__main__":
    sys.exit(main())
