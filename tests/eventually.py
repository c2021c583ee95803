"""Waiting for what happens elsewhere, without sleeping blindly."""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")


def eventually(ask: Callable[[], Answer], *, within: float = 15, what: str = "") -> Answer:
    """The first true answer of `ask`; fails with the last answer when there is none `within` so many seconds."""
    give_up_at = time.monotonic() + within
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > give_up_at:
            raise AssertionError(f"{what or 'it'} did not come true within {within} s; last answer: {answer!r}")
        time.sleep(0.02)
