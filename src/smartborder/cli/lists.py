"""``smartborder lists``: import lists to screen against, see how old they are, what changed."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from smartborder.cli.node import Home, Json, Lang
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text

if TYPE_CHECKING:
    from smartborder.node.lookouts.lists import Imported
    from smartborder.node.store.session import Session

app = typer.Typer(no_args_is_help=True, help="Lists to screen against.")
_IMPORTED = Text(
    "{list} version {number}: {entries} entries, {added} added, {removed} removed,"
    " {changed} changed; {findings} findings",
    "{list}, version {number} : {entries} inscriptions, {added} ajoutées, {removed} retirées,"
    " {changed} modifiées; {findings} constats",
)
_SAME = Text("{list}: nothing has changed", "{list} : rien n'a changé")


class NoSuchFile(InputError):
    """There is no such file or folder."""

    code = "lists.no-file"
    title = Text("No such file", "Fichier introuvable")


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(help="List files or folders of them.")],
    home: Home = None,
    force: Annotated[
        bool, typer.Option("--force", help="Also if more than a tenth of a list would go.")
    ] = False,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Make a new version of each list and activate it; travellers are checked again."""
    from smartborder.formats.lists import read_list
    from smartborder.node.lookouts.lists import import_list

    for main, parts in _files(paths):
        with _session(home) as s, ExitStack() as stack:
            opened = {role: stack.enter_context(p.open("rb")) for role, p in parts.items()}
            source = stack.enter_context(main.open("rb"))
            items = read_list(main.name, source, parts=opened)
            done = import_list(s, items, force=force, progress=_progress(as_json))
        for one in done:
            _say(one, as_json, lang)


@app.command()
def status(home: Home = None, as_json: Json = False, lang: Lang = "en") -> None:
    """The active version of every list and its age; JSON Lines with --json."""
    from smartborder.node.lookouts import lists

    with _session(home) as s:
        found, now = lists.status(s), s.now
    if as_json:
        for version in found:
            age = int((now - version.imported_at).total_seconds())
            print(
                msgspec.json.encode({**msgspec.to_builtins(version), "age_seconds": age}).decode()
            )
        return
    from rich.console import Console
    from rich.table import Table

    heads = Text("list|version|imported|entries|names", "liste|version|importée|inscriptions|noms")
    table = Table(*heads.in_(lang).split("|"))
    for v in found:
        table.add_row(v.list, str(v.number), f"{v.imported_at:%Y-%m-%d %H:%M} UTC", str(v.entries),
                      str(v.names))  # fmt: skip
    Console().print(table)


@app.command()
def delta(
    version: Annotated[str, typer.Argument(help="Id of a list version, or the name of a list.")],
    home: Home = None,
) -> None:
    """What a version added, removed and changed; JSON Lines, one entry each."""
    from smartborder.node.lookouts import lists

    with _session(home) as s:
        named = {v.list: v.id for v in lists.status(s)}
        found = lists.delta(s, named.get(version, version))
    for what, entries in (("added", found.added), ("removed", found.removed)):
        for entry in entries:
            _print({"change": what, "entry": entry.id, "name": _name(entry)})
    for change in found.changed:
        fields = [msgspec.to_builtins(f) for f in change.fields]
        _print({"change": "changed", "entry": change.after.id, "name": _name(change.after),
                "fields": fields})  # fmt: skip


@contextmanager
def _session(home: Path | None) -> "Iterator[Session]":
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import Actor, Store

    store = Store(NodeHome.load(home))
    try:
        with store.act(Actor("system", "command"), "lists") as s:
            yield s
    finally:
        store.close()


def _files(paths: list[Path]) -> list[tuple[Path, dict[str, Path]]]:
    """Each list file with its companions."""
    from smartborder.formats.lists import group_files

    found: list[tuple[Path, dict[str, Path]]] = []
    for path in paths:
        if path.is_dir():
            names = [p.name for p in path.iterdir() if p.is_file()]
            for main, parts in group_files(names):
                found.append((path / main, {role: path / p for role, p in parts.items()}))
        elif path.is_file():
            found.append((path, {}))
        else:
            raise NoSuchFile("no such file or folder", file=str(path))
    return found


def _progress(quiet: bool) -> Callable[[str, int], None]:
    def show(what: str, count: int) -> None:
        if not quiet and sys.stderr.isatty():
            print(f"\r{what} {count}", end="\n" if what == "written" else "", file=sys.stderr)

    return show


def _say(done: "Imported", as_json: bool, lang: Any) -> None:
    version = done.version
    facts = {
        "list": version.list, "version": version.id, "number": version.number,
        "entries": version.entries, "added": done.added, "removed": done.removed,
        "changed": done.changed, "unchanged": done.unchanged, "findings": len(done.findings),
    }  # fmt: skip
    if as_json:
        _print({**facts, "findings": msgspec.to_builtins(done.findings)})
    else:
        print((_SAME if done.unchanged else _IMPORTED).format(**facts).in_(lang))


def _name(entry: Any) -> str | None:
    return entry.names[0].text if entry.names else None


def _print(value: Any) -> None:
    print(msgspec.json.encode(value).decode())
