"""What every endpoint shares: a declared permission, If-Match, Idempotency-Key, sparse fields."""

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Any, ClassVar, NoReturn

import orjson
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models import QuerySet
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.viewsets import GenericViewSet

from apps.core.api.serializers import PreviewOutput
from apps.core.api.throttles import StrangerThrottle
from apps.core.errors import ChangedMeanwhile, InvalidRequest, KeyReused, MatchRequired, NotVisible, SecondFactorNeeded
from apps.core.models import IdempotencyRecord
from apps.core.tolls import Preview

Handler = Callable[..., Response]
_REPEATED_HEADERS = ("ETag", "Location")
_COMPRESSED = re.compile("-(zstd|gzip|br|deflate)$")

# How a preview is read on: `describe(query=PAGED)`.
PAGED = {"cursor": "`next` of the page before."}


def visible_or_404(rows: QuerySet[Any], **lookup: Any) -> Any:
    """The one row that `lookup` finds among the permitted `rows`. Raises NotVisible alike for none and for hidden."""
    row = rows.filter(**lookup).first()
    if row is None:
        raise NotVisible
    return row


class ResourceViewSet(GenericViewSet[Any]):
    """Base of all endpoints.

    `permissions` names, per action, the permission that the actor needs; an action that is not in it is a programming
    error, so that nothing is open by being forgotten ("" is for what every signed-in actor may do).
    `secret_fields` are left out when an answer is replayed for its Idempotency-Key.
    `unversioned` names the actions of PUT, PATCH and DELETE whose rows never change, so that If-Match says nothing.
    """

    permissions: ClassVar[dict[str, str]]
    secret_fields: ClassVar[frozenset[str]] = frozenset()
    unversioned: ClassVar[frozenset[str]] = frozenset()
    # What leads to a second factor must be open to who has none yet.
    needs_second_factor: ClassVar[bool] = True
    metadata_class = None
    actor: Any  # a tenants.Actor, which lies above

    def perform_authentication(self, request: Request) -> None:
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self._throttle_stranger(request)
            raise

    def permission_denied(self, request: Request, message: str | None = None, code: str | None = None) -> NoReturn:
        self._throttle_stranger(request)
        super().permission_denied(request, message, code)

    def _throttle_stranger(self, request: Request) -> None:
        throttle = StrangerThrottle()
        if not throttle.allow_request(request, self):
            self.throttled(request, throttle.wait())

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.actor = request.user
        if self.action in (None, "metadata"):  # a method that is not offered here: REST framework answers 405
            return
        if any("\0" in value for value in request.query_params.values()):
            raise InvalidRequest("The address holds a NUL character.")
        if self.action not in self.permissions:
            raise ImproperlyConfigured(f"{type(self).__name__}.{self.action} declares no permission")
        # Where strangers are let in, there is no actor.
        if self.needs_second_factor and self.actor is not None and self.actor.lacks_second_factor:
            raise SecondFactorNeeded("Add a second factor to your account first.")
        self.authorize(self.permissions[self.action])
        # Wrapped here, after the checks and before the dispatcher looks the handler up, so that the record of an
        # Idempotency-Key and the lock of an If-Match share the transaction of the act.
        method = (request.method or "").lower()
        handler: Handler = getattr(self, method)
        if method == "post":
            setattr(self, method, self._once(handler))
        elif method in ("put", "patch", "delete"):
            setattr(self, method, transaction.atomic(handler))

    def authorize(self, permission: str) -> None:
        """Raise NotVisible or PermissionRefused unless the actor may do this action here."""
        if permission:
            self.actor.require(permission)

    def locked(self, rows: QuerySet[Any], **lookup: Any) -> Any:
        """The row to change, locked. Raises MatchRequired or ChangedMeanwhile unless If-Match names its generation."""
        given = self.request.headers.get("If-Match", "")
        if not given:
            raise MatchRequired("Send the ETag that you read, as If-Match.")
        tags = {_generation(tag) for tag in given.split(",")}
        # Found without the lock first: what the actor may not see cannot even be waited for.
        pk = visible_or_404(rows, **lookup).pk
        # no_key: acts that write rows which refer to this one need not wait, while this one may wait for them.
        row = visible_or_404(rows.model._default_manager.select_for_update(of=("self",), no_key=True), pk=pk)
        if tags.isdisjoint({"*", str(row.generation)}):
            raise ChangedMeanwhile("Read it again, then repeat your change.", generation=row.generation)
        return row

    def given(self, serializer: type[Serializer[Any]], **context: Any) -> dict[str, Any]:
        """The body as `serializer` checked it. Raises ValidationError, naming each field that is wrong."""
        body = serializer(data=self.request.data, context={**self.get_serializer_context(), **context})
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)

    def page(self, serializer: type[Serializer[Any]], rows: QuerySet[Any]) -> Response:
        """One page of the list, filtered and ordered as the request asks."""
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        return self.get_paginated_response(serializer(page, many=True, context=self.get_serializer_context()).data)

    def answer(self, row: models.Model, document: Any, *, status: int = 200) -> Response:
        """A single object, with its ETag."""
        response = Response(document, status=status)
        if (generation := getattr(row, "generation", None)) is not None:
            response["ETag"] = f'"{generation}"'
        return response

    def previewed(self, page: Callable[[Any, str], Preview], found: Any) -> Response:
        """Whom a change would hit, from ?cursor on."""
        try:
            preview = page(found, self.request.query_params.get("cursor", ""))
        except ValueError as error:
            raise InvalidRequest(errors=[{"pointer": "?cursor", "detail": "Not a cursor of this preview."}]) from error
        return Response(self.shown(PreviewOutput, preview))

    @property
    def dry_run(self) -> bool:
        given = self.request.query_params.get("dry_run", "false")
        if given not in ("true", "false"):
            raise InvalidRequest(errors=[{"pointer": "?dry_run", "detail": "true or false."}])
        return given == "true"

    def get_serializer_context(self) -> dict[str, Any]:
        fields = self.request.query_params.get("fields", "") if self.request else ""
        wanted = frozenset(filter(None, fields.split(",")))
        return {**super().get_serializer_context(), "fields": wanted, "actor": getattr(self, "actor", None)}

    def shown(self, serializer: type[Serializer[Any]], row: Any, **context: Any) -> dict[str, Any]:
        """The row as `serializer` shows it to this actor."""
        return dict(serializer(row, context={**self.get_serializer_context(), **context}).data)

    def _once(self, handler: Handler) -> Handler:
        def handle(request: Request, *args: Any, **kwargs: Any) -> Response:
            key = request.headers.get("Idempotency-Key", "")
            with transaction.atomic():
                if not key:
                    return handler(request, *args, **kwargs)
                if len(key) > 200 or not key.isprintable():
                    raise InvalidRequest(errors=[{"pointer": "Idempotency-Key", "detail": "1-200 printable characters."}])
                if self.actor is None:
                    # Nobody could tell one stranger's key from another's; what strangers may do spends a secret, or
                    # may be done twice.
                    return handler(request, *args, **kwargs)
                digest = _digest(request.data)
                # A second request with the same key waits here for the first to commit.
                record = IdempotencyRecord.objects.held(
                    actor=self.actor.pk, route=request.get_full_path()[:300], key=key, body_digest=digest
                )
                if record.body_digest != digest:
                    raise KeyReused("Use a new key for a new request.")
                if record.status is not None:
                    return Response(
                        record.answer, status=record.status, headers={**record.headers, "Idempotency-Replayed": "true"}
                    )
                response = handler(request, *args, **kwargs)
                shown = response.data
                if isinstance(shown, dict):
                    shown = {name: value for name, value in shown.items() if name not in self.secret_fields}
                headers = {name: response[name] for name in _REPEATED_HEADERS if name in response}
                IdempotencyRecord.objects.answer(record, response.status_code, shown, headers)
                return response

        return handle


def _generation(tag: str) -> str:
    """The generation in an ETag, whatever a proxy put round it: `W/`, or how it compressed the answer (`"3-zstd"`)."""
    return _COMPRESSED.sub("", tag.strip().removeprefix("W/").strip('"'))


def _digest(body: Any) -> str:
    """Keyed, for bodies may hold secrets that could be guessed from a plain digest."""
    text = orjson.dumps(body, default=str, option=orjson.OPT_SORT_KEYS)
    return hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256).hex()
