"""``smartborder law`` and ``visa-lists``: has the law moved, and what do the lists say?"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from smartborder.cli.decide import day, today_in
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text

app = typer.Typer(no_args_is_help=True, help="The law as it is coded: drift, pages.")

Json = Annotated[
    bool, typer.Option("--json", help="One JSON document; also when stdout is not a terminal.")
]


class LawFolderMissing(InputError):
    """The folder of law XML is not there or holds no XML file."""

    code = "law.no-folder"
    title = Text("No folder of law texts", "Dossier de textes de loi introuvable")


class LawRecordMissing(InputError):
    """The record of section hashes cannot be read; ``law drift FOLDER --record FILE`` makes one."""

    code = "law.no-record"
    title = Text("No record of section hashes", "Relevé d'empreintes des articles introuvable")


def visa_lists(
    diff: Annotated[str | None, typer.Option("--diff", help="Day, YYYY-MM-DD.")] = None,
    as_known: Annotated[
        str | None, typer.Option("--as-known", help="The law as enacted by this day.")
    ] = None,
    as_json: Json = False,
) -> None:
    """How the visa lists of both countries differ on a day, and what changed on it."""
    from smartborder.law import visa_lists as lists

    today = today_in("CA")
    result = lists.diff(day(diff, "--diff") or today, day(as_known, "--as-known") or today)
    if as_json or not sys.stdout.isatty():
        _print(result)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("", str(result.on))
    for name, codes in (
        ("exempt in both", result.both),
        ("exempt in Canada only", result.only_ca),
        ("waived by the United States only", result.only_us),
        ("Canada: authorization or visa by air", result.conditional),
    ):
        table.add_row(f"{name} ({len(codes)})", " ".join(codes) or "-")
    for change in result.changed:
        plus = " ".join(f"+{c}" for c in change.added)
        minus = " ".join(f"-{c}" for c in change.removed)
        table.add_row(f"{change.country} {change.citation}", f"{plus} {minus}".strip())
    Console().print(table)


@app.command()
def drift(
    folder: Annotated[Path, typer.Argument(help="Folder of Justice Laws XML.")],
    record: Annotated[
        Path | None,
        typer.Option("--record", help="Write the hash of each coded section found to this file."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Compare with hashes recorded earlier, word for word."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Which coded sections have changed in a folder of Justice Laws XML."""
    from smartborder.law import drift as law_drift
    from smartborder.law.provisions import instruments

    paths = sorted(folder.rglob("*.xml")) if folder.is_dir() else []
    if not paths:
        raise LawFolderMissing(f"{folder}: no XML file there")
    wanted = {i.file for i in instruments("ca") if i.file}
    files = {p.name: p.read_bytes() for p in paths if p.name in wanted}
    known = None if against is None else law_drift.read_record(_read(against), against.name)
    rows = law_drift.drift(instruments("ca"), files, known)
    counts = Counter(f"{row.state}, by {row.by}" if row.by else row.state for row in rows)
    if record is not None:
        made = law_drift.record(instruments("ca"), files)
        record.write_bytes(msgspec.json.format(msgspec.json.encode(made)) + b"\n")
    if as_json or not sys.stdout.isatty():
        _print({"sections": rows, "counts": counts, "cannot_see": law_drift.CANNOT_SEE})
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("section", "state", "last amended", "read")
    for row in rows:
        if row.state != "unchanged":
            table.add_row(row.citation, row.state, str(row.last_amended or ""), str(row.read or ""))
    console = Console()
    console.print(table)
    console.print(", ".join(f"{n} {state}" for state, n in sorted(counts.items())))
    for text in law_drift.CANNOT_SEE:
        console.print(f"not seen: {text.en}", highlight=False)


@app.command()
def pages(
    cases: Annotated[Path, typer.Argument(help="Folder of cases, one folder per rule.")],
    out: Annotated[Path, typer.Argument(help="Folder to write the pages to.")],
) -> None:
    """Write one page per rule set, made from the rules, the law files and the cases."""
    from smartborder.law.pages import all_pages

    texts = {
        folder.name: {p.name: p.read_text("utf-8") for p in sorted(folder.glob("*.yaml"))}
        for folder in sorted(cases.iterdir())
        if folder.is_dir()
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, body in all_pages(texts).items():
        (out / name).write_text(body, "utf-8")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LawRecordMissing(f"{path}: {error.strerror}") from error


def _print(value: Any) -> None:
    print(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))
