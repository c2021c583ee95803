"""Records as a table of comma-separated values: the first line has the names of the fields."""

import csv
import io
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from apps.core.api.parsers import read_body


class CSVParser(BaseParser):
    """Gives {"records": [{name: text}]}; empty cells are left out, so that they have their default."""

    media_type = "text/csv"

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            text = read_body(stream).decode("utf-8-sig")
            table = csv.DictReader(io.StringIO(text), strict=True)
            rows = list(table)
        except (UnicodeDecodeError, csv.Error) as error:
            raise ParseError(f"This is no CSV in UTF-8: {error}.") from error
        names = table.fieldnames or []
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ParseError(f"The name {twice!r} is there twice.")
        for line, row in enumerate(rows, start=2):
            if None in row:
                raise ParseError(f"Line {line} has more cells than the first one has names.")
        return {"records": [{name: cell for name, cell in row.items() if cell} for row in rows]}
