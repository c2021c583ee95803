"""Where the process `live` asks the database: a few threads, so that its event loop never waits for an answer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from channels.db import database_sync_to_async

from apps.monitoring import access
from apps.tenants.actor import Actor

Answer = TypeVar("Answer")
# Their number bounds the database connections of this process (with the guard's one).
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="live-database")


async def ask_as(actor: Actor | None, function: Callable[..., Answer], *arguments: Any) -> Answer:
    """Call what reads the database, in a thread, with what is visible to the actor; to nobody, when there is none."""
    return await ask(partial(access.behind_the_wall, actor=actor), function, *arguments)


async def ask(function: Callable[..., Answer], *arguments: Any) -> Answer:
    """Call what asks the database, in a thread."""
    answer: Answer = await database_sync_to_async(function, thread_sensitive=False, executor=_threads)(*arguments)
    return answer
