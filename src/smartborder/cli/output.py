"""How commands print: one JSON document for machines, a small table for people."""

import sys
from collections.abc import Mapping
from typing import Any

import msgspec


def emit(value: Mapping[str, Any], *, json: bool) -> None:
    """Print ``value``: JSON with ``--json`` or into a pipe, a table on a terminal."""
    if json or not sys.stdout.isatty():
        print(msgspec.json.encode(value).decode())
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False)
    for key, item in value.items():
        table.add_row(key, str(item))
    Console().print(table)


def emit_line(value: Any) -> None:
    """Print one line of JSON Lines."""
    print(msgspec.json.encode(value).decode())
