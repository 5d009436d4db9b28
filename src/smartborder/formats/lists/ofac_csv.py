"""OFAC legacy files: sdn (or cons_prim), alt, add and comments, joined by the first field.

No header; ``-0- `` means nothing; a remark that does not fit is continued in the comments
file; the last line is ^Z.
"""

from collections.abc import Iterator, Mapping

from smartborder.formats.lists.draft import Draft, clean
from smartborder.formats.lists.ofac_remarks import read_remarks
from smartborder.formats.lists.source import Source, finding
from smartborder.formats.lists.tables import rows
from smartborder.model.reason import Finding
from smartborder.model.screening import Kind, ListEntry

_KINDS: dict[str, Kind] = {"individual": "person", "vessel": "vessel"}
_FIELDS = 12


def read_ofac_csv(
    main: Source, parts: Mapping[str, Source], *, list_name: str = "ofac-sdn"
) -> Iterator[ListEntry | Finding]:
    """Entries of the main file with the aliases and comments of the others.

    Args:
        main: ``sdn.csv`` or ``cons_prim.csv``.
        parts: ``alt`` and ``comments``, as far as there are any.
        list_name: prefix of entry ids.

    """
    findings: list[Finding] = []
    aliases: dict[str, list[str]] = {}
    if "alt" in parts:
        for _line, row in rows(parts["alt"], findings):
            if len(row) >= 4:
                aliases.setdefault(row[0].strip(), []).append(row[3])
    comments: dict[str, str] = {}
    if "comments" in parts:
        for _line, row in rows(parts["comments"], findings):
            if len(row) >= 2:
                key = row[0].strip()
                comments[key] = comments.get(key, "") + row[1]
    for line, row in rows(main, findings):
        if len(row) < _FIELDS or not row[0].strip().isdigit():
            yield finding(
                "list.row-short",
                "error",
                "Not a row of an OFAC file (twelve fields, number first); left out",
                "Pas une ligne d'un fichier OFAC (douze champs, numéro d'abord); laissée de côté",
                f"line {line}",
            )
            continue
        key = row[0].strip()
        draft = _entry(list_name, key, line, row, aliases.get(key, []), comments.get(key, ""))
        yield from draft.emit()
    yield from findings


def _entry(
    list_name: str, key: str, line: int, row: list[str], aliases: list[str], comment: str
) -> Draft:
    kind = clean(row[2]).casefold()
    draft = Draft(list_name, key, line, _KINDS.get(kind, "organisation"))
    draft.name(row[1])
    for alias in aliases:
        draft.name(alias, "strong")
    draft.programme = clean(row[3]).replace("] [", ", ").strip("[] ") or None
    draft.note("title", row[4])
    draft.note("call-sign", row[5])
    draft.note("flag", row[9])
    remarks = row[11] if clean(row[11]) else ""
    read_remarks(draft, remarks + comment)
    return draft
