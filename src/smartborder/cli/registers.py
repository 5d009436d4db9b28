"""``smartborder registers``: load what our visa and status systems hold."""

from pathlib import Path
from typing import Annotated

import typer

from smartborder.cli.files import read_text
from smartborder.cli.output import emit

app = typer.Typer(no_args_is_help=True, help="Visas, travel authorisations and statuses we hold.")


@app.command("load")
def load(
    kind: Annotated[str, typer.Argument(help="travel-authorisation, visa, permanent-resident ...")],
    file: Annotated[Path, typer.Argument(help="CSV: document,issuer,valid_from,valid_to,status")],
    home: Annotated[Path | None, typer.Option(help="The node's folder.")] = None,
    partial: Annotated[bool, typer.Option(help="The file is not the whole register.")] = False,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Load one register from a CSV file."""
    from smartborder.node.act import registers
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import SYSTEM, Store

    text = read_text(file)
    store = Store(NodeHome.load(home))
    with store.act(SYSTEM, "registers") as s:
        lines = registers.load(s, kind, registers.read_csv(text), source=f"file:{file.name}",
                               complete_as_of=None if partial else s.now)  # fmt: skip
    store.close()
    emit({"register": kind, "lines": lines, "complete": not partial}, json=json)


@app.command("files")
def load_files(
    file: Annotated[Path, typer.Argument(help="JSON Lines: document, issuer, fields, facts")],
    home: Annotated[Path | None, typer.Option(help="The node's folder.")] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Load files about people that a partner may ask about, field by field."""
    from smartborder.node.exchange import files
    from smartborder.node.home import NodeHome
    from smartborder.node.store.session import SYSTEM, Store

    found = files.read_lines(read_text(file))
    store = Store(NodeHome.load(home))
    with store.act(SYSTEM, "registers") as s:
        loaded = files.load(s, found, source=f"file:{file.name}")
    store.close()
    emit({"files": loaded}, json=json)
