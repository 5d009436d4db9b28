"""``smartborder carrier``: what an airline's engineer runs before and after going live."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import typer

from smartborder.cli.files import read_bytes
from smartborder.cli.output import emit
from smartborder.kernel.errors import EnvironmentFault, InputError
from smartborder.kernel.text import Language, Text

app = typer.Typer(no_args_is_help=True, help="For carriers: certification and the published set.")

Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


class NothingToCheck(InputError):
    """Give a node (``--url`` and ``--key``), a folder of your own messages, or both."""

    code = "certify.nothing-to-check"
    title = Text("Nothing to check", "Rien à vérifier")


class NotWritten(EnvironmentFault):
    """The folder cannot be written to."""

    code = "certify.not-written"
    title = Text("Folder cannot be written to", "Dossier non accessible en écriture")


@app.command("certify")
def certify(
    url: Annotated[str | None, typer.Option(help="Where the node listens.")] = None,
    key: Annotated[
        str | None, typer.Option(envvar="SMARTBORDER_KEY", help="A test key of your client.")
    ] = None,
    messages: Annotated[
        Path | None, typer.Option(help="Folder of your own messages, to be checked here.")
    ] = None,
    lang: Annotated[Literal["en", "fr"], typer.Option(help="Language of the reasons.")] = "en",
    json: Json = False,
) -> None:
    """Play the published set against a node, check your own messages, or both.

    The run that the node records is the evidence for: smartborder client live NAME --evidence RUN
    """
    from smartborder.world.conformance import playing
    from smartborder.world.conformance.wire import HttpWire

    if messages is None and not (url and key):
        raise NothingToCheck("give --url and --key, or --messages FOLDER")
    own = _own(messages) if messages is not None else []
    result = playing.play(HttpWire(url, key)) if url and key else None
    document = {
        "run": result.run if result else None,
        "set": result.set if result else None,
        "node": result.node if result else None,
        "client": result.client if result else None,
        "passed": (result is None or result.passed) and all(o.passed for o in own),
        "cases": result.cases if result else (),
        "shown": result.shown if result else (),
        "messages": own,
    }
    if json or not sys.stdout.isatty():
        emit(document, json=True)
    else:
        _table(document, lang)


@app.command("set")
def write_set(
    folder: Annotated[Path, typer.Argument(help="Where to put it; made if it is not there.")],
    json: Json = False,
) -> None:
    """Write the published set (messages with places to fill in, and what must come back)."""
    from smartborder.world.conformance.published import files

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files().items():
            (folder / name).write_bytes(data)
    except OSError as error:
        raise NotWritten("choose another folder", folder=str(folder)) from error
    emit({"folder": str(folder), "files": len(files())}, json=json)


def _own(folder: Path) -> list[Any]:
    from smartborder.world.conformance.own_messages import check

    files = sorted(p for p in folder.iterdir() if p.is_file()) if folder.is_dir() else []
    if not files:
        raise NothingToCheck("there is no file in the folder", folder=str(folder))
    year = datetime.now(UTC).year
    return [outcome for file in files for outcome in check(file.name, read_bytes(file), year)]


def _table(document: dict[str, Any], lang: Language) -> None:
    """The same for a person at a terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    words = {"en": ("passed", "FAILED", "run"), "fr": ("réussi", "ÉCHOUÉ", "exécution")}[lang]
    table = Table("", "", "", show_header=False)
    for outcome in (*document["cases"], *document["messages"]):
        reason = outcome.reason.in_(lang) if outcome.reason else ""
        table.add_row(
            words[0] if outcome.passed else words[1],
            escape(outcome.title.in_(lang)),
            escape(reason),
        )
    for criterion in document["shown"]:
        title = msgspec.convert(criterion["title"], Text)
        table.add_row(words[0] if criterion["shown"] else words[1],
                      escape(title.in_(lang)), criterion["record"] or "")  # fmt: skip
    Console().print(table)
    if document["run"]:
        Console().print(f"{words[2]}: {document['run']}")
