"""Where models are trained: what is asked for, and what it really is."""

from pathlib import Path

from celery_workers.prediction.algorithms.interface import Unable

ASKED = ("auto", "cpu", "cuda")


def graphics_processors() -> int:
    """How many NVIDIA GPUs the kernel shows this process, asked without a library."""
    return len(list(Path("/proc/driver/nvidia/gpus").glob("*")))


def effective(asked: str, *, built_for_cuda: bool, library: str) -> str:
    """`cpu` or `cuda`. Raises Unable where a GPU is demanded that cannot be used: never quietly the processor instead."""
    if asked not in ASKED:
        raise Unable("unknown-device", device=asked)
    usable = built_for_cuda and graphics_processors() > 0
    if asked == "cuda" and not usable:
        raise Unable("no-gpu", library=library, built_for_cuda=built_for_cuda, gpus=graphics_processors())
    return "cuda" if usable and asked != "cpu" else "cpu"
