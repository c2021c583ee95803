"""The trail as a file: CSV or JSON lines, written while it is read, so that its length costs no memory."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import orjson
from django.db import transaction
from django.db.models import QuerySet

from apps.audit.models import AuditEntry

COLUMNS = (
    "at",
    "tenant_id",
    "sequence",
    "actor_id",
    "actor_label",
    "token_id",
    "token_label",
    "on_behalf_of_id",
    "on_behalf_of_label",
    "action",
    "project_id",
    "subject_kind",
    "subject_id",
    "subject_label",
    "before",
    "after",
    "address",
    "request_id",
    "id",
    "previous_hash",
    "hash",
)
PAGE = 1000
# What a spreadsheet would take as the beginning of a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def pages(rows: QuerySet[AuditEntry]) -> Iterator[list[dict[str, Any]]]:
    """The rows, newest first, a page at a time by key: each page is a query of its own, so none is open for long."""
    last = None
    while True:
        ahead = rows.filter(pk__lt=last) if last else rows
        with transaction.atomic():
            page = list(ahead.order_by("-pk").values(*COLUMNS)[:PAGE])
        if page:
            yield page
        if len(page) < PAGE:
            return
        last = page[-1]["id"]


def as_json_lines(rows: QuerySet[AuditEntry]) -> Iterator[bytes]:
    for page in pages(rows):
        yield b"".join(orjson.dumps(entry) + b"\n" for entry in page)


def as_csv(rows: QuerySet[AuditEntry]) -> Iterator[bytes]:
    """Begins with the names of the columns. Text that a spreadsheet would run as a formula has a ' before it."""
    yield _lines([COLUMNS])
    for page in pages(rows):
        yield _lines([_cell(entry[name]) for name in COLUMNS] for entry in page)


def _lines(rows: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULAS):
        return f"'{value}"
    return value
