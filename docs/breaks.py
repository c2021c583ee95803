"""What of an API's description no longer holds for those who relied on it.

Who sends may be asked for no more than before, and refused nothing that was taken; who reads gets everything that there
was, of the types that there were. New things may always come: new operations, parameters that may be left out, fields of
answers, and values of answers (readers are told to expect some).
"""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")
# keyword -> whether a greater value refuses more
_BOUNDS = {"maximum": False, "maxLength": False, "maxItems": False, "minimum": True, "minLength": True, "minItems": True}


def breaks(before: Document, after: Document) -> list[str]:
    """A sentence for each, in the order of the description."""
    found: list[str] = []
    for path, item in before["paths"].items():
        for method in _METHODS:
            if method in item:
                name = f"{method.upper()} {path}"
                now = after["paths"].get(path, {}).get(method)
                if now is None:
                    found.append(f"{name} is gone.")
                else:
                    found += _operation(name, _Pair(before, after), item[method], now)
    return list(dict.fromkeys(found))


class _Pair:
    """Two documents, and what of them is being compared already (schemas may hold themselves)."""

    def __init__(self, before: Document, after: Document) -> None:
        self._documents = (before, after)
        self.open: set[tuple[int, int]] = set()

    def resolve(self, before: Any, after: Any) -> tuple[Document, Document]:
        return self._resolve(before, 0), self._resolve(after, 1)

    def _resolve(self, schema: Any, which: int) -> Document:
        while isinstance(schema, dict) and "$ref" in schema:
            place: Any = self._documents[which]
            for step in schema["$ref"].removeprefix("#/").split("/"):
                place = place[step]
            schema = place
        return schema if isinstance(schema, dict) else {}


def _operation(name: str, pair: _Pair, before: Document, after: Document) -> Iterator[str]:
    yield from _parameters(name, pair, before.get("parameters", []), after.get("parameters", []))
    yield from _body(name, pair, before.get("requestBody"), after.get("requestBody"))
    for status, answer in before["responses"].items():
        now = after["responses"].get(status)
        if now is None:
            yield f"{name}: no answer has the status {status} any more."
            continue
        for media, content in answer.get("content", {}).items():
            if media not in now.get("content", {}):
                yield f"{name}: the answer {status} is not given as {media} any more."
            else:
                pieces = (content.get("schema", {}), now["content"][media].get("schema", {}))
                yield from _read(f"{name}: the answer {status}", "", pair, *pieces)


def _parameters(name: str, pair: _Pair, before: list[Document], after: list[Document]) -> Iterator[str]:
    known = {(one["in"], one["name"]): one for one in before}
    given = {(one["in"], one["name"]): one for one in after}
    for (where, parameter), one in known.items():
        now = given.get((where, parameter))
        if now is None:
            yield f"{name}: the {where} parameter {parameter} is gone."
            continue
        if now.get("required") and not one.get("required"):
            yield f"{name}: the {where} parameter {parameter} may not be left out any more."
        yield from _sent(
            f"{name}: the {where} parameter {parameter}", "", pair, one.get("schema", {}), now.get("schema", {})
        )
    for (where, parameter), one in given.items():
        if one.get("required") and (where, parameter) not in known:
            yield f"{name}: there is a new {where} parameter {parameter} that may not be left out."


def _body(name: str, pair: _Pair, before: Document | None, after: Document | None) -> Iterator[str]:
    if before is None:
        if after is not None and after.get("required"):
            yield f"{name}: it needs a body now."
        return
    if after is None:
        yield f"{name}: it takes no body any more."
        return
    if after.get("required") and not before.get("required"):
        yield f"{name}: it needs a body now."
    for media, content in before.get("content", {}).items():
        if media not in after.get("content", {}):
            yield f"{name}: the body may not be {media} any more."
        else:
            pieces = (content.get("schema", {}), after["content"][media].get("schema", {}))
            yield from _sent(f"{name}: the body", "", pair, *pieces)


