"""Answers that wait for something to happen, over plain HTTP: served by `live`, where waiting holds no thread.

A request goes through Django's own middleware and view first, in a thread: who is it, may they, is it asked rightly. What
the view answers is the answer, unless it is a `Later`: then its work goes on in the event loop, watched by the guard as
sockets are.
"""

from apps.monitoring.waiting.exchange import Exchange, Later

__all__ = ["Exchange", "Later"]
