"""``smartborder ledger``: the ledger of a node as a file that anybody can check."""

import json
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from smartborder.cli.node import Home, Json, Lang
from smartborder.kernel.text import Text

app = typer.Typer(
    no_args_is_help=True, help="The ledger: who recorded what, provable from outside."
)


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", help="File to write (JSON Lines).")],
    home: Home = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Write the whole ledger with its signed head; check it with: smartborder verify FILE."""
    from smartborder.node.home import NodeHome
    from smartborder.node.ledger.export import lines
    from smartborder.node.ledger.sequence import sequence
    from smartborder.node.store.session import Actor, Store

    node = NodeHome.load(home)
    store = Store(node)
    try:
        while sequence(store):
            pass
        with store.act(Actor("auditor", "export"), "audit") as s, out.open("wb") as file:
            count = -2
            for line in lines(s, node):
                file.write(line)
                count += b'"counter_signed"' not in line[:20]
    finally:
        store.close()
    facts = {"file": str(out), "entries": count, "node": node.node_id}
    if as_json:
        print(json.dumps(facts))
    else:
        said = Text(
            "{entries} entries of {node} in {file}", "{entries} écritures de {node} dans {file}"
        )
        print(said.format(**facts).in_(lang))


@app.command()
def prove(
    leaf: Annotated[str, typer.Argument(help="The leaf's id, as exports and screens show it.")],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print the proof that one entry is in the ledger, for: smartborder verify --proof."""
    from smartborder.cli.output import emit
    from smartborder.node.home import NodeHome
    from smartborder.node.ledger.proofs import prove as make
    from smartborder.node.ledger.sequence import sequence
    from smartborder.node.store.session import Actor, Store

    node = NodeHome.load(home)
    store = Store(node, pool_size=1)
    try:
        while sequence(store):
            pass
        with store.act(Actor("auditor", "proof"), "audit") as s:
            found = make(s, node, leaf)
    finally:
        store.close()
    emit(msgspec.to_builtins(found), json=as_json)
