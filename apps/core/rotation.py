"""Moving everything that is encrypted to the first key, while Hanse runs.

What a row was encrypted with is found by trying, so that there is no progress to keep: interrupted, it is run again and
passes over what is done. A row that changes meanwhile is left alone, for whoever changed it used the first key.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import F, Model, TextField, Value
from django.db.models.functions import Cast

from apps.core.fields import EncryptedTextField, is_under_first_key, under_first_key

AT_ONCE = 500

# Apps that keep encrypted text elsewhere than in an EncryptedTextField rotate it themselves: (write) -> what they found.
elsewhere: list[Callable[[bool], "Found"]] = []


@dataclass
class Found:
    """What one encrypted column holds: values under the first key, under older ones, and under none that is known."""

    column: str
    current: int = 0
    old: int = 0
    unreadable: int = 0


def encrypted_columns() -> Iterator[tuple[type[Model], str]]:
    """Every model and field that holds encrypted text."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field.name


def rotate(model: type[Model], field: str, *, write: bool = True) -> Found:
    """Encrypt a column anew with the first key, in batches; `write=False` only counts.

    `old` is what is left under older keys afterwards.
    """
    found = Found(f"{model._meta.label}.{field}")
    for pk, encrypted in _values(model, field):
        if is_under_first_key(encrypted):
            found.current += 1
        elif (renewed := under_first_key(encrypted)) is None:
            found.unreadable += 1
        elif write and _replace(model, field, pk, encrypted, renewed):
            found.current += 1
        else:
            found.old += 1
    return found


def _values(model: type[Model], field: str) -> Iterator[tuple[Any, str]]:
    """(primary key, what the database holds), a batch at a time, by key."""
    raw = Cast(F(field), TextField())
    rows = model._default_manager.annotate(encrypted=raw).exclude(**{f"{field}__isnull": True}).order_by("pk")
    last: Any = None
    while True:
        later = rows if last is None else rows.filter(pk__gt=last)
        batch = list(later.values_list("pk", "encrypted")[:AT_ONCE])
        if not batch:
            return
        yield from ((pk, encrypted) for pk, encrypted in batch if encrypted)
        last = batch[-1][0]


def _replace(model: type[Model], field: str, pk: Any, encrypted: str, renewed: str) -> bool:
    """Write the renewed text where the row still holds the old one; True when it now does, or holds a newer value."""
    rows = model._default_manager.annotate(encrypted=Cast(F(field), TextField())).filter(pk=pk)
    if rows.filter(encrypted=encrypted).update(**{field: Value(renewed, output_field=TextField())}):
        return True
    now = rows.values_list("encrypted", flat=True).first()
    return not now or is_under_first_key(now)
