"""The watched folder: ``<home>/watch/<client id>/*`` is taken in like a message sent by HTTP.

A file is read once it has stopped growing; its reply is written beside it as ``NAME.reply``
and the file moves to ``done/``. If the node dies in between, the same file is a retry: the
same record, the same reply, the verdicts in force by then.
"""

import time
from pathlib import Path

from smartborder.kernel.errors import SmartborderError
from smartborder.node.act.intake import receive
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM

SETTLED_SECONDS = 1.0


def take_in(node: Node) -> int:
    """Take in every settled file; how many there were."""
    done = 0
    for folder in sorted(p for p in (node.home.path / "watch").iterdir() if p.is_dir()):
        client = _client(node, folder.name)
        if client is None:
            continue
        for file in sorted(p for p in folder.iterdir() if p.is_file() and _settled(p)):
            _one(node, client, file)
            done += 1
    return done


def _settled(file: Path) -> bool:
    if file.suffix in (".reply", ".error", ".part") or file.name.startswith("."):
        return False
    return time.time() - file.stat().st_mtime >= SETTLED_SECONDS


def _one(node: Node, client: ReportingClient, file: Path) -> None:
    kept = file.parent / "done"
    kept.mkdir(exist_ok=True)
    try:
        received = receive(node, client, file.read_bytes(), channel="watch")
    except SmartborderError as error:
        file.with_name(file.name + ".error").write_text(f"{error.code}: {error.detail}\n")
    else:
        partial = file.with_name(file.name + ".part")
        partial.write_bytes(received.reply)
        partial.rename(file.with_name(file.name + ".reply"))
    file.rename(kept / file.name)


def _client(node: Node, name: str) -> ReportingClient | None:
    with node.store.act(SYSTEM, "access") as s:
        row = s.first("SELECT * FROM access.client WHERE id = :id AND closed_at IS NULL", id=name)
    if row is None:
        return None
    mode = "live" if row["live_since"] else "test"
    return ReportingClient(id=name, carriers=frozenset(row["carriers"]), mode=mode)  # type: ignore[arg-type]  # one of the two
