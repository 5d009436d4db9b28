"""``smartborder node``: make a node, start and stop it, look at it, back it up, restore it."""

import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from smartborder.kernel.text import Language, Text

app = typer.Typer(no_args_is_help=True, help="One sovereign node on this machine.")

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="SMARTBORDER_HOME",
        help="Folder of the node [default: ~/.local/share/smartborder/node].",
    ),
]
RecordKeys = Annotated[
    Path | None,
    typer.Option(
        "--record-keys",
        help="Keys of single records, newest state [default: NODE.record-keys beside the backup].",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Lang = Annotated[Language, typer.Option("--lang", help="Language of what is printed.")]

_PHASES = {
    "stopped": Text("stopped", "arrêté"),
    "starting": Text("starting", "en démarrage"),
    "ready": Text("ready", "prêt"),
    "stopping": Text("stopping", "en cours d'arrêt"),
    "failed": Text("failed", "en échec"),
}


@app.command()
def init(
    country: Annotated[str, typer.Option(help="ISO 3166 alpha-2 code of the country.")],
    home: Home = None,
    port: Annotated[int, typer.Option(help="TCP port on loopback.")] = 8100,
    name: Annotated[str | None, typer.Option(help="What people call this node.")] = None,
    mode: Annotated[
        Literal["demo", "production"], typer.Option(help="Production refuses what is for show.")
    ] = "demo",
    server: Annotated[
        Literal["machine", "wheel"] | None,
        typer.Option(help="Whose PostgreSQL to run [default: the machine's, else the wheel's]."),
    ] = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Make a node: folder, keys, database, tables. With DATABASE_URL, on that server."""
    from smartborder.node.home import HomeExists, NodeHome, default_path
    from smartborder.node.store.install import install

    path = home or default_path()
    try:
        node = NodeHome.create(
            path,
            country=country,
            name=name,
            port=port,
            mode=mode,
            database_url=os.environ.get("DATABASE_URL"),
            server=server,
        )
    except HomeExists:
        node = NodeHome.load(path)
        if node.installed or node.country != country.upper():
            raise
    node = install(node)
    _show(
        _facts(node),
        Text(
            "node {node_id} is made in {home}; start it with: smartborder node start",
            "nœud {node_id} créé dans {home}; pour le démarrer : smartborder node start",
        ),
        as_json,
        lang,
    )


@app.command()
def start(
    home: Home = None,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Run here until Ctrl-C or SIGTERM.")
    ] = False,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Start database, web and worker, and keep them alive."""
    from smartborder.node.home import HOME_VARIABLE, NodeHome
    from smartborder.node.process.supervisor import Supervisor
    from smartborder.node.process.watch import Watch

    node = NodeHome.load(home)
    if foreground:
        os.environ[HOME_VARIABLE] = str(node.path)
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
        logging.getLogger("alembic").setLevel(logging.WARNING)
        Watch(node).run()
        return
    Supervisor(node).start()
    _show(
        _facts(node),
        Text("ready: {node_id} at {address}", "prêt : {node_id} à l'adresse {address}"),
        as_json,
        lang,
    )


@app.command()
def stop(home: Home = None, as_json: Json = False, lang: Lang = "en") -> None:
    """Stop the node and everything of it."""
    from smartborder.node.home import NodeHome
    from smartborder.node.process.supervisor import Supervisor

    node = NodeHome.load(home)
    ran = Supervisor(node).stop()
    text = (
        Text("stopped: {node_id}", "arrêté : {node_id}")
        if ran
        else Text("{node_id} was not running", "{node_id} n'était pas en marche")
    )
    _show(_facts(node), text, as_json, lang)


@app.command()
def status(home: Home = None, as_json: Json = False, lang: Lang = "en") -> None:
    """What of the node runs now."""
    from smartborder.node.home import NodeHome

    node = NodeHome.load(home)
    facts = _facts(node)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    words = Text("process|pid|revived", "processus|pid|relances").in_(lang).split("|")
    phase = _PHASES[facts["phase"]].in_(lang)
    table = Table(*words, title=f"{facts['node_id']}  {facts['address']}  {phase}")
    for part, found in facts["parts"].items():
        table.add_row(part, str(found["pid"]), str(found["restarts"]))
    Console().print(table)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="File to write; it must not exist.")],
    home: Home = None,
    record_keys: RecordKeys = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Write an encrypted copy of the whole node, and the newest keys of its records apart."""
    from smartborder.node.home import NodeHome
    from smartborder.node.store import key_file
    from smartborder.node.store.backup import back_up

    node = NodeHome.load(home)
    keys = record_keys or key_file.beside(file, node.node_id)
    size = back_up(node, file, datetime.now(UTC), keys)
    _show(
        {"file": str(file), "bytes": size, "node_id": node.node_id, "record_keys": str(keys)},
        Text(
            "{file}: {bytes} bytes, encrypted with secrets/backup.key; keep that key elsewhere\n"
            "{record_keys}: the keys of single records, newest state; keep no older one",
            "{file} : {bytes} octets, chiffrés avec secrets/backup.key; gardez cette clé ailleurs\n"
            "{record_keys} : les clés des enregistrements, dernier état; n'en gardez pas d'ancien",
        ),
        as_json,
        lang,
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file written by backup.")],
    home: Home = None,
    key: Annotated[
        Path | None,
        typer.Option(help="The backup key, when the node's own folder is lost."),
    ] = None,
    record_keys: RecordKeys = None,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Bring a node back to what a backup holds; the node must be stopped, or not exist yet."""
    from smartborder.node.home import default_path
    from smartborder.node.store.backup import restore as restore_backup

    node = restore_backup(
        file, home or default_path(), key, keys=record_keys,
        database_url=os.environ.get("DATABASE_URL"),
    )  # fmt: skip
    _show(
        _facts(node),
        Text("node {node_id} is restored in {home}", "nœud {node_id} restauré dans {home}"),
        as_json,
        lang,
    )


@app.command()
def destroy(
    home: Home = None,
    yes: Annotated[bool, typer.Option("--yes", help="Yes, destroy it.")] = False,
    as_json: Json = False,
    lang: Lang = "en",
) -> None:
    """Stop the node and remove its database, keys and folder. There is no way back."""
    from smartborder.node.home import NodeHome
    from smartborder.node.process.supervisor import Supervisor

    node = NodeHome.load(home)
    if not yes:
        raise typer.BadParameter(
            Text(
                "this removes every record and key; repeat with --yes",
                "ceci supprime toutes les données et les clés; répétez avec --yes",
            ).in_(lang)
        )
    facts = _facts(node)
    Supervisor(node).destroy()
    _show(facts, Text("destroyed: {node_id}", "détruit : {node_id}"), as_json, lang)


def _facts(node: Any) -> dict[str, Any]:
    """A node as JSON types: who it is, where it answers, what runs."""
    import msgspec

    from smartborder.node.process.supervisor import Supervisor

    state = Supervisor(node).running()
    return {
        "node_id": node.node_id,
        "name": node.name,
        "country": node.country,
        "mode": node.mode,
        "home": str(node.path),
        "address": f"http://{node.host}:{node.port}",
        "database": node.database.kind,
        "phase": state.phase,
        "parts": msgspec.to_builtins(state.parts),
        "trouble": msgspec.to_builtins(state.trouble),
    }


def _show(facts: dict[str, Any], text: Text, as_json: bool, lang: Language) -> None:
    """One line for a person, or one JSON document for a program."""
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        print(text.format(**facts).in_(lang))