def _sent(what: str, at: str, pair: _Pair, before: Any, after: Any) -> Iterator[str]:
    """What is refused now, or asked for now, of what a client sends."""
    old, new = pair.resolve(before, after)
    here = f"{what}{f' at {at}' if at else ''}"
    with _Once(pair, old, new) as first:
        if not first:
            return
        if gone := sorted(_types(old) - _types(new)) if _types(new) else []:
            yield f"{here} may not be {' or '.join(gone)} any more."
        if gone := sorted(map(str, _values(old) - _values(new))) if _values(new) else []:
            yield f"{here} may not be {', '.join(gone)} any more."
        elif _values(new) and not _values(old):
            yield f"{here} may only be {', '.join(sorted(map(str, _values(new))))} now."
        for keyword, greater_refuses in _BOUNDS.items():
            if _narrower(old.get(keyword), new.get(keyword), greater_refuses):
                yield f"{here} has a narrower {keyword}: {old.get(keyword, 'none')} -> {new[keyword]}."
        if new.get("pattern") not in (None, old.get("pattern")):
            yield f"{here} must look like {new['pattern']} now."
        fields, now = old.get("properties", {}), new.get("properties", {})
        for field, schema in fields.items():
            if field not in now:
                yield f"{here}: the field {field} is refused now."
            else:
                yield from _sent(what, f"{at}/{field}", pair, schema, now[field])
        for field in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            yield f"{here}: the field {field} may not be left out any more."
        yield from _parts(_sent, what, at, pair, old, new)


def _narrower(old: float | None, new: float | None, greater_refuses: bool) -> bool:
    if old is None or new is None:
        return new is not None
    return new > old if greater_refuses else new < old


def _read(what: str, at: str, pair: _Pair, before: Any, after: Any) -> Iterator[str]:
    """What is missing now, or of another type, of what a client reads."""
    old, new = pair.resolve(before, after)
    here = f"{what}{f' at {at}' if at else ''}"
    with _Once(pair, old, new) as first:
        if not first:
            return
        if come := sorted(_types(new) - _types(old)) if _types(old) else []:
            yield f"{here} may be {' or '.join(come)} now."
        fields, now = old.get("properties", {}), new.get("properties", {})
        for field, schema in fields.items():
            if field not in now:
                yield f"{here}: the field {field} is gone."
            else:
                yield from _read(what, f"{at}/{field}", pair, schema, now[field])
        for field in sorted((set(old.get("required", ())) - set(new.get("required", ()))) & set(now)):
            yield f"{here}: the field {field} may be missing now."
        yield from _parts(_read, what, at, pair, old, new)


def _parts(compare: Any, what: str, at: str, pair: _Pair, old: Document, new: Document) -> Iterator[str]:
    """Items of lists, values of mappings, and the one alternative that is not null."""
    for keyword, step in (("items", "[]"), ("additionalProperties", "{}")):
        if isinstance(old.get(keyword), dict) and isinstance(new.get(keyword), dict):
            yield from compare(what, f"{at}/{step}", pair, old[keyword], new[keyword])
    ours, theirs = _alternatives(old), _alternatives(new)
    if len(ours) == len(theirs) == 1:
        yield from compare(what, at, pair, ours[0], theirs[0])


def _alternatives(schema: Document) -> list[Any]:
    """Of oneOf, anyOf and allOf; null is a type, see `_types`."""
    found = [one for keyword in ("oneOf", "anyOf", "allOf") for one in schema.get(keyword, [])]
    return [one for one in found if one.get("type") != "null"]


def _types(schema: Document) -> set[str]:
    """Names of JSON types; empty when the schema does not say. An integer is a number too."""
    given = schema.get("type")
    found = {given} if isinstance(given, str) else set(given or ())
    alternatives = [one for keyword in ("oneOf", "anyOf") for one in schema.get(keyword, [])]
    if any(one.get("type") == "null" for one in alternatives):
        found |= {"null", "something"}
    return found


def _values(schema: Document) -> set[Any]:
    return {value for value in schema.get("enum", ()) if value is not None}


class _Once:
    """True when this pair of schemas is not being compared further up."""

    def __init__(self, pair: _Pair, old: Document, new: Document) -> None:
        self._open, self._key = pair.open, (id(old), id(new))

    def __enter__(self) -> bool:
        self._first = self._key not in self._open
        self._open.add(self._key)
        return self._first

    def __exit__(self, *_: object) -> None:
        if self._first:
            self._open.discard(self._key)
