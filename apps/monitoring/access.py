"""Who a socket is from, and whether they still may what they might when it was opened.

Everything here asks the database, and is called in threads of its own.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.models import Kind, User
from apps.accounts.sessions import SessionStore
from apps.core import registries, walls
from apps.core.registries import SubjectScope
from apps.monitoring.models import LogChunk
from apps.monitoring.streams import of_replica
from apps.tenants import access, view_as
from apps.tenants.actor import Actor, Viewer
from apps.tenants.errors import ViewIsOver

Answer = TypeVar("Answer")
_STILL = f"""
SELECT asked.place FROM unnest(%s::int[], %s::uuid[], %s::bigint[], %s::text[], %s::uuid[])
  AS asked(place, user_id, access_version, session_key, token_id)
JOIN {User._meta.db_table} AS person
  ON person.id = asked.user_id AND person.is_active AND person.access_version = asked.access_version
WHERE (asked.session_key = '' OR EXISTS (
    SELECT FROM {Session._meta.db_table} AS session
    WHERE session.session_key = asked.session_key AND session.expire_date > now()))
  AND (asked.token_id IS NULL OR asked.token_id IN (SELECT wall_tokens_alive(%s::uuid[])))
"""  # noqa: S608 (names of our own tables)


def behind_the_wall(function: Callable[..., Answer], *arguments: Any, actor: Actor | None = None) -> Answer:
    """Call what asks the database in a transaction in which what is `actor`'s can be seen; nobody's while there is none."""
    with walls.transaction():
        if actor is not None:
            access.enter_once_more(actor)
        return function(*arguments)


def actor_of_session(cookie: str) -> Actor | None:
    """The actor of a console session, as they are now; None when there is no such session, or its owner is gone."""
    if not cookie:
        return None
    request: Any = HttpRequest()
    request.session = SessionStore.of_cookie(cookie)
    user = get_user(request)
    if not isinstance(user, User) or not user.is_active or user.kind != Kind.PERSON:
        return None
    try:
        return view_as.actor_of_session(user, request.session, session_key=request.session.session_key)
    except ViewIsOver:
        return None


def still_valid(actors: Iterable[Actor]) -> list[bool]:
    """Whether each actor is what it was: account active, access unchanged, session and token alive. One query."""
    sockets = list(actors)
    viewers = [(place, viewer) for place, actor in enumerate(sockets) if (viewer := actor.viewer)]
    now = timezone.now()
    # Of a view, whoever looks must be what they were too.
    asked: list[Actor | Viewer] = [*sockets, *(viewer for _, viewer in viewers)]
    tokens = [str(one.token_id) if isinstance(one, Actor) and one.token_id else None for one in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            _STILL,
            [
                list(range(len(asked))),
                [str(actor.user_id) for actor in asked],
                [actor.access_version for actor in asked],
                [actor.session_key if isinstance(actor, Actor) else "" for actor in asked],
                tokens,
                [token for token in tokens if token],
            ],
        )
        valid = {place for (place,) in cursor.fetchall()}
    over = {
        place
        for number, (place, viewer) in enumerate(viewers, start=len(sockets))
        if number not in valid or viewer.until <= now
    }
    return [place in valid and place not in over for place in range(len(sockets))]


def subject_scope(actor: Actor, subject_kind: str, subject_id: UUID) -> SubjectScope | None:
    """Where the subject belongs; None when there is none that the actor may see."""
    scope_of = registries.subject_scopes.get(subject_kind)
    return scope_of(actor, subject_id) if scope_of else None


def followable(actor: Actor, subject_kind: str, subject_id: UUID) -> dict[str, int] | None:
    """The last archived line number of each replica of a subject; None when the actor may not see it."""
    if subject_scope(actor, subject_kind, subject_id) is None:
        return None
    extents = LogChunk.objects.of_subject(subject_kind, subject_id).extents()
    return {of_replica(extent.attempt, extent.rank): extent.last_number for extent in extents}
