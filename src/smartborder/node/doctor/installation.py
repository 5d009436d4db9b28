"""What one node has made of the machine: its server, secrets, database and port."""

import os
import socket
from collections.abc import Callable

from smartborder.kernel.errors import SmartborderError
from smartborder.kernel.text import Text
from smartborder.node.doctor.check import Check, check, failed
from smartborder.node.home import NodeHome
from smartborder.node.process.supervisor import Supervisor
from smartborder.node.store import database as where
from smartborder.node.store import roles, servers

SETTINGS = Text("Node's settings", "Réglages du nœud")
_SERVER = Text("PostgreSQL server", "Serveur PostgreSQL")
_WHEEL = Text(
    "the embedded server has no TLS: install Debian's postgresql or set DATABASE_URL",
    "le serveur intégré n'a pas TLS : installez postgresql (Debian) ou définissez DATABASE_URL",
)


def server(home: NodeHome | None, environment_url: str | None) -> Check:
    """Whether a server can be run, or one was given."""
    if (home.database.kind == "given") if home else environment_url:
        return check("server", _SERVER, "ok", "DATABASE_URL")
    place = home.database.place if home else None
    try:
        where.server_user()
        chosen = servers.choose(
            servers.find(),
            servers.data_version(place / "data") if place else None,
            home.database.source if home else None,
        )
    except SmartborderError as error:
        return failed("server", _SERVER, error)
    refused = chosen.source == "wheel" and home is not None and home.mode == "production"
    found = f"{chosen.version} ({chosen.source}) {chosen.bin}"
    return check("server", _SERVER, "missing" if refused else "ok", found, _WHEEL)


def secrets(home: NodeHome) -> Check:
    """Whether only this user reads the node's secrets."""
    title = Text("Secrets closed to others", "Secrets fermés aux autres")
    folder = home.path / "secrets"
    try:
        mode = folder.stat().st_mode & 0o777
    except OSError as error:
        advice = Text("restore the node from a backup", "restaurez le nœud d'une sauvegarde")
        return check("secrets", title, "missing", str(error.strerror), advice)
    closed = not mode & 0o077 and os.access(folder, os.R_OK | os.X_OK)
    advice = Text(f"run: chmod 0700 {folder}", f"exécutez : chmod 0700 {folder}")
    return check("secrets", title, "ok" if closed else "missing", f"{mode:04o}", advice)


def database(home: NodeHome) -> Check:
    """Whether the database is made, and answers if it should."""
    title = Text("Database", "Base de données")
    if not home.installed:
        found = Text("not made to the end", "création inachevée")
        advice = Text(
            "finish: smartborder node init or restore",
            "terminez : smartborder node init ou restore",
        )
        return check("database", title, "missing", found, advice)
    if home.database.kind == "own" and not Supervisor(home).running().supervisor:
        return check("database", title, "ok", Text("made, node is stopped", "créée, nœud arrêté"))
    try:
        with roles.connect_admin(home) as admin:
            version = admin.info.server_version
    except SmartborderError as error:
        return failed("database", title, error)
    return check("database", title, "ok", f"{version // 10_000}.{version % 10_000}")


def port(home: NodeHome) -> Check:
    """Whether the web process has, or could have, its port."""
    title = Text("Port of the web process", "Port du processus web")
    if Supervisor(home).running().supervisor:
        return check("port", title, "ok", str(home.port))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((home.host, home.port))
        except OSError as error:
            advice = Text(
                "stop what uses it, or change port in node.json",
                "arrêtez ce qui l'utilise, ou changez « port » dans node.json",
            )
            return check("port", title, "missing", f"{home.port}: {error.strerror}", advice)
    return check("port", title, "ok", str(home.port))


CHECKS: tuple[Callable[[NodeHome], Check], ...] = (secrets, database, port)
