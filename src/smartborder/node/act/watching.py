"""The watched folder: ``<home>/watch/<client id>/*`` is taken in like a message sent by HTTP.

A file is read once it has stopped growing; its reply is written beside it as ``NAME.reply``
and the file moves to ``done/`` (to ``refused/``, with ``NAME.error`` beside it, where it cannot
be used). If the node dies in between, the same file is a retry: the same record, a reply with
the verdicts in force by then. Changed replies are put into ``out/``, once for each try, until
the client drops a CUSRES that acknowledges them.
"""

import time
from pathlib import Path

from smartborder.kernel.errors import SmartborderError
from smartborder.node.act.intake import PURPOSE, receive
from smartborder.node.act.one_by_one import one_by_one
from smartborder.node.act.sender import ReportingClient
from smartborder.node.node import Node
from smartborder.node.store.session import SYSTEM, Actor

SETTLED_SECONDS = 1.0
_OURS = (".reply", ".error", ".part")
_GIVEN = ".given"
"""Folder within ``out/`` that remembers which try of which reply was put out."""


def take_in(node: Node) -> int:
    """Take in every settled file and put out what changed; how many files there were.

    A file that cannot be processed through a fault of ours stays where it is if not even that
    could be recorded (the database is away); the others are taken in all the same.
    """
    watched = node.home.path / "watch"
    files = [
        (client, file)
        for folder in sorted(p for p in watched.iterdir() if p.is_dir())
        if (client := _client(node, folder.name)) is not None
        for file in (*_settled_files(folder), None)
    ]
    one_by_one(files, lambda pair: _one(node, watched, *pair))
    return sum(file is not None for _, file in files)


def _settled_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.is_file() and _settled(p))


def _settled(file: Path) -> bool:
    if file.suffix in _OURS or file.name.startswith("."):
        return False
    return time.time() - file.stat().st_mtime >= SETTLED_SECONDS


def _one(node: Node, watched: Path, client: ReportingClient, file: Path | None) -> None:
    """One file in; or, without one, what waits for this client out."""
    if file is None:
        _put_out(node, client, watched / client.id / "out")
        return
    try:
        received = receive(node, client, file.read_bytes(), channel="watch")
    except SmartborderError as error:
        place = "".join(f" [{k}: {v}]" for k, v in error.where.items() if v is not None)
        _write(file.with_name(file.name + ".error"), f"{error.code}: {error}{place}\n".encode())
        _move(file, "refused")
    else:
        _write(file.with_name(file.name + ".reply"), received.reply)
        _move(file, "done")


def _put_out(node: Node, client: ReportingClient, out: Path) -> None:
    with node.store.act(Actor("client", client.id), PURPOSE) as s:
        rows = s.rows(
            "SELECT id, body, escalations, travellers FROM act.reply WHERE client = :client"
            " AND mode = :mode AND state IN ('awaiting-ack', 'escalated') ORDER BY id LIMIT 500",
            client=client.id,
            mode=client.mode,
        )
        fresh = [r for r in rows if not (out / _GIVEN / f"{r['id']}-{r['escalations']}").exists()]
        s.saw("traveller", [t for r in fresh for t in r["travellers"] if t], "reply put out")
    for row in fresh:
        (out / _GIVEN).mkdir(parents=True, exist_ok=True)
        _write(out / f"{row['id']}.edi", bytes(row["body"]))
        (out / _GIVEN / f"{row['id']}-{row['escalations']}").touch()


def _write(file: Path, data: bytes) -> None:
    """Write so that nobody ever reads half a file."""
    partial = file.with_name(file.name + ".part")
    partial.write_bytes(data)
    partial.rename(file)


def _move(file: Path, folder: str) -> None:
    kept = file.parent / folder
    kept.mkdir(exist_ok=True)
    file.rename(kept / file.name)


def _client(node: Node, name: str) -> ReportingClient | None:
    with node.store.act(SYSTEM, "access") as s:
        row = s.first("SELECT * FROM access.client WHERE id = :id AND closed_at IS NULL", id=name)
    if row is None:
        return None
    return ReportingClient(
        id=name, carriers=frozenset(row["carriers"]), address=row["address"],
        mode="live" if row["live_since"] else "test",
    )  # fmt: skip
