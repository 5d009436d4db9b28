"""Delimited text, row by row; what csv cannot take becomes a finding."""

import csv
from collections.abc import Iterator

from smartborder.formats.lists.source import Source, finding, text_lines
from smartborder.model.reason import Finding

_FIELD_LIMIT = 1_000_000
_CTRL_Z = "\x1a"


def rows(
    source: Source, findings: list[Finding], *, delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """(line number, fields) of each row that has any; the trailing ^Z of old files is dropped."""
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(text_lines(source, findings), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            findings.append(
                finding(
                    "list.csv-malformed",
                    "error",
                    "This row cannot be read and was left out",
                    "Cette ligne est illisible et a été laissée de côté",
                    f"line {reader.line_num}",
                )
            )
            continue
        if row and row != [_CTRL_Z] and any(field.strip() for field in row):
            yield reader.line_num, row


def records(
    source: Source, findings: list[Finding], *, delimiter: str = ",", skip: int = 0
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, values by header) after ``skip`` rows; headers as :func:`header_key`.

    A row with fewer fields than the header is read as far as it goes and reported.
    """
    found = rows(source, findings, delimiter=delimiter)
    for _ in range(skip):
        next(found, None)
    _line, header = next(found, (0, []))
    keys = [header_key(h) for h in header]
    for line, row in found:
        if len(row) < len(keys):
            findings.append(
                finding(
                    "list.row-short",
                    "warning",
                    "Fewer fields than the header names; read as far as it goes",
                    "Moins de champs que l'en-tête; lu dans la mesure du possible",
                    f"line {line}",
                )
            )
        yield line, dict(zip(keys, row, strict=False))


def header_key(text: str) -> str:
    """A header for look-up: lower case, letters and digits only."""
    return "".join(c for c in text.casefold() if c.isalnum())
