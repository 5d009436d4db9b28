"""``smartborder lists``: import lists to screen against, see how old they are, what changed."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from smartborder.cli.node import Home, Json, Lang
from smartborder.kernel.errors import InputError
from smartborder.kernel.text import Text

if TYPE_CHECKING:
    from smartborder.node.lookouts.list_import import Imported
    from smartborder.node.lookouts.staging import Coming
    from smartborder.node.store.session import Session

app = typer.Typer(no_args_is_help=True, help="Lists to screen against.")
_COMING = Text(
    "{list}: {entries} entries, {before} before: {added} added, {removed} removed,"
    " {changed} changed",
    "{list} : {entries} inscriptions, {before} auparavant : {added} ajoutées, {removed} retirées,"
    " {changed} modifiées",
)
_IMPORTED = Text(
    "{list}: version {number} is active; {findings} findings",
    "{list} : la version {number} est active; {findings} constats",
)
_MARKS = {"added": "+", "removed": "-", "changed": "~"}
_MORE = Text("  {mark} and {count} more", "  {mark} et {count} de plus")
_STEPS = {"read": Text("entries read", "inscriptions lues"),
          "written": Text("entries written", "inscriptions écrites")}  # fmt: skip
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
    """Show what changes, then make a new version of each list and activate it.

    Travellers are checked again.
    """
    from smartborder.formats.lists import read_list
    from smartborder.node.lookouts.list_import import import_list

    told = _Told(as_json, lang)
    for main, parts in _files(paths):
        with _session(home) as s, ExitStack() as stack:
            opened = {role: stack.enter_context(p.open("rb")) for role, p in parts.items()}
            source = stack.enter_context(main.open("rb"))
            items = read_list(main.name, source, parts=opened)
            done = import_list(s, items, force=force, progress=told.progress, announce=told.coming)
        for one in done:
            told.done(one)


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


class _Told:
    """What an import says to whoever typed it: progress, then the delta, then what was done."""

    def __init__(self, as_json: bool, lang: Any) -> None:
        self._json = as_json
        self._lang = lang
        self._watched = not as_json and sys.stderr.isatty()
        self._open_line = ""

    def progress(self, what: str, count: int) -> None:
        """How far it got, on one line that is written over, where somebody looks on."""
        if self._watched:
            if what != self._open_line:
                self._end_line()
            print(f"\r{count} {_STEPS[what].in_(self._lang)}", end="", file=sys.stderr, flush=True)
            self._open_line = what

    def coming(self, delta: "Coming") -> None:
        """What will change in one list, the first entries of each kind by name."""
        self._end_line()
        if self._json:
            return
        print(_COMING.format(**msgspec.structs.asdict(delta)).in_(self._lang))
        for change, mark in _MARKS.items() if delta.before else ():
            shown = [x for x in delta.examples if x.change == change]
            for x in shown:
                print(f"  {mark} {x.entry} {x.name or ''}".rstrip())
            rest = getattr(delta, change) - len(shown)
            if rest:
                print(_MORE.format(mark=mark, count=rest).in_(self._lang))
        sys.stdout.flush()

    def done(self, one: "Imported") -> None:
        """What was done with one list."""
        self._end_line()
        version, delta = one.version, one.delta
        facts = {
            "list": version.list, "version": version.id, "number": version.number,
            "entries": version.entries, "added": delta.added if delta else 0,
            "removed": delta.removed if delta else 0, "changed": delta.changed if delta else 0,
            "unchanged": delta is None, "findings": one.noticed,
        }  # fmt: skip
        if self._json:
            _print({**facts, "findings": msgspec.to_builtins(one.findings)})
        else:
            print((_IMPORTED if delta else _SAME).format(**facts).in_(self._lang))

    def _end_line(self) -> None:
        if self._open_line:
            print(file=sys.stderr)
            self._open_line = ""


def _name(entry: Any) -> str | None:
    return entry.names[0].text if entry.names else None


def _print(value: Any) -> None:
    print(msgspec.json.encode(value).decode())
