"""Writes src/hanse/types.py and src/hanse/operations.py from docs/reference/openapi.yaml.

`npm run types` (frontend/) calls it after each change of the API. The types are dictionaries with known keys
(datamodel-code-generator): nothing checks or converts an answer, so that a field or a phase that a newer portal adds breaks
no older client. The operations are one thin method each, hence no generator of theirs that brings its own way of asking.
"""

import keyword
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

SDK = Path(__file__).parent
DOCUMENT = SDK.parent / "docs" / "reference" / "openapi.yaml"
PACKAGE = SDK / "src" / "hanse"
_GENERATE = (
    *("--input-file-type", "openapi", "--output-model-type", "typing.TypedDict", "--target-python-version", "3.10"),
    *("--use-standard-collections", "--use-union-operator", "--disable-timestamp", "--enum-field-as-literal", "all"),
    *("--use-field-description", "--formatters", "builtin"),
)
_HEADER = '"""{what}, made from the portal\'s OpenAPI document by sdk/generate.py; do not edit."""\n'
_OPERATIONS = """
from collections.abc import Sequence
from typing import Any, cast

from hanse import types


class Operations:
    def _call(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        raise NotImplementedError
"""
_METHOD = '''
    def {name}({parameters}) -> {gives}:
        """{summary}{permission}"""
        return cast({quoted}, self._call("{method}", f"{path}"{arguments}))
'''
_ORDER = ("get", "post", "put", "patch", "delete")
_PYTHON = {"string": "str", "integer": "int", "boolean": "bool", "number": "float"}
# Of these, everything that is not generated has its own way in the client.
_JSON = "application/json"


def main() -> None:
    document = yaml.safe_load(DOCUMENT.read_text())
    (PACKAGE / "types.py").write_text(_types())
    operations = [
        _method(path, verb, item[verb]) for path, item in document["paths"].items() for verb in _ORDER if verb in item
    ]
    text = _HEADER.format(what="Every operation of the API whose answer is a document") + _OPERATIONS + "".join(operations)
    (PACKAGE / "operations.py").write_text(text)
    subprocess.run([_tool("ruff"), "format", "-q", PACKAGE / "types.py", PACKAGE / "operations.py"], check=True)


def _types() -> str:
    target = PACKAGE / "types.py"
    subprocess.run([_tool("datamodel-codegen"), "--input", DOCUMENT, "--output", target, *_GENERATE], check=True)
    text = target.read_text()
    # An answer may have more fields than this version knows (PEP 728 says it must not, and no checker knows it yet).
    text = re.sub(r"TypedDict, closed=True\)", "TypedDict)", text)
    text = re.sub(r"\A(#.*\n)+", "", text)
    return _HEADER.format(what="What the API takes and gives") + text


def _method(path: str, verb: str, operation: dict[str, Any]) -> str:
    success = {status: one for status, one in operation["responses"].items() if status.startswith("2")}
    media = next(iter(success.values())).get("content", {})
    if media and _JSON not in media:
        return ""
    gives = _type(media[_JSON].get("schema", {})) if media else "None"
    if len(success) > 1:
        gives = "Any"
    declared = operation.get("parameters", [])
    positional = [one["name"] for one in declared if one["in"] == "path"]
    query = [one for one in declared if one["in"] == "query" and one["name"] != "format"]
    parameters = ["self", *(f"{name}: str" for name in positional)]
    arguments = []
    body = operation.get("requestBody", {}).get("content", {}).get(_JSON)
    if body:
        parameters.append(f"body: {_type(body['schema'])}")
        arguments.append("body=body")
    named = [f"{_name(one['name'])}: {_of_query(one)} | None = None" for one in query]
    if verb == "post":
        named.append("idempotency_key: str | None = None")
        arguments.append("idempotency_key=idempotency_key")
    elif verb != "get":
        named.append("if_match: str | None = None")
        arguments.append("if_match=if_match")
    if named:
        parameters += ["*", *named]
    if query:
        pairs = ", ".join(f'"{one["name"]}": {_name(one["name"])}' for one in query)
        arguments.append(f"query={{{pairs}}}")
    permission = operation.get("x-permission")
    return _METHOD.format(
        name=_name(operation["operationId"]),
        parameters=", ".join(parameters),
        gives=gives,
        quoted=f'"{gives}"',
        summary=operation["summary"].rstrip("."),
        permission=f" (needs {permission})." if permission else ".",
        method=verb.upper(),
        path=path,
        arguments="".join(f", {argument}" for argument in arguments),
    )


def _type(schema: dict[str, Any]) -> str:
    if reference := schema.get("$ref"):
        return f"types.{reference.rpartition('/')[2]}"
    if schema.get("type") == "array":
        return f"list[{_type(schema['items'])}]"
    return "Any"


def _of_query(parameter: dict[str, Any]) -> str:
    kind = parameter["schema"].get("type", "string")
    if kind == "array":
        return "Sequence[str]"
    return (
        "str | Sequence[str]" if kind == "string" and "several times" in parameter.get("description", "") else _PYTHON[kind]
    )


def _name(given: str) -> str:
    name = re.sub(r"\W", "_", given)
    return f"{name}_" if keyword.iskeyword(name) else name


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    main()
