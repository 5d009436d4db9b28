"""``smartborder screen``: lists and queries from files, one JSON line per query."""

import csv
import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, cast

import msgspec
import typer

from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text
from smartborder.model.passenger_list import Sex
from smartborder.model.reason import Finding
from smartborder.model.screening import Kind, ListEntry, Query

if TYPE_CHECKING:
    from smartborder.engines.screening import Snapshot

_SEXES: dict[str, Sex] = {"m": "M", "male": "M", "f": "F", "female": "F", "x": "X"}
_KINDS: dict[str, Kind] = {
    "person": "person",
    "individual": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "company": "organisation",
    "entity": "organisation",
    "vessel": "vessel",
    "ship": "vessel",
}
_BATCH = 2_000


class UnusableQueries(InputError):
    """The query file is neither CSV with a header nor JSON Lines with ``id`` and ``name``."""

    code = "screen.queries"
    title = Text("Unusable queries", "Requêtes inutilisables")


class NoSuchFile(InputError):
    """A path given on the command line does not exist or cannot be read."""

    code = "screen.no-such-file"
    title = Text("No such file", "Fichier introuvable")


def screen(
    lists: Annotated[list[Path], typer.Option("--lists", help="List files or folders; repeat.")],
    queries: Annotated[Path, typer.Option("--queries", help="CSV or JSONL; - is stdin.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Leave out entries listed after this day.")
    ] = None,
    exhaustive: Annotated[
        bool, typer.Option("--exhaustive", help="Compare with every name; slow, loses nothing.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Always on: JSON Lines.")] = True,
    more: Annotated[list[Path] | None, typer.Argument(help="Further list files.")] = None,
) -> None:
    """Screen queries against lists; JSON Lines, one per query, in input order."""
    from smartborder.engines.screening import Snapshot

    day = _day(as_of)
    entries, findings = load_lists([*lists, *(more or [])])
    for name, found in findings:
        if found.severity == "error":
            at = f" [{found.segment}]" if found.segment else ""
            print(f"{name}: {found.code}: {found.detail.en}{at}", file=sys.stderr)
    snapshot = Snapshot.build(entries)
    batch: list[tuple[Query, list[str]]] = []
    for item in _queries(queries):
        batch.append(item)
        if len(batch) >= _BATCH:
            _answer(snapshot, batch, day, exhaustive)
            batch = []
    _answer(snapshot, batch, day, exhaustive)


def load_lists(paths: list[Path]) -> tuple[list[ListEntry], list[tuple[str, Finding]]]:
    """Entries of all files and folders, and findings with the name of the file they concern.

    In a folder, files that are not lists are passed over with a finding; a file named by hand
    must be one.

    Raises:
        NoSuchFile, UnknownList: for paths given that cannot be used.

    """
    from smartborder.formats.lists import UnknownList, group_files

    entries: list[ListEntry] = []
    findings: list[tuple[str, Finding]] = []
    for path in paths:
        if path.is_dir():
            names = [p.name for p in path.iterdir() if p.is_file() and not p.name.startswith(".")]
            used = 0
            for main, parts in group_files(names):
                try:
                    _read(path / main, {r: path / n for r, n in parts.items()}, entries, findings)
                    used += 1
                except UnknownList:
                    note = Text("Not a list; passed over", "Pas une liste; ignoré")
                    findings.append(
                        (main, Finding(code="list.unknown-format", severity="info", detail=note))
                    )
            if not used:
                raise UnknownList("no list of a supported format in this folder", file=path.name)
        elif path.exists():
            siblings = group_files([p.name for p in path.parent.iterdir() if p.is_file()])
            parts = next((p for m, p in siblings if m == path.name), {})
            _read(path, {r: path.parent / n for r, n in parts.items()}, entries, findings)
        else:
            raise NoSuchFile("give an existing list file or folder", file=path.name)
    return entries, findings


def _read(
    path: Path,
    parts: dict[str, Path],
    entries: list[ListEntry],
    findings: list[tuple[str, Finding]],
) -> None:
    from smartborder.formats.lists import read_list

    with ExitStack() as open_files:
        main = open_files.enter_context(_opened(path))
        others = {r: open_files.enter_context(_opened(p)) for r, p in parts.items()}
        for item in read_list(path.name.removesuffix(".gz"), main, parts=others):
            if isinstance(item, ListEntry):
                entries.append(item)
            else:
                findings.append((path.name, item))


def _opened(path: Path) -> BinaryIO:
    try:
        stream = path.open("rb")
        if stream.read(2) == b"\x1f\x8b":
            stream.close()
            return cast(BinaryIO, gzip.open(path, "rb"))
        stream.seek(0)
    except OSError as error:
        raise NoSuchFile("the file cannot be read", file=path.name) from error
    return stream


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("--as-of takes a date, such as 2026-11-24") from error


def _queries(path: Path) -> Iterator[tuple[Query, list[str]]]:
    """Each query with the fields of it that could not be used."""
    if str(path) == "-":
        data = sys.stdin.buffer.read()
    else:
        with _opened(path) as stream:
            data = stream.read()
    text = data.decode("utf-8-sig", errors="replace")
    rows = _json_rows(text) if text.lstrip().startswith("{") else _csv_rows(text)
    for number, row in rows:
        yield _query(row, number)


def _json_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield number, msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise UnusableQueries("not a JSON object; write one a line", line=number) from error


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text.replace("\x00", "")))
    fields = [f.strip().casefold() for f in reader.fieldnames or ()]
    if not {"name", "document_number", "full_name", "surname"} & set(fields):
        raise UnusableQueries("the header needs a column 'name' or 'document_number'")
    reader.fieldnames = fields
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise UnusableQueries("a row cannot be read", line=reader.line_num) from error


def _query(row: dict[str, Any], number: int) -> tuple[Query, list[str]]:
    from smartborder.formats.lists import alpha3
    from smartborder.formats.lists.dates import partial

    def value(*names: str) -> str | None:
        for name in names:
            held = row.get(name)
            if held is not None and str(held).strip():
                return str(held).strip()
        return None

    unread: list[str] = []
    kind_text = (value("kind", "type") or "person").casefold()
    kind = _KINDS.get(kind_text)
    if kind is None:
        unread.append("kind")
    born_text = value("birth_date", "date_of_birth", "dob")
    born = partial(born_text) if born_text else None
    if born_text and born is None:
        unread.append("birth_date")
    nation, issuer = value("nationality"), value("document_issuer")
    sex = _SEXES.get((value("sex", "gender") or "").casefold())
    query = Query(
        id=value("id") or str(number),
        name=value("name", "full_name") or "",
        surname=value("surname", "last_name"),
        given_names=value("given_names", "first_name"),
        kind=kind or "person",
        birth_date=born,
        nationality=(alpha3(nation) or nation) if nation else None,
        document_number=value("document_number"),
        document_issuer=(alpha3(issuer) or issuer) if issuer else None,
        birth_place=value("birth_place", "place_of_birth"),
        sex=sex,
    )
    return query, unread


def _answer(
    snapshot: "Snapshot", batch: list[tuple[Query, list[str]]], day: date | None, exhaustive: bool
) -> None:
    found = snapshot.screen([q for q, _ in batch], as_of=day, exhaustive=exhaustive)
    out = sys.stdout
    for (query, unread), hits in zip(batch, found, strict=True):
        answer: dict[str, Any] = {"id": query.id, "hits": hits}
        if unread:
            answer["unread"] = unread
        out.write(msgspec.json.encode(answer).decode() + "\n")
    out.flush()
