"""INTERPOL notices as its public service gives them: one JSON object a notice.

A file is one notice, a list of them (also under ``notices``), or one a line.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from smartborder.formats.lists.draft import Draft
from smartborder.formats.lists.source import Source, finding, text_lines
from smartborder.model.reason import Finding
from smartborder.model.screening import ListEntry


def read_interpol(source: Source) -> Iterator[ListEntry | Finding]:
    """Notices in file order."""
    findings: list[Finding] = []
    lines = text_lines(source, findings)
    first = next((line for line in lines if line.strip()), "")
    try:
        notices = [(1, msgspec.json.decode(first, type=dict[str, Any]))]
    except msgspec.MsgspecError:  # a document over several lines
        yield from _document(first + "".join(lines))
    else:
        nested = notices[0][1].get("notices")
        if isinstance(nested, list):
            notices = list(enumerate(nested, start=1))
        yield from _entries(notices)
        yield from _each_line(lines)
    yield from findings


def _document(text: str) -> Iterator[ListEntry | Finding]:
    try:
        held: Any = msgspec.json.decode(text)
    except msgspec.MsgspecError:
        yield _no_notice(1)
        return
    if isinstance(held, dict):
        held = held.get("notices", [held])
    yield from _entries(enumerate(held if isinstance(held, list) else [held], start=1))


def _each_line(lines: Iterable[str]) -> Iterator[ListEntry | Finding]:
    for number, line in enumerate(lines, start=2):
        if line.strip():
            try:
                notice: Any = msgspec.json.decode(line)
            except msgspec.MsgspecError:
                notice = None
            yield from _entries([(number, notice)])


def _entries(notices: Iterable[tuple[int, Any]]) -> Iterator[ListEntry | Finding]:
    for number, notice in notices:
        if not isinstance(notice, dict):
            yield _no_notice(number)
            continue

        def text(name: str, notice: dict[str, Any] = notice) -> str:
            value = notice.get(name)
            return str(value) if isinstance(value, str | int) else ""

        draft = Draft("interpol", text("entity_id").replace("/", "-") or str(number), number)
        draft.name(" ".join(filter(None, (text("forename"), text("name")))))
        draft.born(text("date_of_birth").replace("/", "-"))
        for nation in _list(notice.get("nationalities")):
            draft.nationality(str(nation))
        draft.birth_place(text("place_of_birth"))
        draft.gender(text("sex_id"))
        for warrant in _list(notice.get("arrest_warrants")):
            if isinstance(warrant, dict):
                draft.note("charge", str(warrant.get("charge") or ""))
                draft.note("issued-by", str(warrant.get("issuing_country_id") or ""))
        draft.programme = "notice"
        yield from draft.emit()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _no_notice(number: int) -> Finding:
    return finding(
        "list.json-record",
        "error",
        "Not a notice; left out",
        "Pas une notice; laissée de côté",
        f"record {number}",
    )
